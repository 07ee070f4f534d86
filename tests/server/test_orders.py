"""Receiving orders: one answer per revision, for ever; nothing a desk sends becomes true unchecked."""

import json
import threading
import uuid
from contextlib import closing
from typing import Any

import httpx
from sqlalchemy import func, select

from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import orders, outcomes
from tests.support import worked_example
from tests.support.shop import Desk, Shop, line, order
from tests.support.worked_example import FILES


def slug(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rsplit(":", 1)[-1]


def recorded(shop: Shop) -> tuple[int, int]:
    """How many outcomes and how many accepted orders are in the database."""
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (outcomes, orders)
        ]
    return counts[0], counts[1]


def rejected(answer: httpx.Response) -> tuple[str, str]:
    """Pointer and code of the only error of a rejection."""
    assert (answer.status_code, slug(answer)) == (422, "rejected"), answer.text
    (error,) = answer.json()["errors"]
    return error["pointer"], error["code"]


def test_the_worked_example_to_the_cent(desk: Desk) -> None:
    document = order()
    answer = desk.send(document)
    assert answer.status_code == 201, answer.text
    accepted = answer.json()
    assert (accepted["order_id"], accepted["revision"]) == (document["order_id"], 1)
    assert accepted["order_no"] == "MF-2026-000001"
    assert accepted["received_at"] == "2026-03-10T09:30:00Z"
    assert accepted["totals"] == worked_example.TOTALS | {"vat": worked_example.VAT}
    assert accepted["online_bonus"] == worked_example.BONUS
    (sub_order,) = accepted["sub_orders"]
    assert {row["sku"]: row["unit_net"] for row in sub_order["lines"]} == worked_example.UNIT_NETS
    assert {row["sku"]: row["line_total"] for row in sub_order["lines"]} == worked_example.LINE_TOTALS
    assert (sub_order["wholesaler"], sub_order["goods"], sub_order["total"]) == ("N", "2221.40", "2665.59")
    assert "problems" not in accepted


def test_an_accepted_order_appears_in_the_feed_and_in_the_account(desk: Desk) -> None:
    before = desk.rows("account,terms,orders")[-1]["cursor"]
    document = order(note="Par la cour", delivery={"wanted_date": "2026-03-20", "mode": "complete"})
    assert desk.send(document).status_code == 201
    record, account, _ = desk.rows("account,terms,orders", before)
    assert (record["c"], record["id"]) == ("orders", document["order_id"])
    row = record["d"]
    assert (row["order_no"], row["status"], row["revision"]) == ("MF-2026-000001", "accepted", 1)
    assert (row["desk_no"], row["reference"], row["author"]) == ("C-0001", "BC-7", "Camille")
    assert row["delivery"] == {"wanted_date": "2026-03-20", "mode": "complete"}
    assert row["history"] == [{"at": "2026-03-10T09:30:00Z", "state": "accepted"}]
    assert (account["c"], account["d"]["undelivered"]) == ("account", "2665.59")


def test_open_orders_of_any_size_leave_the_account_readable(shop: Shop) -> None:
    shop.take_in(products=FILES["products.csv"].replace("19.99", "500000000"))
    desk = shop.desk("D43")
    goods, vat, total = "499999500000000.00", "27499972500000.00", "527499472500000.00"
    for _ in range(2):
        document = order(
            lines=[line("BK1", 999_999, "500000000.0000")], totals=totals(goods, "0.00", {"5.5": vat}, total)
        )
        assert desk.send(document).status_code == 201
    assert desk.current("account")["D43"]["undelivered"] == "1054998945000000.00"


def test_numbers_follow_each_other_whoever_orders(shop: Shop) -> None:
    gold, silver = shop.desk("D42"), shop.desk("D43")
    first = gold.send(order()).json()["order_no"]
    mine = order(
        lines=[line("BK1", 1, "19.9900")], totals=totals("19.99", "12.50", {"20": "2.50", "5.5": "1.10"}, "36.09")
    )
    answer = silver.send(mine)
    assert answer.status_code == 201, answer.text
    assert (first, answer.json()["order_no"]) == ("MF-2026-000001", "MF-2026-000002")


def totals(goods: str, carriage: str, vat: dict[str, str], total: str, eco: str = "0.00") -> dict[str, Any]:
    return {"goods": goods, "eco": eco, "carriage": carriage, "fees": "0.00", "vat": vat, "total": total}


