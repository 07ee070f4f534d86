"""What a kind of file is: its columns, the key that tells its rows apart, and how rows become documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from manufacturer_server.importing import cells

Values = Mapping[str, Any]
# The physical line of a row, and its cells as read.
Row = tuple[int, Values]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind; an empty cell is left out, so that the document's own default holds."""

    name: str
    read: cells.CellReader = cells.short_text
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `build` makes a row's document and raises Clash where its cells do not go together.

    `key` names the columns that tell rows apart, `may_be_empty` those among them that a row may leave empty. Where
    several rows make one document, `gather` makes it of all the rows of a key, and `build` is not asked.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    build: Callable[[Values], msgspec.Struct]
    may_be_empty: tuple[str, ...] = ()
    gather: Callable[[Sequence[Row]], msgspec.Struct] | None = None

    def key_of(self, values: Values) -> str | None:
        """The key of a row; None where a part of it that must be there could not be read."""
        if any(name not in values and name not in self.may_be_empty for name in self.key):
            return None
        return "/".join([str(values.get(name, "")) for name in self.key])


class Clash(ValueError):
    """Cells that do not go together: those of one row, or, with `line`, those of a row with the rows before it."""

    def __init__(self, column: str, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.column = column
        self.line = line
