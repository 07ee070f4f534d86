"""The recovery code in the settings: whether this desk has one, and a new one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.text import body, clear, column, row, section
from ui.wording import error_words


class RecoveryCard(QWidget):
    """Says what there is; a new code is shown in its place until it is kept or put off. Not for practice."""

    def __init__(self, context: UiContext, application: Application) -> None:
        super().__init__()
        self._context, self._application = context, application
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._show_state()

    def make(self) -> None:
        """Show a new code."""
        # Printing is loaded by whoever makes a code.
        from ui.recovery_code import RecoveryCodeView

        clear(self._place)
        self.view = RecoveryCodeView(self._context, self._application)
        self.view.kept.connect(self._on_kept)
        self.view.put_off.connect(self._show_state)
        self._place.addWidget(self.view)
        self.view.last_group.setFocus()

    def _show_state(self) -> None:
        clear(self._place)
        look, formats = self._context.look, self._context.formats
        try:
            made = self._application.recovery.made_at()
        except ComptoirError as error:
            made, state = None, " ".join(error_words(error, formats))
        else:
            state = self.tr("This desk has no recovery code: once the computer has lost its key, nothing opens it.")
        button = self.tr("Make a recovery code")
        if made is not None:
            day = formats.day(formats.local(made).date(), year=True)
            state = self.tr("Made on {0}. A new one takes its place: the earlier one then opens nothing.").format(day)
            button = self.tr("Make a new one")
        self.button = KeyButton(look, button, kind="secondary", icon="key")
        self.button.clicked.connect(self.make)
        self.state = body(look, state, wrap=True)
        card = Card(section(look, self.tr("Recovery code")), self.state, row(self.button, None), spacing=8, margin=20)
        self._place.addLayout(column(card))

    def _on_kept(self) -> None:
        self._show_state()
        self.button.setFocus()
        self._context.navigator.notify(self.tr("The new recovery code holds from now on."), "done", "recovery")
