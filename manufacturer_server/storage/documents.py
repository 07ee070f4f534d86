"""The versioned documents the feed carries: saving with one global sequence, reading, counts and hashes.

A scope is `""` for what every account sees, `all`, `group:G` or `dealer:A` for terms, `dealer:A` for an account's own
documents. Every change of a row gives it the next number of the one sequence; a withdrawn row leaves a tombstone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, false, or_, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.wire import HASH_MODULUS, hash_text, row_hash
from manufacturer_server.storage.schema import collections, counters, documents

SHARED = ""
ALL = "all"
_CHUNK = 500

# The one statement that imports run a hundred thousand times: given to the driver as it is, it takes half the time.
_UPSERT = """
    INSERT INTO documents (collection, scope, id, seq, body, reason) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (collection, scope, id) DO UPDATE SET seq = excluded.seq, body = excluded.body, reason = excluded.reason
"""

# Built once: SQLAlchemy takes longer to put a statement together than SQLite to run it.
_ONE_SCOPE = (documents.c.collection == bindparam("collection"), documents.c.scope == bindparam("scope"))
_ROWS = select(documents.c.id, documents.c.seq, documents.c.body).where(*_ONE_SCOPE)
_THESE = documents.c.id.in_(bindparam("ids", expanding=True))
_THIS = documents.c.id == bindparam("id")
_LIVE = _ROWS.where(documents.c.body.is_not(None)).order_by(documents.c.position)
_LIVE_OF, _LIVE_ONE = _LIVE.where(_THESE), _LIVE.where(_THIS)
_KNOWN_OF, _KNOWN_ONE = _ROWS.where(_THESE), _ROWS.where(_THIS)
_LIVE_IDS = select(documents.c.id).where(*_ONE_SCOPE, documents.c.body.is_not(None))
_CHANGED = (
    select(documents.c.seq, documents.c.id, documents.c.body, documents.c.reason)
    .where(*_ONE_SCOPE, documents.c.seq > bindparam("after"))
    .order_by(documents.c.seq)
    .limit(bindparam("most"))
)
_CHANGED_PLACES = select(collections.c.collection, collections.c.scope, collections.c.seq).where(
    collections.c.seq > bindparam("after")
)
_NEW_STATE = insert(collections)
_PUT_STATE = _NEW_STATE.on_conflict_do_update(
    index_elements=["collection", "scope"],
    set_={name: _NEW_STATE.excluded[name] for name in ("count", "hash", "seq")},
)
_COUNTER = select(counters.c.value).where(counters.c.name == bindparam("name"))
_NEW_COUNTER = insert(counters)
_COUNT_ON = _NEW_COUNTER.on_conflict_do_update(
    index_elements=["name"], set_={"value": counters.c.value + _NEW_COUNTER.excluded.value}
).returning(counters.c.value)

# A scope and an id: which row of a collection.
Place = tuple[str, str]


def dealer_scope(account: str) -> str:
    """The scope of one dealer's own documents."""
    return f"dealer:{account}"


def group_scope(group: str) -> str:
    """The scope of what a group of dealers sees."""
    return f"group:{group}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A live document: its id, the sequence number of its latest change, and its JSON."""

    id: str
    seq: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Replaced:
    """One row that a save changes: what was there before and what is there now; None where there is nothing."""

    place: Place
    before: Stored | None
    after: bytes | None


