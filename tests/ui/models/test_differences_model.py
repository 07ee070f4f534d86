"""The answer `terms changed` as a table of choices."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.services.views import ChangedTerms, Difference
from ui.formats import Formats
from ui.models.differences_model import DIFFERENCE, EFFECT, LINE, THEIRS, YOURS, Choice, DifferencesModel
from ui.sync_centre.difference_words import line_words

TERMS = ChangedTerms(
    order_id="id-1",
    desk_no="B-2026-0412",
    received_at=datetime(2026, 6, 9, 9, 40, tzinfo=UTC),
    differences=(
        Difference("price-changed", 2, "MZ-V8P2T0B/AM", "Samsung 980 Pro", 10, "118.3000", "127.4000", True),
        Difference("price-changed", 3, "920-011406", "Logitech MX Keys S", 5, "86.7300", "90.4400", True),
        Difference("discontinued", 4, "OLD", "Ancien", 1, "", "", False, replaced_by="NEW"),
        Difference("price-changed", 4, "OLD", "Ancien", 1, "10.0000", "12.0000", False),
        Difference("total-changed", None, "", "", 0, "4812.60", "4922.15", True),
    ),
    your_total=Decimal("4812.60"),
    their_total=Decimal("4922.15"),
    your_goods=Decimal("4010.50"),
    their_goods=Decimal("4101.79"),
)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[DifferencesModel]:
    """Three changed lines under Qt's own tester."""
    made = DifferencesModel(Formats("en"))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.load(TERMS)
    yield made
    del tester


def texts(model: DifferencesModel, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in (LINE, YOURS, THEIRS, DIFFERENCE, EFFECT)]


def test_each_changed_line_stands_once_with_both_prices_and_the_effect(model: DifferencesModel) -> None:
    assert model.rowCount() == 3
    assert texts(model, 0) == ["Samsung 980 Pro", "118.3000", "127.4000", "+9.1000", "+€91.00"]
    assert texts(model, 1) == ["Logitech MX Keys S", "86.7300", "90.4400", "+3.7100", "+€18.55"]


def test_nothing_is_decided_for_the_person_but_what_cannot_be_sold(model: DifferencesModel) -> None:
    lines = [model.row(row) for row in range(3)]
    assert [line and line.choice for line in lines] == [None, None, Choice.REMOVE]
    assert (model.undecided, model.complete, model.can_accept) == (2, False, True)
    model.choose(2, Choice.ACCEPT)
    assert model.skus(Choice.REMOVE) == ("OLD",)
    model.choose(2, Choice.ASK)
    assert model.skus(Choice.ASK) == ("OLD",)


def test_the_choices_name_what_is_removed_and_what_is_asked_about(model: DifferencesModel) -> None:
    told: list[bool] = []
    model.choices_changed.connect(lambda: told.append(model.complete))
    model.choose(0, Choice.ASK)
    model.choose(1, Choice.ACCEPT)
    assert told == [False, True]
    assert (model.skus(Choice.ASK), model.skus(Choice.REMOVE)) == (("MZ-V8P2T0B/AM",), ("OLD",))


def test_accept_all_leaves_what_cannot_be_sold_removed(model: DifferencesModel) -> None:
    assert model.undecided_effect() == Decimal("109.55")
    model.accept_all()
    assert model.complete
    assert model.skus(Choice.REMOVE) == ("OLD",)
    assert model.undecided_effect() == 0


def test_another_answer_starts_the_choices_anew(model: DifferencesModel) -> None:
    model.accept_all()
    model.load(TERMS)
    assert model.undecided == 2
    model.load(None)
    assert (model.rowCount(), model.complete) == (0, True)


def test_a_used_up_price_is_a_price_and_a_quantity_too_many_is_none(model: DifferencesModel) -> None:
    used_up = Difference("bid-exhausted", 1, "A", "A", 2, "540.0000", "612.0000", True, field="unit_price")
    together = Difference("bid-exhausted", 2, "B", "B", 12, "24", "20", True, field="quantity")
    model.load(replace(TERMS, differences=(used_up, together)))
    assert texts(model, 0) == ["A", "540.0000", "612.0000", "+72.0000", "+€144.00"]
    assert texts(model, 1) == ["B", "", "", "", ""]
    first, second = model.row(0), model.row(1)
    assert first is not None
    assert second is not None
    assert line_words(first, Formats("en")) == "The quota of this price is used up."
    assert line_words(second, Formats("en")) == ("At this price the lines want 24 together, 20 are left: not all fit.")
