"""The manufacturer's answer `terms-changed` as a table: each line that differs, yours, theirs, and what you choose.

Counts the effect of the choices on the total; sends nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.domain.money import ZERO, round_amount
from desktop_app.services.views import ChangedTerms, Difference
from ui.formats import Formats
from ui.widgets.grid import ROW_ROLE, SORT_ROLE, TONE_ROLE

LINE, QUANTITY, YOURS, THEIRS, DIFFERENCE, EFFECT, CHOICE = range(7)
COLUMNS = 7

PRICE_CHANGED = "price-changed"

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class Choice(StrEnum):
    """What may be done with a changed line of an order; a desk cannot impose its own price."""

    ACCEPT = "accept"
    REMOVE = "remove"
    LATER = "later"


@dataclass(slots=True)
class ChangedLine:
    """One line of the order with all its differences; `choice` None until the person decided."""

    line: int
    sku: str
    name: str
    quantity: int
    differences: tuple[Difference, ...]
    choice: Choice | None = None

    @property
    def can_accept(self) -> bool:
        """False where the manufacturer cannot sell the line."""
        return all(one.can_take for one in self.differences)

    @property
    def price(self) -> Difference | None:
        """The difference of its price, if that is one."""
        return next((one for one in self.differences if one.code == PRICE_CHANGED), None)


class DifferencesModel(QAbstractTableModel):
    """One row per changed line. A line that cannot be accepted starts as removed; the others start undecided."""

    choices_changed = Signal()

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._rows: list[ChangedLine] = []
        self._headers = (
            self.tr("Line"),
            self.tr("Qty"),
            self.tr("Yours"),
            self.tr("Theirs"),
            self.tr("Difference"),
            self.tr("Effect ex VAT"),
            "",
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The lines that differ."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always `COLUMNS`."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section in (LINE, CHOICE) else _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, sort values (`SORT_ROLE`) and the line itself (`ROW_ROLE`)."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._display_data(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == LINE:
            return self._display_data(row, LINE)
        if role == ROW_ROLE:
            return row
        if role == TONE_ROLE:
            return "amber" if row.choice is None else None
        if role == SORT_ROLE:
            return self._sort_data(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() in (LINE, CHOICE) else _RIGHT
        return None

    def _display_data(self, row: ChangedLine, column: int) -> str:
        formats, price = self._formats, row.price
        match column:
            case 0:
                return row.name or row.sku
            case 1:
                return formats.number(row.quantity)
            case 2 | 3 if price is not None:
                return formats.unit(_decimal(price.yours if column == YOURS else price.ours))
            case 4 if price is not None:
                return formats.signed_unit(unit_change(price))
            case 5 if price is not None:
                return formats.signed_amount(line_effect(row))
            case 6:
                return "" if row.choice is None else row.choice.value
            case _:
                return ""

    def _sort_data(self, row: ChangedLine, column: int) -> Any:
        match column:
            case 1:
                return row.quantity
            case 4:
                return ZERO if row.price is None else unit_change(row.price)
            case 5:
                return line_effect(row)
            case _:
                return self._display_data(row, column)

    # Filling and choosing

    def load(self, changed: ChangedTerms | None) -> None:
        """Show another answer; choices start anew."""
        self.beginResetModel()
        self._rows = [] if changed is None else _by_line(changed.differences)
        self.endResetModel()
        self.choices_changed.emit()

    def changed_line(self, row: int) -> ChangedLine | None:
        """The line in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def choose(self, row: int, choice: Choice) -> None:
        """Decide about a line; a line that cannot be sold stays as it is on `accept`."""
        line = self.changed_line(row)
        if line is None or line.choice is choice or (choice is Choice.ACCEPT and not line.can_accept):
            return
        line.choice = choice
        self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))
        self.choices_changed.emit()

    def accept_all(self) -> None:
        """Accept every line that can be sold."""
        for row in range(len(self._rows)):
            self.choose(row, Choice.ACCEPT)

    @property
    def can_accept(self) -> bool:
        """True where at least one line can be sold."""
        return any(line.can_accept for line in self._rows)

    @property
    def undecided(self) -> int:
        """How many lines wait for a choice."""
        return sum(line.choice is None for line in self._rows)

    @property
    def complete(self) -> bool:
        """True where every line is decided."""
        return not self.undecided

    def skus(self, choice: Choice) -> tuple[str, ...]:
        """The skus of the lines decided so."""
        return tuple(line.sku for line in self._rows if line.choice is choice)

    def effect(self) -> Decimal:
        """Euros before VAT that the choices made so far add to the goods; undecided lines add nothing."""
        return sum((_chosen_effect(line) for line in self._rows), ZERO)

    def undecided_effect(self) -> Decimal:
        """Euros before VAT that the undecided lines would add if accepted."""
        return sum((line_effect(line) for line in self._rows if line.choice is None), ZERO)


def unit_change(price: Difference) -> Decimal:
    """Theirs less yours, per unit."""
    return _decimal(price.ours) - _decimal(price.yours)


def line_effect(line: ChangedLine) -> Decimal:
    """What accepting a line adds to the goods, at its quantity."""
    return ZERO if line.price is None else round_amount(unit_change(line.price) * line.quantity)


def _chosen_effect(line: ChangedLine) -> Decimal:
    if line.choice is Choice.ACCEPT:
        return line_effect(line)
    if line.choice is None or line.price is None:
        return ZERO
    return -round_amount(_decimal(line.price.yours) * line.quantity)


def _by_line(differences: Iterable[Difference]) -> list[ChangedLine]:
    grouped: dict[int, list[Difference]] = {}
    for one in differences:
        if one.line is not None:
            grouped.setdefault(one.line, []).append(one)
    rows = []
    for number, found in sorted(grouped.items()):
        first = found[0]
        line = ChangedLine(number, first.sku, first.name, first.quantity, tuple(found))
        line.choice = None if line.can_accept else Choice.REMOVE
        rows.append(line)
    return rows


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return ZERO
