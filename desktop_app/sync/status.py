"""What the running program knows of the connection, and how long figures keep. Put into words by the front ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop_app.domain.order import DeliveryState
from desktop_app.errors import (
    DeskDeparted,
    DeskRevoked,
    ServerTooNew,
    ShrinkNeedsConsent,
    StorageFailed,
    Unauthorized,
    WrongServer,
)

# After this long a figure is said to be old in full words.
SHELF_LIFE: Mapping[str, timedelta] = {
    "stock": timedelta(hours=8),
    "stock_dates": timedelta(hours=8),
    "products": timedelta(days=7),
    "families": timedelta(days=30),
    "wholesalers": timedelta(days=7),
    "terms": timedelta(days=2),
    "agreements": timedelta(days=2),
    "turnover": timedelta(days=2),
    "account": timedelta(days=2),
    "orders": timedelta(days=2),
}
_DEFAULT_LIFE = timedelta(days=7)
# The server answers, but takes nothing from this desk until a person has seen to it.
SHUT_OUT = frozenset(
    {
        Unauthorized.code,
        DeskRevoked.code,
        DeskDeparted.code,
        "account-suspended",
        ServerTooNew.code,
        WrongServer.code,
    }
)
# What no further round puts right: said once in a line, not only in the state of the connection.
NEEDS_A_PERSON = SHUT_OUT | {ShrinkNeedsConsent.code, StorageFailed.code}
UNDER_WAY = (DeliveryState.PENDING, DeliveryState.WAITING, DeliveryState.IN_FLIGHT, DeliveryState.IN_DOUBT)


@dataclass(slots=True)
class RoundStatus:
    """Whether a round runs, when the next one is due, and what went wrong in the last one: code, words, facts."""

    running: bool = False
    next_try: datetime | None = None
    reason: str = ""
    message: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def is_stale(collection: str, synced_at: datetime | None, now: datetime) -> bool:
    """Whether figures of that collection, known at `synced_at`, are past their shelf life."""
    return synced_at is None or now - synced_at > SHELF_LIFE.get(collection, _DEFAULT_LIFE)


def counted(counts: Mapping[DeliveryState, int]) -> tuple[int, int, int]:
    """How many messages wait to be answered, are held back, and need a person."""
    waiting = sum(counts.get(state, 0) for state in UNDER_WAY)
    return waiting, counts.get(DeliveryState.HELD, 0), counts.get(DeliveryState.ATTENTION, 0)
