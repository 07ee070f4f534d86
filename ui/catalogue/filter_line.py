"""The line under the search field: by what the results are narrowed, each with a way to give it up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import clear, row, small

_HEIGHT = 24


class FilterLine(QWidget):
    """Always as high, so that nothing below moves. `dropped` carries the kind of filter that was given up."""

    dropped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips = row()
        self.setLayout(self._chips)
        self.setFixedHeight(_HEIGHT)

    def show_filters(self, chosen: Sequence[tuple[str, str]], *, corrected: bool) -> None:
        """The filters as (kind, words); `corrected` where the results are those of similar words."""
        clear(self._chips)
        if corrected:
            # What was searched is not what was typed: it must be said.
            words = self.tr("Nothing is written like this: similar words were searched.")
            self._chips.addWidget(small(self._look, words, "amber"))
        elif not chosen:
            self._chips.addWidget(small(self._look, self.tr("All families and brands")))
        for kind, words in chosen:
            chip = KeyButton(self._look, words, kind="chip", icon="x")
            chip.setAccessibleName(self.tr("Give up the filter {0}").format(words))
            chip.clicked.connect(self._dropper(kind))
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _dropper(self, kind: str) -> Callable[[], None]:
        return lambda: self.dropped.emit(kind)
