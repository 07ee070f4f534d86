"""Sheets over the window: a dimmed ground with a panel in the middle. Nothing here blocks the event loop."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme.look import Look


class Sheet(QWidget):
    """Covers its window until Escape or a click beside the panel; gives the focus back afterwards."""

    closed = Signal()

    def __init__(self, look: Look, window: QWidget, width: int, top: int = 96) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._top = top
        self._before = window.focusWidget()
        self.panel = QFrame(self)
        self.panel.setProperty("panel", "popup")
        self.panel.setFixedWidth(width)
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Show it over everything."""
        self.panel.adjustSize()
        self.place_panel()
        self.show()
        self.raise_()
        (focus or self.panel).setFocus()

    def close_sheet(self) -> None:
        """Take it away."""
        self._window.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self.place_panel()
        return False

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab stays inside the sheet: after the last stop comes the first."""
        begun: QWidget = self._window.focusWidget() or self.panel
        stop = _neighbour(begun, next_)
        while stop is not begun and not (self.panel.isAncestorOf(stop) and _takes_tab(stop)):
            stop = _neighbour(stop, next_)
        stop.setFocus(Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dimmed ground."""
        painter = QPainter(self)
        dim = QColor("#000000" if self._look.dark else self._look.tokens.ink)
        dim.setAlphaF(0.45 if self._look.dark else 0.28)
        painter.fillRect(self.rect(), dim)
        painter.end()

    def place_panel(self) -> None:
        """Fit the panel to what it holds, and centre it."""
        layout = self.panel.layout()
        if layout is not None:
            layout.activate()
        self.panel.adjustSize()
        self.panel.move((self.width() - self.panel.width()) // 2, min(self._top, max(self.height() // 8, 24)))


def _neighbour(widget: QWidget, next_: bool) -> QWidget:
    found = widget.nextInFocusChain() if next_ else widget.previousInFocusChain()
    return widget if found is None else found


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
