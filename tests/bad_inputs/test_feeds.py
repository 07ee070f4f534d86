"""Feeds and answers of a server that is broken, or that somebody has put in its place."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from desktop_app.contract.feed import FeedPage, PageVoid, read_page
from desktop_app.contract.wire import Put
from desktop_app.errors import ProtocolViolation
from desktop_app.remote.client import RemoteClient
from desktop_app.sync import pull
from desktop_app.sync.pull import pages
from tests.support.desk_world import START

Handler = Callable[[httpx.Request], httpx.Response]


def checkpoint(cursor: str, *, more: bool, version: int) -> bytes:
    told = {
        "op": "checkpoint",
        "cursor": cursor,
        "more": more,
        "epoch": "e",
        "server_time": "2026-06-09T08:00:00Z",
        "version": version,
    }
    return json.dumps(told).encode() + b"\n"


def page(body: bytes, **headers: str) -> httpx.Response:
    return httpx.Response(
        200, headers={"content-type": "application/x-ndjson", **headers}, stream=httpx.ByteStream(body)
    )


def read(handler: Handler, cursor: str = "c0", version: int = 5) -> list[FeedPage]:
    """Every page of a feed whose server is `handler`."""

    async def ask() -> list[FeedPage]:
        client = RemoteClient(
            "https://orders.example.com",
            client_instance="desk-1",
            now=lambda: START,
            account="D42",
            token="secret",
            transport=httpx.MockTransport(handler),
        )
        try:
            return [found async for found in pages(client, ("terms",), cursor, version, 500)]
        finally:
            await client.close()

    return asyncio.run(ask())


def test_a_cursor_that_never_changes_ends_the_reading() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params.get("cursor", ""))
        return page(checkpoint("c1", more=True, version=6))

    with pytest.raises(ProtocolViolation, match="does not move on"):
        read(handler)
    assert asked == ["c0", "c1"]


def test_a_feed_that_moves_backwards_ends_the_reading() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return page(checkpoint("c1", more=False, version=4))

    with pytest.raises(ProtocolViolation, match="does not move on"):
        read(handler)


def test_a_feed_without_an_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull, "MAX_PAGES", 5)
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params.get("cursor", ""))
        return page(checkpoint(f"c{len(asked)}", more=True, version=5 + len(asked)))

    with pytest.raises(ProtocolViolation, match="did not end after 5 pages"):
        read(handler)
    assert len(asked) == 5


def test_of_a_key_that_stands_twice_the_last_counts_and_nothing_crashes() -> None:
    put = b'{"op":"put","c":"products","id":"A","id":"B","rev":1,"rev":3,"d":{"sku":"A","sku":"B"}}\n'
    (row,) = read_page(put + checkpoint("c1", more=False, version=6)).rows
    assert isinstance(row, Put)
    assert (row.id, row.rev) == ("B", 3)
    # The document is kept as it came, with the rest of its bytes.
    assert bytes(row.d) == b'{"sku":"A","sku":"B"}'


def test_a_line_that_says_twice_what_it_is_makes_its_page_void() -> None:
    line = b'{"op":"del","op":"put","c":"products","id":"A","rev":1,"d":{}}\n'
    with pytest.raises(PageVoid):
        read_page(line + checkpoint("c1", more=False, version=6))


@pytest.mark.parametrize("date", ["", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT", "yesterday"])
def test_a_date_that_is_missing_or_wrong_has_no_effect_on_what_is_read(date: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return page(checkpoint("c1", more=False, version=6), **({"date": date} if date else {}))

    (found,) = read(handler)
    assert (found.checkpoint.cursor, found.checkpoint.version) == ("c1", 6)
