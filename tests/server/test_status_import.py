"""status.csv: what the manufacturer's own system says about orders, taken in as facts that add or correct."""

from contextlib import closing
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import orders
from tests.support.shop import Desk, Shop, line, order

HEADER = "order_no,wholesaler,sku,state,quantity,date,tracking,invoice_no,invoice_total\n"
QUANTITIES = {"TN1": 12, "MF9": 2, "BK1": 3}


@pytest.fixture
def number(desk: Desk) -> str:
    """The number of the worked example's order, accepted."""
    return str(desk.send(order()).json()["order_no"])


def rows(number: str, state: str, day: str, extra: str = ",,", **quantities: int) -> str:
    wanted = quantities or QUANTITIES
    return "".join(f"{number},N,{sku},{state},{units},{day},{extra}\n" for sku, units in wanted.items())


def record(desk: Desk) -> dict[str, Any]:
    (only,) = desk.current("orders").values()
    return only


def defects(shop: Shop, text: str) -> list[str]:
    return [str(defect) for defect in shop.take_in(status=HEADER + text).defects]


def test_an_order_is_followed_from_confirmation_to_invoice(shop: Shop, desk: Desk, number: str) -> None:
    cursor = desk.rows("account,terms,orders")[-1]["cursor"]
    for text, status, undelivered in (
        (rows(number, "confirmed", "2026-03-11"), "confirmed", "2665.59"),
        (rows(number, "shipped", "2026-03-12", "8V 4471,,", TN1=12), "partly_shipped", "2665.59"),
        (rows(number, "shipped", "2026-03-13", "8V 4472,,", MF9=2, BK1=3), "shipped", "2665.59"),
        (rows(number, "invoiced", "2026-03-14", ",FA-26-1,2665.59"), "invoiced", None),
    ):
        report = shop.take_in(status=HEADER + text)
        assert (report.exit_code, report.defects) == (0, [])
        changed = desk.rows("account,terms,orders", cursor)
        assert changed[0]["d"]["status"] == status
        cursor = changed[-1]["cursor"]
        account = desk.current("account")["D42"]
        assert account.get("undelivered") == (undelivered or "0.00")
    history = record(desk)["history"]
    assert [entry["state"] for entry in history] == ["accepted"] + ["confirmed"] * 3 + ["shipped"] * 3 + [
        "invoiced"
    ] * 3
    assert (history[4]["tracking"], history[4]["quantity"], history[4]["sku"]) == ("8V 4471", 12, "TN1")
    assert (history[-1]["invoice_no"], history[-1]["invoice_total"]) == ("FA-26-1", "2665.59")


def test_rows_only_add_or_correct(shop: Shop, desk: Desk, number: str) -> None:
    shop.take_in(status=HEADER + rows(number, "confirmed", "2026-03-11", TN1=10))
    shop.take_in(status=HEADER + rows(number, "confirmed", "2026-03-11", MF9=2))
    again = shop.take_in(status=HEADER + rows(number, "confirmed", "2026-03-11", TN1=12, MF9=2))
    assert (len(again.files[0].changes.changed), again.files[0].changes.unchanged) == (1, 1)
    lines = {row["sku"]: row["confirmed"] for row in record(desk)["sub_orders"][0]["lines"]}
    assert lines == {"TN1": 12, "MF9": 2, "BK1": 0}
    empty = shop.take_in(status=HEADER)
    assert empty.exit_code == 0
    assert {row["sku"]: row["confirmed"] for row in record(desk)["sub_orders"][0]["lines"]} == lines


def test_the_same_file_twice_makes_no_new_version(shop: Shop, desk: Desk, number: str) -> None:
    text = HEADER + rows(number, "confirmed", "2026-03-11")
    shop.take_in(status=text)
    version = desk.rows("orders")[-1]["version"]
    assert shop.take_in(status=text).exit_code == 0
    assert desk.rows("orders")[-1]["version"] == version


def test_two_parcels_on_one_day_are_told_apart_by_their_tracking(shop: Shop, desk: Desk, number: str) -> None:
    text = rows(number, "shipped", "2026-03-11", "A,,", TN1=5) + rows(number, "shipped", "2026-03-11", "B,,", TN1=7)
    assert defects(shop, text) == []
    assert record(desk)["sub_orders"][0]["lines"][0]["shipped"] == 12


