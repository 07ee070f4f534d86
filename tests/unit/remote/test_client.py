"""What goes over the wire and what is taken from it; the network itself is the only thing replaced."""

import asyncio
import gzip
import hashlib
import json as jsons
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from msgspec.structs import replace

from desktop_app.contract.orders import OutcomeQuery
from desktop_app.contract.wire import Hint, Manifest
from desktop_app.errors import Offline, ProtocolViolation, ServerBusy, ServerRefused, ServerTooNew, Unauthorized
from desktop_app.remote import client as client_module
from desktop_app.remote.client import RemoteClient
from desktop_app.remote.failures import Answer, Interrupted
from desktop_app.remote.part_file import PartFile

BASE = "https://orders.example.com"
DISCOVERY = {"name": "M", "server_id": "s", "api_versions": ["1"], "epoch": "e", "server_time": "2026-06-09T12:00:00Z"}
FILE = b"zstd bytes" * 1_000
T = TypeVar("T")
Handler = Callable[[httpx.Request], httpx.Response]


def asked(handler: Handler, question: Callable[[RemoteClient], Awaitable[T]], *, unplugged: bool = False) -> T:
    """The answer of a client whose network is `handler`."""

    async def ask() -> T:
        client = RemoteClient(
            BASE,
            client_instance="desk-1",
            now=lambda: datetime(2026, 6, 9, 12, tzinfo=UTC),
            account="D 42/x",
            token="secret",
            transport=httpx.MockTransport(handler),
        )
        client.unplugged = unplugged
        try:
            return await question(client)
        finally:
            await client.close()

    return asyncio.run(ask())


