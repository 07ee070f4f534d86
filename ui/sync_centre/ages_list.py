"""How old each collection of data is and what proves it: its age, its rows, and whether they are the manufacturer's.

The proof is what both sides count: the number of rows and a hash over all of them.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.views import CollectionAge
from ui.formats import Formats
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL
from ui.widgets.states import StateShape
from ui.widgets.text import Text, clear, column, row, small
from ui.wording import collection_name

_ORDER = (
    "products", "terms", "agreements", "turnover", "stock", "account", "orders", "families", "wholesalers",
)  # fmt: skip
# When the stock was taken is told with the stock.
_UNTOLD = "stock_dates"
# As many of the 64 digits as two people compare on the telephone.
_DIGITS = 4
_SHAPE, _GAP = 16, 4
# Where the names begin: behind the shape, a gap, and a row's own spacing.
_INDENT = 28


class AgesList(QWidget):
    """Two lines per collection: a state shape, its name and its age; its rows and their proof."""

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._formats, self._now = look, formats, now
        self._shown: list[tuple[CollectionAge, str]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_ages(self, ages: tuple[CollectionAge, ...]) -> None:
        """Show these; nothing is made anew where nothing would read otherwise."""
        order = {name: place for place, name in enumerate(_ORDER)}
        told = [(age, self._age_words(age)) for age in ages if age.collection != _UNTOLD]
        told.sort(key=lambda one: order.get(one[0].collection, len(_ORDER)))
        if told == self._shown:
            return
        self._shown = told
        clear(self._rows)
        for age, words in told:
            self._rows.addWidget(self._entry(age, words))

    def worst(self) -> tuple[str, str]:
        """The worst state of all, and in words the age of the oldest that is in it."""
        for kind in ("look", "off", "done"):
            found = [(age.synced_at, words) for age, words in self._shown if _kind(age) == kind]
            if found:
                oldest = min(found, key=lambda one: (one[0] is not None, one[0] and one[0].timestamp()))
                return kind, oldest[1]
        return "off", ""

    def _entry(self, age: CollectionAge, words: str) -> QWidget:
        look, entry = self._look, QWidget()
        kind = _kind(age)
        name = Text(look, collection_name(age.collection), BODY, MEDIUM)
        tone, weight = ("amber", SEMIBOLD) if kind == "look" else ("ink2", REGULAR)
        proof = self._proof_words(age)
        below = small(look, proof)
        below.setContentsMargins(_INDENT, 0, 0, 0)
        above = row(StateShape(look, kind, _SHAPE), _GAP, name, None, Text(look, words, SMALL, weight, tone))
        entry.setLayout(column(above, below, spacing=0, margins=(0, 1, 0, 2)))
        entry.setToolTip(age.hash)
        entry.setAccessibleName(f"{collection_name(age.collection)}: {words}, {proof}")
        return entry

    def _age_words(self, age: CollectionAge) -> str:
        words = self._formats.ago_words(age.synced_at, self._now())
        if age.synced_at is None:
            return words
        if not age.verified:
            return self.tr("{0}, not complete").format(words)
        return self.tr("{0}, to be confirmed").format(words) if age.stale else words

    def _proof_words(self, age: CollectionAge) -> str:
        """How many rows, and whether they are the manufacturer's by count and hash."""
        rows = self.tr("1 row") if age.rows == 1 else self.tr("{0} rows").format(self._formats.number(age.rows))
        if age.synced_at is None or not age.hash:
            return rows
        if not age.verified:
            return self.tr("{0}, unlike the manufacturer").format(rows)
        return self.tr("{0}, as the manufacturer · {1}").format(rows, age.hash[:_DIGITS])


def _kind(age: CollectionAge) -> str:
    if age.synced_at is None:
        return "off"
    return "look" if age.stale or not age.verified else "done"
