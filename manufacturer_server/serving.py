"""Running the application on a socket: limits, the line that says it is ready, an orderly end."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from litestar import Litestar
from uvicorn.protocols.http.h11_impl import H11Protocol

from manufacturer_server.errors import ServerRefusal
from manufacturer_server.hints import Hints

# What a connection may buffer before a request is complete; the exact limit is the application's.
MAX_INCOMPLETE_BYTES = 65_536
# Most of them may be streams of events that say nothing for hours; the rest is there for requests, whatever happens.
MAX_CONNECTIONS = 5_000
STREAMS_OF_FIVE = 4
# Files the process opens besides: the database's, snapshots, logs.
OTHER_FILES = 200
IDLE_S = 30
# A whole head comes within this, however slow the line.
HEAD_S = 30.0
GRACE_S = 10


class PunctualProtocol(H11Protocol):
    """Gives up a connection on which the head of a request takes too long: slow ones must not fill the room."""

    _given_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A head is expected from now on."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """A head is whole, or is waited for since its first bytes."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()
        else:
            self._wait_no_longer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        if self._given_up is None:
            self._given_up = self.loop.call_later(HEAD_S, self.transport.close)

    def _wait_no_longer(self) -> None:
        if self._given_up is not None:
            self._given_up.cancel()
            self._given_up = None


class OrderlyServer(uvicorn.Server):
    """A uvicorn server that ends the streams of events when it is to stop: they would never end by themselves."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then as ever."""
        hints = _hints_of(self.config)
        if hints is not None:
            hints.end()
        await super().shutdown(sockets)


class ReadyServer(OrderlyServer):
    """A server that says on stdout where it listens, and ends without error when it is asked to."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce it."""
        await super().startup(sockets)
        if self.started:
            print(f"listening on {self._address}", flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Being told to stop is the ordinary end: exit code 0."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.should_exit = True

        old = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)


def server_config(app: Litestar) -> uvicorn.Config:
    """How the application is run: no access log on stdout, bounded headers, connections, streams and shutdown."""
    connections = room_for_connections()
    config = uvicorn.Config(
        app,
        http=PunctualProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=connections,
        h11_max_incomplete_event_size=MAX_INCOMPLETE_BYTES,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=GRACE_S,
    )
    hints = _hints_of(config)
    if hints is not None:
        hints.most = connections * STREAMS_OF_FIVE // 5
    return config


def room_for_connections() -> int:
    """How many connections this process may hold, at most MAX_CONNECTIONS; asks the system for as many files first."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource

    wanted = MAX_CONNECTIONS + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else max(min(MAX_CONNECTIONS, soft - OTHER_FILES), 10)


def _hints_of(config: uvicorn.Config) -> Hints | None:
    hints = config.app.state.hints if isinstance(config.app, Litestar) else None
    return hints if isinstance(hints, Hints) else None


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening address, taken before anything else is started. Raises ServerRefusal."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with contextlib.ExitStack() as undo:
            # The protocol by its name: only then asyncio sends small answers at once instead of 40 ms later.
            bound = undo.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
            if sys.platform != "win32":
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, port))
            undo.pop_all()
    except (OSError, OverflowError) as error:
        raise ServerRefusal(f"Cannot listen on {host}:{port}: {error}.") from error
    return bound


def address_of(bound: socket.socket, host: str) -> str:
    """The address a desk is given."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{bound.getsockname()[1]}"


def serve(make_app: Callable[[], Litestar], host: str, port: int, *, exit_with_stdin: bool = False) -> None:
    """Serve until a signal (or, where asked, until stdin closes). Raises ServerRefusal."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    with bound_socket(host, port) as bound:
        server = ReadyServer(server_config(make_app()), address_of(bound, host))
        if exit_with_stdin:
            threading.Thread(target=_stop_at_end_of_stdin, args=(server,), daemon=True).start()
        server.run(sockets=[bound])


def _stop_at_end_of_stdin(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(4_096):
        continue
    server.should_exit = True
