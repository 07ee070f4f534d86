"""Orders brought back after the server lost its history: once, with their numbers, prices and times of before."""

from contextlib import closing
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import reservations
from tests.support import worked_example
from tests.support.shop import Desk, Shop, line, order

DEARER = worked_example.FILES["products.csv"].replace("148.37", "200.00")
TWENTY = {"goods": "10800.00", "eco": "50.00", "carriage": "0.00", "fees": "0.00", "vat": {"20": "2170.00"}}
TWENTY |= {"total": "13020.00"}


def lost(shop: Shop, desk: Desk, *documents: dict[str, Any]) -> list[httpx.Response]:
    """The answers to documents that the server took and then lost; a new epoch has begun."""
    backup = shop.backup()
    given = [desk.send(document) for document in documents]
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    shop.clock.forward(days=1)
    return given


def send_again(desk: Desk, given: httpx.Response) -> httpx.Response:
    """What a desk does with an accepted order that the server has lost."""
    order_id, revision = given.request.url.path.split("/")[-3::2]
    told = desk.bring_back(order_id, int(revision), given, given.request.content)
    assert (told.status_code, told.content) == (204, b"")
    return desk.put(order_id, revision, given.request.content)


def test_an_acceptance_is_honoured_whatever_prices_are_now(shop: Shop, desk: Desk) -> None:
    document = order()
    (given,) = lost(shop, desk, document)
    shop.take_in(products=DEARER)
    again = send_again(desk, given)
    assert (again.status_code, again.content) == (201, given.content)
    assert again.headers["outcome-receipt"] == given.headers["outcome-receipt"]
    record = desk.current("orders")[document["order_id"]]
    assert (record["order_no"], record["received_at"]) == (given.json()["order_no"], given.json()["received_at"])
    assert record["sub_orders"] == given.json()["sub_orders"]
    assert [(entry["state"], entry["at"]) for entry in record["history"]] == [
        ("accepted", "2026-03-10T09:30:00Z"),
        ("restored", "2026-03-11T09:30:00Z"),
    ]
    copy = desk.send(document)
    assert (copy.status_code, copy.content, copy.headers["idempotency-replayed"]) == (200, given.content, "true")
    assert len(desk.current("orders")) == 1
    assert desk.current("account")["D42"]["undelivered"] == "2665.59"


def test_it_goes_on_like_any_order(shop: Shop, desk: Desk) -> None:
    document = order()
    (given,) = lost(shop, desk, document)
    number = send_again(desk, given).json()["order_no"]
    shop.take_in(status=f"order_no,wholesaler,sku,state,quantity,date\n{number},N,BK1,confirmed,3,2026-03-12\n")
    history = [entry["state"] for entry in desk.current("orders")[document["order_id"]]["history"]]
    assert history == ["accepted", "restored", "confirmed"]
    assert desk.cancel(document["order_id"], "r-1").json()["result"] == "done"


def test_no_number_is_given_to_two_orders(shop: Shop, desk: Desk) -> None:
    kept, later = order(), order()
    given = lost(shop, desk, kept, later)
    fresh = desk.send(order()).json()["order_no"]
    assert [answer.json()["order_no"] for answer in given] == ["MF-2026-000001", "MF-2026-000002"]
    assert fresh == "MF-2026-010001"
    assert [send_again(desk, answer).json()["order_no"] for answer in given] == ["MF-2026-000001", "MF-2026-000002"]
    assert len({record["order_no"] for record in desk.current("orders").values()}) == 3


def test_where_another_order_has_its_number_it_gets_another_and_says_so(shop: Shop, desk: Desk) -> None:
    backup, document = shop.backup(), order()
    given = desk.send(document)
    shop.put_back(backup)
    # Nobody has noticed yet: the number is given once more.
    assert desk.send(order()).json()["order_no"] == given.json()["order_no"] == "MF-2026-000001"
    desk.epoch = shop.renew_epoch()
    again = send_again(desk, given).json()
    assert (again["order_no"], again["renumbered_from"]) == ("MF-2026-020001", "MF-2026-000001")
    assert [(told["code"], told["yours"], told["ours"]) for told in again["problems"]] == [
        ("renumbered", "MF-2026-000001", "MF-2026-020001")
    ]
    assert again["totals"] == given.json()["totals"]
    record = desk.current("orders")[document["order_id"]]
    assert (record["order_no"], record["history"][-1]["text"]) == ("MF-2026-020001", "MF-2026-000001")


def test_a_refusal_counts_again_at_once(shop: Shop, desk: Desk) -> None:
    stale, unsound = order(lines=[line("TN1", 12, "9.0000")]), order(lines=[line("TN1", 0)])
    given = lost(shop, desk, stale, unsound)
    # Judged anew, the first one would be answered otherwise.
    shop.take_in(products=DEARER)
    for document, answer in zip((stale, unsound), given, strict=True):
        assert desk.bring_back(document["order_id"], 1, answer, answer.request.content).status_code == 204
        late = desk.send(document)
        assert (late.status_code, late.content) == (answer.status_code, answer.content)
        assert late.headers["idempotency-replayed"] == "true"
    assert desk.current("orders") == {}


def test_bringing_back_twice_or_what_is_known_changes_nothing(shop: Shop, desk: Desk) -> None:
    document = order()
    known = desk.send(document)
    assert desk.bring_back(document["order_id"], 1, known, known.request.content).status_code == 204
    (given,) = lost(shop, desk, order())
    for _ in range(2):
        assert send_again(desk, given).content == given.content
    # A desk that met its acceptance as a copy was answered 200.
    told = desk.bring_back(document["order_id"], 1, known, known.request.content, **{"Outcome-Status": "200"})
    assert told.status_code == 204
    assert len(desk.current("orders")) == 2


def test_only_the_document_that_was_accepted_comes_back(shop: Shop, desk: Desk) -> None:
    document = order()
    (given,) = lost(shop, desk, document)
    assert desk.bring_back(document["order_id"], 1, given, given.request.content).status_code == 204
    other = desk.send(document | {"note": "other"})
    assert (other.status_code, other.json()["type"]) == (422, "urn:order-sync:key-reused")
    later = desk.send(document | {"revision": 2})
    assert (later.status_code, later.json()["order_no"]) == (409, "MF-2026-000001")
    assert desk.current("orders") == {}
    assert desk.send(document).content == given.content


def test_writes_of_the_lost_epoch_are_not_taken(shop: Shop, desk: Desk) -> None:
    document = order()
    (given,) = lost(shop, desk, document)
    for epoch, status in (("", 428), ("x", 412)):
        told = desk.bring_back(document["order_id"], 1, given, given.request.content, **{"Sync-Epoch": epoch})
        assert told.status_code == status


@pytest.mark.parametrize("taken", [20, 0])
def test_units_of_limited_conditions_are_reserved_again_also_beyond_what_is_left(
    shop: Shop, desk: Desk, taken: int
) -> None:
    document = order(lines=[line("MF9", 20)], totals=TWENTY)
    (given,) = lost(shop, desk, document)
    assert given.status_code == 201, given.text
    if taken:  # the same units went to another order meanwhile
        assert desk.send(order(lines=[line("MF9", 20)], totals=TWENTY)).status_code == 201
    assert send_again(desk, given).content == given.content
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        rows = connection.execute(select(reservations.c.quantity)).scalars().all()
    assert sum(rows) == 20 + taken
