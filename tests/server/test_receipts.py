"""Receipts: only what this server really answered is believed when it is brought back."""

import hashlib
from contextlib import closing

import httpx
import pytest

from manufacturer_server.clock import new_uuid
from manufacturer_server.founding import found_server
from manufacturer_server.receipts import Answered, is_genuine, receipt
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.support.shop import Desk, Shop, line, order


def test_each_recorded_answer_carries_its_receipt_and_a_copy_the_same(desk: Desk) -> None:
    documents = [order(), order(lines=[line("TN1", 12, "9.0000")]), order(lines=[line("TN1", 0)])]
    given = [desk.send(document) for document in documents]
    assert [answer.status_code for answer in given] == [201, 409, 422]
    receipts = [answer.headers["outcome-receipt"] for answer in given]
    assert len(set(receipts)) == 3
    assert all(shown.startswith("v1.") for shown in receipts)
    assert [desk.send(document).headers["outcome-receipt"] for document in documents] == receipts
    ids = [{"order_id": document["order_id"], "revision": 1} for document in documents]
    found = desk.http.post(f"{desk.path}/orders:outcomes", json={"ids": ids}).json()["outcomes"]
    assert [one["receipt"] for one in found] == receipts


def test_what_is_not_recorded_has_no_receipt(desk: Desk) -> None:
    document = order()
    assert "outcome-receipt" not in desk.send(document, **{"Sync-Epoch": "x"}).headers
    desk.send(document)
    assert "outcome-receipt" not in desk.send(document | {"note": "other"}).headers
    assert "outcome-receipt" not in desk.cancel(document["order_id"], "r-1").headers


def test_a_receipt_belongs_to_one_answer_of_one_server(shop: Shop) -> None:
    mine = Answered("D42", "o-1", 1, 201, "a" * 64, b"{}")
    others = [
        Answered("D43", "o-1", 1, 201, "a" * 64, b"{}"),
        Answered("D42", "o-2", 1, 201, "a" * 64, b"{}"),
        Answered("D42", "o-1", 2, 201, "a" * 64, b"{}"),
        Answered("D42", "o-1", 1, 409, "a" * 64, b"{}"),
        Answered("D42", "o-1", 1, 201, "b" * 64, b"{}"),
        Answered("D42", "o-1", 1, 201, "a" * 64, b"{ }"),
        Answered("D42\no-1", "1", 1, 201, "a" * 64, b"{}"),
    ]
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        who = identity(connection)
    other_server = found_server(shop.files.parent / "other", new_id=new_uuid)
    shown = receipt(who, mine)
    assert is_genuine(who, mine, shown)
    assert not any(is_genuine(who, one, shown) for one in others)
    assert not is_genuine(other_server, mine, shown)
    assert not any(is_genuine(who, mine, forged) for forged in ("", "v1.", shown[:-1], "v2" + shown[2:], "é"))


@pytest.mark.parametrize(
    "forged",
    [
        {"Outcome-Receipt": "v1.x"},
        {"Outcome-Receipt": ""},
        {"Outcome-Status": "422"},
        {"Outcome-Status": "500"},
        {"Outcome-Status": ""},
        {"Document-SHA256": hashlib.sha256(b"other").hexdigest()},
        {"Document-SHA256": ""},
    ],
)
def test_a_forged_answer_is_refused_and_changes_nothing(shop: Shop, desk: Desk, forged: dict[str, str]) -> None:
    backup, document = shop.backup(), order()
    given = desk.send(document)
    shop.put_back(backup)
    sent = given.request.content
    refused = desk.bring_back(document["order_id"], 1, given, sent, **forged)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:order-sync:receipt-invalid")
    cheaper = httpx.Response(201, content=given.content.replace(b"91.6185", b"1.6185"), headers=given.headers)
    assert desk.bring_back(document["order_id"], 1, cheaper, sent).status_code == 422
    assert desk.bring_back(document["order_id"], 2, given, sent).status_code == 422
    other = shop.desk("D43")
    assert other.bring_back(document["order_id"], 1, given, sent).status_code == 422
    # Nothing of it was believed: the order is judged as any new one, and priced by today's terms.
    shop.take_in(prices="wholesaler,sku,list_price,start\n,TN1,200.00,2026-03-01\n")
    assert desk.put(document["order_id"], 1, sent).status_code == 409
