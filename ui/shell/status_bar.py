"""The line at the foot: the connection in words, what waits, how old the figures are, and who works here."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.shell.status_words import StatusWords
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import REGULAR, SEMIBOLD, SMALL, STATUS_BAR


class StatusBar(QWidget):
    """28 px, amber while offline. One accessible text says the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = StatusWords("done", "", ())
        self._who = ""
        self.setFixedHeight(STATUS_BAR)

    def show_words(self, words: StatusWords, who: str) -> None:
        """Say something newer."""
        self._words, self._who = words, who
        self.setAccessibleName(" · ".join((words.lead, *words.parts, who)))
        self.update()

    def words(self) -> str:
        """What stands at the left, as one text."""
        return " · ".join((self._words.lead, *self._words.parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, strong words, the rest, and at the right who works here."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, offline = self._look, self._look.tokens, self._words.kind == "offline"
        painter.fillRect(self.rect(), QColor(tokens.amber_soft if offline else tokens.rail))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(tokens.line))
        if offline:
            look.icons.paint(painter, 16, 7, "cloud-slash", 16, tokens.amber)
        else:
            painting.state(painter, QRectF(17, 7, 14, 14), "done", tokens)
        who_width = look.width(self._who, SMALL)
        rect = QRectF(self.width() - who_width - 16, 0, who_width + 2, self.height())
        painting.text(painter, look, rect, self._who, tokens.ink2, SMALL, align=painting.RIGHT)
        lead_tone = tokens.amber if offline else tokens.ink
        x = 40.0
        for index, part in enumerate((self._words.lead, *self._words.parts)):
            if index:
                painting.text(painter, look, QRectF(x, 0, 20, self.height()), "·", tokens.ink3, SMALL, REGULAR)
                x += 14
            weight = SEMIBOLD if index == 0 else REGULAR
            tone = lead_tone if index == 0 else tokens.ink2
            width = min(look.width(part, SMALL, weight), self.width() - who_width - 40 - x)
            if width < 24:
                break
            painting.text(painter, look, QRectF(x, 0, width + 1, self.height()), part, tone, SMALL, weight)
            x += width + 10
        painter.end()
