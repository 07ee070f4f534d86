"""The mark of a wholesaler as a widget: its letter in a filled box."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import painting
from ui.theme.look import Look


class LetterMark(QWidget):
    """20 px square. `kind` as in `painting.stock_mark`."""

    def __init__(self, look: Look, letter: str, kind: str = "enough") -> None:
        super().__init__()
        self._look = look
        self._letter = letter
        self._kind = kind
        self.setFixedSize(painting.MARK, painting.MARK)
        self.setAccessibleName(letter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box with its letter."""
        painter = QPainter(self)
        painting.stock_mark(painter, self._look, 0, 0, self._letter, self._kind)
        painter.end()
