"""Sealed messages in a file: brought by another desk, by mail, or handed over by a desk that is shut out."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from desktop_app import sealing
from desktop_app.contract.sealed import (
    MEDIA_TYPE,
    Sealed,
    SealedHeader,
    UnsentOrder,
    framed,
    public_bytes,
    sealed_file,
)
from manufacturer_server import cli
from manufacturer_server.sealed import sealing_key
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import audit
from tests.support.shop import Desk, Shop, line, order

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
OTHER = "desk-of-the-other"


def who(shop: Shop) -> Identity:
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        return identity(connection)


def sealed(shop: Shop, document: dict[str, Any], *, held: bool = False, **changes: Any) -> Sealed:
    """A document as the desk OTHER of the same dealer seals it."""
    server = who(shop)
    values: dict[str, Any] = {
        "server_id": server.server_id,
        "account": "D42",
        "client_instance": OTHER,
        "order_id": document["order_id"],
        "revision": document.get("revision", 1),
        "kind": "order",
        "desk_no": "C-0001",
        "author": "Camille",
        "created_at": AT,
        "body": json.dumps(document).encode(),
    }
    message = UnsentOrder(**(values | changes))
    key = f"{message.order_id}/{document.get('request_id', message.revision)}"
    return sealing.seal(message, key=key, at=AT, to=[public_bytes(sealing_key(server.sealing_secret))], held=held)


def file_of(shop: Shop, *records: Sealed) -> bytes:
    header = SealedHeader(who(shop).server_id, "D42", OTHER, AT, len(records))
    return sealed_file(header, map(framed, records))


def put(desk: Desk, content: bytes, held: str = "", name: str = "") -> httpx.Response:
    digest = name or hashlib.sha256(content).hexdigest()
    asked = {"held": held} if held else {}
    headers = {"Content-Type": MEDIA_TYPE}
    return desk.http.put(f"{desk.path}/sealed/{digest}", content=content, params=asked, headers=headers)


def statuses(answer: httpx.Response) -> list[tuple[int, str]]:
    assert answer.status_code == 200, answer.text
    return [(one["status"], one.get("code", "")) for one in answer.json()["records"]]


def booked(desk: Desk) -> dict[str, dict[str, Any]]:
    return desk.current("orders")


def events(shop: Shop, event: str) -> list[tuple[str, str, str]]:
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        rows = connection.execute(select(audit).where(audit.c.event == event).order_by(audit.c.id))
        return [(row.account, row.client_instance, row.detail) for row in rows]


def commanded(shop: Shop, capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    name, *rest = map(str, words)
    assert cli.main([name, "--data", str(shop.data), *rest]) == code
    return capsys.readouterr().out


def orders(count: int) -> Sequence[dict[str, Any]]:
    return [order(author=f"Person {number}") for number in range(count)]


def test_another_desk_sends_each_order_once_however_often_the_file_comes(shop: Shop, desk: Desk) -> None:
    first, second = orders(2)
    content = file_of(shop, sealed(shop, first), sealed(shop, second))
    answer = put(desk, content)
    assert statuses(answer) == [(201, ""), (201, "")]
    told = answer.json()["records"][0]
    assert (told["order_id"], told["revision"]) == (first["order_id"], 1)
    assert told["sha256"] == hashlib.sha256(json.dumps(first).encode()).hexdigest()
    again = put(desk, content)
    assert statuses(again) == [(200, ""), (200, "")]
    numbers = [[one["order_no"] for one in reply.json()["records"]] for reply in (answer, again)]
    assert numbers[0] == numbers[1]
    # The desk it is of sends it too, and finds the recorded answer.
    late = desk.put(first["order_id"], 1, json.dumps(first).encode())
    assert (late.status_code, late.headers["idempotency-replayed"]) == (200, "true")
    assert late.json()["order_no"] == numbers[0][0]
    assert len(booked(desk)) == 2


def test_the_order_keeps_its_author_and_says_that_another_desk_sent_it(shop: Shop, desk: Desk) -> None:
    (mine,) = orders(1)
    put(desk, file_of(shop, sealed(shop, mine)))
    put(desk, file_of(shop, sealed(shop, mine)))
    record = booked(desk)[mine["order_id"]]
    assert record["author"] == "Person 0"
    assert [entry["state"] for entry in record["history"]] == ["accepted", "other-desk"]
    account, by, detail = events(shop, "sealed")[0]
    assert (account, by) == ("D42", desk.instance)
    assert OTHER in detail
    assert mine["order_id"] in detail


def test_an_order_of_the_desk_itself_says_nothing_of_the_kind(shop: Shop, desk: Desk) -> None:
    (mine,) = orders(1)
    put(desk, file_of(shop, sealed(shop, mine, client_instance=desk.instance)))
    assert [entry["state"] for entry in booked(desk)[mine["order_id"]]["history"]] == ["accepted"]


def test_changed_terms_are_answered_and_recorded_for_the_desk_they_are_of(shop: Shop, desk: Desk) -> None:
    stale = order(lines=[line("TN1", 12, "90.0000"), line("BK1", 3)])
    assert statuses(put(desk, file_of(shop, sealed(shop, stale)))) == [(409, "terms-changed")]
    asked = {"ids": [{"order_id": stale["order_id"], "revision": 1}]}
    found = desk.http.post(f"{desk.path}/orders:outcomes", json=asked).json()["outcomes"]
    assert found[0]["status"] == 409


def test_what_one_record_lacks_keeps_none_of_the_others_back(shop: Shop, desk: Desk) -> None:
    good, other_account, bent, wrong_head = (*orders(3), order())
    records = [
        sealed(shop, other_account, account="D43"),
        sealed(shop, bent, kind="brochure"),
        sealed(shop, {**bent, "lines": []}),
        sealed(shop, wrong_head, order_id="another"),
        sealed(shop, good),
    ]
    found = statuses(put(desk, file_of(shop, *records)))
    assert found == [(404, "not-found"), (400, "malformed"), (422, "rejected"), (400, "malformed"), (201, "")]
    assert list(booked(desk)) == [good["order_id"]]


def test_a_box_under_another_head_is_not_opened(shop: Shop, desk: Desk) -> None:
    import msgspec

    mine, foreign = orders(2)
    changed = msgspec.structs.replace(sealed(shop, foreign, account="D43"), account="D42")
    let_go = msgspec.structs.replace(sealed(shop, mine, held=True), held=False)
    assert statuses(put(desk, file_of(shop, changed, let_go))) == [(422, "unreadable")] * 2
    assert booked(desk) == {}


def test_a_wish_to_cancel_follows_its_order(shop: Shop, desk: Desk) -> None:
    (mine,) = orders(1)
    wish = {
        "kind": "cancel",
        "order_id": mine["order_id"],
        "request_id": "wish-1",
        "created_at": "2026-03-10T10:00:00Z",
    }
    answer = put(desk, file_of(shop, sealed(shop, mine), sealed(shop, wish, kind="cancel")))
    assert statuses(answer) == [(201, ""), (200, "done")]
    assert booked(desk)[mine["order_id"]]["status"] == "cancelled"


def test_what_a_person_keeps_back_is_left_unless_a_person_says_so(shop: Shop, desk: Desk) -> None:
    (mine,) = orders(1)
    content = file_of(shop, sealed(shop, mine, held=True))
    assert statuses(put(desk, content)) == [(202, "held")]
    assert booked(desk) == {}
    assert statuses(put(desk, content, held="send")) == [(201, "")]


def test_it_is_taken_after_the_history_was_lost_although_its_desk_could_not_know(shop: Shop, desk: Desk) -> None:
    (mine,) = orders(1)
    content = file_of(shop, sealed(shop, mine))
    shop.renew_epoch()
    assert statuses(put(desk, content)) == [(201, "")]


def test_what_is_no_whole_file_of_that_kind_is_refused_as_a_whole(shop: Shop, desk: Desk) -> None:
    content = file_of(shop, sealed(shop, orders(1)[0]))
    for bad in (b"", b"PK\x03\x04", content[:-1], content + b"\0", content[:60], content.replace(b"D42", b"D43", 1)):
        answer = put(desk, bad)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:order-sync:malformed"), bad[:20]
    assert put(desk, content, name="0" * 64).status_code == 400
    assert desk.http.put(f"{desk.path}/sealed/{'0' * 64}", json={}).status_code == 415
    assert put(desk, content, held="perhaps").status_code == 400
    assert booked(desk) == {}


def test_a_file_has_a_size_and_a_number_of_messages(shop: Shop, desk: Desk) -> None:
    limits = shop.http.get("/.well-known/order-sync").json()["limits"]
    assert put(desk, bytes(limits["sealed_bytes"] + 1)).status_code == 413
    one = framed(sealed(shop, orders(1)[0]))
    many = limits["sealed_records"] + 1
    header = SealedHeader(who(shop).server_id, "D42", OTHER, AT, many)
    assert put(desk, sealed_file(header, [one] * many)).status_code == 413
    assert booked(desk) == {}


def test_another_account_is_as_if_there_were_none(shop: Shop, desk: Desk) -> None:
    content = file_of(shop)
    digest = hashlib.sha256(content).hexdigest()
    answers = [
        desk.http.put(f"/v1/accounts/{account}/sealed/{digest}", content=content, headers={"Content-Type": MEDIA_TYPE})
        for account in ("D43", "D99")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_file_that_came_by_mail_is_entered_by_the_manufacturer(
    shop: Shop, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, held = orders(2)
    path = tmp_path / "queue.sealed"
    content = file_of(shop, sealed(shop, mine), sealed(shop, held, held=True))
    # The last bytes of the mail are missing: what is whole counts.
    path.write_bytes(content[:-3])
    assert mine["order_id"] in commanded(shop, capsys, "open-sealed", path, "--list")
    assert booked(desk) == {}
    assert "201 MF-" in commanded(shop, capsys, "open-sealed", path)
    path.write_bytes(content)
    out = commanded(shop, capsys, "open-sealed", path)
    assert "200 MF-" in out
    assert "kept it back" in out
    record = booked(desk)[mine["order_id"]]
    assert [entry["state"] for entry in record["history"]] == ["accepted", "by-file"]
    assert "201 MF-" in commanded(shop, capsys, "open-sealed", path, "--with-held")
    path.write_bytes(b"nothing of the kind")
    assert "no sealed order" in commanded(shop, capsys, "open-sealed", path, code=1)
    commanded(shop, capsys, "open-sealed", code=1)
