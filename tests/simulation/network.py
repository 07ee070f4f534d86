"""The network between the desks and the server: it calls the ASGI application itself, and does what networks do.

What becomes of a request is the schedule's word (`schedule.FAULTS`); how long it travels comes from the run's own dice.
"""

import asyncio
import re
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import zstandard
from msgspec import Struct

from desktop_app.contract.orders import OutcomeRequest
from tests.simulation.ledger import Ledger
from tests.simulation.schedule import DESKS, Fault
from tests.simulation.virtual_loop import VirtualLoop

if TYPE_CHECKING:
    from tests.simulation.peers import SimDesk, SimServer

URL = "http://127.0.0.1:9"
GIVES_UP_S = 30.0
DRIP_S = 200.0
# Eight tenths of an answer come before a connection breaks that always does.
CUT_OFF = 8
TRAVELS_S = (0.02, 0.1, 0.5, 5.0)
_KINDS = {
    "discovery": re.compile(r"/\.well-known/"),
    "look-up": re.compile(r"/orders:outcomes$"),
    "order": re.compile(r"/revisions/\d+$"),
    "answer": re.compile(r"/answer$"),
    "request": re.compile(r"/requests/[^/]+$"),
    "changes": re.compile(r"/changes$"),
    "manifest": re.compile(r"/catalog$"),
    "file": re.compile(r"/catalog/"),
}
_WRITE = re.compile(r"/orders/[^/]+/(revisions/\d+|requests/[^/]+)$")
_PUT = re.compile(r"/v1/accounts/([^/]+)/orders/([^/]+)/revisions/(\d+)$")
# A snapshot is named by its content, and the secrets in it are others in each process.
_SNAPSHOT_NAME = re.compile(r"[0-9a-f]{64}")
_HTML = ("text/html; charset=utf-8", b"<html><body>Welcome to our hotel. Please sign in.</body></html>")
_JSON = ("application/json", b'{"error":"blocked","message":"policy 17"}')
_GATEWAY = ("application/problem+json", b'{"type":"about:blank","title":"Forbidden","status":403,"retry":"never"}')
_PLAIN = ("text/plain", b"upstream error")
_BETWEEN: Mapping[str, tuple[int, str, bytes, dict[str, str]]] = {
    "portal": (200, *_HTML, {}),
    "redirect": (302, *_HTML, {"location": "http://elsewhere.example/"}),
    "empty": (204, "", b"", {}),
    "status-403": (403, *_HTML, {}),
    "json-400": (400, *_JSON, {}),
    "json-403": (403, *_JSON, {}),
    "problem-403": (403, *_GATEWAY, {}),
    "status-401": (401, *_HTML, {}),
    "status-408": (408, *_PLAIN, {}),
    "status-429": (429, *_PLAIN, {"retry-after": "3600"}),
    "status-500": (500, *_PLAIN, {"retry-after": "-1"}),
    "status-502": (502, *_HTML, {"retry-after": "1000000000"}),
    "status-511": (511, *_HTML, {}),
}


# What comes in the place of an answer that the server has given.
_INSTEAD = {"garbled": (200, b'{"ok":true}'), "status-503": (503, b'{"title":"busy"}'), "taken-400": (400, _JSON[1])}


class Reply(Struct, frozen=True):
    """What comes back over the network, as it travels."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class _Body(httpx.AsyncByteStream):
    """An answer's bytes: whole, cut off behind `cut` of them, or after a wait."""

    def __init__(self, content: bytes, *, cut: int | None = None, wait_s: float = 0.0) -> None:
        self._content, self._cut, self._wait_s = content, cut, wait_s

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._wait_s:
            await asyncio.sleep(self._wait_s)
        yield self._content if self._cut is None else self._content[: self._cut]
        if self._cut is not None:
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


async def deliver(app: Any, request: httpx.Request, body: bytes) -> Reply:
    """Let the application answer one request."""
    done = asyncio.Event()
    sent: list[dict[str, Any]] = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if parts:
            return parts.pop()
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            done.set()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": "http",
        "path": httpx.URL(request.url).path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "server": ("127.0.0.1", 9),
        "client": ("127.0.0.1", 10),
        "root_path": "",
    }
    await app(scope, receive, send)
    start, *rest = sent
    return Reply(start["status"], list(start["headers"]), b"".join(part.get("body", b"") for part in rest))


def kind_of(request: httpx.Request) -> str:
    """What is asked for, one of `schedule.REQUESTS`."""
    return next((kind for kind, path in _KINDS.items() if path.search(request.url.path)), "")


