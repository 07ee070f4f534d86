"""The strip over the wizard: four steps, which are done, which is open, and when the draft was saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, PAGE_MARGIN, SEMIBOLD, SMALL, STEPPER
from ui.widgets.states import StateShape
from ui.widgets.text import Text

_DISC = 24


class StepButton(QAbstractButton):
    """One step: disc with number or check, its name. `state` is `done`, `current` or `ahead`."""

    def __init__(self, look: Look, number: int, name: str) -> None:
        super().__init__()
        self._look = look
        self._number = number
        self.state = "ahead"
        self.setText(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str, words: str) -> None:
        """Show another state; `words` say it to screen readers."""
        self.state = state
        self.setAccessibleName(f"{self._number}. {self.text()} ({words})")
        self.update()

    def sizeHint(self) -> QSize:
        """Disc, gap, name as heavy as it gets."""
        return QSize(_DISC + 8 + round(self._look.width(self.text(), BODY, SEMIBOLD)) + 2, STEPPER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the step, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, name, the bar under the open one."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens = self._look, self._look.tokens
        disc = QRectF(0.5, (self.height() - _DISC) / 2, _DISC, _DISC).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.state == "current":
            painting.box(painter, disc, _DISC / 2, tokens.accent)
            painting.text(painter, look, disc, str(self._number), tokens.on_accent, BODY, SEMIBOLD, painting.CENTER)
            painter.fillRect(QRectF(0, self.height() - 3, self.width(), 2), QColor(tokens.accent))
        elif self.state == "done":
            painting.box(painter, disc, _DISC / 2, tokens.accent_soft, tokens.accent, 1.5)
            x, y = disc.center().x() - 6, disc.center().y() - 6
            look.icons.paint(painter, round(x), round(y), "check-bold", 12, tokens.accent_ink)
        else:
            painting.box(painter, disc, _DISC / 2, "", tokens.line2, 1.2)
            painting.text(painter, look, disc, str(self._number), tokens.ink2, BODY, MEDIUM, painting.CENTER)
        weight = SEMIBOLD if self.state == "current" else MEDIUM
        tone = tokens.ink if self.state == "current" else tokens.ink2
        name = QRectF(_DISC + 8, 0, self.width() - _DISC - 8, self.height())
        painting.text(painter, look, name, self.text(), tone, BODY, weight)
        if self.hasFocus():
            painting.box(painter, QRectF(self.rect()).adjusted(-1, 10, 0, -10), 6, "", tokens.accent, 2)
        painter.end()


class _Link(QWidget):
    """The short line between two steps, petrol where both are behind us."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.done = False
        self.setMinimumWidth(8)
        self.setMaximumWidth(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(STEPPER)

    def sizeHint(self) -> QSize:
        """28 px where there is room."""
        return QSize(28, STEPPER)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        color, height = (self._look.tokens.accent, 2) if self.done else (self._look.tokens.line, 1)
        painter.fillRect(QRectF(0, self.height() / 2 - height / 2, self.width(), height), QColor(color))
        painter.end()


class Stepper(QWidget):
    """`chosen` carries the 0-based step a person wants."""

    chosen = Signal(int)

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._current = 0
        self._long, self._short = "", ""
        self.setFixedHeight(STEPPER + 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 1)
        layout.setSpacing(10)
        self._steps: list[StepButton] = []
        self._links: list[_Link] = []
        for place, name in enumerate(names):
            if place:
                link = _Link(look)
                self._links.append(link)
                layout.addWidget(link)
            step = StepButton(look, place + 1, name)
            step.clicked.connect(self._chooser(place))
            self._steps.append(step)
            layout.addWidget(step)
        layout.addStretch(1)
        self._shape = StateShape(look, "done", 16)
        self._saved = Text(look, "", SMALL, tone="ink2")
        layout.addWidget(self._shape)
        layout.addSpacing(-4)
        layout.addWidget(self._saved)
        self.set_current(0)

    def set_current(self, current: int) -> None:
        """Mark the open step."""
        self._current = current
        words = {"done": self.tr("done"), "current": self.tr("open"), "ahead": self.tr("ahead")}
        for place, step in enumerate(self._steps):
            state = "current" if place == current else "done" if place < current else "ahead"
            step.set_state(state, words[state])
        for place, link in enumerate(self._links):
            link.done = place < current
            link.update()

    def say_saved(self, kind: str, words: str, short: str) -> None:
        """When the draft was saved; `short` where the strip is narrow. `kind` is a state shape."""
        self._shape.set_kind(kind)
        self._long, self._short = words, short
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room, fewer words."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rule below."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._look.tokens.line))
        painter.end()

    def _fit(self) -> None:
        steps = sum(step.sizeHint().width() for step in self._steps) + 3 * 48 + 2 * PAGE_MARGIN + 40
        room = self.width() - steps
        words = self._long if self._look.width(self._long, SMALL) <= room else self._short
        if self._saved.text() != words:
            self._saved.setText(words)
        self._saved.setAccessibleName(self._long)

    def _chooser(self, place: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(place)
