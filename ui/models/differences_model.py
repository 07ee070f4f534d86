"""The manufacturer's answer `terms-changed` as a table: each line that differs, yours, theirs, and what you choose.

Counts what is undecided and what it would add; sends nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.money import ZERO, round_amount
from desktop_app.services.views import ChangedTerms, Difference
from ui.formats import Formats
from ui.models.rows_model import RowsModel

LINE, QUANTITY, YOURS, THEIRS, DIFFERENCE, EFFECT, CHOICE = range(7)

PRICE_CHANGED = "price-changed"
BID_EXHAUSTED = "bid-exhausted"


class Choice(StrEnum):
    """What may be done with a changed line of an order; a desk cannot impose its own price."""

    ACCEPT = "accept"
    REMOVE = "remove"
    ASK = "ask"


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
        return next((one for one in self.differences if is_price(one)), None)


class DifferencesModel(RowsModel[ChangedLine]):
    """One row per changed line. A line that cannot be accepted starts as removed; the others start undecided."""

    choices_changed = Signal()

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._headers = (
            self.tr("Line"),
            self.tr("Qty"),
            self.tr("Yours"),
            self.tr("Theirs"),
            self.tr("Difference"),
            self.tr("Effect ex VAT"),
            "",
        )

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

    def _tip(self, row: ChangedLine, column: int) -> str | None:
        return self._display_data(row, LINE) if column == LINE else None

    def _tone(self, row: ChangedLine) -> str | None:
        return "amber" if row.choice is None else None

    # Filling and choosing

    def load(self, changed: ChangedTerms | None) -> None:
        """Show another answer; choices start anew."""
        self.beginResetModel()
        self._rows = [] if changed is None else _by_line(changed.differences)
        self.endResetModel()
        self.choices_changed.emit()

    def choose(self, row: int, choice: Choice) -> None:
        """Decide about a line; a line that cannot be sold stays as it is on `accept`."""
        line = self.row(row)
        if line is None or line.choice is choice or (choice is Choice.ACCEPT and not line.can_accept):
            return
        line.choice = choice
        self._tell_row(row)
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

    def lines(self, choice: Choice) -> tuple[ChangedLine, ...]:
        """The lines decided so."""
        return tuple(line for line in self._rows if line.choice is choice)

    def skus(self, choice: Choice) -> tuple[str, ...]:
        """The skus of the lines decided so."""
        return tuple(line.sku for line in self.lines(choice))

    def undecided_effect(self) -> Decimal:
        """Euros before VAT that the undecided lines would add if accepted."""
        return sum((line_effect(line) for line in self._rows if line.choice is None), ZERO)


def is_price(difference: Difference) -> bool:
    """Whether `yours` and `ours` are unit prices: of a used-up quota they may be the units wanted and those left."""
    return difference.code == PRICE_CHANGED or (difference.code == BID_EXHAUSTED and difference.field != "quantity")


def unit_change(price: Difference) -> Decimal:
    """Theirs less yours, per unit."""
    return _decimal(price.ours) - _decimal(price.yours)


def line_effect(line: ChangedLine) -> Decimal:
    """What accepting a line adds to the goods, at its quantity."""
    return ZERO if line.price is None else round_amount(unit_change(line.price) * line.quantity)


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
