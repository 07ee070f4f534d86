"""The practice manufacturer: orders move along by themselves, at the speed of a clock that can be hurried."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from desktop_app.contract.orders import DeliveryDoc, OrderRecord, RecordLine, RecordSubOrder, TotalsDoc
from desktop_app.domain.order import DeliveryMode, Status
from manufacturer_server.application import create_app
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.practice import is_due, move_orders, read_clock
from manufacturer_server.practice_plan import PlannedStep, plan_for
from manufacturer_server.progress import Reported, excess, status_of
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import write_setting
from tests.server.test_amending import amend, less
from tests.support import worked_example
from tests.support.shop import Desk, Shop, StandingClock, order


@pytest.fixture
def shop(data: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Shop]:
    """The worked example's manufacturer as a practice server."""
    with closing(Database.open(data)) as database, database.writing() as connection:
        write_setting(connection, "practice", "1")
    with closing(Shop(data, tmp_path / "files", clock)) as served:
        yield served


def set_clock(desk: Desk, **change: float) -> dict[str, Any]:
    answer = desk.http.post("/v1/practice/clock", json=change)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def record(desk: Desk) -> dict[str, Any]:
    (only,) = desk.current("orders").values()
    return only


def test_a_practice_server_says_so(shop: Shop) -> None:
    found = shop.http.get("/.well-known/order-sync").json()
    assert found["practice"] is True
    assert "practice-clock" in found["features"]