class Network:
    """Carries requests for all incarnations of all desks; `calm` ends the faults, what is late still comes."""

    def __init__(self, loop: VirtualLoop, server: "SimServer", ledger: Ledger, rng: Random) -> None:
        self.loop, self._server, self._ledger, self._rng = loop, server, ledger, rng
        self.faults: dict[tuple[str, str, int], Fault] = {}
        self.asked: Counter[tuple[str, str]] = Counter()
        self.calm = False
        # What becomes of every request at a moment (seconds from the start) that no fault is meant for; "": nothing.
        self.weather: Callable[[float], str] = lambda at: ""
        self.offline_until = dict.fromkeys(DESKS, 0.0)
        self.requests: dict[str, list[float]] = {desk: [] for desk in DESKS}
        self.late: set[asyncio.Task[None]] = set()
        self.desks: Mapping[str, SimDesk] = {}
        self._epoch = server.epoch

    async def carry(self, desk: "SimDesk", transport: "SimTransport", request: httpx.Request) -> httpx.Response:
        """One request of a desk and what comes back. Raises what httpx raises."""
        body = await request.aread()
        fault = self._note(desk.account, request, body)
        await asyncio.sleep(self._travel_s())
        await transport.alive()
        if not self.calm and self.loop.time() < self.offline_until[desk.account]:
            raise httpx.ConnectError("Network is unreachable")
        kind = fault.kind if fault is not None else ""
        if kind == "mixed-up" and (other := self._ledger.last_accepted(request.url.path)):
            return httpx.Response(201, headers={"content-type": "application/json"}, stream=_Body(other))
        if kind in _BETWEEN:
            status, media_type, content, headers = _BETWEEN[kind]
            named = {"content-type": media_type} if media_type else {}
            return httpx.Response(status, headers=named | headers, stream=_Body(content))
        if fault is not None and (early := await self._before(desk, transport, request, body, fault)):
            raise early
        reply = await self._exchange(desk.account, request, body)
        await asyncio.sleep(self._travel_s())
        await transport.alive()
        if fault is None:
            return httpx.Response(reply.status, headers=reply.headers, stream=_Body(reply.body))
        return await self._after(desk, transport, request, body, fault, reply)

    def _travel_s(self) -> float:
        return self._rng.choice(TRAVELS_S) * self._rng.uniform(0.1, 1.0)

    def _note(self, account: str, request: httpx.Request, body: bytes) -> Fault | None:
        """Write the request down, look that it gives nothing away, and find what becomes of it."""
        nth = len(self.requests[account])
        self.requests[account].append(self.loop.time())
        self._ledger.count("requests")
        fault = None
        for place in ((account, request.method), (account, kind_of(request))) if not self.calm else ():
            fault = fault or self.faults.get((*place, self.asked[place]))
            self.asked[place] += 1
        if fault is None and not self.calm and (kind := self.weather(self.loop.time())):
            fault = Fault(*place, 0, kind, CUT_OFF)
        path = _SNAPSHOT_NAME.sub("snapshot", request.url.path.rsplit("/accounts/", 1)[-1])
        told = f" [{fault.kind} {fault.n}]" if fault else ""
        self._ledger.tell(self.loop.time(), f"{account} request {nth}: {request.method} {path}{told}")
        if fault is not None:
            self._ledger.count("faults")
        if not str(request.url).startswith(URL):
            self._ledger.broken("K5", f"{account} spoke to {request.url.host}")
        self._look_for_others(account, body, f"{account} sent")
        placed = _PUT.search(request.url.path)
        if placed and placed[2] in self._ledger.held:
            self._ledger.broken("K4", f"{placed[2]} left although it is held")
        return fault

    def _look_for_others(self, account: str, content: bytes, what: str) -> None:
        for other in DESKS:
            if other != account and f"CANARY-{other}".encode() in content:
                self._ledger.broken("K5", f"{what} what belongs to {other}")

    async def _before(
        self, desk: "SimDesk", transport: "SimTransport", request: httpx.Request, body: bytes, fault: Fault
    ) -> httpx.TransportError | None:
        """What happens before the request arrives; the error where it does not."""
        match fault.kind:
            case "refused":
                return httpx.ConnectError("Connection refused")
            case "lost" | "late":
                if fault.kind == "late":
                    self._later(desk.account, request, body, GIVES_UP_S + fault.n * 60)
                await asyncio.sleep(GIVES_UP_S)
                return httpx.ReadTimeout("timed out")
            case "desk-dies-before":
                desk.die(timedelta(seconds=fault.n))
                await transport.alive()
            case "server-dies":
                self._server.die_at(fault.n % 16, fault.n)
        return None

    async def _after(
        self,
        desk: "SimDesk",
        transport: "SimTransport",
        request: httpx.Request,
        body: bytes,
        fault: Fault,
        reply: Reply,
    ) -> httpx.Response:
        """What happens to an answer."""
        status, content, cut, wait_s = reply.status, reply.body, None, 0.0
        headers = list(reply.headers)
        match fault.kind:
            case "gone":
                raise httpx.ReadError("Connection reset by peer")
            case "slow":
                await asyncio.sleep(GIVES_UP_S)
                raise httpx.ReadTimeout("timed out")
            case "double":
                self._later(desk.account, request, body, fault.n * 60)
            case "cut":
                cut = len(content) * (fault.n % 10) // 10
            case "short":
                content = _unpacked(reply)[: len(_unpacked(reply)) * (fault.n % 10) // 10]
                headers = [(name, value) for name, value in headers if name == b"content-type"]
            case "drip":
                wait_s = DRIP_S
            case "desk-dies-after":
                desk.die(timedelta(seconds=fault.n))
                await transport.alive()
            case "garbled" | "status-503" | "taken-400":
                status, content = _INSTEAD[fault.kind]
                headers = [(b"content-type", b"application/json")]
        return httpx.Response(status, headers=headers, stream=_Body(content, cut=cut, wait_s=wait_s))

    async def _exchange(self, account: str, request: httpx.Request, body: bytes) -> Reply:
        """The request arrives, if the server runs. Raises httpx.TransportError where no answer comes."""
        if not self._server.up:
            raise httpx.ConnectError("Connection refused")
        placed = _PUT.search(request.url.path)
        try:
            reply = await self._server.answer(request, body)
        finally:
            died = self._server.bury()
            if died and placed:
                self._ledger.receive(account, placed[2], int(placed[3]), body, 0, b"")
        if died:
            raise httpx.ReadError("Connection reset by peer")
        self._compare(account, request, body, reply)
        if placed:
            plain = _unpacked(reply)
            self._ledger.receive(account, placed[2], int(placed[3]), body, reply.status, plain)
        self._ledger.tell(self.loop.time(), f"{account}   answered {reply.status}")
        self._look_for_others(account, _unpacked(reply), f"{account} was sent")
        if reply.status == 500:
            self._ledger.broken("K0", f"the server failed at {request.method} {request.url.path}")
        return reply

    def new_epoch(self) -> None:
        """Where the server begins a new epoch, each desk has all its answers to compare."""
        if self._epoch != self._server.epoch:
            self._epoch = self._server.epoch
            self._ledger.uncompared = {name: desk.answered() for name, desk in self.desks.items()}

    def _compare(self, account: str, request: httpx.Request, body: bytes, reply: Reply) -> None:
        """K9: what is new is recorded only after everything that was answered before was asked for anew."""
        if reply.status in (410, 412):
            self.new_epoch()
        left = self._ledger.uncompared.get(account)
        if not left:
            return
        if request.url.path.endswith("/orders:outcomes") and reply.status == 200:
            left -= {(query.order_id, query.revision) for query in msgspec.json.decode(body, type=OutcomeRequest).ids}
        elif left and _WRITE.search(request.url.path) and reply.status in (200, 201, 409, 422):
            self._ledger.broken("K9", f"{request.url.path} was answered before {sorted(left)} were compared")

    def _later(self, account: str, request: httpx.Request, body: bytes, seconds: float) -> None:
        """A copy of the request arrives by itself; nobody waits for its answer."""

        async def arrive() -> None:
            await asyncio.sleep(seconds)
            self._ledger.tell(self.loop.time(), f"{account}   a late copy arrives: {request.method} {request.url.path}")
            try:
                await self._exchange(account, request, body)
            except httpx.TransportError:
                return

        task = self.loop.create_task(arrive())
        self.late.add(task)
        task.add_done_callback(self.late.discard)


class SimTransport(httpx.AsyncBaseTransport):
    """The way of one incarnation of a desk into the network. Once `dead`, nothing it asks is ever answered."""

    def __init__(self, network: Network, desk: "SimDesk") -> None:
        self._network, self._desk = network, desk
        self.dead = False

    async def alive(self) -> None:
        """Go on only if this incarnation still lives."""
        if self.dead:
            await asyncio.Future()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self.alive()
        return await self._network.carry(self._desk, self, request)


def _unpacked(reply: Reply) -> bytes:
    """The body as it was before it was packed for the way."""
    encoding = dict(reply.headers).get(b"content-encoding", b"")
    if encoding == b"gzip":
        return zlib.decompress(reply.body, wbits=31)
    if reply.body[:4] == b"\x28\xb5\x2f\xfd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(reply.body)
    return reply.body