def test_a_copy_gets_the_identical_answer(shop: Shop, desk: Desk) -> None:
    document = order()
    first = desk.send(document)
    shop.clock.forward(days=40)
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37")
    shop.take_in(products=dearer)
    copy = desk.send(document)
    assert (first.status_code, copy.status_code) == (201, 200)
    assert copy.content == first.content
    assert (copy.headers["idempotency-replayed"], "idempotency-replayed" in first.headers) == ("true", False)
    assert recorded(shop) == (1, 1)


def test_a_refusal_is_remembered_as_well(shop: Shop, desk: Desk) -> None:
    stale = order(lines=[line("TN1", 12, "90.0000")])
    unsound = order(lines=[line("TN1", 0)])
    for document, status in ((stale, 409), (unsound, 422)):
        first, copy = desk.send(document), desk.send(document)
        assert (first.status_code, copy.status_code) == (status, status)
        assert copy.content == first.content
        assert copy.headers["idempotency-replayed"] == "true"
        assert copy.headers["content-type"] == "application/problem+json"
    assert recorded(shop) == (2, 0)


def test_fifty_copies_at_once_make_one_order(shop: Shop, desk: Desk) -> None:
    document = order()
    answers: list[httpx.Response] = []
    start = threading.Barrier(50)

    def send() -> None:
        start.wait()
        answers.append(desk.send(document))

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert recorded(shop) == (1, 1)
    assert len(desk.current("orders")) == 1


def test_another_body_for_the_same_revision_changes_nothing(shop: Shop, desk: Desk) -> None:
    document = order()
    assert desk.send(document).status_code == 201
    for other in (document | {"reference": "BC-8"}, document | {"lines": [line("TN1", 0)]}):
        answer = desk.send(other)
        assert (answer.status_code, slug(answer), answer.json()["retry"]) == (422, "key-reused", "never")
    spaced = json.dumps(document, indent=3).encode()
    assert slug(desk.put(document["order_id"], 1, spaced)) == "key-reused"
    assert recorded(shop) == (1, 1)
    assert next(iter(desk.current("orders").values()))["reference"] == "BC-7"


def test_one_revision_of_an_order_is_accepted_and_no_other(shop: Shop, desk: Desk) -> None:
    document = order(revision=2)
    assert desk.send(document).status_code == 201
    for revision in (1, 3):
        answer = desk.send(document | {"revision": revision})
        assert (answer.status_code, slug(answer)) == (409, "already-accepted")
        assert (answer.json()["order_no"], answer.json()["revision"]) == ("MF-2026-000001", 2)
    assert recorded(shop) == (1, 1)


def test_a_revision_that_was_overtaken_is_not_taken_any_more(shop: Shop, desk: Desk) -> None:
    document = order(revision=3, lines=[line("TN1", 12, "90.0000")])
    assert desk.send(document).status_code == 409
    late = desk.send(order(order_id=document["order_id"], revision=2))
    assert (late.status_code, slug(late)) == (409, "superseded")
    assert desk.send(order(order_id=document["order_id"], revision=4)).status_code == 201
    assert recorded(shop) == (2, 1)


def test_two_dealers_may_use_the_same_id(shop: Shop) -> None:
    gold, silver = shop.desk("D42"), shop.desk("D43")
    document = order()
    assert gold.send(document).status_code == 201
    mine = order(
        order_id=document["order_id"],
        lines=[line("BK1", 1, "19.9900")],
        totals=totals("19.99", "12.50", {"20": "2.50", "5.5": "1.10"}, "36.09"),
    )
    assert silver.send(mine).status_code == 201
    assert recorded(shop) == (2, 2)
    assert [len(desk.current("orders")) for desk in (gold, silver)] == [1, 1]


def test_every_write_names_the_epoch(shop: Shop, desk: Desk) -> None:
    document = order()
    missing = desk.send(document, **{"Sync-Epoch": ""})
    assert (missing.status_code, slug(missing), missing.json()["epoch"]) == (428, "epoch-missing", desk.epoch)
    fresh = shop.renew_epoch()
    old = desk.send(document)
    assert (old.status_code, slug(old), old.json()["retry"]) == (412, "epoch-changed", "resync")
    assert old.json()["epoch"] == fresh
    assert recorded(shop) == (0, 0)
    desk.epoch = old.json()["epoch"]
    assert desk.send(document).status_code == 201


