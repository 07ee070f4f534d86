"""In the settings: the rows of this desk that could not be read, and the button that writes them to a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.application import Application
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.file_dialog import say_labels
from ui.widgets.states import StateBadge
from ui.widgets.text import column, row, small


class UnreadableRowsPart(QWidget):
    """Hidden on a desk where every row could be read."""

    def __init__(self, context: UiContext, application: Application) -> None:
        super().__init__()
        self._context, self._application = context, application
        self.badge = StateBadge(context.look, "look", "")
        self.export_button = KeyButton(context.look, self.tr("Write them to a file"), kind="secondary")
        self.export_button.clicked.connect(self.ask)
        words = self.tr("They lie in desk.db with all their bytes. The file is not encrypted: show it to nobody else.")
        self.setLayout(
            column(row(self.badge, None), small(context.look, words, wrap=True), row(self.export_button, None))
        )
        self.show_state()

    def show_state(self) -> None:
        """As it is now."""
        rows, waiting = self._application.unreadable.all(), self._application.unreadable.waiting()
        words = self.tr("1 row could not be read and was set aside")
        if len(rows) != 1:
            words = self.tr("{0} rows could not be read and were set aside").format(len(rows))
        self.badge.set_state("look" if waiting else "done", words)
        self.setVisible(bool(rows))

    def ask(self) -> None:
        """Ask for the file."""
        dialog = QFileDialog(self.window(), self.tr("Write them to a file"), str(Path.home()), "JSON (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("comptoir-set-aside.json")
        say_labels(dialog)
        dialog.fileSelected.connect(self.export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, file: str) -> None:
        """Write them to `file`."""
        navigator, path = self._context.navigator, Path(file)
        count = navigator.run(lambda: self._application.unreadable.export(path))
        if isinstance(count, int):
            navigator.notify(self.tr("Written to {0}.").format(path.name), "done", "set-aside")
            self.show_state()
