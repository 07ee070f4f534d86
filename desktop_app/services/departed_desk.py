"""A desk that was shut out for good, as the person before it sees it: what happened, and a new beginning."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from desktop_app.errors import NotConnected
from desktop_app.paths import ProfilePaths, set_aside
from desktop_app.profile import read_profile
from desktop_app.sync.departure import has_departed

_STAMP = "%Y-%m-%dT%H-%M-%S"


class DepartureView(Struct, frozen=True):
    """Who shut out which dealer's desk, when it handed over its `messages`, and the `reason` that was given, if any.

    `key_deleted`: nobody can open its data any more; else its key is set in the environment.
    """

    manufacturer: str
    dealer: str
    at: datetime
    messages: int
    reason: str
    key_deleted: bool


class DepartedDesk:
    """Works on a folder that nothing has open."""

    def __init__(self, root: Path, *, now: Callable[[], datetime]) -> None:
        self._paths, self._now = ProfilePaths(root), now

    @property
    def folder(self) -> Path:
        """The folder of the profile."""
        return self._paths.root

    def view(self) -> DepartureView:
        """What happened. Raises NotConnected where this folder holds no such desk, StorageFailed."""
        profile = read_profile(self._paths.profile)
        departed = None if profile is None else has_departed(self._paths, profile)
        if profile is None or departed is None:
            raise NotConnected(f"No desk in {self._paths.root} was shut out.")
        return DepartureView(
            profile.manufacturer,
            profile.dealer,
            departed.at,
            departed.messages,
            departed.reason,
            departed.key_deleted,
        )

    def begin_anew(self) -> Path:
        """Put the files of that desk aside, so that another can be connected here; returns where they are.

        Raises StorageFailed.
        """
        return set_aside(self._paths, f"departed-{self._now().astimezone(UTC).strftime(_STAMP)}")