def test_what_cannot_be_read_is_not_recorded(shop: Shop, desk: Desk) -> None:
    document = order()
    sound = json.dumps(document).encode()
    unreadable = [
        b"",
        b"{",
        sound[:-1],
        b"\xff\xfe" + sound,
        sound.replace(b"BC-7", b"\xe9\xe8"),
        sound.replace(b"BC-7", b"\\ud800"),
        sound.replace(b"BC-7", b"\\u0000"),
        b"[" * 100_000,
        b'{"lines":' + b'{"a":' * 20_000,
    ]
    for content in unreadable:
        answer = desk.put(document["order_id"], 1, content)
        assert (answer.status_code, slug(answer), answer.json()["retry"]) == (400, "malformed", "never"), content[:60]
    for media_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        answer = desk.put(document["order_id"], 1, sound, **{"Content-Type": media_type})
        assert (answer.status_code, slug(answer)) == (415, "media-type")
    other = desk.put(str(uuid.uuid4()), 1, sound)
    assert (other.status_code, slug(other)) == (400, "malformed")
    assert desk.put(document["order_id"], 2, sound).status_code == 400
    for revision in ("0", "-1", "x", "1.5", "99999999"):
        assert desk.put(document["order_id"], revision, sound).status_code in (400, 404), revision
    assert recorded(shop) == (0, 0)
    assert desk.send(document).status_code == 201


def test_what_is_too_large_is_not_recorded(shop: Shop, desk: Desk) -> None:
    document = order(lines=[line(f"X{number}", 1) for number in range(5_001)])
    answer = desk.send(document)
    assert (answer.status_code, slug(answer)) == (413, "too-large")
    assert "5,000" in answer.json()["detail"]
    huge = order(note="x" * 8_100_000)
    assert desk.send(huge).status_code == 413
    assert recorded(shop) == (0, 0)


def test_the_idempotency_key_may_be_left_out_but_not_wrong(desk: Desk) -> None:
    document = order()
    for key in ("x", document["order_id"], f"{document['order_id']}/1", "k" * 10_000):
        answer = desk.send(document, **{"Idempotency-Key": key})
        assert (answer.status_code, slug(answer)) == (400, "key-mismatch"), key[:50]
    assert desk.send(document, **{"Idempotency-Key": f'"{document["order_id"]}/1"'}).status_code == 201


def test_an_unsound_quantity_is_rejected_for_ever_with_its_place(shop: Shop, desk: Desk) -> None:
    for number, quantity in enumerate((0, -1, 10**18, 10**30, 1e18, 0.0001, 1.5, "1", None, True, [1], 1_000_000), 1):
        document = order(lines=[line("BK1", 3), line("TN1", quantity)])
        assert rejected(desk.send(document)) == ("/lines/1/quantity", "invalid"), quantity
        assert recorded(shop) == (number, 0)
    missing = order()
    del missing["lines"][2]["quantity"]
    assert rejected(desk.send(missing)) == ("/lines/2/quantity", "missing")


def test_fields_a_desk_has_no_say_in_are_rejected(desk: Desk) -> None:
    for name, value in (("account", "D43"), ("status", "shipped"), ("order_no", "MF-1"), ("received_at", "2020-01-01")):
        assert rejected(desk.send(order(**{name: value}))) == (f"/{name}", "unknown-field")
    discounted = order()
    discounted["lines"][0]["discount"] = "99"
    assert rejected(desk.send(discounted)) == ("/lines/0/discount", "unknown-field")


