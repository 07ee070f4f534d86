"""The way back in for a desk whose sign-in is refused: a new one-time code, and what waits leaves at once."""

from PySide6.QtWidgets import QWidget

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from ui.async_bridge import Tasks
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.fields import LineField
from ui.widgets.text import row
from ui.wording import error_words


class SignInAgain(QWidget):
    """A field for the code and its button; how it went is said as a notice. Orders and data stay as they are."""

    def __init__(self, context: UiContext, application: Application, tasks: Tasks) -> None:
        super().__init__()
        self._context, self._application, self._tasks = context, application, tasks
        look = context.look
        self.code = LineField(look, self.tr("New one-time code"), max_length=100)
        self.code.setFixedWidth(280)
        self.code.setAccessibleName(self.tr("New one-time code"))
        self.button = KeyButton(look, self.tr("Sign in again"), kind="secondary")
        self.code.returnPressed.connect(self._on_wanted)
        self.button.clicked.connect(self._on_wanted)
        self.setLayout(row(self.code, self.button, None, spacing=8))

    def _on_wanted(self) -> None:
        identity, code = self._application.identity, self.code.text().strip()
        if identity is None or not code or not self.button.isEnabled():
            self.code.setFocus()
            return
        self.button.setEnabled(False)
        work = self._application.connection.connect(identity.server_url, code)
        self._tasks.start(work, self._on_joined, self._on_failed)

    def _on_joined(self, _: object) -> None:
        self.button.setEnabled(True)
        self.code.clear()
        self._context.navigator.notify(self.tr("This desk is signed in again."), "done", "sign-in")

    def _on_failed(self, error: ComptoirError) -> None:
        self.button.setEnabled(True)
        self.code.setFocus()
        title, detail = error_words(error, self._context.formats)
        self._context.navigator.notify(f"{title}. {detail}".strip(), "error", "sign-in")
