"""How old the data is, under the queue: in full where there is room, in one line where the orders need it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.services.views import CollectionAge
from ui.formats import Formats
from ui.sync_centre.ages_list import AgesList
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, RADIUS_CONTROL, SEMIBOLD, SMALL
from ui.widgets.states import TONES
from ui.widgets.text import column

_HEIGHT, _TOP, _FOOT = 28, 8, 4


class AgesSection(QWidget):
    """A heading that opens and shuts the list. Until a person does so it is open where it fits."""

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.ages = AgesList(look, formats, now)
        self.heading = _Heading(look, self.tr("Age of the data"))
        self.heading.clicked.connect(self._on_clicked)
        self._chosen: bool | None = None
        self._fits = True
        self.ages.setContentsMargins(12, 0, 0, 0)
        self.setLayout(column(self.heading, self.ages, spacing=2, margins=(0, _TOP, 0, _FOOT)))

    def show_ages(self, ages: tuple[CollectionAge, ...]) -> None:
        """Show these."""
        self.ages.show_ages(ages)
        self.heading.say(*self.ages.worst())

    def whole_height(self) -> int:
        """How high it is with its list."""
        return _TOP + _HEIGHT + 2 + self.ages.sizeHint().height() + _FOOT

    def set_fits(self, fits: bool) -> None:
        """Whether there is room for the list beside the whole queue."""
        self._fits = fits
        self._apply()

    def _on_clicked(self) -> None:
        self._chosen = self.ages.isHidden()
        self._apply()

    def _apply(self) -> None:
        is_open = self._fits if self._chosen is None else self._chosen
        self.ages.setVisible(is_open)
        self.heading.set_open(is_open)


class _Heading(QAbstractButton):
    """Words, and while the list is shut the worst state and its age."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self._kind, self._age, self._open = "off", "", True
        self.setText(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, kind: str, age: str) -> None:
        """The worst state of the list, and its age in words."""
        self._kind, self._age = kind, age
        self._tell()

    def set_open(self, is_open: bool) -> None:
        """Whether the list is shown."""
        self._open = is_open
        self._tell()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens and shuts, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caret and words; at the right, while shut, shape and age."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        if self.hasFocus():
            painting.box(painter, rect.adjusted(4, 1, -1, -1), RADIUS_CONTROL, "", tokens.accent, 2)
        elif self.underMouse():
            painting.box(painter, rect.adjusted(4, 1, -1, -1), RADIUS_CONTROL, tokens.hover)
        middle = rect.center().y()
        look.icons.paint(painter, 12, round(middle - 6), "caret-down" if self._open else "caret-right", 12, tokens.ink2)
        words = painting.text(painter, look, rect.adjusted(30, 0, 0, 0), self.text(), tokens.ink, BODY, SEMIBOLD)
        if not self._open:
            place = rect.adjusted(30 + words + 12, 0, -12, 0)
            tone = "ink2" if self._kind == "done" else TONES[self._kind]
            painting.text(painter, look, place, self._age, tokens.tone(tone), SMALL, align=painting.RIGHT)
            age = min(look.width(self._age, SMALL), place.width())
            painting.state(painter, QRectF(place.right() - age - 22, middle - 7, 14, 14), self._kind, tokens)
        painter.end()

    def _tell(self) -> None:
        self.setAccessibleName(self.text() if self._open else f"{self.text()}: {self._age}")
        self.update()
