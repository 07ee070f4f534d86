"""Reading a server's collections as a desk does, page by page, and computing anew what its checkpoints claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from conformance.findings import Broken
from conformance.peer import Answer, Peer, expect, media_type
from desktop_app.contract.feed import FeedPage, PageVoid, read_page
from desktop_app.contract.wire import Checkpoint, Del, Put, hash_text, row_hash

MAX_PAGES = 100_000
T = TypeVar("T")
Rows = dict[tuple[str, str], Put]


def ask_page(
    peer: Peer, collections: Sequence[str], cursor: str = "", limit: int = 0, encoding: str = "gzip, deflate"
) -> Answer:
    """One call to `changes`; the answer, whatever it is."""
    params = {"collections": ",".join(collections), "cursor": cursor} | ({"limit": str(limit)} if limit else {})
    return peer.ask("GET", peer.under_account("/changes"), params=params, headers={"Accept-Encoding": encoding})


def page_of(answer: Answer) -> FeedPage:
    """The page in an answer. Raises Broken where it is void."""
    expect(answer, 200)
    if media_type(answer) != "application/x-ndjson":
        raise Broken(f"A page of changes is said to be {media_type(answer) or 'nothing'}, not application/x-ndjson.")
    try:
        return read_page(answer.content)
    except PageVoid as reason:
        raise Broken(f"A page of changes is void: {reason}.") from reason


def pages(peer: Peer, collections: Sequence[str], cursor: str = "", limit: int = 0) -> Iterator[FeedPage]:
    """All pages after `cursor`. Raises Broken where they do not end or do not move on."""
    for _ in range(MAX_PAGES):
        page = page_of(ask_page(peer, collections, cursor, limit))
        yield page
        if not page.checkpoint.more:
            return
        if page.checkpoint.cursor == cursor or not page.rows:
            raise Broken("A page says that there is more and does not move on: a desk would ask for ever.")
        cursor = page.checkpoint.cursor
    raise Broken(f"After {MAX_PAGES:,} pages there is still more.")


@dataclass
class Reading:
    """What a desk holds of some collections after its pages: the rows, and the checkpoint they were proved by."""

    collections: tuple[str, ...]
    checkpoint: Checkpoint | None = None
    rows: Rows = field(default_factory=dict)

    def take(self, page_rows: Sequence[Put | Del]) -> None:
        """Apply rows in their order."""
        for row in page_rows:
            if isinstance(row, Put):
                self.rows[row.c, row.id] = row
            else:
                self.rows.pop((row.c, row.id), None)

    def go_on(self, peer: Peer, cursor: str | None = None) -> "Reading":
        """Read on from where it stands (or from `cursor`) to the end."""
        start = cursor if cursor is not None else self.cursor
        for page in pages(peer, self.collections, start):
            self.take(page.rows)
            self.checkpoint = page.checkpoint
        return self

    @property
    def cursor(self) -> str:
        """Where it stands; empty before the first page."""
        return "" if self.checkpoint is None else self.checkpoint.cursor

    def of(self, collection: str) -> list[Put]:
        """The rows of one collection."""
        return [row for (name, _), row in self.rows.items() if name == collection]

    def revisions(self) -> dict[tuple[str, str], int]:
        """Each row's revision."""
        return {key: row.rev for key, row in self.rows.items()}


def read_all(peer: Peer, collections: Sequence[str]) -> Reading:
    """Everything of these collections, from the start."""
    return Reading(tuple(collections)).go_on(peer)


def check_sums(reading: Reading, counts: dict[str, int], hashes: dict[str, str], source: str) -> None:
    """Compare counts and hashes as told by `source` with those of the rows. Raises Broken."""
    for name in reading.collections:
        rows = reading.of(name)
        if name not in counts or name not in hashes:
            raise Broken(f"{source} tells no {'hash' if name in counts else 'count'} of {name}.")
        if counts[name] != len(rows):
            raise Broken(f"{source} counts {counts[name]} rows of {name}, but {len(rows)} were sent.")
        computed = hash_text(sum(row_hash(row.id, row.rev) for row in rows))
        if hashes[name].lower() != computed:
            raise Broken(f"{source} has a hash of {name} that is not the sum over the {len(rows)} rows sent.")


def decoded(row: Put, kind: type[T]) -> T:
    """A row's document. Raises Broken."""
    try:
        return msgspec.json.decode(row.d, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise Broken(f"The row {row.id} of {row.c} is no {kind.__name__}: {error}.") from error
