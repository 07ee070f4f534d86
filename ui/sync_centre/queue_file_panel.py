"""The queue as a file, in the sync centre: export it here, or send one that another desk has exported."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.services.queue_file import SUFFIX, ExportedQueue, QueueFileView
from desktop_app.services.sync_service import SyncService
from ui.async_bridge import Tasks
from ui.page import UiContext
from ui.sync_centre.queue_file_sheet import QueueFileSheet
from ui.widgets.buttons import KeyButton
from ui.widgets.file_dialog import say_labels
from ui.widgets.text import column, row, strong

translate = QCoreApplication.translate


class QueueFilePanel(QWidget):
    """Two buttons. Sending opens a sheet over the window."""

    def __init__(self, context: UiContext, sync: SyncService, tasks: Tasks) -> None:
        super().__init__()
        self._context, self._sync, self._tasks = context, sync, tasks
        look = context.look
        self.export_button = KeyButton(look, self.tr("Export…"), icon="download-simple")
        self.export_button.setToolTip(self.tr("The queue of this desk, for another desk to send"))
        self.export_button.clicked.connect(self.ask_export)
        self.send_button = KeyButton(look, self.tr("Send…"), icon="upload-simple")
        self.send_button.setToolTip(self.tr("The queue that another desk has exported"))
        self.send_button.clicked.connect(self.ask_send)
        for button in (self.export_button, self.send_button):
            button.setAccessibleDescription(button.toolTip())
        title = strong(look, self.tr("Queue in a file"))
        self.setLayout(column(title, row(self.export_button, self.send_button, None), spacing=6))

    def ask_export(self) -> None:
        """Ask where to write the queue."""
        dialog = QFileDialog(self, self.tr("Export the queue"), str(Path.home()), _filter())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        day = self._context.formats.local(self._context.now()).date().isoformat()
        dialog.selectFile(f"{self.tr('orders')}-{day}.{SUFFIX}")
        say_labels(dialog)
        dialog.fileSelected.connect(self.export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, file: str) -> None:
        """Write the queue and say what is in it."""
        path = Path(file)
        exported = self._context.navigator.run(lambda: self._sync.queue_file.export(path))
        if isinstance(exported, ExportedQueue):
            self._context.navigator.notify(self._exported_words(exported, path.name), "done", "queue-file")

    def ask_send(self) -> None:
        """Ask for the file of another desk."""
        dialog = QFileDialog(self, self.tr("Send a queue file"), str(Path.home()), _filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        say_labels(dialog)
        dialog.fileSelected.connect(self.show_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_file(self, file: str) -> None:
        """Say what a file holds, with the button that sends it; a wrong one is refused in words."""
        path = Path(file)
        view = self._context.navigator.run(lambda: self._sync.queue_file.look(path))
        if isinstance(view, QueueFileView):
            QueueFileSheet(self._context, self.window(), self._sync, self._tasks, path, view).open_sheet()

    def _exported_words(self, exported: ExportedQueue, name: str) -> str:
        formats = self._context.formats
        if exported.messages == 1:
            told = [self.tr("1 order is in {0}.").format(name)]
        else:
            told = [self.tr("{0} orders are in {1}.").format(formats.number(exported.messages), name)]
        if exported.held == 1:
            told.append(self.tr("1 of them is held back: it is sent only if you say so there."))
        elif exported.held:
            words = self.tr("{0} of them are held back: they are sent only if you say so there.")
            told.append(words.format(formats.number(exported.held)))
        told.append(self.tr("They stay here too; each is entered once, whichever desk sends it."))
        return formats.typography(" ".join(told))


def _filter() -> str:
    queues = translate("QueueFilePanel", "Exported queues")
    return f"{queues} (*.{SUFFIX});;{translate('BringIn', 'All files')} (*)"
