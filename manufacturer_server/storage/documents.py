"""The versioned documents the feed carries: saving with one global sequence, reading, counts and hashes.

A scope is `""` for what every account sees, `all`, `group:G` or `dealer:A` for terms, `dealer:A` for an account's own
documents. Every change of a row gives it the next number of the one sequence; a withdrawn row leaves a tombstone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.wire import HASH_MODULUS, hash_text, row_hash
from manufacturer_server.storage.schema import collections, counters, documents

SHARED = ""
ALL = "all"
_CHUNK = 500

_upsert = insert(documents)
_upsert = _upsert.on_conflict_do_update(
    index_elements=["collection", "scope", "id"],
    set_={"seq": _upsert.excluded.seq, "body": _upsert.excluded.body, "reason": _upsert.excluded.reason},
)


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
    statement = insert(counters).values(name=counter, value=how_many)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + how_many})
    last: int = connection.execute(statement.returning(counters.c.value)).scalar_one()
    return last - how_many + 1


def last_seq(connection: Connection) -> int:
    """The highest number the feed has ever used."""
    return connection.execute(select(counters.c.value).where(counters.c.name == "feed")).scalar() or 0


def save(
    connection: Connection,
    collection: str,
    scope: str,
    bodies: Mapping[str, bytes],
    *,
    withdraw: Sequence[str] = (),
    reason: str = "deleted",
) -> Changes:
    """Make the documents of `bodies` the current ones and withdraw others; rows that already are so stay untouched.

    Withdrawals come first in the sequence, so that a row that moves between scopes ends as a put.
    """
    old = _as_stored(connection, collection, scope, [*bodies, *withdraw])
    gone = [row_id for row_id in withdraw if row_id in old and old[row_id].body is not None]
    fresh = {row_id: body for row_id, body in bodies.items() if row_id not in old or old[row_id].body != body}
    added = tuple(row_id for row_id in fresh if row_id not in old or old[row_id].body is None)
    was_there = set(added)
    changes = Changes(
        added=added,
        changed=tuple(row_id for row_id in fresh if row_id not in was_there),
        withdrawn=tuple(gone),
        unchanged=len(bodies) - len(fresh),
    )
    if not changes.any:
        return changes
    seq = next_numbers(connection, "feed", len(gone) + len(fresh))
    rows = []
    shift = 0
    for row_id in gone:
        rows.append(_row(collection, scope, row_id, seq, None, reason))
        seq += 1
    for row_id, body in fresh.items():
        rows.append(_row(collection, scope, row_id, seq, body, ""))
        shift += row_hash(row_id, seq)
        seq += 1
    shift -= sum(row_hash(row_id, old[row_id].seq) for row_id in (*gone, *changes.changed))
    connection.execute(_upsert, rows)
    _shift_state(connection, collection, scope, len(added) - len(gone), shift, seq - 1)
    return changes


def read(connection: Connection, collection: str, scope: str, ids: Iterable[str] | None = None) -> dict[str, Stored]:
    """The live documents of a collection in one scope, all or those of `ids`, in the order of their first arrival."""
    query = select(documents.c.id, documents.c.seq, documents.c.body).where(
        documents.c.collection == collection, documents.c.scope == scope, documents.c.body.is_not(None)
    )
    found: dict[str, Stored] = {}
    for part in _parts(ids):
        wanted = query if part is None else query.where(documents.c.id.in_(part))
        for row_id, seq, body in connection.execute(wanted.order_by(documents.c.position)):
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
    query = select(documents.c.id).where(
        documents.c.collection == collection, documents.c.scope == scope, documents.c.body.is_not(None)
    )
    return list(connection.execute(query).scalars())


def scopes(connection: Connection, collection: str) -> list[str]:
    """The scopes in which a collection has ever had a document."""
    query = select(collections.c.scope).where(collections.c.collection == collection).order_by(collections.c.scope)
    return list(connection.execute(query).scalars())


def state(connection: Connection, collection: str, scope: str) -> CollectionState:
    """Count, hash and latest sequence of a collection in one scope."""
    query = select(collections.c.count, collections.c.hash, collections.c.seq).where(
        collections.c.collection == collection, collections.c.scope == scope
    )
    row = connection.execute(query).first()
    return CollectionState() if row is None else CollectionState(row[0], int(row[1], 16), row[2])


def changed_after(
    connection: Connection, collection: str, scope: str, after: int, limit: int
) -> list[tuple[int, str, bytes | None, str]]:
    """At most `limit` rows changed after sequence `after`, oldest first: (seq, id, body or None, reason)."""
    query = (
        select(documents.c.seq, documents.c.id, documents.c.body, documents.c.reason)
        .where(documents.c.collection == collection, documents.c.scope == scope, documents.c.seq > after)
        .order_by(documents.c.seq)
        .limit(limit)
    )
    return [(seq, row_id, body, reason) for seq, row_id, body, reason in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class _Known:
    seq: int
    body: bytes | None


def _as_stored(connection: Connection, collection: str, scope: str, ids: Sequence[str]) -> dict[str, _Known]:
    query = select(documents.c.id, documents.c.seq, documents.c.body).where(
        documents.c.collection == collection, documents.c.scope == scope
    )
    known: dict[str, _Known] = {}
    for part in _parts(ids if len(ids) <= 4 * _CHUNK else None):
        wanted = query if part is None else query.where(documents.c.id.in_(part))
        known.update((row_id, _Known(seq, body)) for row_id, seq, body in connection.execute(wanted))
    return known


def _parts(ids: Iterable[str] | None) -> Iterator[list[str] | None]:
    if ids is None:
        yield None
        return
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def _row(collection: str, scope: str, row_id: str, seq: int, body: bytes | None, reason: str) -> dict[str, object]:
    return {"collection": collection, "scope": scope, "id": row_id, "seq": seq, "body": body, "reason": reason}


def _shift_state(connection: Connection, collection: str, scope: str, count: int, shift: int, seq: int) -> None:
    old = state(connection, collection, scope)
    new_hash = hash_text((old.hash + shift) % HASH_MODULUS)
    statement = insert(collections).values(
        collection=collection, scope=scope, count=old.count + count, hash=new_hash, seq=seq
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["collection", "scope"],
            set_={"count": statement.excluded.count, "hash": statement.excluded.hash, "seq": statement.excluded.seq},
        )
    )
