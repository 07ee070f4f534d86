"""The little arithmetic that views carry."""

from decimal import Decimal

import pytest

from desktop_app.services.views import CarriageView, CreditView, DraftChange, OrderDetails, StockView


@pytest.mark.parametrize(
    ("available", "wanted", "mark"),
    [(10, 10, "enough"), (9, 10, "short"), (0, 10, "none"), (1, 0, "enough"), (0, 0, "none")],
)
def test_a_mark_says_whether_the_stock_is_enough(available: int, wanted: int, mark: str) -> None:
    assert StockView("N", "Nord", "N", True, available).mark(wanted) == mark


def test_credit_left_counts_what_is_owed_and_this_basket() -> None:
    credit = CreditView(Decimal(1000), Decimal(300), Decimal(200), Decimal(600), None)
    assert credit.left == Decimal(-100)
    assert CreditView(Decimal(1000), None, Decimal(0), Decimal(1), None).left == Decimal(999)
    assert CreditView(None, Decimal(300), Decimal(0), Decimal(1), None).left is None


def test_carriage_missing_ends_at_nothing() -> None:
    def missing(free_from: str | None, goods: str) -> Decimal | None:
        limit = None if free_from is None else Decimal(free_from)
        return CarriageView("N", "Nord", "N", Decimal(0), Decimal(0), limit, Decimal(goods)).missing

    assert (missing("500", "499.50"), missing("500", "501"), missing(None, "1")) == (Decimal("0.50"), Decimal(0), None)


def test_nothing_is_the_default() -> None:
    assert OrderDetails() == OrderDetails(reference="", note="", end_client="")
    assert DraftChange() == DraftChange((), (), (), None, None)
