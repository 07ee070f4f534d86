"""A real manufacturer's server for tests: founded in a folder, filled from CSV, served in a thread on a free port."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from manufacturer_server.access import issue_code
from manufacturer_server.application import create_app
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.founding import found_server
from manufacturer_server.hints import Hints
from manufacturer_server.importing.run import Options, RunReport, import_paths
from manufacturer_server.serving import OrderlyServer, bound_socket, server_config
from manufacturer_server.storage.database import Database
from tests.support.worked_example import write_files

START_LIMIT_S = 30


def small_catalogue(folder: Path, **changed: str) -> Path:
    """The files of the worked example in `folder`; `changed` replaces a kind by its text. Returns the folder."""
    return write_files(folder, **changed)


def new_server(data: Path, *, practice: bool = False) -> Path:
    """An empty server in `data`. Returns the folder."""
    found_server(data, name="Test manufacturer", practice=practice, new_id=new_uuid)
    return data


def import_files(
    data: Path,
    *paths: Path,
    merge: bool = False,
    consent: bool = False,
    dry_run: bool = False,
    encoding: str = "utf-8",
    now: Callable[[], datetime] = utc_now,
) -> RunReport:
    """Import files or folders, as the command does."""
    options = Options(merge=merge, consent=consent, dry_run=dry_run, encoding=encoding)
    with closing(Database.open(data)) as database:
        return import_paths(database, paths, options, now)


def joining_code(data: Path, account: str, now: Callable[[], datetime] = utc_now) -> str:
    """A fresh joining code for a desk of `account`."""
    with closing(Database.open(data)) as database, database.writing() as connection:
        return issue_code(connection, account, now).code


def filled_server(data: Path, files: Path, *, now: Callable[[], datetime] = utc_now, **changed: str) -> Path:
    """A server in `data` with the small catalogue, whose CSV files are written to `files`. Returns `data`."""
    report = import_files(new_server(data), small_catalogue(files, **changed), now=now)
    assert report.exit_code == 0, report.defects
    return data


class RunningServer:
    """The application of one data folder on a loopback port, in a thread of this process; `with` ends it."""

    def __init__(
        self, data: Path, *, now: Callable[[], datetime] = utc_now, port: int = 0, witness: Path | None = None
    ) -> None:
        self.data = data
        self._socket = bound_socket("127.0.0.1", port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        app = create_app(data, now=now, witness=witness)
        self.hints: Hints = app.state.hints
        self._server = OrderlyServer(server_config(app))
        self._listening = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._listening.wait(START_LIMIT_S), "the server did not start"

    async def _serve(self) -> None:
        started = self._server.startup

        async def startup(sockets: object = None) -> None:
            await started([self._socket])
            self._listening.set()

        self._server.startup = startup  # type: ignore[method-assign]
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        """End it and wait until its files are closed."""
        self._server.should_exit = True
        self._thread.join(START_LIMIT_S)
        assert not self._thread.is_alive(), "the server did not stop"

    def __enter__(self) -> "RunningServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_server(
    data: Path, *, now: Callable[[], datetime] = utc_now, port: int = 0, witness: Path | None = None
) -> RunningServer:
    """Serve the server in `data` on a free loopback port (or `port`, to come back at the same address)."""
    return RunningServer(data, now=now, port=port, witness=witness)
