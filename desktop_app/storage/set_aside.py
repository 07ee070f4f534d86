"""Rows of `desk.db` that this version of the program cannot read: put aside with all their bytes, never thrown away.

Looked for once after each change of shape, so that one bad row keeps nobody from all the others. A message of the
queue is mended rather than put aside as long as the bytes to be sent are there: it is looked up before it is sent.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal, InvalidOperation

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import DeliveryDoc
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind
from desktop_app.storage.database import Connection, transaction
from desktop_app.storage.desk_database import moment_text
from desktop_app.storage.journal import Journal
from desktop_app.storage.order_rows import Snapshot

Content = dict[str, object]
_UNREADABLE = (ValueError, TypeError, InvalidOperation, UnicodeError)


class SetAsideRow(Struct, frozen=True):
    """One row as it lay in `table`: its columns with their values, and why it could not be read. `key` names it."""

    table: str
    key: str
    reason: str
    at: datetime
    content: Content


class SetAside:
    """What was put aside. Writes join the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self) -> list[SetAsideRow]:
        """All of them, in the order in which they were found."""
        found = self._connection.execute("SELECT from_table, key, reason, at, content FROM set_aside ORDER BY seq")
        return [
            SetAsideRow(table, key, reason, datetime.fromisoformat(at), msgspec.msgpack.decode(content))
            for table, key, reason, at, content in found
        ]

    def waiting(self) -> int:
        """How many of them nobody has written to a file yet."""
        (count,) = self._connection.execute("SELECT count(*) FROM set_aside WHERE exported_at IS NULL").fetchone()
        return int(count)

    def exported(self, now: datetime) -> None:
        """All of them lie in a file now."""
        self._connection.execute("UPDATE set_aside SET exported_at = ? WHERE exported_at IS NULL", (moment_text(now),))

    def put(self, table: str, key: str, content: Content, reason: str, now: datetime) -> None:
        """Keep one row."""
        kept = {name: _kept(value) for name, value in content.items()}
        self._connection.execute(
            "INSERT INTO set_aside (from_table, key, reason, at, content) VALUES (?, ?, ?, ?, ?)",
            (table, key, reason, moment_text(now), msgspec.msgpack.encode(kept)),
        )


