"""The left part of the room: search, views, filters, one of the two lists or what to do where it is empty."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.condition_views import DocumentView
from desktop_app.services.views import FamilyView
from ui.conditions.condition_filters import ConditionFilters
from ui.conditions.conditions_grid import ConditionsGrid
from ui.conditions.conditions_model import ConditionsModel
from ui.conditions.dearer_grid import DearerGrid, DearerModel
from ui.conditions.view_words import DEARER, empty_words, view_chips, view_tips
from ui.page import UiContext
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.buttons import KeyButton, KeyHint
from ui.widgets.fields import SearchField
from ui.widgets.filter_chips import FilterChips
from ui.widgets.grid import Grid
from ui.widgets.notices import EmptyState
from ui.widgets.text import clear, column, row, small

# From this width on all hints of the foot have room.
_ALL_HINTS = 620


class ConditionsList(QWidget):
    """Shows; what is read and when is the page's matter. `view` is the chosen view."""

    def __init__(
        self,
        context: UiContext,
        model: ConditionsModel,
        dearer: DearerModel,
        today: Callable[[], date],
        families: Callable[[], Sequence[FamilyView]],
        documents: Callable[[], Sequence[DocumentView]],
    ) -> None:
        super().__init__()
        self._context = context
        look, formats = context.look, context.formats
        self.view = "all"
        self.search = SearchField(
            look,
            self.tr("Product, family, document, words"),
            self.tr("Search the conditions"),
            self.tr("Clear the search"),
        )
        self.chips = FilterChips(look, view_chips(), self.view, self.tr("Views"))
        for view, words in view_tips().items():
            self.chips.set_tip(view, words)
        self.filters = ConditionFilters(look, formats, today, families, documents)
        self.grid = ConditionsGrid(look, formats, self.tr("Conditions"))
        self.grid.setModel(model)
        self.dearer_grid = DearerGrid(look, formats, self.tr("What becomes dearer"))
        self.dearer_grid.setModel(dearer)
        self.export = KeyButton(look, self.tr("Export"), kind="link", keys="Ctrl+E")
        self.export.setAccessibleName(self.tr("Export the list as a CSV file"))
        self._empty = QVBoxLayout()
        self._age = small(look)
        self._note = small(look, tone="amber", wrap=True)
        self._note.hide()
        self._lay_out()

    @property
    def text(self) -> str:
        """The words typed."""
        return self.search.edit.text().strip()

    def shown_grid(self) -> Grid:
        """The list of the chosen view."""
        return self.dearer_grid if self.view == DEARER else self.grid

    def choose_view(self, view: str) -> None:
        """Mark a view as chosen."""
        self.view = view
        self.chips.choose(view)
        self.filters.setVisible(view != DEARER)

    def show_found(self, count: int) -> None:
        """The list with how many there are, or why there is nothing."""
        number = self._context.formats.number(count)
        if self.view == DEARER:
            words = self.tr("1 product") if count == 1 else self.tr("{0} products").format(number)
        else:
            words = self.tr("1 condition") if count == 1 else self.tr("{0} conditions").format(number)
        self.search.set_count(words)
        self.export.setEnabled(count > 0)
        if count:
            self._body.setCurrentWidget(self.shown_grid())
            return
        clear(self._empty)
        narrowed = bool(self.text) or (self.view != DEARER and self.filters.active)
        self._empty.addWidget(EmptyState(self._context.look, *empty_words(self.view, narrowed)))
        self._body.setCurrentIndex(2)

    def say_age(self, words: str) -> None:
        """How old the conditions are."""
        self._age.setText(words)

    def say_note(self, words: str) -> None:
        """What is special about what is shown; empty for nothing."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, the hint that every list has gives way."""
        super().resizeEvent(event)
        self._browse.setVisible(self.width() >= _ALL_HINTS)

    def _lay_out(self) -> None:
        look = self._context.look
        holder = QWidget()
        holder.setLayout(self._empty)
        self._body = QStackedWidget()
        for widget in (self.grid, self.dearer_grid, holder):
            self._body.addWidget(widget)
        self._browse = KeyHint(look, ("\u2191", "\u2193"), self.tr("browse"))
        hints = row(
            self._browse,
            KeyHint(look, "F6", self.tr("views")),
            KeyHint(look, "F7", self.tr("what if")),
            self.export,
            None,
            self._age,
            spacing=16,
        )
        parts = (self.search, self.chips, self.filters, self._note, self._body, hints)
        layout = column(*parts, spacing=10, margins=(PAGE_MARGIN, 16, 16, 8))
        layout.setStretch(4, 1)
        self.setLayout(layout)
