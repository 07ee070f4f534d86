"""The stream of hints over a real socket: who is told of what, how many streams there may be, and how they end."""

import json
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS
from manufacturer_server import hints, serving
from manufacturer_server.orders import LIMITS
from manufacturer_server.serving import MAX_CONNECTIONS, room_for_connections
from tests.server.test_serving import started
from tests.support import worked_example
from tests.support.shop import Desk, Shop, order

# Far longer than any hint takes; a test that waits for it fails.
PATIENCE_S = 20
QUICK_S = 5


class Listening:
    """An open stream of one desk."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def comment(self) -> None:
        """The next line that says anything is a comment."""
        assert self._said().startswith(":")

    def hint(self) -> dict[str, Any]:
        """The next hint; comments are passed over."""
        while (said := self._said()).startswith(":"):
            continue
        name, _, data = said.partition(": ")
        assert name == "data"
        found: dict[str, Any] = json.loads(data)
        return found

    def _said(self) -> str:
        return next(text for text in self._lines if text)

    def ended(self) -> bool:
        """Wait for the end, whatever is said before it."""
        return all(isinstance(text, str) for text in self._lines)


@contextmanager
def listening(desk: Desk, **headers: str) -> Iterator[Listening]:
    with desk.http.stream("GET", f"{desk.path}/events", headers=headers, timeout=PATIENCE_S) as response:
        assert response.status_code == 200, response.read()
        stream = Listening(response)
        stream.comment()
        yield stream


def test_a_desk_is_told_at_once_what_another_desk_of_its_dealer_did(shop: Shop, desk: Desk) -> None:
    beside = shop.desk("D42", "beside")
    with listening(desk) as stream:
        kind = stream.response.headers
        assert (kind["content-type"].partition(";")[0], kind["cache-control"]) == ("text/event-stream", "no-cache")
        assert "content-encoding" not in kind
        assert beside.send(order(terms_version=20, catalog_version=11)).status_code == 201
        hint = stream.hint()
        assert "orders" in hint["collections"]
        assert hint["version"] == beside.rows(",".join(ACCOUNT_COLLECTIONS))[-1]["version"]


def test_what_another_program_of_the_manufacturer_writes_is_told_too(shop: Shop, desk: Desk) -> None:
    accepted = desk.send(order(terms_version=20, catalog_version=11)).json()
    with listening(desk) as stream:
        fact = f"{accepted['order_no']},N,TN1,confirmed,12,2026-03-11\n"
        shop.take_in(status=f"order_no,wholesaler,sku,state,quantity,date\n{fact}")
        assert "orders" in stream.hint()["collections"]
        shop.take_in(stock=worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,120"))
        while "stock" not in stream.hint()["collections"]:
            continue


def test_nobody_hears_of_another_dealer_s_orders(shop: Shop, desk: Desk) -> None:
    other = shop.desk("D43")
    with listening(other) as stream:
        assert desk.send(order(terms_version=20, catalog_version=11)).status_code == 201
        shop.take_in(stock=worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,120"))
        assert set(stream.hint()["collections"]) <= {"stock", "stock_dates"}


def test_strangers_and_other_dealers_get_no_stream(shop: Shop, desk: Desk) -> None:
    assert shop.http.get(f"{desk.path}/events").status_code == 401
    assert desk.http.get("/v1/accounts/D43/events").status_code == 404
    assert "events" in shop.http.get("/.well-known/order-sync").json()["features"]


def test_an_account_has_a_published_number_of_streams_and_one_for_each_desk(shop: Shop, desk: Desk) -> None:
    most = shop.http.get("/.well-known/order-sync").json()["limits"]["event_streams"]
    assert most == LIMITS.event_streams
    with ExitStack() as open_streams:
        first = open_streams.enter_context(listening(desk))
        for number in range(most - 1):
            open_streams.enter_context(listening(shop.desk("D42", f"beside-{number}")))
        refused = shop.desk("D42", "one-too-many").get("events")
        assert (refused.status_code, refused.json()["type"]) == (429, "urn:order-sync:streams-exceeded")
        assert (refused.json()["retry"], "retry-after" in refused.headers) == ("later", True)
        # A desk whose connection broke unseen gets its place back: it is its own former stream that ends.
        open_streams.enter_context(listening(desk))
        assert first.ended()
        open_streams.enter_context(listening(shop.desk("D43")))


def test_a_stream_that_is_left_makes_room(shop: Shop, desk: Desk) -> None:
    desks = [shop.desk("D42", f"beside-{number}") for number in range(LIMITS.event_streams)]
    for _ in range(2):
        with ExitStack() as open_streams:
            for one in desks:
                until_opened(open_streams, one)


def until_opened(open_streams: ExitStack, desk: Desk) -> None:
    """The server may see a moment later that the streams before were left."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            open_streams.enter_context(listening(desk))
            return
        except AssertionError:
            assert time.monotonic() < deadline


