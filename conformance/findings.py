"""What comes of a check, and what several of them stand on."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Broken(Exception):
    """The server breaks a rule; the message is a whole sentence that says what it did and what it should have done."""


class NotTried(Exception):
    """The check cannot be made here and now; the message says what it would take."""


class CannotStart(Exception):
    """No check at all can be made: nobody answers at the address, or the joining code is not taken."""


class Result(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """The end of one check; `said` is empty where it passed."""

    check: str
    rule: int
    title: str
    result: Result
    said: str = ""


class Once(Generic[T]):
    """Something several checks stand on. The one that meets its failure first says it, the others are not tried."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []
        self._failure = ""

    def __call__(self) -> T:
        """It, made at the first call. Raises Broken, then NotTried."""
        if self._failure:
            raise NotTried(f"it needs what already failed: {self._failure}")
        if not self._made:
            try:
                self._made.append(self._make())
            except (Broken, NotTried) as reason:
                self._failure = str(reason)
                raise
        return self._made[0]
