"""A name that can be pressed: in petrol, on as many lines as its width asks for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_CONTROL
from ui.widgets.wrapped_text import LINE, wrapped

_ONE_LINE = 26


class NameLink(QAbstractButton):
    """`does` is what pressing it does, for screen readers and the tool tip."""

    def __init__(self, look: Look, name: str, does: str) -> None:
        super().__init__()
        self._look = look
        self.setText(name)
        self.setAccessibleName(does)
        self.setToolTip(does)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ONE_LINE)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More lines where one is too short."""
        super().resizeEvent(event)
        self.setFixedHeight(_ONE_LINE + LINE * (len(self._lines()) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name; ground when hovered, ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        if self.underMouse():
            painting.box(painter, rect, RADIUS_CONTROL, tokens.hover)
        if self.hasFocus():
            painting.box(painter, rect, RADIUS_CONTROL, "", tokens.accent, 2)
        line = QRectF(4, (_ONE_LINE - LINE) / 2, rect.width() - 8, LINE)
        for words in self._lines():
            painting.text(painter, self._look, line, words.rstrip(), tokens.accent_ink, BODY, MEDIUM)
            line.translate(0, LINE)
        painter.end()

    def _lines(self) -> list[str]:
        return wrapped(self._look, self.text(), self.width() - 8, BODY, MEDIUM, 5) or [""]