# Told of the rows that a save changes, before it changes them.
Keep = Callable[[Connection, str, Sequence[Replaced]], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a save did: ids by kind of change, and how many rows already were as asked."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.changed or self.withdrawn)

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.withdrawn + other.withdrawn,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class CollectionState:
    """Number of live rows, the sum of their hashes, and the latest sequence number that touched them."""

    count: int = 0
    hash: int = 0
    seq: int = 0


def next_numbers(connection: Connection, counter: str, how_many: int = 1) -> int:
    """Take `how_many` numbers of `counter`; the first of them is returned (the first ever is 1)."""
    last: int = connection.execute(_COUNT_ON, {"name": counter, "value": how_many}).scalar_one()
    return last - how_many + 1


def last_seq(connection: Connection) -> int:
    """The highest number the feed has ever used."""
    return connection.execute(_COUNTER, {"name": "feed"}).scalar() or 0


def save(
    connection: Connection,
    collection: str,
    scope: str,
    bodies: Mapping[str, bytes],
    *,
    withdraw: Sequence[str] = (),
    reason: str = "deleted",
    keep: Keep | None = None,
) -> Changes:
    """Make the documents of `bodies` the current ones of one scope and withdraw others; what already is so stays.

    Withdrawals come first in the sequence, so that a row that moves between scopes ends as a put.
    """
    known = _known(connection, collection, scope, [*bodies, *withdraw])
    placed = {(scope, row_id): body for row_id, body in bodies.items()}
    return _save(connection, collection, known, placed, [(scope, row_id) for row_id in withdraw], reason, keep)


def save_everywhere(
    connection: Connection,
    collection: str,
    bodies: Mapping[Place, bytes],
    *,
    withdraw: Sequence[Place] = (),
    reason: str = "deleted",
    keep: Keep | None = None,
) -> Changes:
    """`save` for many scopes at once, each document at its (scope, id)."""
    query = select(documents.c.scope, documents.c.id, documents.c.seq, documents.c.body)
    rows = connection.execute(query.where(documents.c.collection == collection))
    known = {(scope, row_id): _Known(seq, body) for scope, row_id, seq, body in rows}
    return _save(connection, collection, known, bodies, withdraw, reason, keep)


def read(connection: Connection, collection: str, scope: str, ids: Iterable[str] | None = None) -> dict[str, Stored]:
    """The live documents of a collection in one scope, all or those of `ids`, in the order of their first arrival."""
    found: dict[str, Stored] = {}
    for part in _parts(ids):
        for row_id, seq, body in _rows(connection, (_LIVE, _LIVE_OF, _LIVE_ONE), collection, scope, part):
            found[row_id] = Stored(row_id, seq, body)
    return found


def read_everywhere(connection: Connection, collection: str) -> dict[str, list[Stored]]:
    """All live documents of a collection, by scope."""
    query = select(documents.c.scope, documents.c.id, documents.c.seq, documents.c.body).where(
        documents.c.collection == collection, documents.c.body.is_not(None)
    )
    found: dict[str, list[Stored]] = {}
    for scope, row_id, seq, body in connection.execute(query.order_by(documents.c.position)):
        found.setdefault(scope, []).append(Stored(row_id, seq, body))
    return found


def read_one(connection: Connection, collection: str, scope: str, row_id: str) -> Stored | None:
    """One live document, or None."""
    return read(connection, collection, scope, [row_id]).get(row_id)


def live_ids(connection: Connection, collection: str, scope: str) -> list[str]:
    """The ids of all live documents of a collection in one scope."""
    return list(connection.execute(_LIVE_IDS, _of(collection, scope)).scalars())


def state(connection: Connection, collection: str, scope: str) -> CollectionState:
    """Count, hash and latest sequence of a collection in one scope."""
    return states(connection, [(collection, scope)])[collection, scope]


def states(connection: Connection, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], CollectionState]:
    """The same of many (collection, scope) at once, in the order asked for."""
    found = dict.fromkeys(pairs, CollectionState())
    values = {
        f"{name}{index}": value for index, pair in enumerate(found) for name, value in zip("cs", pair, strict=True)
    }
    for collection, scope, count, hash_, seq in connection.execute(_states_of(len(found)), values):
        found[collection, scope] = CollectionState(count, int(hash_, 16), seq)
    return found


@cache
def _states_of(pairs: int) -> Select[Any]:
    """The statement that reads so many; SQLAlchemy would put one with a list of them together each time."""
    wanted = (
        and_(collections.c.collection == bindparam(f"c{index}"), collections.c.scope == bindparam(f"s{index}"))
        for index in range(pairs)
    )
    return select(
        collections.c.collection, collections.c.scope, collections.c.count, collections.c.hash, collections.c.seq
    ).where(or_(false(), *wanted))


def changed_after(
    connection: Connection, collection: str, scope: str, after: int, limit: int
) -> list[tuple[int, str, bytes | None, str]]:
    """At most `limit` rows changed after sequence `after`, oldest first: (seq, id, body or None, reason)."""
    rows = connection.execute(_CHANGED, {**_of(collection, scope), "after": after, "most": limit})
    return [(seq, row_id, body, reason) for seq, row_id, body, reason in rows]


