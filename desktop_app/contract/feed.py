"""Reading pages and snapshot blocks of the feed: lines into messages, whole pages only. Applying them is not here."""

from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import Struct, field

from desktop_app.contract.wire import Checkpoint, Del, FeedLine, Put

_OPERATIONS = frozenset({"put", "del", "checkpoint"})


class PageVoid(ValueError):
    """The page is cut off or not a page of the feed: nothing of it may be applied."""


class _AnyLine(msgspec.Struct):
    op: str


class FeedPage(Struct, frozen=True):
    """One whole page. `ignored` counts what this version does not know, as `op:<name>`."""

    rows: tuple[Put | Del, ...]
    checkpoint: Checkpoint
    ignored: Counter[str] = field(default_factory=Counter)


_lines: "msgspec.json.Decoder[FeedLine]" = msgspec.json.Decoder(FeedLine)
_any_line = msgspec.json.Decoder(_AnyLine)


def read_lines(block: bytes, ignored: Counter[str]) -> Sequence[FeedLine]:
    """Decode a block of complete lines; unknown operations are counted in `ignored` and left out.

    Raises PageVoid where a line is not a message.
    """
    try:
        return _lines.decode_lines(block)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # One odd line spoils the block: find out which, and whether it may be skipped.
        return [message for line in block.split(b"\n") if (message := _read_line(line, ignored)) is not None]


def read_page(body: bytes) -> FeedPage:
    """Decode the body of one answer to `changes`. Raises PageVoid without a final checkpoint line."""
    ignored: Counter[str] = Counter()
    rows: list[Put | Del] = []
    checkpoint: Checkpoint | None = None
    for message in read_lines(body, ignored):
        if checkpoint is not None:
            raise PageVoid("there are rows after the checkpoint line")
        if isinstance(message, Checkpoint):
            checkpoint = message
        else:
            rows.append(message)
    if checkpoint is None:
        raise PageVoid("the page ends without a checkpoint line")
    return FeedPage(tuple(rows), checkpoint, ignored)


def _read_line(line: bytes, ignored: Counter[str]) -> FeedLine | None:
    if not line.strip():
        return None
    try:
        return _lines.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        try:
            operation = _any_line.decode(line).op
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise PageVoid(f"a line is not a message: {error}") from error
        if operation in _OPERATIONS:
            raise PageVoid(f"a {operation} line is incomplete: {error}") from error
        ignored[f"op:{operation}"] += 1
        return None