def test_an_order_is_confirmed_partly_shipped_shipped_and_invoiced(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    seen = ["accepted"]
    for _ in range(20):
        set_clock(desk, advance_minutes=0.4)
        now = record(desk)["status"]
        seen += [now] if now != seen[-1] else []
    assert seen == ["accepted", "confirmed", "partly_shipped", "shipped", "invoiced"]
    history = record(desk)["history"]
    invoices = {(entry["invoice_no"], entry["invoice_total"]) for entry in history if entry["state"] == "invoiced"}
    assert invoices == {("FA-MF-2026-000001-N1", "2665.59")}
    assert all(entry["tracking"] for entry in history if entry["state"] == "shipped")
    assert desk.current("account")["D42"].get("undelivered", "0.00") == "0.00"


def test_what_was_taken_out_before_it_was_confirmed_is_neither_shipped_nor_invoiced(shop: Shop, desk: Desk) -> None:
    document = order()
    desk.send(document)
    set_clock(desk, advance_minutes=0.1)
    assert amend(desk, document["order_id"], lines=[less("BK1", 0), less("TN1", 10)]).json()["result"] == "done"
    set_clock(desk, advance_minutes=60)
    row = record(desk)
    assert row["status"] == "invoiced"
    assert {line["sku"]: line["invoiced"] for line in row["sub_orders"][0]["lines"]} == {"TN1": 10, "MF9": 2}
    invoices = {entry["invoice_no"]: entry["invoice_total"] for entry in row["history"] if "invoice_no" in entry}
    assert list(invoices.values()) == [row["totals"]["total"]]


def test_what_was_taken_out_of_a_backorder_never_comes(shop: Shop, desk: Desk) -> None:
    shop.take_in(stock=worked_example.FILES["stock.csv"].replace("N,BK1,50", "N,BK1,1"))
    document = order()
    desk.send(document)
    set_clock(desk, advance_minutes=1.5)
    assert amend(desk, document["order_id"], lines=[less("BK1", 2)]).json()["result"] == "done"
    set_clock(desk, advance_minutes=60)
    row = record(desk)
    assert row["status"] == "invoiced"
    assert {line["sku"]: line["invoiced"] for line in row["sub_orders"][0]["lines"]}["BK1"] == 2


def test_what_is_short_follows_on_its_own(shop: Shop, desk: Desk) -> None:
    shop.take_in(stock=worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,5"))
    desk.send(order())
    set_clock(desk, advance_minutes=1.5)
    lines = {row["sku"]: row for row in record(desk)["sub_orders"][0]["lines"]}
    assert (lines["TN1"]["confirmed"], lines["TN1"]["backorder"]) == (5, 7)
    set_clock(desk, advance_minutes=60)
    row = record(desk)
    assert row["status"] == "invoiced"
    assert row["sub_orders"][0]["lines"][0]["backorder"] == 0
    invoices = {
        entry["invoice_no"]: Decimal(entry["invoice_total"]) for entry in row["history"] if "invoice_no" in entry
    }
    assert (len(invoices), sum(invoices.values())) == (2, Decimal("2665.59"))


def test_the_clock_runs_as_fast_as_it_is_told(shop: Shop, desk: Desk) -> None:
    def shown() -> datetime:
        return datetime.fromisoformat(desk.http.get("/v1/practice/clock").json()["now"])

    start = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    assert shown() == start
    assert set_clock(desk, speed=60)["speed"] == 60
    shop.clock.forward(minutes=1)
    assert (shown() - start).total_seconds() == 3_600
    set_clock(desk, speed=0)
    shop.clock.forward(minutes=10)
    assert (shown() - start).total_seconds() == 3_600
    assert set_clock(desk, advance_minutes=1.5)["now"] == "2026-03-10T10:31:30Z"
    shop.clock.forward(minutes=-30)
    assert (shown() - start).total_seconds() == 3_690


def test_changes_of_the_clock_that_make_no_sense(shop: Shop, desk: Desk) -> None:
    bodies: list[object] = [{"speed": -1}, {"speed": 1e9}, {"advance_minutes": -5}, {"speed": "x"}, {"hour": 3}, []]
    for body in bodies:
        assert desk.http.post("/v1/practice/clock", json=body).status_code == 400, body
    sent = {"Content-Type": "application/json"}
    assert desk.http.post("/v1/practice/clock", content=b'{"speed": 1e999}', headers=sent).status_code == 400
    assert httpx.get(f"{shop.server.url}/v1/practice/clock").status_code == 401


def test_the_clock_and_the_plans_survive_a_restart(data: Path, tmp_path: Path, clock: StandingClock) -> None:
    with closing(Database.open(data)) as database, database.writing() as connection:
        write_setting(connection, "practice", "1")
    with closing(Shop(data, tmp_path / "files", clock)) as shop:
        desk = shop.desk()
        desk.send(order())
        set_clock(desk, speed=2)
        set_clock(desk, advance_minutes=1.5)
        assert record(desk)["status"] == "confirmed"
    clock.forward(minutes=30)
    with closing(Database.open(data)) as database:
        with database.reading() as connection:
            assert is_due(connection, clock())
            assert (read_clock(connection, clock()).now - clock()).total_seconds() == pytest.approx(60 * 31.5)
        with database.writing() as connection:
            move_orders(connection, clock())
            assert not is_due(connection, clock())
    with closing(Shop(data, tmp_path / "files", clock)) as shop:
        assert record(shop.desk())["status"] == "invoiced"


def test_a_cancelled_order_stands_still(shop: Shop, desk: Desk) -> None:
    document = order()
    desk.send(document)
    set_clock(desk, advance_minutes=1.5)
    assert desk.cancel(document["order_id"], "r-1").json()["result"] == "done"
    set_clock(desk, advance_minutes=60)
    row = record(desk)
    assert row["status"] == "cancelled"
    assert row["history"][-1]["state"] == "cancelled"


def test_another_server_has_no_clock_to_hurry(founded: Path, tmp_path: Path) -> None:
    with pytest.raises(ServerRefusal, match="practice"):
        create_app(founded, practice_speed=60)


def sample(mode: DeliveryMode = DeliveryMode.PARTIAL, *quantities: int) -> OrderRecord:
    lines = [RecordLine(f"L{number}", "", units, "10.0000", "") for number, units in enumerate(quantities)]
    parts = [RecordSubOrder(code, lines, "", "", "", "", {}, "100.01", "0.00") for code in ("N", "S")]
    totals = TotalsDoc("", "", "", "", {}, "200.02")
    made = OrderRecord("o-1", "MF-1", 1, Status.ACCEPTED, datetime(2026, 3, 10, tzinfo=UTC), parts, totals, "0.00")
    return msgspec.structs.replace(made, delivery=DeliveryDoc(mode=mode))


@pytest.mark.parametrize("mode", list(DeliveryMode))
@pytest.mark.parametrize("available", [0, 1, 3, 999])
@pytest.mark.parametrize("quantities", [(1,), (2,), (5, 1, 1), (1, 1)])
def test_every_plan_ends_with_everything_invoiced_once(
    mode: DeliveryMode, available: int, quantities: tuple[int, ...]
) -> None:
    made = sample(mode, *quantities)
    stock = {(code, f"L{number}"): available for code in ("N", "S") for number in range(len(quantities))}
    steps = plan_for(made, stock)
    assert steps == plan_for(made, stock)
    assert all(step.facts for step in steps)
    assert 2 < steps[-1].after_minutes < 15
    for part in made.sub_orders:
        for one in part.lines:
            said = facts_about(steps, part.wholesaler, one.sku)
            assert excess(one, said) == ""
            assert sum(fact.quantity for fact in said if fact.state == "shipped") == one.quantity
            assert sum(fact.quantity for fact in said if fact.state == "invoiced") == one.quantity
        invoices = {
            fact.invoice_no: Decimal(fact.invoice_total)
            for step in steps
            for fact in step.facts
            if fact.wholesaler == part.wholesaler and fact.invoice_no
        }
        assert sum(invoices.values()) == Decimal("100.01")
    assert status_of(made.sub_orders) is Status.ACCEPTED


def facts_about(steps: list[PlannedStep], wholesaler: str, sku: str) -> list[Reported]:
    return [
        Reported(wholesaler, sku, fact.state, fact.quantity, datetime(2026, 3, 10, tzinfo=UTC))
        for step in steps
        for fact in step.facts
        if (fact.wholesaler, fact.sku) == (wholesaler, sku)
    ]
