"""The copies of what has not left, in the Sync centre: only what a person should know of them."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop_app.services.second_copy import CopiesView
from ui.copy_words import CopyWords, copy_words
from ui.page import UiContext
from ui.theme.tokens import BODY, MEDIUM, SMALL
from ui.widgets.elided import ElidedText
from ui.widgets.states import StateShape
from ui.widgets.text import Text, clear, column, row, small
from ui.widgets.tips import plain_tip

_SHAPE, _GAP, _INDENT = 16, 4, 28


class CopyLines(QWidget):
    """Two lines each: a state shape and what is so; where, or what to do. Nothing where all is as it should be."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[CopyWords, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 10, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def show_copies(self, copies: CopiesView) -> None:
        """Show how they are; nothing is made anew where nothing would read otherwise."""
        told = copy_words(copies, self._context.formats, self._context.now())
        if told == self._shown:
            return
        self._shown = told
        clear(self._rows)
        for words in told:
            self._rows.addWidget(self._entry(words))
        self.setVisible(bool(told))

    def _entry(self, words: CopyWords) -> QWidget:
        look, entry = self._context.look, QWidget()
        tone = "amber" if words.kind == "look" else "ink"
        above = row(StateShape(look, words.kind, _SHAPE), _GAP, Text(look, words.words, BODY, MEDIUM, tone), None)
        entry.setLayout(column(above, self._detail(words), spacing=0, margins=(0, 1, 0, 2)))
        entry.setToolTip(plain_tip(words.detail))
        entry.setAccessibleName(f"{words.words}: {words.detail}")
        return entry

    def _detail(self, words: CopyWords) -> QLayout:
        """What is to be done, in full; where the folder is may be cut."""
        look = self._context.look
        if words.kind == "look":
            return column(small(look, words.detail, "ink2", wrap=True), margins=(_INDENT, 0, 0, 0))
        where = ElidedText(look, SMALL, tone="ink2")
        where.setText(words.detail)
        return row(where, None, margins=(_INDENT, 0, 0, 0))
