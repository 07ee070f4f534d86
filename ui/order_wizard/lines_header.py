"""The line over the grid: for whom, what is to be seen to, undo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.elided import ElidedText
from ui.widgets.states import Icon, StateShape
from ui.widgets.text import row

_WIDE = 780


class LinesHeader(QWidget):
    """Words for the recipient; buttons for the next problem, why this price, undo."""

    problems_wanted = Signal()
    undo_wanted = Signal()
    price_wanted = Signal()
    recipient_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._who = ElidedText(look, BODY, SEMIBOLD)
        self._where = ElidedText(look, tone="ink2")
        self._change = KeyButton(look, self.tr("Change"), kind="link")
        self._shape = StateShape(look, "look", 16)
        self._problems = KeyButton(look, "", kind="quiet", keys="F8", bind=False)
        self._price = KeyButton(look, self.tr("Why this price"), kind="quiet", keys="Alt+P", bind=False)
        self._undo = KeyButton(look, self.tr("Undo"), kind="quiet", keys="Ctrl+Z", bind=False)
        for button in (self._change, self._problems, self._price, self._undo):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._change.clicked.connect(self.recipient_wanted)
        self._problems.clicked.connect(self.problems_wanted)
        self._price.clicked.connect(self.price_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self.setLayout(
            row(
                Icon(look, "buildings", 16),
                self._who,
                self._where,
                self._change,
                None,
                self._shape,
                self._problems,
                self._price,
                self._undo,
                spacing=8,
                margins=(0, 4, 0, 0),
            )
        )
        self.setFixedHeight(40)

    def show_recipient(self, who: str, where: str) -> None:
        """For whom and where to."""
        self._who.setText(who)
        self._where.setText(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, for whom is enough: where to is in step 1."""
        super().resizeEvent(event)
        self._where.setVisible(self.width() > _WIDE)

    def show_state(self, problems: int, can_undo: bool, lines: int) -> None:
        """How many problems there are, and what can be done."""
        shown = problems > 0
        self._shape.setVisible(shown)
        self._problems.setVisible(shown)
        if shown:
            words = self.tr("1 point to see") if problems == 1 else self.tr("{0} points to see").format(problems)
            if self._problems.text() != words:
                self._problems.setText(words)
                self._problems.updateGeometry()
        self._undo.setEnabled(can_undo)
        self._price.setEnabled(lines > 0)
