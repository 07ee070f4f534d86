"""What needs me now: one row per order that waits for a decision, with its way out and its key."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, DECISION_ROW, REGULAR, SEMIBOLD, SMALL
from ui.widgets.buttons import KeyButton
from ui.widgets.states import TONES, StateShape
from ui.widgets.text import Text, clear, column, row

SHOWN = 5


class Decision(Struct, frozen=True):
    """One row: its state, what it is about, why, how much, and what the button does."""

    kind: str
    state: str
    title: str
    detail: str
    amount: str
    note: str
    action: str
    run: Callable[[], None]


class DecisionRow(QWidget):
    """52 px: shape, state and title over the reason, amount over its note, button."""

    def __init__(self, look: Look, decision: Decision, key: str, first: bool) -> None:
        super().__init__()
        self._look, self._first = look, first
        self.setFixedHeight(DECISION_ROW)
        state = Text(look, decision.state, BODY, SEMIBOLD, TONES.get(decision.kind, "ink2"))
        title = Text(look, decision.title, BODY, SEMIBOLD)
        head = row(state, title, None, spacing=8)
        words = column(head, Text(look, decision.detail, SMALL, REGULAR, "ink2"), spacing=1)
        amount, note = Text(look, decision.amount, BODY, SEMIBOLD), Text(look, decision.note, SMALL, REGULAR, "ink3")
        for label in (amount, note):
            label.setAlignment(painting.RIGHT)
        kind = "primary" if first else "secondary"
        self.button = KeyButton(look, decision.action, kind=kind, keys="Return" if first else key, bind=not first)
        self.button.setMinimumWidth(104)
        self.button.setAccessibleName(f"{decision.action}: {decision.state} {decision.title}. {decision.detail}")
        self.button.clicked.connect(lambda _checked=False: decision.run())
        holder = QWidget()
        holder.setFixedWidth(118)
        holder.setLayout(row(None, self.button))
        self.setLayout(
            row(
                StateShape(look, decision.kind, 18), words, None, column(amount, note, spacing=1), holder,
                spacing=14, margins=(14, 4, 12, 4),
            )
        )  # fmt: skip

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover shows."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover ends."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first row carries the bar: Return decides it."""
        painter = QPainter(self)
        tokens = self._look.tokens
        rect = QRectF(self.rect())
        if self._first:
            painter.fillRect(rect, QColor(tokens.selected))
            painter.fillRect(QRectF(0, 0, 3, rect.height()), QColor(tokens.accent))
        elif self.underMouse():
            painter.fillRect(rect, QColor(tokens.hover))
        if not self._first:
            painter.fillRect(QRectF(0, 0, rect.width(), 1), QColor(tokens.line))
        painter.end()


class DecisionList(QFrame):
    """The rows in a white panel; `changed` when there are others than before."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("panel", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self.first: DecisionRow | None = None
        self._rows: list[DecisionRow] = []
        self._told: list[tuple[str, ...]] | None = None

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Replace the rows, where they say something else; who was at one of them stays at its place."""
        told = [_words(decision) for decision in decisions]
        if told == self._told:
            return
        at = next((place for place, shown in enumerate(self._rows) if shown.button.hasFocus()), -1)
        clear(self._layout)
        self._told, self._rows, self.first = told, [], None
        for place, decision in enumerate(decisions[:SHOWN]):
            widget = DecisionRow(self._look, decision, str(place + 1), place == 0)
            self.first = self.first or widget
            self._rows.append(widget)
            self._layout.addWidget(widget)
        self.setVisible(bool(decisions))
        if at >= 0 and self._rows:
            self._rows[min(at, len(self._rows) - 1)].button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _words(decision: Decision) -> tuple[str, ...]:
    """All it says: an order has the same number for good, so that the same words do the same."""
    return (
        decision.kind, decision.state, decision.title, decision.detail, decision.amount, decision.note,
        decision.action,
    )  # fmt: skip
