"""The tables of the server's database, as SQLAlchemy Core sees them. How they came to be: `migrations`."""

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored as RFC 3339 text in UTC so that it sorts and reads well in any tool."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetimes only: a naive one would be a moment nobody can name."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Back as an aware datetime in UTC."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

# server_id, epoch, name, time_zone, currency, order_prefix, practice, secret, sealing_secret, and the practice clock.
settings = Table("settings", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# `feed` is the one global sequence of all documents; `orders-<year>` numbers the orders; `exports` the export files.
counters = Table("counters", metadata, Column("name", Text, primary_key=True), Column("value", Integer, nullable=False))

# The lives of this server's history, each from the feed position `feed_from` on, and why the one before it ended.
epochs = Table(
    "epochs",
    metadata,
    Column("epoch", Text, primary_key=True),
    Column("began_at", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("feed_from", Integer, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
)

# A random fingerprint of the write that ended at the feed position `seq`: two histories that parted differ in them.
marks = Table(
    "marks",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("mark", LargeBinary, nullable=False),
)

# Everything the feed carries, as it is now. A null body is a tombstone; `position` keeps the order of first arrival.
documents = Table(
    "documents",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary),
    Column("reason", Text, nullable=False, server_default=""),
    UniqueConstraint("collection", "scope", "id"),
    Index("documents_by_seq", "collection", "scope", "seq"),
)

# Each run of `import` that was not a dry run; `files` is a JSON list of what became of each file.
import_runs = Table(
    "import_runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("merge", Integer, nullable=False),
    Column("files", Text, nullable=False),
)

# What a row was until an import changed it at the moment `until`; a null body: until then there was no such row.
versions = Table(
    "versions",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("run", Integer, ForeignKey("import_runs.number"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary),
    Index("versions_by_scope", "collection", "scope", "until"),
)

# Count, hash and latest sequence of the live rows of one collection in one scope, kept in step with `documents`.
collections = Table(
    "collections",
    metadata,
    Column("collection", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("seq", Integer, nullable=False),
)

# `shape` is the sequence of families, wholesalers and products that the file holds: stock alone makes no new file.
snapshots = Table(
    "snapshots",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

joining_codes = Table(
    "joining_codes",
    metadata,
    Column("selector", Text, primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

tokens = Table(
    "tokens",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False),
    Column("client_instance", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    # How it was shut out: `wipe` 1: it is to make itself unreadable; `told_at` when it first heard of it, `handed_over`
    # the bytes of sealed messages it has brought since.
    Column("wipe", Integer, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("told_at", UtcTime),
    Column("handed_over", Integer, nullable=False, server_default="0"),
    Column("seen_at", UtcTime),  # within an hour
    Column("name", Text, nullable=False, server_default=""),  # of the computer
)

# Messages that a desk which is shut out has handed over, still sealed; a person lets them in.
kept_messages = Table(
    "kept_messages",
    metadata,
    Column("account", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("client_instance", Text, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("taken_at", UtcTime),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("event", Text, nullable=False),
    Column("account", Text, nullable=False, server_default=""),
    Column("client_instance", Text, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
)

# The recorded answer to each revision of each order, kept for ever: a late copy gets the same answer.
outcomes = Table(
    "outcomes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
)

# Answers this server gave before its history was lost, as the desks gave them back with its own receipt.
earlier_answers = Table(
    "earlier_answers",
    metadata,
    Column("account", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", UtcTime, nullable=False),
)

# The primary key is the promise: at most one accepted revision per order.
orders = Table(
    "orders",
    metadata,
    Column("account", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("order_no", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("status", Text, nullable=False),
    Column("undelivered", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("export", Integer, ForeignKey("exports.number")),
    Column("cancellation_export", Integer, ForeignKey("exports.number")),
    Column("credit_hold", Integer, nullable=False, server_default="0"),  # 1: kept out of the export until released
    Column("restored_at", UtcTime),  # when a desk brought it back after the server's history was lost
    Index("orders_by_export", "export"),
)

# Orders changed at their dealer's wish: the document as it stands now, and the number of the file that told of it.
amendments = Table(
    "amendments",
    metadata,
    Column("account", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("amended_at", UtcTime, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("export", Integer, ForeignKey("exports.number")),
)

# The units of an order line that a condition with a quota or a stock cap was given for.
reservations = Table(
    "reservations",
    metadata,
    Column("account", Text, nullable=False),
    Column("order_no", Text, ForeignKey("orders.order_no"), primary_key=True),
    Column("wholesaler", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    Column("condition", Text, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Index("reservations_by_condition", "condition", "account"),
)

requests = Table(
    "requests",
    metadata,
    Column("account", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("request_id", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
)

# The drafts desks share, each as it was last put; the feed lets go of those that were sent or dropped long ago.
drafts = Table(
    "drafts",
    metadata,
    Column("account", Text, primary_key=True),
    Column("draft_id", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("received_at", UtcTime, nullable=False),
)

# What the manufacturer's own system said about the units of an order line; quantities of one state add up.
facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_no", Text, ForeignKey("orders.order_no"), nullable=False),
    Column("wholesaler", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("tracking", Text, nullable=False, server_default=""),
    Column("invoice_no", Text, nullable=False, server_default=""),
    Column("invoice_total", Text, nullable=False, server_default=""),
    UniqueConstraint("order_no", "wholesaler", "sku", "state", "at", "tracking", "invoice_no"),
)

exports = Table(
    "exports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

# Orders found in export files that this history does not know: exported before it was lost, never to be again.
exported_elsewhere = Table(
    "exported_elsewhere",
    metadata,
    Column("order_no", Text, primary_key=True),
    Column("order_id", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("found_at", UtcTime, nullable=False),
)

# The practice manufacturer's plan for one order and how far it has got; moments are those of its own clock.
practice_plans = Table(
    "practice_plans",
    metadata,
    Column("order_no", Text, ForeignKey("orders.order_no"), primary_key=True),
    Column("started_at", UtcTime, nullable=False),
    Column("steps", LargeBinary, nullable=False),
    Column("done", Integer, nullable=False),
    Column("finished", Integer, nullable=False),
)
