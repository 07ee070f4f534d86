"""The list of orders as a table: filters in words, live text, only the named orders re-read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import Lights, OrderSummary
from ui.formats import Formats
from ui.models.orders_model import DATE, NUMBER, REFERENCE, STATE, TOTAL, OrderGroup, OrdersModel, group_of

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)


def summary(number: int, status: Status, state: DeliveryState = DeliveryState.NONE, **changed: str) -> OrderSummary:
    return OrderSummary(
        order_id=f"id-{number}",
        desk_no=f"B-2026-{number:04d}",
        order_no=changed.get("order_no", ""),
        revision=1,
        reference=changed.get("reference", ""),
        status=status,
        delivery_state=state,
        lights=Lights("done", "waiting", "off"),
        created_at=NOW - timedelta(days=10 - number),
        updated_at=NOW - timedelta(days=10 - number),
        lines=number,
        total=Decimal(number) * 1000,
    )


ORDERS = (
    summary(1, Status.INVOICED, DeliveryState.DONE, order_no="4500118207", reference="Mairie d'Autun"),
    summary(2, Status.PARTLY_SHIPPED, DeliveryState.DONE, order_no="4500118208", reference="Lycée Bonaparte"),
    summary(3, Status.SUBMITTED, DeliveryState.WAITING, reference="Garage Thévenot"),
    summary(4, Status.TO_CONFIRM, DeliveryState.ATTENTION, reference="Clinique Saint-Lazare"),
    summary(5, Status.DRAFT, reference="Étude Vannier"),
)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[OrdersModel]:
    """Five orders, newest last, under Qt's own tester."""
    made = OrdersModel(Formats("en", UTC), lambda: NOW, lambda one: one.reference)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.load(ORDERS)
    yield made
    del tester


def shown(model: OrdersModel) -> list[str]:
    return [str(model.index(row, NUMBER).data()) for row in range(model.rowCount())]


def test_the_newest_order_comes_first_with_its_figures_in_words(model: OrdersModel) -> None:
    assert shown(model) == [f"B-2026-000{number}" for number in (5, 4, 3, 2, 1)]
    assert model.index(1, TOTAL).data() == "€4,000.00"
    assert model.index(1, STATE).data() == "Terms changed"
    assert model.index(4, DATE).data() == "31 May"


def test_every_order_has_one_filter_and_the_counts_add_up(model: OrdersModel) -> None:
    assert [group_of(one) for one in ORDERS] == [
        OrderGroup.DONE, OrderGroup.RUNNING, OrderGroup.WAITING, OrderGroup.DECIDE, OrderGroup.DRAFTS,
    ]  # fmt: skip
    assert model.count(OrderGroup.ALL) == 5
    assert sum(model.count(group) for group in OrderGroup if group is not OrderGroup.ALL) == 5
    model.set_group(OrderGroup.DECIDE)
    assert shown(model) == ["B-2026-0004"]
    assert model.count(OrderGroup.ALL) == 5


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lycée", ["0002"]), ("LYCÉE bona", ["0002"]), ("0118207", ["0001"]), ("b-2026 th", ["0003"]), ("zzz", [])],
)
def test_typed_words_filter_at_once(model: OrdersModel, typed: str, found: list[str]) -> None:
    model.set_text(typed)
    assert [number[-4:] for number in shown(model)] == found


def test_a_change_of_one_order_tells_its_row_alone(model: OrdersModel) -> None:
    rows: list[int] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: rows.append(first.row()))
    model.modelReset.connect(lambda: resets.append(True))
    model.put([replace(ORDERS[1], status=Status.SHIPPED)])
    assert (rows, resets) == ([3], [])
    assert model.index(3, STATE).data() == "Shipped"


def test_an_order_that_leaves_the_filter_leaves_the_list(model: OrdersModel) -> None:
    model.set_group(OrderGroup.WAITING)
    model.put([replace(ORDERS[2], status=Status.ACCEPTED, delivery_state=DeliveryState.DONE)])
    assert shown(model) == []
    assert model.count(OrderGroup.RUNNING) == 2


def test_a_new_order_appears_on_top(model: OrdersModel) -> None:
    model.put([summary(6, Status.DRAFT, reference="Neuve")])
    assert shown(model)[0] == "B-2026-0006"
    assert model.row_of("id-6") == 0
    assert model.index(0, REFERENCE).data() == "Neuve"
    assert model.row(99) is None
