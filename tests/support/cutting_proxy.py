"""A network between desk and server that can be told to fail: a proxy on loopback, one request per connection."""

import asyncio
import contextlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit


class Cut(Enum):
    """Where the connection breaks, or what else a network does to a request."""

    BEFORE = "the request never reaches the server"
    AFTER = "the server acts on it, its answer is lost"
    MID_BODY = "the answer breaks off half way"
    TWICE = "the request reaches the server twice, the second answer comes back"
    AGAIN_LATER = "all goes well, and a copy of the request reaches the server some time after"
    SLOWLY = "the request is held up on its way"


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """A complete answer in the server's place; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def portal() -> bytes:
    """The sign-in page of a hotel's network."""
    return answer("200 OK", b"<html>Please sign in</html>", Content_Type="text/html; charset=utf-8")


# How long a network holds a request or a copy of it.
HELD_UP_S = 0.3


@dataclass
class _Rule:
    pattern: re.Pattern[str]
    effect: Cut | bytes
    times: int


class CuttingProxy:
    """Passes requests on to `target` unless a rule says otherwise. `requests` lists them as `METHOD path`."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.requests: list[str] = []
        self.bodies: list[tuple[str, bytes]] = []
        self.on_request: Callable[[str], None] = lambda request: None
        self._rules: list[_Rule] = []
        self._handlers: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.url = ""

    def fail(self, pattern: str, effect: Cut | bytes, times: int = 1) -> None:
        """The next `times` requests whose `METHOD path` matches `pattern` meet that effect."""
        self._rules.append(_Rule(re.compile(pattern), effect, times))

    def heal(self) -> None:
        """No request meets anything any more, and nobody is told of one."""
        self._rules.clear()
        self.on_request = lambda request: None

    def count(self, pattern: str) -> int:
        """How many requests matched so far."""
        return sum(1 for request in self.requests if re.search(pattern, request))

    def __enter__(self) -> "CuttingProxy":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()
        await server.wait_closed()
        # A connection taken in this very turn of the loop still becomes a handler.
        await asyncio.sleep(0.02)
        while self._handlers:
            for task in tuple(self._handlers):
                task.cancel()
            await asyncio.wait(tuple(self._handlers))
            await asyncio.sleep(0.02)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        # Nothing else keeps a handler alive once its desk has hung up.
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)
        try:
            await self._one(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        request = " ".join(head.split(b"\r\n", 1)[0].decode().split()[:2])
        self.requests.append(request)
        self.bodies.append((request, body))
        self.on_request(request)
        effect = self._effect(request)
        if effect is Cut.BEFORE:
            return
        if effect is Cut.SLOWLY:
            await asyncio.sleep(HELD_UP_S)
        if effect is Cut.TWICE:
            await self._forwarded(head, body)
        reply = effect if isinstance(effect, bytes) else await self._forwarded(head, body)
        if effect is Cut.AFTER:
            return
        if effect is Cut.MID_BODY:
            start = reply.find(b"\r\n\r\n") + 4
            reply = reply[: start + (len(reply) - start) // 2]
        writer.write(reply)
        await writer.drain()
        if effect is Cut.AGAIN_LATER:
            # The desk has its answer and hangs up; the copy is still under way.
            writer.close()
            await asyncio.sleep(HELD_UP_S)
            await self._forwarded(head, body)

    def _effect(self, request: str) -> Cut | bytes | None:
        for rule in self._rules:
            if rule.times and rule.pattern.search(request):
                rule.times -= 1
                return rule.effect
        return None

    async def _forwarded(self, head: bytes, body: bytes) -> bytes:
        """The server's whole answer."""
        parts = urlsplit(self.target)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            writer.write(re.sub(rb"(?im)^connection:.*$", b"Connection: close", head) + body)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()
            await writer.wait_closed()
