"""What the room of conditions lists, as a CSV file: conditions, or the products that become dearer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from desktop_app.documents.table_csv import write_table
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.services.condition_views import ConditionRow, DearerRow

__all__ = ["CONDITION_COLUMNS", "DEARER_COLUMNS", "PLAIN", "TableWords", "export_conditions", "export_dearer"]


class TableWords(Struct, frozen=True):
    """How a table is written: `headings` by column, `cells` by (column, code), each its own name where none is given.

    `decimal` is the sign before the decimals; cells are parted by a semicolon where that is a comma.
    """

    headings: Mapping[str, str] = {}
    cells: Mapping[tuple[str, str], str] = {}
    decimal: str = "."

    @property
    def delimiter(self) -> str:
        """What parts two cells."""
        return ";" if self.decimal == "," else ","


PLAIN = TableWords()


Row = TypeVar("Row")


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


_CONDITION: Mapping[str, Callable[[ConditionRow], str | Decimal]] = {
    "id": lambda row: row.id,
    "step": lambda row: row.step,
    "value": lambda row: row.value,
    "unit": lambda row: row.unit,
    "buyer": lambda row: row.buyer_kind,
    "product": lambda row: row.product,
    "product_name": lambda row: row.product_name,
    "wholesaler": lambda row: row.wholesaler,
    "channel": lambda row: row.channel,
    "start": lambda row: _day(row.start),
    "end": lambda row: _day(row.end),
    "qty_min": lambda row: _whole(row.qty_min),
    "qty_scope": lambda row: row.qty_scope,
    "amount_min": lambda row: Decimal(amount_text(row.amount_min)),
    "end_client": lambda row: row.end_client,
    "combine": lambda row: row.combine,
    "quota": lambda row: _whole(row.quota),
    "quota_left": lambda row: _whole(row.quota_left),
    "contract_ref": lambda row: row.contract_ref,
    "label": lambda row: row.label,
    "version": lambda row: _whole(row.rev),
    "state": lambda row: row.state,
    "change": lambda row: row.change,
    "value_before": lambda row: "" if row.before is None else row.before.value,
}
_DEARER: Mapping[str, Callable[[DearerRow], str | Decimal]] = {
    "sku": lambda row: row.sku,
    "name": lambda row: row.name,
    "wholesaler": lambda row: row.wholesaler,
    "day": lambda row: _day(row.day),
    "list_now": lambda row: Decimal(unit_text(row.list_now)),
    "list_then": lambda row: Decimal(unit_text(row.list_then)),
    "net_now": lambda row: Decimal(unit_text(row.net_now)),
    "net_then": lambda row: Decimal(unit_text(row.net_then)),
    "reason": lambda row: row.reason,
    "label": lambda row: row.label,
}
CONDITION_COLUMNS, DEARER_COLUMNS = tuple(_CONDITION), tuple(_DEARER)


def export_conditions(
    path: Path,
    rows: Iterable[ConditionRow],
    words: TableWords = PLAIN,
    sentence: Callable[[ConditionRow], str] | None = None,
) -> int:
    """Write the conditions to `path` and return how many; `sentence` adds a column that says each in words.

    Raises FileNotWritten, and then leaves what is there.
    """
    columns = dict(_CONDITION)
    if sentence is not None:
        columns["sentence"] = sentence
    return _export(path, rows, columns, words)


def export_dearer(path: Path, rows: Iterable[DearerRow], words: TableWords = PLAIN) -> int:
    """Write the products that become dearer to `path` and return how many. Raises FileNotWritten."""
    return _export(path, rows, _DEARER, words)


def _export(
    path: Path, rows: Iterable[Row], columns: Mapping[str, Callable[[Row], str | Decimal]], words: TableWords
) -> int:
    cells: Sequence[list[str]] = [[_cell(column, read(row), words) for column, read in columns.items()] for row in rows]
    write_table(path, [words.headings.get(column, column) for column in columns], cells, words.delimiter)
    return len(cells)


def _cell(column: str, value: str | Decimal, words: TableWords) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", words.decimal)
    return words.cells.get((column, value), value)
