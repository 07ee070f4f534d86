"""One question before something that cannot be taken back: what happens, and the two answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.sheet import Sheet
from ui.widgets.text import body, column, row, section


class ConfirmSheet(Sheet):
    """`agreed` when the person says yes. The answer that changes nothing has the focus."""

    agreed = Signal()

    def __init__(self, look: Look, window: QWidget, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__(look, window, 440, top=160)
        self._keep = KeyButton(look, no, kind="primary", keys="Esc", bind=False)
        go = KeyButton(look, yes, kind="main")
        self._keep.clicked.connect(self.close_sheet)
        go.clicked.connect(self._on_yes)
        self.panel.setLayout(
            column(
                section(look, question),
                body(look, detail, wrap=True),
                12,
                row(None, go, self._keep),
                margins=(24, 20, 24, 20),
            )
        )

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Return keeps things as they are."""
        super().open_sheet(focus or self._keep)

    def _on_yes(self) -> None:
        self.close_sheet()
        self.agreed.emit()