def test_what_contradicts_the_order_is_a_defect(shop: Shop, desk: Desk, number: str) -> None:
    text = (
        rows("MF-2026-999999", "shipped", "2026-03-11", TN1=1)
        + f"{number},S,TN1,shipped,1,2026-03-11,,,\n{number},N,NOPE,shipped,1,2026-03-11,,,\n"
        + rows(number, "shipped", "2026-03-11", TN1=13)
        + rows(number, "shipped", "2026-03-12", TN1=12)
        + rows(number, "shipped", "2026-03-13", TN1=1)
        + f"{number},N,BK1,lost,1,2026-03-11,,,\n{number},N,BK1,shipped,0,2026-03-11,,,\n"
        + f"{number},N,BK1,shipped,1,soon,,,\n"
    )
    assert defects(shop, text) == [
        "status.csv:2:order_no: there is no order 'MF-2026-999999'",
        f"status.csv:3:wholesaler: the order {number} has nothing at 'S'",
        f"status.csv:4:sku: the order {number} has no 'NOPE' at 'N'",
        "status.csv:5:quantity: 13 shipped in all, but only 12 ordered",
        "status.csv:7:quantity: 13 shipped in all, but only 12 ordered",
        "status.csv:8:state: 'lost' is none of confirmed, backorder, shipped, invoiced, refused",
        "status.csv:9:quantity: '0' is not between 1 and 999,999",
        "status.csv:10:date: 'soon' is not an ISO date or time like 2026-03-31T14:30",
    ]
    assert record(desk)["sub_orders"][0]["lines"][0]["shipped"] == 12


def test_nothing_happens_to_a_cancelled_order(shop: Shop, desk: Desk, number: str) -> None:
    desk.cancel(record(desk)["order_id"], "r-1")
    assert defects(shop, rows(number, "shipped", "2026-03-11", TN1=1)) == [
        f"status.csv:2:order_no: the order {number} is cancelled"
    ]
    assert record(desk)["status"] == "cancelled"


def test_refused_units_count_as_if_never_ordered(shop: Shop, desk: Desk, number: str) -> None:
    assert defects(shop, rows(number, "refused", "2026-03-11", TN1=12, MF9=1)) == []
    assert record(desk)["status"] == "accepted"
    found = defects(shop, rows(number, "invoiced", "2026-03-12"))
    assert found == [
        "status.csv:2:quantity: 12 invoiced in all, but only 12 ordered, 12 of them refused",
        "status.csv:3:quantity: 2 invoiced in all, but only 2 ordered, 1 of them refused",
    ]
    assert record(desk)["status"] == "partly_shipped"
    assert defects(shop, rows(number, "invoiced", "2026-03-12", MF9=1)) == []
    assert record(desk)["status"] == "invoiced"


def test_a_day_is_the_manufacturers_and_never_before_the_order(shop: Shop, desk: Desk, number: str) -> None:
    shop.take_in(
        status=HEADER + rows(number, "confirmed", "2026-03-10") + rows(number, "shipped", "2026-03-11T08:00:00")
    )
    history = record(desk)["history"]
    assert history[1]["at"] == "2026-03-10T11:00:00Z"
    assert history[4]["at"] == "2026-03-11T07:00:00Z"
    shop.clock.forward(hours=4)
    late = desk.send(order())
    other = late.json()["order_no"]
    shop.take_in(status=HEADER + rows(other, "confirmed", "2026-03-10", BK1=3))
    row = desk.current("orders")[late.json()["order_id"]]
    assert row["history"][1]["at"] == row["received_at"] == "2026-03-10T13:30:00Z"


def test_orders_of_several_dealers_in_one_file(shop: Shop, desk: Desk, number: str) -> None:
    other = shop.desk("D43")
    totals = {"goods": "19.99", "eco": "0.00", "carriage": "12.50", "fees": "0.00", "total": "36.09"}
    theirs = other.send(
        order(lines=[line("BK1", 1, "19.9900")], totals=totals | {"vat": {"20": "2.50", "5.5": "1.10"}})
    )
    text = rows(number, "shipped", "2026-03-11") + rows(theirs.json()["order_no"], "invoiced", "2026-03-11", BK1=1)
    assert defects(shop, text) == []
    assert (record(desk)["status"], record(other)["status"]) == ("shipped", "invoiced")


def test_a_log_of_facts_speaks_of_no_withdrawal(shop: Shop, number: str) -> None:
    report = shop.take_in(status=HEADER + rows(number, "lost", "2026-03-11", TN1=1))
    assert (len(report.defects), report.notes) == (1, [])


def test_the_accounts_sum_stays_that_of_its_open_orders(shop: Shop, desk: Desk, number: str) -> None:
    """It is kept by differences: whatever happens to the orders, it is what adding them up gives."""
    second, third = desk.send(order()).json(), desk.send(order()).json()
    happened = (
        lambda: None,
        lambda: shop.take_in(status=HEADER + rows(second["order_no"], "refused", "2026-03-11", TN1=12)),
        lambda: desk.cancel(third["order_id"], "r-1"),
        lambda: shop.take_in(status=HEADER + rows(number, "invoiced", "2026-03-12", TN1=5)),
        lambda: shop.take_in(status=HEADER + rows(second["order_no"], "refused", "2026-03-11", TN1=3)),
        lambda: desk.send(order()),
    )
    sums = []
    for happens in happened:
        happens()
        told = Decimal(desk.current("account")["D42"]["undelivered"])
        with closing(Database.open(shop.data)) as database, database.reading() as connection:
            open_sums = connection.execute(select(orders.c.undelivered).where(orders.c.account == "D42")).scalars()
            assert told == sum(map(Decimal, open_sums), Decimal(0))
        sums.append(told)
    assert sums[0] == 3 * Decimal("2665.59")
    assert all(before != after for before, after in pairwise(sums))
