"""An accepted order is changed on request: to less, while nothing of it has left, at its own prices; all are told."""

import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.test_export import exported, run
from tests.support.shop import Desk, Shop, order
from tests.support.worked_example import FILES

HEADER = "order_no,wholesaler,sku,state,quantity,date\n"


def amend(desk: Desk, order_id: str, request_id: str = "a-1", **changes: Any) -> httpx.Response:
    body = {
        "kind": "amend",
        "order_id": order_id,
        "request_id": request_id,
        "created_at": "2026-03-10T10:00:00Z",
        **changes,
    }
    path = f"{desk.path}/orders/{order_id}/requests/{request_id}"
    return desk.http.put(path, json=body, headers={"Sync-Epoch": desk.epoch})


def less(sku: str, quantity: int, wholesaler: str = "N") -> dict[str, Any]:
    return {"sku": sku, "wholesaler": wholesaler, "quantity": quantity}


def lines_of(record: dict[str, Any]) -> dict[str, tuple[int, str]]:
    return {
        line["sku"]: (line["quantity"], line["unit_net"]) for part in record["sub_orders"] for line in part["lines"]
    }


def refusal(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.json()["result"] == "refused"
    assert answer.json()["detail"]
    return str(answer.json()["code"])


@pytest.fixture
def order_id(desk: Desk) -> str:
    """An accepted order: 12 TN1, 2 MF9, 3 BK1."""
    document = order()
    assert desk.send(document).status_code == 201
    return str(document["order_id"])


def test_a_smaller_order_is_priced_anew_and_told_to_every_desk(shop: Shop, desk: Desk, order_id: str) -> None:
    before = desk.current("account")["D42"]
    assert before["undelivered"] == "2665.59"
    shop.clock.forward(hours=1)
    answer = amend(desk, order_id, reason="the customer needs less", lines=[less("TN1", 11), less("BK1", 0)])
    assert answer.json() == {"request_id": "a-1", "order_id": order_id, "result": "done", "status": "accepted"}
    record = desk.current("orders")[order_id]
    assert lines_of(record) == {"TN1": (11, "91.6185"), "MF9": (2, "540.0000")}
    # 11 x 91.6185 + 2 x 540 = 2087.80, two levies of 2.50, and 20 % VAT; the book with its 5.5 % is gone.
    totals = record["totals"]
    assert (totals["goods"], totals["eco"], totals["vat"], totals["total"]) == (
        "2087.80",
        "5.00",
        {"20": "418.56"},
        "2511.36",
    )
    told = [(entry["state"], entry.get("sku", ""), entry.get("quantity", 0)) for entry in record["history"]]
    assert told == [("accepted", "", 0), ("amended", "", 0), ("amended", "TN1", 11), ("amended", "BK1", 0)]
    assert record["history"][1]["text"] == "the customer needs less"
    assert desk.current("account")["D42"]["undelivered"] == "2511.36"
    assert shop.desk("D43").current("orders") == {}


def test_the_units_of_a_limited_price_are_free_again(desk: Desk, order_id: str) -> None:
    assert desk.current("account")["D42"]["quota_used"] == {"B540": 2}
    assert amend(desk, order_id, lines=[less("MF9", 1)]).json()["result"] == "done"
    assert desk.current("account")["D42"]["quota_used"] == {"B540": 1}
    assert amend(desk, order_id, "a-2", lines=[less("MF9", 0)]).json()["result"] == "done"
    assert "quota_used" not in desk.current("account")["D42"]


def test_date_reference_and_note_change_without_touching_a_price(shop: Shop, desk: Desk, order_id: str) -> None:
    shop.take_in(products=FILES["products.csv"].replace("148.37", "200.00"))
    changes = {"wanted_date": "2026-03-20", "reference": "BC-8", "note": "Ring twice"}
    assert amend(desk, order_id, **changes).json()["result"] == "done"
    record = desk.current("orders")[order_id]
    assert (record["delivery"]["wanted_date"], record["reference"]) == ("2026-03-20", "BC-8")
    assert record["totals"]["total"] == "2665.59"
    assert refusal(amend(desk, order_id, "a-2", **changes)) == "nothing-asked"
    assert amend(desk, order_id, "a-3", no_date=True).json()["result"] == "done"
    assert "wanted_date" not in desk.current("orders")[order_id]["delivery"]


def test_prices_that_rose_since_do_not_matter(shop: Shop, desk: Desk, order_id: str) -> None:
    shop.clock.forward(days=1)
    shop.take_in(products=FILES["products.csv"].replace("148.37", "200.00"))
    assert amend(desk, order_id, lines=[less("TN1", 11)]).json()["result"] == "done"
    assert lines_of(desk.current("orders")[order_id])["TN1"] == (11, "91.6185")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([less("TN1", 12)], "not-less"),
        ([less("TN1", 13)], "not-less"),
        ([less("XX", 1)], "unknown-line"),
        ([less("TN1", 1, "S")], "unknown-line"),
        ([less("BK1", 1), less("BK1", 2)], "unknown-line"),
        ([less("TN1", 0), less("MF9", 0), less("BK1", 0)], "nothing-left"),
        # Below 10 the fifth of the quantity discount is lost.
        ([less("TN1", 9)], "price-changed"),
        ([], "nothing-asked"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, order_id: str, asked: list[dict[str, Any]], code: str
) -> None:
    before = desk.current("orders")[order_id]
    given = amend(desk, order_id, lines=asked)
    assert refusal(given) == code
    assert desk.current("orders")[order_id] == before
    copy = amend(desk, order_id, lines=asked)
    assert (copy.content, copy.headers["idempotency-replayed"]) == (given.content, "true")


def test_what_a_wholesaler_has_confirmed_stays_and_the_rest_can_still_be_less(
    shop: Shop, desk: Desk, order_id: str
) -> None:
    number = desk.current("orders")[order_id]["order_no"]
    shop.take_in(status=HEADER + f"{number},N,BK1,confirmed,2,2026-03-11\n")
    assert refusal(amend(desk, order_id, lines=[less("BK1", 1)])) == "confirmed"
    assert amend(desk, order_id, "a-2", lines=[less("BK1", 2), less("TN1", 10)]).json()["result"] == "done"
    shop.take_in(
        status=HEADER
        + f"{number},N,BK1,confirmed,2,2026-03-11\n{number},N,TN1,confirmed,10,2026-03-12\n"
        + f"{number},N,MF9,confirmed,2,2026-03-12\n"
    )
    record = desk.current("orders")[order_id]
    assert record["status"] == "confirmed"
    assert [entry["state"] for entry in record["history"]].count("amended") == 3


def test_after_goods_have_left_nothing_changes_and_the_answer_says_so(shop: Shop, desk: Desk, order_id: str) -> None:
    number = desk.current("orders")[order_id]["order_no"]
    shop.take_in(status=HEADER + f"{number},N,BK1,shipped,1,2026-03-11\n")
    assert refusal(amend(desk, order_id, note="late")) == "shipped"
    assert refusal(desk.cancel(order_id, "r-1")) == "shipped"


def test_a_cancelled_order_is_not_changed(desk: Desk, order_id: str) -> None:
    desk.cancel(order_id, "r-1")
    assert refusal(amend(desk, order_id, note="late")) == "cancelled"
    assert desk.current("orders")[order_id]["status"] == "cancelled"


def test_another_dealer_or_a_document_at_fault_gets_nothing(shop: Shop, desk: Desk, order_id: str) -> None:
    assert amend(shop.desk("D43"), order_id, note="mine now").status_code == 404
    assert amend(desk, str(uuid.uuid4()), note="x").status_code == 404
    for changes in ({"lines": [less("TN1", -1)]}, {"price": "1.00"}, {"lines": [{"sku": "TN1"}]}, {"note": 7}):
        assert amend(desk, order_id, **changes).status_code == 422
    assert amend(desk, order_id, note="sound").json()["result"] == "done"


def test_an_order_that_has_not_left_leaves_as_it_stands(shop: Shop, desk: Desk, order_id: str, tmp_path: Path) -> None:
    amend(desk, order_id, lines=[less("BK1", 0)], note="Ring twice", wanted_date="2026-03-20", reference="BC-8")
    assert run(shop, tmp_path / "out") == 0
    assert [path.name[:6] for path in (tmp_path / "out").iterdir()] == ["orders"]
    rows = exported(tmp_path / "out")
    assert [(row["sku"], row["quantity"]) for row in rows] == [("TN1", "12"), ("MF9", "2")]
    assert {(row["note"], row["wanted_date"], row["reference"]) for row in rows} == {
        ("Ring twice", "2026-03-20", "BC-8")
    }


def test_a_change_after_the_export_leaves_once_in_a_file_of_its_own(
    shop: Shop, desk: Desk, order_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shop, tmp_path / "one")
    shop.clock.forward(hours=2)
    amend(desk, order_id, lines=[less("TN1", 10), less("BK1", 0)])
    for _ in range(2):
        assert run(shop, tmp_path / "two") == 0
    (path,) = (tmp_path / "two").iterdir()
    assert path.name.startswith("amendments-000002-")
    assert "1 changed orders in" in capsys.readouterr().out
    rows = exported(tmp_path / "two")
    assert [(row["line"], row["sku"], row["quantity"], row["line_total"]) for row in rows] == [
        ("1", "TN1", "10", "916.19"),
        ("2", "MF9", "2", "1080.00"),
        ("3", "BK1", "0", "0.00"),
    ]
    assert {(row["order_id"], row["amended_at"], row["order_total"]) for row in rows} == {
        (order_id, "2026-03-10T11:30:00+00:00", "2401.43")
    }
    amend(desk, order_id, "a-2", note="Ring twice")
    run(shop, tmp_path / "three")
    assert {row["note"] for row in exported(tmp_path / "three")} == {"Ring twice"}
    desk.cancel(order_id, "r-1")
    run(shop, tmp_path / "four")
    assert [path.name[:13] for path in (tmp_path / "four").iterdir()] == ["cancellations"]


def test_a_file_of_changes_that_was_not_marked_is_not_mistaken_for_new_orders(
    shop: Shop, desk: Desk, order_id: str, tmp_path: Path
) -> None:
    run(shop, tmp_path)
    backup = shop.backup()
    amend(desk, order_id, lines=[less("BK1", 0)])
    run(shop, tmp_path)
    shop.put_back(backup)
    desk.epoch = shop.renew_epoch()
    amend(desk, order_id, lines=[less("BK1", 1)])
    run(shop, tmp_path)
    files = sorted(path.name.split("-")[0] for path in tmp_path.glob("*.csv"))
    assert files == ["amendments", "amendments", "orders"]
    assert desk.current("orders")[order_id]["status"] == "accepted"