def test_a_thousand_streams_of_one_desk_are_one_and_orders_pass(shop: Shop, desk: Desk) -> None:
    request = (
        f"GET {desk.path}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {desk.token}\r\n"
        f"Client-Instance: {desk.instance}\r\n\r\n"
    )
    crowd = []
    try:
        for _ in range(min(1_000, room_for_connections() // 4)):
            connection = socket.create_connection(("127.0.0.1", shop.server.port))
            connection.sendall(request.encode())
            crowd.append(connection)
        assert desk.send(order(terms_version=20, catalog_version=11)).status_code == 201
        with listening(shop.desk("D43")):
            assert desk.get("catalog").status_code == 200
    finally:
        for connection in crowd:
            connection.close()


def test_streams_never_take_the_room_of_requests(shop: Shop) -> None:
    of_server = shop.server.hints
    assert of_server.most < room_for_connections() <= MAX_CONNECTIONS
    of_server.most = 1
    with listening(shop.desk("D42")):
        refused = shop.desk("D43").get("events")
        assert (refused.status_code, refused.json()["type"]) == (429, "urn:order-sync:streams-exceeded")
        assert shop.desk("D43").get("catalog").status_code == 200


def test_a_request_that_never_gets_whole_is_given_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_S", 0.2)
    head = b"GET /v1/nothing-here HTTP/1.1\r\nHost: x\r\n"
    for before in (b"", head + b"\r\n"):
        with socket.create_connection(("127.0.0.1", shop.server.port), timeout=PATIENCE_S) as connection:
            connection.sendall(before)
            assert not before or connection.recv(65_536).startswith(b"HTTP/1.1 404")
            connection.sendall(head)
            while connection.recv(65_536):
                continue


def test_slow_requests_take_no_stream_and_no_order_away(shop: Shop, desk: Desk) -> None:
    with ExitStack() as slow:
        for _ in range(50):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", shop.server.port)))
            connection.sendall(b"GET /v1/accounts/D42/events HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        with listening(desk) as stream:
            assert desk.send(order(terms_version=20, catalog_version=11)).status_code == 201
            stream.hint()


def test_a_stream_shows_that_it_lives_and_ends_in_time(shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "COMMENT_S", 0.05)
    monkeypatch.setattr(hints, "LONGEST_S", 0.4)
    with listening(desk) as stream:
        stream.comment()
        assert stream.ended()


def test_a_dealer_who_changes_group_hears_of_his_new_terms(shop: Shop, desk: Desk) -> None:
    dealers = worked_example.FILES["dealers.csv"]
    with listening(desk) as stream:
        shop.take_in(dealers=dealers.replace("gold", "silver"))
        while "account" not in stream.hint()["collections"]:
            continue
        header, *rows = worked_example.FILES["conditions.csv"].splitlines()
        moved = [row.replace("group:gold", "group:silver") for row in rows]
        shop.take_in(conditions="\n".join([header, *moved, ""]))
        while "terms" not in stream.hint()["collections"]:
            continue


def test_a_dealer_who_is_served_no_longer_loses_the_stream(shop: Shop, desk: Desk) -> None:
    rows = worked_example.FILES["dealers.csv"].splitlines()
    with listening(desk) as stream:
        shop.take_in(dealers="\n".join([*(row for row in rows if not row.startswith("D42,")), ""]))
        assert stream.ended()
    assert desk.get("events").status_code == 403


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to answer")
def test_the_server_ends_at_once_although_desks_listen(shop: Shop, desk: Desk) -> None:
    shop.server.stop()
    process, url = started(shop.data)
    try:
        desk.http.base_url = httpx.URL(url)
        with listening(desk) as stream:
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert stream.ended()
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, out, err) == (0, "", "")
        assert time.monotonic() - began < QUICK_S
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
