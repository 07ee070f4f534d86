"""The buttons at the foot of the summary, one set per step: the way on first, the way back or the short cut below."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import column


class StepActions(QObject):
    """Signals say what the person wants; the page does it. Keys are bound by the page, so that they work anywhere."""

    next_wanted = Signal()
    back_wanted = Signal()
    send_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        forth, back, send = "Alt+Right", "Alt+Left", "Ctrl+Return"
        self._sets = (
            self._pair((self.tr("Enter the lines"), forth, self.next_wanted), None),
            self._pair(
                (self.tr("Choose wholesalers"), forth, self.next_wanted), (self.tr("Send now"), send, self.send_wanted)
            ),
            self._pair(
                (self.tr("Read the order"), forth, self.next_wanted),
                (self.tr("Back to the lines"), back, self.back_wanted),
            ),
            self._pair(
                (self.tr("Send the order"), send, self.send_wanted),
                (self.tr("Step before"), back, self.back_wanted),
            ),
        )

    def all(self) -> tuple[QWidget, ...]:
        """One widget per step."""
        return self._sets

    def _pair(self, first: tuple[str, str, object], second: tuple[str, str, object] | None) -> QWidget:
        holder = QWidget()
        buttons = [self._button(*first, kind="primary")]
        if second is not None:
            buttons.append(self._button(*second, kind="main"))
        holder.setLayout(column(*buttons, None, spacing=8))
        return holder

    def _button(self, words: str, keys: str, signal, kind: str) -> KeyButton:  # type: ignore[no-untyped-def]
        button = KeyButton(self._look, words, kind=kind, keys=keys, bind=False)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(signal)
        return button
