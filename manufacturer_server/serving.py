"""Running the application on a socket: limits, the line that says it is ready, an orderly end."""

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

from manufacturer_server.errors import ServerRefusal

# What a connection may buffer before a request is complete; the exact limit is the application's.
MAX_INCOMPLETE_BYTES = 65_536
MAX_CONNECTIONS = 1_000
IDLE_S = 30
GRACE_S = 10


class ReadyServer(uvicorn.Server):
    """A uvicorn server that says on stdout where it listens, and ends without error when it is asked to."""

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
    """How the application is run: no access log on stdout, bounded headers, connections and shutdown."""
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_INCOMPLETE_BYTES,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=GRACE_S,
    )


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening address, taken before anything else is started. Raises ServerRefusal."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with contextlib.ExitStack() as undo:
            # Only where the protocol is named does asyncio send each part of an answer at once: without, every one
            # waits some 40 ms for the acknowledgement of its head.
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
