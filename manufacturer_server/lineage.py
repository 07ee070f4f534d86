"""The line of this server's history: marks by which it knows a state it was in, and epochs between which it was lost.

Every write that moves the feed on leaves a random mark at the position it reached. A server that was put back to an
earlier state and then written to has other marks, or none, at the positions that desks have seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.domain.pricing_day import pricing_day
from manufacturer_server import cursors
from manufacturer_server.access import note
from manufacturer_server.cursors import Position
from manufacturer_server.problems import Refused
from manufacturer_server.storage.documents import last_seq
from manufacturer_server.storage.identity import Identity, identity, write_setting
from manufacturer_server.storage.schema import counters, epochs, exports, import_runs, marks

# How far the sequences jump: further than a server is likely to have come since the backup it was put back to.
FEED_JUMP = 1_000_000
ORDERS_STEP = 10_000
EXPORTS_JUMP = 1_000
FOUNDED = "founded"
LOST = "lost altogether"
_NEWEST = select(marks.c.seq, marks.c.mark).order_by(marks.c.seq.desc()).limit(1)
_MARK_AT = select(marks.c.mark).where(marks.c.seq == bindparam("seq"))
_EPOCH = select(epochs.c.epoch).where(epochs.c.epoch == bindparam("epoch"))


@dataclass(frozen=True, slots=True)
class Epoch:
    """One life of the history: from when and which feed position on, and why the one before it ended."""

    epoch: str
    began_at: datetime
    reason: str
    feed_from: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The latest write of a history: the feed position it reached, and its fingerprint; empty before the first one."""

    seq: int = 0
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class Under:
    """What a write says of the history it is made in: the epoch, and the latest cursor the desk has (may be empty)."""

    epoch: str
    seen: str = ""


@dataclass
class HistoryLost(Exception):
    """A position that this server once gave out lies in no history it knows. `of` is the epoch it was given out in."""

    present: str
    of: str


def newest_mark(connection: Connection) -> Mark:
    """The mark of the latest write."""
    row = connection.execute(_NEWEST).first()
    return Mark() if row is None else Mark(row.seq, row.mark)


def mark_of(connection: Connection, seq: int) -> Mark:
    """The mark of the write that gave out the feed position `seq`: always the same, whatever is written later."""
    row = connection.execute(select(marks).where(marks.c.seq >= seq).order_by(marks.c.seq).limit(1)).first()
    return Mark() if row is None else Mark(row.seq, row.mark)


def check_position(connection: Connection, who: Identity, position: Position) -> None:
    """Raises HistoryLost where a position this server gave out is of a history that it does not know."""
    if not is_known(connection, who, position.epoch, Mark(position.seen, position.mark)):
        raise HistoryLost(who.epoch, position.epoch)
    if position.epoch == who.epoch and position.seq > last_seq(connection):
        raise HistoryLost(who.epoch, position.epoch)


def is_known(connection: Connection, who: Identity, epoch: str, mark: Mark) -> bool:
    """Whether a state of an epoch belongs to this history. One of an epoch that is over was dealt with at its end."""
    if epoch != who.epoch:
        return connection.execute(_EPOCH, {"epoch": epoch}).first() is not None
    if not mark.mark:
        return True
    stored: bytes | None = connection.execute(_MARK_AT, {"seq": mark.seq}).scalar()
    return stored == mark.mark


def check_under(connection: Connection, who: Identity, under: Under) -> None:
    """Every write names the epoch it was made in, and may show a cursor. Raises Refused, HistoryLost."""
    # Looked at first: where it proves a loss, no answer at all can be given in this epoch.
    position = cursors.verified(who, under.seen) if 0 < len(under.seen) <= cursors.MAX_LENGTH else None
    if position is not None:
        check_position(connection, who, position)
    if not under.epoch:
        raise Refused("epoch-missing", "Every write carries the epoch of the last checkpoint.", epoch=who.epoch)
    if under.epoch != who.epoch:
        raise Refused("epoch-mismatch", "Look up what was answered before sending anything new.", epoch=who.epoch)


def end_epoch(
    connection: Connection,
    lost: HistoryLost,
    now: datetime,
    new_id: Callable[[], str],
    *,
    reason: str = "a desk has seen a history that is not here",
    seen: Mapping[str, int] | None = None,
) -> Identity:
    """Begin a new epoch for a proven loss (see `renew_epoch`), unless that was done since it was found."""
    who = identity(connection)
    if who.epoch != lost.present:
        return who
    if lost.of != lost.present:
        note_lost(connection, lost.of, now)
    return renew_epoch(connection, reason, now, new_id, seen=seen)


def note_lost(connection: Connection, epoch: str, now: datetime) -> None:
    """Keep in mind an epoch that was lost altogether: what desks still have of it then proves nothing new."""
    _note_epoch(connection, epoch, now, LOST)


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
    # Also those of this year that nothing was counted with yet: it was perhaps in what is lost.
    reached = {f"orders-{pricing_day(now, who.time_zone).year}": 0} | counted(connection)
    for name, value in (seen or {}).items():
        reached[name] = max(value, reached.get(name, 0))
    for name, value in reached.items():
        _set_counter(connection, name, _beyond(name, value))
    began = connection.execute(select(func.min(import_runs.c.at))).scalar() or now
    _note_epoch(connection, who.epoch, began, FOUNDED)
    fresh = new_id()
    _note_epoch(connection, fresh, now, reason, _beyond("feed", reached["feed"]))
    write_setting(connection, "epoch", fresh)
    note(connection, now, "history-lost", "", "", reason)
    return identity(connection)


def all_epochs(connection: Connection) -> list[Epoch]:
    """The lives of this history, oldest first; empty while the first one lasts."""
    rows = connection.execute(select(epochs).order_by(epochs.c.feed_from, epochs.c.began_at))
    return [Epoch(row.epoch, row.began_at, row.reason, row.feed_from) for row in rows]


def counted(connection: Connection) -> dict[str, int]:
    """How far every counter has come, by name; `exports` is the number of the latest file."""
    found = {"feed": 0, "exports": 0} | {row.name: row.value for row in connection.execute(select(counters))}
    files: int | None = connection.execute(select(func.max(exports.c.number))).scalar()
    return found | {"exports": max(found["exports"], files or 0)}


def _note_epoch(connection: Connection, epoch: str, began_at: datetime, reason: str, feed_from: int = 0) -> None:
    """Keep an epoch in mind, if it is not."""
    statement = insert(epochs).values(epoch=epoch, began_at=began_at, reason=reason, feed_from=feed_from)
    connection.execute(statement.on_conflict_do_nothing())


def _beyond(name: str, value: int) -> int:
    if name == "feed":
        return value + FEED_JUMP
    if name == "exports":
        return value + EXPORTS_JUMP
    return (-(-value // ORDERS_STEP) + 1) * ORDERS_STEP


def _set_counter(connection: Connection, name: str, value: int) -> None:
    statement = insert(counters).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
