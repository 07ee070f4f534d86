"""Writing a whole catalogue file at once: rows in bulk as they come, indexes last. Nobody reads the file meanwhile."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from desktop_app.contract.wire import MAX_WHOLE, Del, Put
from desktop_app.errors import ProtocolViolation
from desktop_app.storage.catalog_rows import COLLECTIONS, BadRow, read_document
from desktop_app.storage.catalog_schema import INDEXES, SCHEMA_VERSION, TABLES, FeedState, write_state
from desktop_app.storage.catalog_words import WordIndex
from desktop_app.storage.database import IntegrityError, open_plain, remove_database, storage_errors


class CatalogBuilder:
    """A new catalogue file at `path`. Use as a context: unless `finish` was called, leaving it deletes the file.

    `counts` has the rows given per collection, those that could not be read (`bad_rows`) among them; `ignored` what
    this version does not know.
    """

    def __init__(self, path: Path) -> None:
        self.counts: Counter[str] = Counter(dict.fromkeys(COLLECTIONS, 0))
        self.ignored: Counter[str] = Counter()
        self.bad_rows: list[BadRow] = []
        self._path = path
        self._finished = False
        self._last_id = 0
        remove_database(path)
        self._connection = open_plain(path)
        with storage_errors(path):
            # The file is thrown away if the build fails, so nothing of it needs to survive a crash.
            for pragma in (
                "journal_mode = OFF",
                "synchronous = OFF",
                "locking_mode = EXCLUSIVE",
                "cache_size = -65536",
                # A million rows are sorted in a file, not in memory.
                "temp_store = FILE",
            ):
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
            self._connection.executescript(TABLES)
            self._connection.execute("BEGIN")

    def __enter__(self) -> "CatalogBuilder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if not self._finished:
            remove_database(self._path)

    def add(self, messages: Iterable[Put | Del]) -> None:
        """Write a batch of rows. Raises StorageFailed, or ProtocolViolation where a row comes twice."""
        batches: dict[str, list[Put]] = {name: [] for name in COLLECTIONS}
        for message in messages:
            batch = batches.get(message.c)
            if batch is None or isinstance(message, Del):
                self.ignored[f"collection:{message.c}" if batch is None else "op:del"] += 1
            else:
                batch.append(message)
        with storage_errors(self._path):
            try:
                for name, puts in batches.items():
                    if puts:
                        self._insert(name, puts)
            except IntegrityError as error:
                raise ProtocolViolation(f"The catalogue holds a row twice: {error}.", reason="doubled") from error

    def finish(self, state: FeedState) -> None:
        """Make the indexes, keep `state` and leave the file ready to be opened by readers."""
        with storage_errors(self._path):
            try:
                for index in INDEXES:
                    self._connection.execute(index)
            except IntegrityError as error:
                raise ProtocolViolation(f"The catalogue holds a product twice: {error}.", reason="doubled") from error
            self._connection.executemany(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?)",
                [(bad.collection, bad.id, min(max(bad.rev, 0), MAX_WHOLE), bad.reason) for bad in self.bad_rows],
            )
            write_state(self._connection, state)
            self._connection.execute("COMMIT")
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._connection.execute("PRAGMA locking_mode = NORMAL").fetchall()
            self._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            self._connection.close()
            # WAL is a property of the file: readers and the writer of changes find it set.
            open_plain(self._path).close()
        self._finished = True

    def _insert(self, name: str, puts: list[Put]) -> None:
        collection = COLLECTIONS[name]
        docs = []
        rows = []
        for put in puts:
            try:
                doc = read_document(put, collection)
            except ValueError as error:
                self.bad_rows.append(BadRow(name, put.id, put.rev, str(error)))
                continue
            docs.append(doc)
            rows.append(collection.row(doc, put.rev))
        self.counts[name] += len(puts)
        self._connection.executemany(collection.insert, rows)
        if name == "products":
            WordIndex(self._connection).add(self._last_id + 1, docs, [row[-2:] for row in rows])
            self._last_id += len(docs)