def test_documents_of_another_shape_are_rejected_with_the_place(desk: Desk) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"lines": []}, "/lines"),
        ({"lines": "x"}, "/lines"),
        ({"lines": [line("TN1", 1, "12.5")]}, "/lines/0/unit_price"),
        ({"lines": [line("TN1", 1, "-1.0000")]}, "/lines/0/unit_price"),
        ({"lines": [line("TN1", 1, "1e4")]}, "/lines/0/unit_price"),
        ({"lines": [line("TN1", 1, wholesaler="")]}, "/lines/0/wholesaler"),
        ({"lines": [line("TN1", 1), line("TN1", 2)]}, "/lines/1"),
        ({"totals": {**order()["totals"], "total": "NaN"}}, "/totals/total"),
        ({"totals": {**order()["totals"], "vat": {"20": 436.88}}}, "/totals/vat"),
        ({"created_at": "yesterday"}, "/created_at"),
        ({"created_at": "2026-03-10T09:00:00"}, "/created_at"),
        ({"terms_version": "1"}, "/terms_version"),
        ({"reference": "x" * 2_001}, "/reference"),
        ({"delivery": {"mode": "drone"}}, "/delivery/mode"),
    ]
    for changes, pointer in cases:
        assert rejected(desk.send(order(**changes)))[0] == pointer, changes
    answer = desk.put(str(uuid.uuid4()), 1, b"[]")
    assert (answer.status_code, slug(answer)) == (422, "rejected")


def test_terms_that_were_never_given_out_are_unknown(shop: Shop, desk: Desk) -> None:
    for name, version in (("terms_version", 1_000_000), ("catalog_version", 1_000_000), ("terms_version", -1)):
        answer = desk.send(order(**{name: version}))
        assert (answer.status_code, slug(answer), answer.json()["retry"]) == (409, "terms-unknown", "resync")
    assert recorded(shop) == (0, 0)


def test_the_time_of_an_order_is_the_servers(desk: Desk) -> None:
    for created_at in ("2099-01-01T00:00:00Z", "1970-01-01T00:00:00+02:00"):
        answer = desk.send(order(created_at=created_at))
        assert answer.status_code == 201
        assert answer.json()["received_at"] == "2026-03-10T09:30:00Z"


def test_any_text_is_only_text(desk: Desk) -> None:
    texts = [
        "'; DROP TABLE orders; --",
        "{{7*7}}",
        '{"$ne": null}',
        "<img src=x>",
        "../../etc/passwd",
        "é\u0301 \u202e日本",
    ]
    for text in texts:
        document = order(reference=text, note=text, author=text, desk_no=text, end_client=text)
        assert desk.send(document).status_code == 201, text
        row = desk.current("orders")[document["order_id"]]
        assert (row["reference"], row["author"], row["desk_no"], row["end_client"]) == (text,) * 4
    for text in ("'; DROP TABLE orders; --", "%", "_", "*"):
        answer = desk.send(order(lines=[line(text, 1, wholesaler=text)]))
        assert {error["code"] for error in answer.json()["errors"]} == {"unknown-product"}


def test_stock_and_credit_only_warn(shop: Shop, desk: Desk) -> None:
    dealers = worked_example.FILES["dealers.csv"].replace("60000", "1000")
    shop.take_in(dealers=dealers, stock=worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,5"))
    answer = desk.send(order())
    assert answer.status_code == 201, answer.text
    short, credit = answer.json()["problems"]
    assert (short["pointer"], short["code"], short["yours"], short["ours"]) == (
        "/lines/0/quantity",
        "stock-short",
        "12",
        "5",
    )
    assert (credit["pointer"], credit["code"], credit["ours"]) == ("/totals/total", "credit-limit", "-1665.59")


def test_credit_counts_what_is_not_delivered_yet(shop: Shop, desk: Desk) -> None:
    shop.take_in(dealers=worked_example.FILES["dealers.csv"].replace("60000", "5000"))
    assert "problems" not in desk.send(order()).json()
    (credit,) = desk.send(order()).json()["problems"]
    assert (credit["code"], credit["ours"]) == ("credit-limit", "-331.18")


def test_a_thousand_lines_are_priced_and_taken(shop: Shop, desk: Desk) -> None:
    count = 1_000
    products = "sku,name,list_price,vat_rate\n" + "".join(f"P{n},Product {n},10,20\n" for n in range(count))
    stock = "wholesaler,sku,available\n" + "".join(f"N,P{n},9\n" for n in range(count))
    assert shop.take_in(products=products, stock=stock).exit_code == 0
    document = order(
        lines=[line(f"P{n}", 1, "7.0000") for n in range(count)],
        totals=totals("7000.00", "0.00", {"20": "1400.00"}, "8400.00"),
    )
    answer = desk.send(document)
    assert answer.status_code == 201, answer.text[:500]
    assert len(answer.json()["sub_orders"][0]["lines"]) == count
