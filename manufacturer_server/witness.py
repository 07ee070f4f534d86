"""The witness: a small file outside the database that says how far history had come.

A server that finds at its start that it is not that far, or somewhere else, was put back by hand; it begins a new epoch
before any desk has asked. The file is written after the writes it speaks of: it may lag behind, but is never ahead.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from manufacturer_server import lineage
from manufacturer_server.durable import write_durably
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.lineage import HistoryLost, Mark
from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import identity
from manufacturer_server.web.backend import Backend

FILE_NAME = "history.witness"
EVERY_S = 5.0
_log = logging.getLogger(__name__)


class Seen(msgspec.Struct, frozen=True):
    """What the witness saw: the latest write, and how far every counter had come."""

    server_id: str
    epoch: str
    seq: int
    mark: bytes
    counters: dict[str, int]


class Witness:
    """The witness of one server, in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: Seen | None = None

    def check(self, connection: Connection, now: datetime, new_id: Callable[[], str]) -> bool:
        """Begin a new epoch where the witness has seen a history that is not here; returns whether it did.

        Raises ServerRefusal where the file belongs to another server.
        """
        seen = self._read()
        if seen is None:
            return False
        who = identity(connection)
        if seen.server_id != who.server_id:
            raise ServerRefusal(f"{self._path} is the witness of another server; give each server a file of its own.")
        if lineage.is_known(connection, who, seen.epoch, Mark(seen.seq, seen.mark)):
            return False
        reason = f"{self._path.name} has seen a history that is not here"
        lineage.end_epoch(
            connection, HistoryLost(who.epoch, seen.epoch), now, new_id, reason=reason, seen=seen.counters
        )
        return True

    def note(self, connection: Connection) -> None:
        """Write down how far history has come, if it has moved. A disk that is gone is logged, no more."""
        who, mark = identity(connection), lineage.newest_mark(connection)
        seen = Seen(who.server_id, who.epoch, mark.seq, mark.mark, lineage.counted(connection))
        if seen == self._told:
            return
        try:
            if not self._path.parent.is_dir():
                # A disk that is not there: its folder is not made, or the witness would lie beside what it watches.
                raise FileNotFoundError(f"{self._path.parent} is not there")
            write_durably(self._path, msgspec.json.encode(seen))
        except OSError as error:
            _log.warning("the witness %s cannot be written: %s", self._path, error)
        self._told = seen

    async def keep(self, backend: Backend) -> None:
        """Go on noting, every few seconds."""
        while True:
            await asyncio.sleep(EVERY_S)
            with contextlib.suppress(Refused):  # busy: the next time will do
                await backend.read(self.note)

    def _read(self) -> Seen | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Seen)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            _log.warning("the witness %s cannot be read and says nothing: %s", self._path, error)
            return None
