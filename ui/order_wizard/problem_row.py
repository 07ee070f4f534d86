"""The buttons at the right end of a problem row: the ways out, as real widgets with focus and a name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.order_wizard.problem_words import Exit, ProblemWords
from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import row

STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ProblemButtons(QWidget):
    """Lies over a problem row, transparent but for its buttons. `chosen` carries the `Exit`; `left` is Esc."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, look: Look, words: ProblemWords) -> None:
        super().__init__()
        self.words = words
        self.buttons: list[KeyButton] = []
        for way_out in words.exits:
            button = KeyButton(look, way_out.words, kind="secondary")
            button.setFixedHeight(26)
            button.setAccessibleName(f"{way_out.words}: {words.text}")
            button.clicked.connect(self._chooser(way_out))
            self.buttons.append(button)
        self.setLayout(row(None, *self.buttons, spacing=6, margins=(0, 0, 8, 1)))
        self.setAccessibleName(words.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right between the buttons; Esc leaves the row."""
        step = STEPS.get(event.key())
        place = next((index for index, button in enumerate(self.buttons) if button.hasFocus()), -1)
        if step is not None and place >= 0:
            self.buttons[(place + step) % len(self.buttons)].setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _chooser(self, way_out: Exit) -> Callable[[], None]:
        return lambda: self.chosen.emit(way_out)
