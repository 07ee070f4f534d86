"""Who sits at this desk: several people of one account share one queue, and each draft says who began it."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from desktop_app.errors import ActionNotPossible
from desktop_app.events import EventBus, PersonChanged
from desktop_app.settings import AUTHOR, Settings
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.people import PeopleRows

LONGEST_NAME = 80


class Person(Struct, frozen=True):
    """Somebody who enters orders here; `here` is the one at the desk now. `last_at` is None where nobody noted it."""

    name: str
    here: bool
    last_at: datetime | None = None


class People:
    """The people of one desk. Raises StorageFailed where a name cannot be kept."""

    def __init__(
        self, connection: Connection, settings: Settings, events: EventBus, *, now: Callable[[], datetime]
    ) -> None:
        self._connection, self._rows = connection, PeopleRows(connection)
        self._settings, self._events, self._now = settings, events, now

    @property
    def here(self) -> str:
        """The name of whoever sits at the desk, empty where nobody said."""
        return self._settings.get(AUTHOR)

    def everybody(self) -> tuple[Person, ...]:
        """All who are known, by name."""
        known: dict[str, datetime | None] = dict(self._rows.all())
        if self.here:
            known.setdefault(self.here)
        names = sorted(known, key=lambda name: (name.casefold(), name))
        return tuple(Person(name, name == self.here, known[name]) for name in names)

    def sit_down(self, name: str) -> str:
        """`name` enters orders from now on, nobody in particular where it is empty; returns the name as it is kept.

        Raises ActionNotPossible for a name that is too long.
        """
        name = self._noted(name, self.here)
        if name != self.here:
            self._settings.set(AUTHOR, name)
            self._events.publish(PersonChanged(name))
        return name

    def act_as(self, name: str) -> None:
        """What this program does from now on is done by `name`; who sits at the desk stays. Raises as `sit_down`."""
        self._settings.assume(AUTHOR, self._noted(name))

    def add(self, name: str) -> None:
        """Put a name on the list. Raises as `sit_down`."""
        self._noted(name)

    def forget(self, name: str) -> None:
        """Take a name off the list; orders keep it. Raises ActionNotPossible for one not there, or at the desk."""
        name = self._known(name)
        if name == self.here:
            raise ActionNotPossible(f"{name} sits at this desk: let somebody else sit down first.", action="forget")
        if not self._rows.forget(name):
            raise ActionNotPossible(f"Nobody called {name} is known at this desk.", action="forget")

    def _noted(self, *names: str) -> str:
        """Put these names on the list; returns the first as it is kept."""
        kept = [self._known(name) for name in names]
        if len(kept[0]) > LONGEST_NAME:
            raise ActionNotPossible(f"A name has at most {LONGEST_NAME} characters.", action="name")
        with transaction(self._connection):
            for name in filter(None, kept):
                self._rows.note(name, self._now())
        return kept[0]

    def _known(self, name: str) -> str:
        """The name as it is on the list already, however it was typed now."""
        name = " ".join(name.split())
        return next((one for one in self._rows.all() if one.casefold() == name.casefold()), name)
