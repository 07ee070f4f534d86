"""What the core tells a front end: frozen events on a bus of plain callbacks. One adapter in `ui` makes Qt signals."""

from collections.abc import Callable

from msgspec import Struct


class OrderChanged(Struct, frozen=True):
    """These orders differ from what was read before: re-read only them."""

    order_ids: tuple[str, ...]


class DraftToTell(Struct, frozen=True):
    """A shared draft is another one here than the other desks know: they should hear of it soon."""


class CatalogChanged(Struct, frozen=True):
    """Products, prices or stock changed; `generation` is the number of the catalogue file now in force."""

    generation: int


class TermsChanged(Struct, frozen=True):
    """The dealer's conditions or account figures changed."""


class SyncStatusChanged(Struct, frozen=True):
    """The connection, the queue or the age of the data changed: ask `SyncService.status()`."""


class PersonChanged(Struct, frozen=True):
    """Somebody else enters orders at this desk now, nobody in particular where `name` is empty."""

    name: str


class SyncProgress(Struct, frozen=True):
    """Long work moved on: `done` of `total` units of a stage, `seconds_left` if known.

    Stages: `found` (the practice manufacturer), `download`, `build`, `index` (the catalogue).
    """

    stage: str
    done: int
    total: int
    seconds_left: float | None = None


class Notice(Struct, frozen=True):
    """One line for the person. A notice with the same `key` replaces the earlier one; `code` names the words."""

    key: str
    code: str
    severity: str = "info"
    params: tuple[tuple[str, str], ...] = ()


class DeskShutOut(Struct, frozen=True):
    """The manufacturer has shut out this desk for good, and it has handed over what it had: it is to be closed."""


Event = (
    OrderChanged
    | DraftToTell
    | CatalogChanged
    | TermsChanged
    | SyncStatusChanged
    | PersonChanged
    | SyncProgress
    | Notice
    | DeskShutOut
)


class EventBus:
    """Hands each event to every subscriber, in the thread that publishes it."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[Event], None]] = []

    def subscribe(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Call `callback` with each event from now on; the returned function ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand `event` to every subscriber."""
        for callback in tuple(self._subscribers):
            callback(event)
