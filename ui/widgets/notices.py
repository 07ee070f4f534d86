"""Lines that tell a person something: a notice, an empty place with what to do next, long work in numbers."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR, SECTION, SEMIBOLD
from ui.widgets.fields import IconButton
from ui.widgets.states import Icon
from ui.widgets.text import Text, column, row

_LOOKS = {
    "info": ("info", "accent_soft", "accent", "accent_ink"),
    "done": ("check-circle", "green_soft", "green_mark", "green"),
    "warning": ("warning", "amber_soft", "amber_mark", "amber"),
    "offline": ("cloud-slash", "amber_soft", "amber_mark", "amber"),
    "error": ("warning-octagon", "red_soft", "red_mark", "red"),
}


class NoticeLine(QFrame):
    """A full-width line with icon, bold words, a second line and buttons; `closed` when the person put it away.

    `severity`: info, done, warning, offline, error.
    """

    closed = Signal()

    def __init__(
        self,
        look: Look,
        severity: str,
        words: str,
        detail: str = "",
        buttons: tuple[QWidget, ...] = (),
        close_name: str = "",
    ) -> None:
        super().__init__()
        icon, fill, bar, tone = _LOOKS.get(severity, _LOOKS["info"])
        self._fill, self._bar = look.tokens.tone(fill), look.tokens.tone(bar)
        self.setAccessibleName(f"{words} {detail}".strip())
        self._words = Text(look, words, BODY, SEMIBOLD, "ink", wrap=True)
        self._detail = Text(look, detail, BODY, REGULAR, "ink", wrap=True)
        if not detail:
            self._detail.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 10, 24, 10)
        layout.setSpacing(16)
        layout.addWidget(Icon(look, icon, 20, tone))
        layout.addLayout(column(self._words, self._detail, spacing=2), 1)
        for button in buttons:
            layout.addWidget(button)
        if close_name:
            close = IconButton(look, "x", close_name)
            close.clicked.connect(self.closed)
            layout.addWidget(close)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft ground with a bar at the left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._fill))
        painter.fillRect(QRectF(0, 0, 4, self.height()), QColor(self._bar))
        painter.end()


class EmptyState(QWidget):
    """An empty place: what it is for and what to do next."""

    def __init__(self, look: Look, icon: str, words: str, detail: str = "", button: QWidget | None = None) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 48, 24, 48)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(Icon(look, icon, 36, "ink3"), 0, middle)
        heading = Text(look, words, SECTION, SEMIBOLD, wrap=True)
        heading.setAlignment(middle)
        layout.addWidget(heading)
        if detail:
            note = Text(look, detail, BODY, REGULAR, "ink2", wrap=True)
            note.setAlignment(middle)
            layout.addWidget(note)
        if button is not None:
            layout.addSpacing(8)
            layout.addWidget(button, 0, middle)
        layout.addStretch(2)


class ProgressLine(QWidget):
    """Long work: what it is, how far in numbers, time left, a bar."""

    def __init__(self, look: Look, words: str = "") -> None:
        super().__init__()
        self._words = Text(look, words, BODY, SEMIBOLD)
        self._numbers = Text(look, "", BODY, REGULAR, "ink2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.setLayout(column(row(self._words, None, self._numbers), self._bar, spacing=8))

    def show_progress(self, words: str, numbers: str, done: int, total: int) -> None:
        """`done` of `total`; 0 in total means unknown."""
        self._words.setText(words)
        self._numbers.setText(numbers)
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._bar.setAccessibleName(f"{words} {numbers}")
