"""Writes that wait at the same time are recorded in one transaction: the disk is waited for once, for all of them.

Each is told its result only when all are on the disk. One that is refused is undone alone; where anything else goes
wrong, nothing is recorded, and each is tried again in a transaction of its own, so that it fails for nobody else.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from manufacturer_server.storage.database import Database

T = TypeVar("T")
# Readers see nothing of it, and other programs wait, until the last of them is done.
AT_ONCE = 32


class Write(Generic[T]):
    """A piece of work, and what became of it."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.waits, self.done = True, False
        self._work = work
        self._result: list[T] = []
        self._refusal: Exception | None = None

    def record(self, connection: Connection) -> None:
        """Do the work in a transaction that is not at its end. Raises what the work raises."""
        self._result, self._refusal = [self._work(connection)], None

    def refuse(self, refusal: Exception) -> None:
        """The work has raised this, and what it had done is undone."""
        self._result, self._refusal = [], refusal

    def outcome(self) -> T:
        """What the work returned, once that is on the disk. Raises what it raised."""
        if self._refusal is not None:
            raise self._refusal
        return self._result[0]


class Writes:
    """The writes that wait. `refusals` are what a work raises to say no, rather than because it failed."""

    def __init__(self, database: Database, refusals: tuple[type[Exception], ...]) -> None:
        self._database, self._refusals = database, refusals
        self._waiting: deque[Write[Any]] = deque()

    def add(self, work: Callable[[Connection], T]) -> Write[T]:
        """Let `work` wait; it is done by `finish`, which must be called for each in the order they were added."""
        write = Write(work)
        self._waiting.append(write)
        return write

    def finish(self, write: Write[T]) -> T:
        """The result of a write, done now together with all that wait unless it was done with an earlier one.

        Not to be called by two threads at once. Raises what the work raised, or why it cannot be recorded.
        """
        while write.waits:
            some = [self._waiting.popleft() for _ in range(min(len(self._waiting), AT_ONCE))]
            for one in some:
                one.waits = False
            if len(some) > 1:
                # Whatever goes wrong with them together is met again, and raised, where its cause is done alone.
                with suppress(Exception):
                    self._record(some)
        if not write.done:
            self._record_alone(write)
        return write.outcome()

    def _record(self, some: Sequence[Write[Any]]) -> None:
        with self._database.writing() as connection:
            for one in some:
                try:
                    with connection.begin_nested():
                        one.record(connection)
                except self._refusals as refusal:
                    one.refuse(refusal)
        for one in some:
            one.done = True

    def _record_alone(self, write: Write[Any]) -> None:
        with self._database.writing() as connection:
            write.record(connection)
        write.done = True
