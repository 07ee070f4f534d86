"""How old each collection of data is: a state shape, its name, its age; past its shelf life it says so in full."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.views import CollectionAge
from ui.formats import Formats
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL
from ui.widgets.states import StateShape
from ui.widgets.text import Text, clear, row
from ui.wording import collection_name

_ORDER = (
    "products", "terms", "agreements", "turnover", "stock", "account", "orders", "families", "wholesalers",
)  # fmt: skip
# When the stock was taken is told with the stock.
_UNTOLD = "stock_dates"


class AgesList(QWidget):
    """One line per collection."""

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._formats, self._now = look, formats, now
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_ages(self, ages: tuple[CollectionAge, ...]) -> None:
        """Show these."""
        clear(self._rows)
        order = {name: place for place, name in enumerate(_ORDER)}
        told = [age for age in ages if age.collection != _UNTOLD]
        for age in sorted(told, key=lambda one: order.get(one.collection, len(_ORDER))):
            self._rows.addWidget(self._line(age))

    def _line(self, age: CollectionAge) -> QWidget:
        look, line = self._look, QWidget()
        kind = "off" if age.synced_at is None else "look" if age.stale or not age.verified else "done"
        words = self._age_words(age)
        name = Text(look, collection_name(age.collection), BODY, MEDIUM)
        tone, weight = ("amber", SEMIBOLD) if kind == "look" else ("ink2", REGULAR)
        line.setLayout(row(StateShape(look, kind, 16), 4, name, None, Text(look, words, SMALL, weight, tone)))
        line.setFixedHeight(32)
        line.setAccessibleName(f"{collection_name(age.collection)}: {words}")
        return line

    def _age_words(self, age: CollectionAge) -> str:
        words = self._formats.ago_words(age.synced_at, self._now())
        if age.synced_at is None:
            return words
        if not age.verified:
            return self.tr("{0}, not complete").format(words)
        return self.tr("{0}, to be confirmed").format(words) if age.stale else words