class Sieve:
    """Looks every row of orders and queue over. `moment` is when it is done."""

    def __init__(self, connection: Connection, moment: datetime) -> None:
        self._connection, self._now = connection, moment
        self._aside, self._journal = SetAside(connection), Journal(connection)
        # Since a message may be about any document, its owner is called otherwise.
        self._owner = "subject" if "subject" in _columns(connection, "outbox") else "order_id"

    def run(self) -> int:
        """Put aside what cannot be read, all or nothing; returns how many rows that were."""
        before = self._aside.waiting()
        with _tolerant(self._connection), transaction(self._connection):
            for content, reason in self._unreadable("orders", _check_order):
                self._order_away(content, reason)
            for content, reason in self._unreadable("journal", _check_entry):
                key = f"{_name(content['order_id'])}/{content['number']}"
                self._away("journal", content, reason, key, ("order_id", "number"))
            for content, reason in self._unreadable("order_lines", _check_line):
                key = f"{_name(content['order_id'])}/{content['key']}"
                self._away("order_lines", content, reason, key, ("order_id", "key"))
                if isinstance(content["order_id"], str):
                    self._journal.add(content["order_id"], self._now, "line-set-aside", {"sku": str(content["sku"])})
            self._queue()
        return self._aside.waiting() - before

    def _queue(self) -> None:
        for content, reason in self._unreadable("outbox", _check_message):
            key = f"{_name(content[self._owner])}/{_name(content['id'])}"
            if _is_sendable(content, self._owner):
                self._aside.put("outbox", key, content, reason, self._now)
                self._mend(content)
            else:
                self._away("outbox", content, reason, key, ("seq",))

    def _mend(self, content: Content) -> None:
        """The bytes are there: the message is looked up, and sent where the manufacturer does not have it."""
        text = moment_text(self._now)
        created = content["created_at"] if _reads(datetime.fromisoformat, content["created_at"]) else text
        picture = content["picture"] if _reads(_check_picture, content["picture"]) else None
        self._connection.execute(
            "UPDATE outbox SET state = ?, attempts = 0, next_try = NULL, reason = '', created_at = ?,"
            " first_try_at = ?, answer = NULL, answered_at = NULL, picture = ? WHERE seq = ?",
            (DeliveryState.IN_DOUBT, created, text, picture, content["seq"]),
        )

    def _order_away(self, content: Content, reason: str) -> None:
        """An order goes with all that hangs on it: half of one would be another order."""
        order_id = content["order_id"]
        for table, owner in (("order_lines", "order_id"), ("outbox", self._owner), ("journal", "order_id")):
            where, values = _same({owner: order_id})
            for row in self._rows(table, where, *values):
                self._aside.put(table, _name(order_id), row, reason, self._now)
            self._connection.execute(f"DELETE FROM {table} {where}", values)
        self._away("orders", content, reason, _name(order_id), ("order_id",))

    def _away(self, table: str, content: Content, reason: str, key: str, columns: tuple[str, ...]) -> None:
        self._aside.put(table, key, content, reason, self._now)
        where, values = _same({one: content[one] for one in columns})
        self._connection.execute(f"DELETE FROM {table} {where}", values)

    def _unreadable(self, table: str, check: Callable[[Content], None]) -> list[tuple[Content, str]]:
        found = []
        for content in self._rows(table):
            try:
                _whole_text(content)
                check(content)
            except _UNREADABLE as error:
                found.append((content, f"{type(error).__name__}: {error}"))
        return found

    def _rows(self, table: str, where: str = "", *values: object) -> Iterator[Content]:
        cursor = self._connection.execute(f"SELECT * FROM {table} {where}", values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _check_order(row: Content) -> None:
    Status(_text(row["status"]))
    msgspec.json.decode(_blob(row["delivery"]), type=DeliveryDoc).to_domain()
    Decimal(_text(row["total"]))
    for name in ("created_at", "updated_at"):
        datetime.fromisoformat(_text(row[name]))
    for name in ("submitted_at", "answered_at"):
        if row[name] is not None:
            datetime.fromisoformat(_text(row[name]))
    for name in ("revision", "catalog_version", "terms_version", "line_count"):
        _whole(row[name])
    if row["cancel_wish"] is not None:
        msgspec.json.decode(_blob(row["cancel_wish"]), type=dict)


def _check_line(row: Content) -> None:
    _whole(row["quantity"])
    if row["asked"] is not None:
        _whole(row["asked"])
    if row["unit_net"] is not None:
        Decimal(_text(row["unit_net"]))
    _text(row["sku"])
    _text(row["wholesaler"])


def _check_message(row: Content) -> None:
    MessageKind(_text(row["kind"]))
    DeliveryState(_text(row["state"]))
    _whole(row["attempts"])
    _blob(row["body"])
    datetime.fromisoformat(_text(row["created_at"]))
    for name in ("next_try", "first_try_at", "answered_at"):
        if row[name] is not None:
            datetime.fromisoformat(_text(row[name]))
    _check_picture(row["picture"])


def _check_entry(row: Content) -> None:
    datetime.fromisoformat(_text(row["at"]))
    params = json.loads(_text(row["params"]))
    if not isinstance(params, dict):
        raise ValueError("params are no object")
    _text(row["code"])


def _check_picture(picture: object) -> None:
    if picture is None:
        return
    if not isinstance(picture, bytes):
        raise TypeError(f"bytes, not {type(picture).__name__}")
    # Late: nearly every start finds nothing to look over.
    from zstandard import ZstdDecompressor, ZstdError

    try:
        plain = ZstdDecompressor().decompress(picture)
    except ZstdError as error:
        raise ValueError(str(error)) from error
    msgspec.json.decode(plain, type=Snapshot)


def _is_sendable(row: Content, owner: str) -> bool:
    """Whether enough of a message is there to send its very bytes."""
    return (
        row["kind"] in set(MessageKind)
        and isinstance(row["body"], bytes)
        and all(isinstance(row[name], str) and _is_plain(row[name]) for name in (owner, "id", "sha256"))
        and isinstance(row["revision"], int)
        and row["state"] != DeliveryState.DONE
    )


def _reads(check: Callable[..., object], value: object) -> bool:
    try:
        check(value)
    except _UNREADABLE:
        return False
    return True


def _whole_text(row: Content) -> None:
    for name, value in row.items():
        if isinstance(value, str) and not _is_plain(value):
            raise ValueError(f"{name} is no UTF-8")


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text, not {type(value).__name__}")
    return value


def _blob(value: object) -> bytes | str:
    if not isinstance(value, bytes | str):
        raise TypeError(f"bytes, not {type(value).__name__}")
    return value


def _whole(value: object) -> None:
    if not isinstance(value, int):
        raise TypeError(f"a whole number, not {type(value).__name__}")


def _kept(value: object) -> object:
    """A value as it can be packed: text that is no UTF-8 as its bytes."""
    return value if _is_plain(value) or not isinstance(value, str) else _bytes(value)


def _name(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode()


def _same(wanted: Mapping[str, object]) -> tuple[str, list[object]]:
    """What finds the row with these values, and the values; a text that is no UTF-8 is given as its bytes."""
    marks = [f"{column} IS {'?' if _bytes(value) is value else 'CAST(? AS TEXT)'}" for column, value in wanted.items()]
    return f"WHERE {' AND '.join(marks)}", [_bytes(value) for value in wanted.values()]


def _bytes(value: object) -> object:
    return value if not isinstance(value, str) or _is_plain(value) else value.encode("utf-8", "surrogateescape")


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


@contextmanager
def _tolerant(connection: Connection) -> Iterator[None]:
    """Texts that are no UTF-8 are read too, with their bytes in them."""
    before = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before
