"""The tables of `desk.db`, one migration per change of shape. Reading and writing them: the repositories.

A migration is never edited once a version with it has been released: the next change is a new one.
"""

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

desk_migrations = Migrations("desk")

_FIRST_TABLES = (
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE cursors (
        feed TEXT PRIMARY KEY, cursor TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL,
        server_time TEXT NOT NULL, synced_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    # `rev` is the revision the feed gave last, good or not, so that the hash agrees; `doc` is the last good document.
    """CREATE TABLE feed_rows (
        collection TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, doc BLOB, defect TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (collection, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE feed_staging (
        collection TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, doc BLOB, defect TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (collection, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE feed_sums (
        collection TEXT PRIMARY KEY, rows INTEGER NOT NULL, hash TEXT NOT NULL,
        synced_at TEXT NOT NULL, verified INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE TABLE desk_numbers (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
    """CREATE TABLE orders (
        order_id TEXT PRIMARY KEY, origin TEXT NOT NULL, desk_no TEXT NOT NULL, order_no TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1, reference TEXT NOT NULL DEFAULT '',
        end_client TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
        delivery BLOB NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, submitted_at TEXT,
        catalog_version INTEGER NOT NULL DEFAULT 0, terms_version INTEGER NOT NULL DEFAULT 0,
        line_count INTEGER NOT NULL DEFAULT 0, total TEXT NOT NULL DEFAULT '0', fingerprint TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', cancel_wish BLOB, answer BLOB, answered_at TEXT
    )""",
    "CREATE UNIQUE INDEX orders_desk_no ON orders (desk_no) WHERE origin = 'desk'",
    "CREATE INDEX orders_order_no ON orders (order_no) WHERE order_no <> ''",
    "CREATE INDEX orders_created ON orders (created_at)",
    "CREATE INDEX orders_reference ON orders (reference) WHERE reference <> ''",
    """CREATE TABLE order_lines (
        order_id TEXT NOT NULL REFERENCES orders ON DELETE CASCADE, key INTEGER NOT NULL, place REAL NOT NULL,
        sku TEXT NOT NULL, quantity INTEGER NOT NULL, asked INTEGER, wholesaler TEXT NOT NULL, unit_net TEXT,
        PRIMARY KEY (order_id, key)
    ) WITHOUT ROWID""",
    # The id of an order's message names its revision, so that one revision is queued once. `picture` is the order as
    # it was priced. Both large columns are here, at the end of a table that grows: the commit writes few pages.
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, id TEXT NOT NULL, revision INTEGER NOT NULL,
        kind TEXT NOT NULL, state TEXT NOT NULL, body BLOB NOT NULL, sha256 TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, next_try TEXT, reason TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL, first_try_at TEXT, answer BLOB, answered_at TEXT, picture BLOB
    )""",
    "CREATE UNIQUE INDEX outbox_message ON outbox (order_id, id)",
    "CREATE INDEX outbox_open ON outbox (state) WHERE state <> 'done'",
    """CREATE TABLE journal (
        order_id TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL,
        params TEXT NOT NULL, PRIMARY KEY (order_id, number)
    ) WITHOUT ROWID""",
)

_TERM_HISTORY = (
    # When a document of the terms came into force here, '' for one from before this desk looked.
    "ALTER TABLE feed_rows ADD COLUMN since TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feed_staging ADD COLUMN since TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX feed_rows_since ON feed_rows (collection, since) WHERE since <> ''",
    """CREATE TABLE term_history (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL,
        doc BLOB NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL
    )""",
    "CREATE INDEX term_history_until ON term_history (collection, until)",
    # What lies there now was in force when it was last read.
    "INSERT INTO state (key, value) SELECT 'terms_known_since', synced_at FROM cursors WHERE feed = 'account'",
)

_HISTORY_LOST = (
    # The server's proof of the answer; and, after a loss at the server, the answer that is told to it again.
    "ALTER TABLE outbox ADD COLUMN receipt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE outbox ADD COLUMN earlier BLOB",
    # Rows of orders that vanished with the server's history: maybe the last trace of what another desk ordered.
    """CREATE TABLE lost_records (
        order_id TEXT PRIMARY KEY, doc BLOB NOT NULL, epoch TEXT NOT NULL, noted_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    # What was answered so far was answered in the history known now.
    "INSERT INTO state (key, value) SELECT 'reconciled_epoch', value FROM state WHERE key = 'epoch'",
    "CREATE INDEX outbox_due ON outbox (state, next_try, seq) WHERE state <> 'done'",
)

_EVERY_DOCUMENT = (
    # A message may be about something else than an order: the table is made anew without the reference to one.
    """CREATE TABLE messages (
        seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL,
        kind TEXT NOT NULL, state TEXT NOT NULL, body BLOB NOT NULL, sha256 TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, next_try TEXT, reason TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL, first_try_at TEXT, answer BLOB, answered_at TEXT, picture BLOB,
        receipt TEXT NOT NULL DEFAULT '', earlier BLOB
    )""",
    "INSERT INTO messages SELECT seq, order_id, id, revision, kind, state, body, sha256, attempts, next_try, reason,"
    " created_at, first_try_at, answer, answered_at, picture, receipt, earlier FROM outbox",
    "DROP TABLE outbox",
    "ALTER TABLE messages RENAME TO outbox",
    "CREATE UNIQUE INDEX outbox_message ON outbox (subject, id)",
    "CREATE INDEX outbox_due ON outbox (state, next_try, seq) WHERE state <> 'done'",
)

_PEOPLE = (
    "CREATE TABLE people (name TEXT PRIMARY KEY, last_at TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO people (name, last_at) SELECT author, max(created_at) FROM orders"
    " WHERE origin = 'desk' AND author <> '' GROUP BY author",
)

# Rows that a version of the program could not read, with all their bytes, until a person has them in a file and after.
_SET_ASIDE = """CREATE TABLE set_aside (
    seq INTEGER PRIMARY KEY, from_table TEXT NOT NULL, key TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
    content BLOB NOT NULL, exported_at TEXT
)"""

_SHARED_DRAFTS = (
    # `base` is the document of the server's revision `rev` that this desk's draft builds on; `told`: that one is this
    # desk's own; `sent` went out and has no answer yet; `theirs` is another's, beside which a person must look at ours.
    """CREATE TABLE shared_drafts (
        draft_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, base BLOB, holder TEXT NOT NULL, held_since TEXT NOT NULL,
        told INTEGER NOT NULL DEFAULT 0, sent BLOB, theirs BLOB, theirs_rev INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID""",
    # A draft taken over keeps the number it has had at its desk, which may be one that was given here too.
    "DROP INDEX orders_desk_no",
    "CREATE INDEX orders_desk_no ON orders (desk_no)",
)


@desk_migrations()
def first_tables(database: "Database") -> None:
    """Orders, their queue and journal, the account's feed rows, and the state of the synchronisation."""
    for statement in _FIRST_TABLES:
        database.execute(statement)


@desk_migrations()
def term_history(database: "Database") -> None:
    """What the terms and agreements were before: each document replaced or withdrawn, with its time."""
    for statement in _TERM_HISTORY:
        database.execute(statement)


@desk_migrations()
def history_lost(database: "Database") -> None:
    """What is needed to tell a server that lost its history what it had answered, and a quick look at the queue."""
    for statement in _HISTORY_LOST:
        database.execute(statement)


@desk_migrations()
def every_document(database: "Database") -> None:
    """The queue takes messages about any document, not only about orders."""
    for statement in _EVERY_DOCUMENT:
        database.execute(statement)


@desk_migrations()
def people(database: "Database") -> None:
    """Who enters orders at this desk: at first those who did so far."""
    for statement in _PEOPLE:
        database.execute(statement)


@desk_migrations()
def set_aside(database: "Database") -> None:
    """Where rows go that cannot be read: see `storage.set_aside`."""
    database.execute(_SET_ASIDE)


@desk_migrations()
def shared_drafts(database: "Database") -> None:
    """The drafts this desk shares with the others of its account."""
    for statement in _SHARED_DRAFTS:
        database.execute(statement)
