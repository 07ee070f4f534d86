"""The epochs of this server's history: what every write must name, and how a new one begins when history was lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop_app.domain.pricing_day import pricing_day
from manufacturer_server.access import note
from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import Identity, identity, write_setting
from manufacturer_server.storage.schema import counters, epochs, exports, import_runs

# How far the sequences jump: further than a server is likely to have come since the backup it was put back to.
FEED_JUMP = 1_000_000
ORDERS_STEP = 10_000
EXPORTS_JUMP = 1_000
FOUNDED = "founded"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One life of the history: from when and which feed position on, and why the one before it ended."""

    epoch: str
    began_at: datetime
    reason: str
    feed_from: int


def check_epoch(who: Identity, epoch: str) -> None:
    """Every write names the epoch it was made under. Raises Refused."""
    if not epoch:
        raise Refused("epoch-missing", "Every write carries the epoch of the last checkpoint.", epoch=who.epoch)
    if epoch != who.epoch:
        raise Refused("epoch-mismatch", "Look up what was answered before sending anything new.", epoch=who.epoch)


def renew_epoch(
    connection: Connection,
    reason: str,
    now: datetime,
    new_id: Callable[[], str],
    *,
    seen: Mapping[str, int] | None = None,
) -> Identity:
    """Begin a new epoch, because history was lost: desks then bring back what they know, and nothing is given twice.

    All counters jump: order numbers, feed positions and export files of the lost history lie below what comes now.
    `seen` are counters known to have been reached there, by name; what comes now is above them too.
    """
    who = identity(connection)
    reached = _reached(connection, who, now)
    for name, value in (seen or {}).items():
        reached[name] = max(value, reached.get(name, 0))
    for name, value in reached.items():
        _set_counter(connection, name, _beyond(name, value))
    if connection.execute(select(epochs.c.epoch).where(epochs.c.epoch == who.epoch)).first() is None:
        began = connection.execute(select(func.min(import_runs.c.at))).scalar() or now
        connection.execute(insert(epochs).values(epoch=who.epoch, began_at=began, reason=FOUNDED, feed_from=0))
    fresh = new_id()
    position = _beyond("feed", reached["feed"])
    connection.execute(insert(epochs).values(epoch=fresh, began_at=now, reason=reason, feed_from=position))
    write_setting(connection, "epoch", fresh)
    note(connection, now, "history-lost", "", "", reason)
    return identity(connection)


def all_epochs(connection: Connection) -> list[Epoch]:
    """The lives of this history, oldest first; empty while the first one lasts."""
    rows = connection.execute(select(epochs).order_by(epochs.c.feed_from, epochs.c.began_at))
    return [Epoch(row.epoch, row.began_at, row.reason, row.feed_from) for row in rows]


def _reached(connection: Connection, who: Identity, now: datetime) -> dict[str, int]:
    """How far every counter has come, also those of this year that nothing was counted with yet."""
    found: dict[str, int] = {"feed": 0, "exports": 0, f"orders-{pricing_day(now, who.time_zone).year}": 0}
    found |= {row.name: row.value for row in connection.execute(select(counters))}
    files: int | None = connection.execute(select(func.max(exports.c.number))).scalar()
    found["exports"] = max(found["exports"], files or 0)
    return found


def _beyond(name: str, value: int) -> int:
    if name == "feed":
        return value + FEED_JUMP
    if name == "exports":
        return value + EXPORTS_JUMP
    return (-(-value // ORDERS_STEP) + 1) * ORDERS_STEP


def _set_counter(connection: Connection, name: str, value: int) -> None:
    statement = upsert(counters).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