class Bytes(httpx.AsyncByteStream):
    """A body that arrives in small pieces, as from a socket."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), 700):
            yield self._content[start : start + 700]


def response(
    status: int,
    *,
    json: object = None,
    text: str = "",
    content: bytes | str = b"",
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """An answer whose body is still on its way."""
    told = {"content-type": "application/json"} if json is not None else {}
    body = jsons.dumps(json).encode() if json is not None else text.encode() or content
    raw = body.encode() if isinstance(body, str) else body
    return httpx.Response(status, headers={**told, **(headers or {})}, stream=Bytes(raw))


def ok(content: object) -> httpx.Response:
    return response(200, json=content)


def test_the_token_goes_only_where_it_belongs() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return ok(DISCOVERY)

    asked(handler, lambda client: client.discover())
    assert "authorization" not in seen[0].headers
    assert seen[0].headers["client-instance"] == "desk-1"

    def page(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response(200, content=b"{}\n", headers={"content-type": "application/x-ndjson; charset=utf-8"})

    body = asked(page, lambda client: client.changes(("products", "stock"), "a b&c", 7))
    assert body == b"{}\n"
    assert seen[1].headers["authorization"] == "Bearer secret"
    assert (
        seen[1].url.raw_path == b"/v1/accounts/D%2042%2Fx/changes?collections=products,stock&cursor=a%20b%26c&limit=7"
    )


def test_a_pulled_cable_sends_nothing() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("something was sent")

    with pytest.raises(Offline) as caught:
        asked(handler, lambda client: client.put("orders/o/revisions/1", b"{}", "e"), unplugged=True)
    assert not isinstance(caught.value, Interrupted)


def test_an_order_is_put_with_its_epoch_and_exact_bytes() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response(200, json={"x": 1}, headers={"idempotency-replayed": "true", "retry-after": "9999"})

    answer = asked(handler, lambda client: client.put("orders/o%2F1/revisions/3", b'{"exact": 1}', "epoch-1"))
    assert (answer.status, answer.replayed, answer.retry_after, answer.problem) == (200, True, 3600.0, None)
    assert seen[0].url.raw_path == b"/v1/accounts/D%2042%2Fx/orders/o%2F1/revisions/3"
    assert (seen[0].content, seen[0].headers["sync-epoch"]) == (b'{"exact": 1}', "epoch-1")


def test_an_earlier_answer_is_told_with_what_proves_it() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response(204)

    def tell(client: RemoteClient) -> Coroutine[Any, Any, Answer]:
        return client.put_answer("o/1", 3, b'{"exact": 1}', status=409, receipt="v1.r", sha256="ab", epoch="e")

    assert asked(handler, tell).status == 204
    assert seen[0].url.raw_path == b"/v1/accounts/D%2042%2Fx/orders/o%2F1/revisions/3/answer"
    names = ("sync-epoch", "outcome-status", "outcome-receipt", "document-sha256")
    assert [seen[0].headers[name] for name in names] == ["e", "409", "v1.r", "ab"]
    assert seen[0].content == b'{"exact": 1}'


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_that_takes_no_earlier_answers_says_so_in_any_form(status: int) -> None:
    told = response(status, text="<h1>No</h1>", headers={"content-type": "text/html"})

    def tell(client: RemoteClient) -> Coroutine[Any, Any, Answer]:
        return client.put_answer("o", 1, b"{}", status=409, receipt="v1.r", sha256="ab", epoch="e")

    answer = asked(lambda request: told, tell)
    assert (answer.status, answer.problem) == (status, None)


@pytest.mark.parametrize(("given", "kept"), [("v1.abc", "v1.abc"), ("v" * 2_001, ""), ("vé", "")])
def test_a_receipt_that_no_header_could_carry_is_not_kept(given: str, kept: str) -> None:
    told = response(200, json={})
    told.headers = httpx.Headers([*told.headers.raw, (b"outcome-receipt", given.encode())])
    assert asked(lambda request: told, lambda client: client.put("orders/o/revisions/1", b"{}", "e")).receipt == kept


@pytest.mark.parametrize(("cursor", "sent"), [("c1", "c1"), ("", None), ("c\n1", None), ("ç", None)])
def test_a_write_names_how_far_the_desk_has_read(cursor: str, sent: str | None) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response(200, json={})

    asked(handler, lambda client: client.put("orders/o/revisions/1", b"{}", "e", cursor))
    assert seen[0].headers.get("sync-seen") == sent


@pytest.mark.parametrize("status", [400, 401, 409, 412, 422, 500, 503])
def test_any_answer_to_an_order_is_handed_on(status: int) -> None:
    problem = {"type": "urn:order-sync:x", "title": "T", "status": status}
    told = response(status, content=jsons.dumps(problem), headers={"content-type": "application/problem+json"})
    answer = asked(lambda request: told, lambda client: client.put("orders/o/revisions/1", b"{}", "e"))
    assert answer.status == status
    assert answer.problem is not None
    assert answer.problem.slug == "x"


@pytest.mark.parametrize(
    "response",
    [
        response(200, text="<html>", headers={"content-type": "text/html"}),
        response(302, headers={"location": "https://evil.example.com/"}),
        response(307, headers={"location": BASE}),
    ],
)
def test_a_portal_or_a_redirect_leaves_the_outcome_open(response: httpx.Response) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return response

    with pytest.raises(Interrupted):
        asked(handler, lambda client: client.put("orders/o/revisions/1", b"{}", "e"))
    assert seen == ["orders.example.com"]


def test_refusals_of_a_read_are_errors() -> None:
    with pytest.raises(Unauthorized):
        asked(lambda request: response(401, json={}), lambda client: client.manifest())
    with pytest.raises(ServerBusy):
        asked(lambda request: response(503), lambda client: client.manifest())
    with pytest.raises(ServerRefused):
        asked(lambda request: response(404, json={}), lambda client: client.manifest())


def test_an_endless_and_a_bombed_answer_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_CAP", 1_000)
    monkeypatch.setattr(client_module, "PAGE_CAP", 1_000)
    with pytest.raises(ProtocolViolation):
        asked(lambda request: ok({"x": "y" * 5_000}), lambda client: client.changes(("a",), "", 1))
    bomb = response(
        200,
        content=gzip.compress(b"0" * 10_000_000),
        headers={"content-type": "application/json", "content-encoding": "gzip"},
    )
    with pytest.raises(ProtocolViolation):
        asked(lambda request: bomb, lambda client: client.changes(("a",), "", 1))


def test_compressed_answers_are_read_and_cut_ones_are_not() -> None:
    packed = gzip.compress(jsons.dumps(DISCOVERY).encode())
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    whole = response(200, content=packed, headers=headers)
    assert asked(lambda request: whole, lambda client: client.discover()).server_id == "s"
    for content in (packed[:-12], b"not gzip"):
        damaged = response(200, content=content, headers=headers)
        with pytest.raises(Interrupted):
            asked(lambda request, damaged=damaged: damaged, lambda client: client.discover())  # type: ignore[misc]
    odd = response(200, content=b"x", headers={**headers, "content-encoding": "br"})
    with pytest.raises(ProtocolViolation):
        asked(lambda request: odd, lambda client: client.discover())


def test_as_many_outcomes_as_asked() -> None:
    queries = [OutcomeQuery("a", 1), OutcomeQuery("b", 1)]
    got = asked(lambda request: ok({"outcomes": [None, None]}), lambda client: client.outcomes(queries))
    assert got == [None, None]
    with pytest.raises(ProtocolViolation):
        asked(lambda request: ok({"outcomes": [None]}), lambda client: client.outcomes(queries))


def manifest(url: str = "/v1/accounts/D42/catalog/file") -> Manifest:
    return Manifest("e", "c", url, len(FILE), hashlib.sha256(FILE).hexdigest(), {}, {}, 1)


def downloaded(tmp_path: Path, handler: Handler, given: Manifest | None = None) -> bytes:
    got: list[bytes] = []
    wanted = given or manifest()
    part = PartFile(tmp_path / "snapshot.part", wanted.bytes, wanted.sha256, got.append)
    asked(handler, lambda client: client.download(wanted, part, lambda done, total: None))
    return b"".join(got)


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_a_download_goes_on_where_it_was(tmp_path: Path, knows_ranges: bool) -> None:
    (tmp_path / "snapshot.part").write_bytes(FILE[:3_000])

    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["range"] == "bytes=3000-"
        headers = {"content-type": "application/zstd"}
        if knows_ranges:
            return response(206, content=FILE[3_000:], headers=headers)
        return response(200, content=FILE, headers=headers)

    assert downloaded(tmp_path, handler) == FILE


def test_the_token_stays_here_unless_a_server_of_before_asks_for_it(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    def signed(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.raw_path.decode(), request.headers.get("authorization", "")))
        return response(200, content=FILE, headers={"content-type": "application/zstd"})

    def unsigned(request: httpx.Request) -> httpx.Response:
        answer = signed(request)
        problem = b'{"type":"urn:order-sync:unauthorized","title":"x","status":401,"retry":"reauth"}'
        refused = response(401, content=problem, headers={"content-type": "application/problem+json"})
        return answer if "authorization" in request.headers else refused

    given = manifest("/v1/accounts/D42/catalog/file?expires=1&signature=x")
    assert downloaded(tmp_path / "signed", signed, given) == FILE
    assert seen == [("/v1/accounts/D42/catalog/file?expires=1&signature=x", "")]
    assert downloaded(tmp_path / "unsigned", unsigned) == FILE
    assert [bool(token) for _, token in seen[1:]] == [False, True]


def test_a_complete_file_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "snapshot.part").write_bytes(FILE)

    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked again")

    assert downloaded(tmp_path, handler) == FILE


@pytest.mark.parametrize(
    "url", ["https://evil.example.com/file", "//evil.example.com/file", "file", "http://orders.example.com/x"]
)
def test_a_file_elsewhere_is_not_followed(tmp_path: Path, url: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("followed")

    with pytest.raises(ProtocolViolation):
        downloaded(tmp_path, handler, manifest(url))


@pytest.mark.parametrize("url", ["http://[", "/x\x00", "/" + "x" * 70_000])
def test_an_address_that_is_none_is_no_crash(tmp_path: Path, url: str) -> None:
    part = PartFile(tmp_path / "part", len(FILE), hashlib.sha256(FILE).hexdigest(), lambda chunk: None)
    manifest = Manifest("e", "c", url, len(FILE), hashlib.sha256(FILE).hexdigest(), {}, {}, 1)
    with pytest.raises(ProtocolViolation):
        asked(lambda request: httpx.Response(200), lambda client: client.download(manifest, part, lambda *_: None))


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerRefused):
        downloaded(tmp_path, lambda request: response(404, json={}))


EVENTS = {"content-type": "text/event-stream; charset=utf-8"}
HINT = b': \r\n\r\ndata: {"collections":["orders"],"version":7}\r\n\r\n'


def heard(handler: Handler, **options: bool) -> list[Hint]:
    """What is heard until the stream ends."""
    hints: list[Hint] = []
    asked(handler, lambda client: client.listen(hints.append), **options)
    return hints


def test_hints_are_heard_with_the_token_of_this_server_and_uncompressed() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return response(200, content=HINT, headers=EVENTS)

    assert heard(handler) == [Hint(["orders"], 7)]
    (request,) = seen
    assert str(request.url) == f"{BASE}/v1/accounts/D%2042%2Fx/events"
    told = request.headers
    assert (told["authorization"], told["accept"], told["accept-encoding"]) == (
        "Bearer secret",
        "text/event-stream",
        "identity",
    )
    assert request.extensions["timeout"]["read"] == client_module.SILENCE_TIMEOUT_S


@pytest.mark.parametrize(
    "response",
    [
        response(200, text="<html>Sign in</html>", headers={"content-type": "text/html"}),
        response(302, headers={"location": "https://elsewhere.example/", **EVENTS}),
        response(403, text="<html>No</html>", headers={"content-type": "text/html"}),
    ],
)
def test_a_portal_s_page_is_no_stream(response: httpx.Response) -> None:
    with pytest.raises(Interrupted):
        heard(lambda request: response)


@pytest.mark.parametrize("error", [httpx.ReadTimeout("silent"), httpx.RemoteProtocolError("cut"), httpx.ReadError("")])
def test_a_stream_that_falls_silent_or_breaks_is_offline(error: httpx.TransportError) -> None:
    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield HINT
            raise error

    hints: list[Hint] = []
    with pytest.raises(Offline):
        asked(
            lambda request: httpx.Response(200, headers=EVENTS, stream=Broken()),
            lambda client: client.listen(hints.append),
        )
    assert len(hints) == 1


def test_a_refused_stream_says_why_and_for_how_long() -> None:
    full = response(
        429, json={"type": "urn:order-sync:streams-exceeded", "title": "T", "status": 429, "retry": "later"}
    )
    full.headers["retry-after"] = "40"
    with pytest.raises(ServerBusy) as caught:
        heard(lambda request: full)
    assert caught.value.params["retry_after"] == "40"
    gone = response(401, json={"type": "urn:order-sync:unauthorized", "title": "T", "status": 401, "retry": "reauth"})
    with pytest.raises(Unauthorized):
        heard(lambda request: gone)


def test_nothing_is_heard_with_the_cable_pulled_out() -> None:
    with pytest.raises(Offline):
        heard(lambda request: response(200, content=HINT, headers=EVENTS), unplugged=True)


def test_each_request_says_which_version_asks() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return ok(DISCOVERY)

    async def ask(client: RemoteClient) -> None:
        client.version = "0.3.1"
        client.check_version(await client.discover())
        with pytest.raises(ServerTooNew) as caught:
            client.check_version(replace(await client.discover(), client_minimum="0.10"))
        assert caught.value.params["minimum"] == "0.10"

    asked(handler, ask)
    assert [request.headers["client-version"] for request in seen] == ["0.3.1", "0.3.1"]
