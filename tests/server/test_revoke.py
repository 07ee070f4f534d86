"""One desk of a dealer is shut out: what it is told, what it may hand over, and what the manufacturer sees of it."""

import hashlib
import json
import time
from typing import Any

import httpx
import pytest

from manufacturer_server import access
from tests.server.test_entering import problem
from tests.server.test_sealed import booked, commanded, events, file_of, put, sealed, statuses
from tests.support.server import joining_code
from tests.support.shop import Desk, Shop, order

Capture = pytest.CaptureFixture[str]


def own(shop: Shop, desk: Desk, document: dict[str, Any], **changes: Any) -> bytes:
    return file_of(shop, sealed(shop, document, client_instance=desk.instance, **changes))


def shown_in_time(shop: Shop, capsys: Capture, words: str) -> str:
    """The list of desks once it says so: that a desk was seen is written down after it has its answer."""
    until = time.monotonic() + 10
    while words not in (out := commanded(shop, capsys, "desks")) and time.monotonic() < until:
        time.sleep(0.01)
    assert words in out
    return out


def test_the_list_tells_desks_apart_and_when_each_was_seen(shop: Shop, desk: Desk, capsys: Capture) -> None:
    assert "never seen" in commanded(shop, capsys, "desks")
    desk.get("catalog")
    shop.clock.forward(minutes=30)
    desk.get("catalog")
    shown_in_time(shop, capsys, "last seen 2026-03-10 09:30")
    shop.clock.forward(minutes=31)
    desk.get("catalog")
    out = shown_in_time(shop, capsys, "last seen 2026-03-10 10:31")
    assert f"D42  {desk.instance}  (no name)  joined 2026-03-10" in out
    assert "in use" in out
    assert "No desk" in commanded(shop, capsys, "desks", "D43")


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ("Comptoir%20d%27Andr%C3%A9", "Comptoir d'André"),
        ("%0Aroot", "(no name)"),
        ("%FF", "\ufffd"),
        ("x" * 900, "x" * 100),
    ],
)
def test_a_desk_is_listed_by_the_name_of_its_computer(shop: Shop, capsys: Capture, given: str, listed: str) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    asked = {"code": code, "client_instance": "i-2"}
    assert shop.http.post("/v1/join", json=asked, headers={"Desk-Name": given}).status_code == 201
    assert f"D42  i-2  {listed}  joined" in commanded(shop, capsys, "desks")


def test_it_is_told_at_every_address_and_no_other_desk_is(shop: Shop, desk: Desk, capsys: Capture) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    joined = shop.http.post("/v1/join", json={"code": code, "client_instance": "i-2"}).json()
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--reason", "stolen at Lyon")
    told = problem(desk.get("catalog"), 401, "desk-revoked", "reauth")
    assert told["detail"] == "stolen at Lyon"
    assert "wipe" not in told
    problem(desk.send(order()), 401, "desk-revoked", "reauth")
    problem(put(desk, own(shop, desk, order())), 401, "desk-revoked", "reauth")
    headers = {"Authorization": f"Bearer {joined['token']}", "Client-Instance": "i-2"}
    assert httpx.get(f"{shop.server.url}{desk.path}/catalog", headers=headers).status_code == 200


def test_a_new_code_lets_it_in_again(shop: Shop, desk: Desk, capsys: Capture) -> None:
    commanded(shop, capsys, "revoke", "--desk", desk.instance)
    code = joining_code(shop.data, "D42", shop.clock)
    joined = shop.http.post("/v1/join", json={"code": code, "client_instance": desk.instance}).json()
    assert desk.get("catalog", headers={"Authorization": f"Bearer {joined['token']}"}).status_code == 200
    assert "in use" in commanded(shop, capsys, "desks")


def test_only_who_holds_its_token_hears_of_it(shop: Shop, desk: Desk, capsys: Capture) -> None:
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    problem(desk.get("catalog", headers={"Client-Instance": "another"}), 401, "unauthorized", "reauth")
    problem(desk.get("catalog", headers={"Authorization": "Bearer x"}), 401, "unauthorized", "reauth")
    assert "does not know it yet" in commanded(shop, capsys, "desks")


def test_an_unknown_desk_cannot_be_shut_out(shop: Shop, capsys: Capture) -> None:
    commanded(shop, capsys, "revoke", "--desk", "nobody", code=1)


def test_with_wipe_it_hands_over_and_nothing_is_entered_by_itself(shop: Shop, desk: Desk, capsys: Capture) -> None:
    mine, held = order(), order()
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    assert problem(desk.get("catalog"), 401, "desk-revoked", "reauth")["wipe"] is True
    content = file_of(
        shop,
        sealed(shop, mine, client_instance=desk.instance),
        sealed(shop, held, client_instance=desk.instance, held=True),
        sealed(shop, order(order_id="word", revision=0), client_instance=desk.instance, kind="departure"),
        sealed(shop, order()),
    )
    answer = put(desk, content, held="send")
    assert statuses(answer) == [(202, "kept"), (202, "kept"), (202, "kept"), (404, "not-found")]
    assert answer.json()["records"][0]["sha256"] == hashlib.sha256(json.dumps(mine).encode()).hexdigest()
    assert statuses(put(desk, content))[:2] == [(202, "kept")] * 2
    listed = commanded(shop, capsys, "desks")
    assert "with wipe, told on 2026-03-10 09:30 UTC, 2 messages handed over" in listed
    assert "2 messages" not in commanded(shop, capsys, "open-sealed", "--kept", "--account", "D43")
    assert mine["order_id"] in commanded(shop, capsys, "open-sealed", "--kept", "--list")
    other = shop.desk("D42")
    assert booked(other) == {}
    out = commanded(shop, capsys, "open-sealed", "--kept")
    assert "201 MF-" in out
    assert "kept it back" in out
    assert list(booked(other)) == [mine["order_id"]]
    assert "201 MF-" in commanded(shop, capsys, "open-sealed", "--kept", "--with-held")
    assert "No sealed order waits" in commanded(shop, capsys, "open-sealed", "--kept")
    assert len(booked(other)) == 2
    assert [event[2] for event in events(shop, "revoked")] == ["wipe"]


def test_it_may_hand_over_for_a_week_after_it_heard_of_it(shop: Shop, desk: Desk, capsys: Capture) -> None:
    content = own(shop, desk, order())
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    shop.clock.forward(days=60)
    desk.get("catalog")
    shop.clock.forward(days=6, hours=23)
    assert statuses(put(desk, content)) == [(202, "kept")]
    shop.clock.forward(hours=2)
    problem(put(desk, content), 401, "desk-revoked", "reauth")
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    assert statuses(put(desk, content)) == [(202, "kept")]


def test_it_may_not_fill_the_manufacturer_s_disk(
    shop: Shop, desk: Desk, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = own(shop, desk, order())
    monkeypatch.setattr(access, "HAND_OVER_BYTES", 2 * len(content) + 10)
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    assert statuses(put(desk, content)) == [(202, "kept")]
    assert statuses(put(desk, content)) == [(202, "kept")]
    assert put(desk, content).status_code == 413


def test_the_wall_between_accounts_stands(shop: Shop, desk: Desk, capsys: Capture) -> None:
    commanded(shop, capsys, "revoke", "--desk", desk.instance, "--wipe")
    content = own(shop, desk, order())
    digest = hashlib.sha256(content).hexdigest()
    answers = [
        desk.http.put(
            f"/v1/accounts/{account}/sealed/{digest}",
            content=content,
            headers={"Content-Type": "application/vnd.order-sync.sealed"},
        )
        for account in ("D43", "D99")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
