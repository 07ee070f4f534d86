"""The queue as a list in three parts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.domain.order import DeliveryState
from desktop_app.services.views import QueueRow
from ui.formats import Formats
from ui.models.queue_model import PART_ROLE, QueueModel, QueuePart

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)


def row(number: int, state: DeliveryState, minutes: int = 0) -> QueueRow:
    return QueueRow(
        order_id=f"id-{number}",
        desk_no=f"B-2026-{number:04d}",
        reference=f"Client {number}",
        revision=1,
        kind="order",
        delivery_state=state,
        attempts=0,
        next_try=None,
        reason="",
        since=NOW + timedelta(minutes=minutes),
        total=Decimal(100),
    )


ROWS = (
    row(1, DeliveryState.WAITING, 5),
    row(2, DeliveryState.HELD),
    row(3, DeliveryState.ATTENTION),
    row(4, DeliveryState.IN_DOUBT, 1),
)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[QueueModel]:
    """An empty queue under Qt's own tester."""
    made = QueueModel(Formats("en"))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def texts(model: QueueModel) -> list[str]:
    return [str(model.index(place).data()) for place in range(model.rowCount())]


def test_parts_come_in_the_order_in_which_they_need_the_person(model: QueueModel) -> None:
    model.load(ROWS, online=False)
    assert texts(model) == [
        "To decide 1",
        "B-2026-0003, Client 3, €100.00",
        "Will leave when the network returns 2",
        "B-2026-0004, Client 4, €100.00",
        "B-2026-0001, Client 1, €100.00",
        "Held back by you 1",
        "B-2026-0002, Client 2, €100.00",
    ]
    assert model.index(1).data(PART_ROLE) == QueuePart.DECIDE
    assert model.first_message() == 1
    assert model.row_of("id-2") == 6


def test_titles_cannot_be_chosen(model: QueueModel) -> None:
    model.load(ROWS, online=True)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.message(0) is None


def test_the_same_queue_tells_nothing_and_a_changed_one_only_its_texts(model: QueueModel) -> None:
    model.load(ROWS, online=True)
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda first, last: told.append("data"))
    model.load(ROWS, online=True)
    assert told == []
    model.load(ROWS, online=False)
    assert told == ["data"]
    model.load(ROWS[:2], online=False)
    assert told == ["data", "reset"]


def test_an_empty_queue_has_no_title(model: QueueModel) -> None:
    model.load((), online=True)
    assert (model.rowCount(), model.first_message(), model.row_of("id-1")) == (0, -1, -1)


def test_a_long_queue_tells_how_many_more_there_are(model: QueueModel) -> None:
    counts = {QueuePart.DECIDE: 1, QueuePart.LEAVES: 10_000, QueuePart.HELD: 5}
    model.load(ROWS[:1] + ROWS[2:], online=True, counts=counts)
    assert texts(model) == [
        "To decide 1",
        "B-2026-0003, Client 3, €100.00",
        "Leaving 10000",
        "B-2026-0004, Client 4, €100.00",
        "B-2026-0001, Client 1, €100.00",
        "and 9,998 more",
        "Held back by you 5",
        "5 not listed",
    ]
    assert model.flags(model.index(5)) == Qt.ItemFlag.NoItemFlags
    assert (model.message(5), model.index(5).data(PART_ROLE)) == (None, QueuePart.LEAVES)