def changed_places(connection: Connection, after: int) -> dict[tuple[str, str], int]:
    """Every (collection, scope) of which something has changed after sequence `after`, with its latest sequence."""
    rows = connection.execute(_CHANGED_PLACES, {"after": after})
    return {(collection, scope): seq for collection, scope, seq in rows}


@dataclass(frozen=True, slots=True)
class _Known:
    """A row as it was before a save; no body where it was withdrawn."""

    seq: int
    body: bytes | None


@dataclass(slots=True)
class _Shift:
    """What a save changes in the state of one scope."""

    count: int = 0
    hash: int = 0
    seq: int = 0


def _save(
    connection: Connection,
    collection: str,
    known: Mapping[Place, _Known],
    bodies: Mapping[Place, bytes],
    withdraw: Sequence[Place],
    reason: str,
    keep: Keep | None,
) -> Changes:
    gone = [place for place in withdraw if place in known and known[place].body is not None]
    fresh = {place: body for place, body in bodies.items() if place not in known or known[place].body != body}
    if not gone and not fresh:
        return Changes(unchanged=len(bodies))
    if keep is not None:
        keep(connection, collection, [_replaced(known, place, fresh.get(place)) for place in (*gone, *fresh)])
    seq = next_numbers(connection, "feed", len(gone) + len(fresh))
    rows: list[tuple[object, ...]] = []
    added: list[str] = []
    changed: list[str] = []
    shifts: dict[str, _Shift] = {}
    for place, body in [*((place, None) for place in gone), *fresh.items()]:
        scope, row_id = place
        shift = shifts.setdefault(scope, _Shift())
        before = known.get(place)
        if before is not None and before.body is not None:
            shift.count -= 1
            shift.hash -= row_hash(row_id, before.seq)
        if body is not None:
            shift.count += 1
            shift.hash += row_hash(row_id, seq)
            (added if before is None or before.body is None else changed).append(row_id)
        shift.seq = seq
        rows.append((collection, scope, row_id, seq, body, "" if body is not None else reason))
        seq += 1
    connection.exec_driver_sql(_UPSERT, rows)
    for scope, shift in shifts.items():
        _shift_state(connection, collection, scope, shift)
    withdrawn = tuple(row_id for _, row_id in gone)
    return Changes(tuple(added), tuple(changed), withdrawn, len(bodies) - len(fresh))


def _replaced(known: Mapping[Place, _Known], place: Place, after: bytes | None) -> Replaced:
    was = known.get(place)
    before = None if was is None or was.body is None else Stored(place[1], was.seq, was.body)
    return Replaced(place, before, after)


def _known(connection: Connection, collection: str, scope: str, ids: Sequence[str]) -> dict[Place, _Known]:
    known: dict[Place, _Known] = {}
    for part in _parts(ids if len(ids) <= 4 * _CHUNK else None):
        rows = _rows(connection, (_ROWS, _KNOWN_OF, _KNOWN_ONE), collection, scope, part)
        known.update(((scope, row_id), _Known(seq, body)) for row_id, seq, body in rows)
    return known


def _rows(
    connection: Connection,
    statements: tuple[Select[Any], Select[Any], Select[Any]],
    collection: str,
    scope: str,
    ids: list[str] | None,
) -> Iterable[Any]:
    """Rows of one scope by the first of the statements, those of some ids by the second, that of one by the third."""
    everything, some, one = statements
    if ids is None:
        return connection.execute(everything, _of(collection, scope))
    if len(ids) == 1:
        return connection.execute(one, {**_of(collection, scope), "id": ids[0]})
    return connection.execute(some, {**_of(collection, scope), "ids": ids})


def _of(collection: str, scope: str) -> dict[str, object]:
    """The values of the statements about one scope."""
    return {"collection": collection, "scope": scope}


def _parts(ids: Iterable[str] | None) -> Iterator[list[str] | None]:
    if ids is None:
        yield None
        return
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def _shift_state(connection: Connection, collection: str, scope: str, shift: _Shift) -> None:
    old = state(connection, collection, scope)
    connection.execute(
        _PUT_STATE,
        {
            "collection": collection,
            "scope": scope,
            "count": old.count + shift.count,
            "hash": hash_text((old.hash + shift.hash) % HASH_MODULUS),
            "seq": shift.seq,
        },
    )
