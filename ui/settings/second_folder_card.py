"""The second folder in the settings: a USB stick or another disk that holds the sealed copy of unsent orders too."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.application import Application
from ui.copy_words import folder_words
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.file_dialog import say_labels
from ui.widgets.states import StateBadge
from ui.widgets.text import body, column, row, section, small


class SecondFolderCard(QWidget):
    """Says how the folder is; another one, or none, is chosen here. Not for practice."""

    def __init__(self, context: UiContext, application: Application) -> None:
        super().__init__()
        look = context.look
        self._context, self._application = context, application
        self.badge = StateBadge(look, "off", "")
        self.state = body(look, "", wrap=True)
        self.choose_button = KeyButton(look, self.tr("Choose a folder"), kind="secondary", icon="folder-open")
        self.choose_button.clicked.connect(self.ask)
        self.none_button = KeyButton(look, self.tr("No second folder"), kind="secondary")
        self.none_button.clicked.connect(self._on_none)
        promise = self.tr(
            "Orders that have not left lie there too, sealed: only your recovery code opens them elsewhere."
        )
        card = Card(
            section(look, self.tr("Second folder")),
            row(self.badge, None),
            self.state,
            small(look, promise, wrap=True),
            row(self.choose_button, self.none_button, None),
            spacing=8,
            margin=20,
        )
        self.setLayout(column(card))
        self.show_state()

    def show_state(self) -> None:
        """As it is now."""
        view = self._application.second_copy.view().folder
        words = folder_words(view, self._context.formats, self._context.now())
        self.badge.setVisible(bool(view.folder))
        self.badge.set_state(words.kind, words.words)
        told = [view.folder, words.detail] if words.detail != view.folder else [view.folder]
        if not view.folder:
            told = [self.tr("None. A USB stick, or another disk, keeps them when this computer is lost.")]
        self.state.setText("\n".join(told))
        self.none_button.setVisible(bool(view.folder))

    def ask(self) -> None:
        """Let the person choose a folder."""
        dialog = QFileDialog(self.window(), self.tr("Second folder"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        say_labels(dialog)
        dialog.fileSelected.connect(self.use)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use(self, folder: str) -> None:
        """Keep the copy in `folder` too, in none where it is empty."""
        self._context.navigator.run(lambda: self._application.second_copy.use_folder(folder))
        self.show_state()

    def _on_none(self) -> None:
        self.use("")
        self.choose_button.setFocus()
