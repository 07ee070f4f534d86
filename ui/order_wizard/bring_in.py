"""Lines brought in from the clipboard or a file, and the report of what could not be taken."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.errors import ComptoirError
from desktop_app.services.order_import import ImportReport, OrderImport
from ui.models.order_lines_model import OrderLinesModel
from ui.order_wizard.paste_sheet import PasteSheet
from ui.page import UiContext
from ui.widgets.counts import lines_words
from ui.widgets.file_dialog import say_labels


def file_filter() -> str:
    """What the file dialog offers: lists as text, then all files."""
    lists = QCoreApplication.translate("BringIn", "Lists (CSV, text)")
    everything = QCoreApplication.translate("BringIn", "All files")
    return f"{lists} (*.csv *.txt *.tsv);;{everything} (*)"


def file_dialog(window: QWidget) -> QFileDialog:
    """Asks for a file of lines. Where the system has no dialog of its own, Qt's gets the words it leaves in English."""
    translate = QCoreApplication.translate
    dialog = QFileDialog(window, translate("BringIn", "Import lines"), str(Path.home()), file_filter())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    say_labels(dialog)
    return dialog


class BringIn:
    """Takes the good rows as one act that one undo takes back, and shows the bad ones with their reason."""

    def __init__(self, context: UiContext, imports: OrderImport, model: OrderLinesModel, owner: QWidget) -> None:
        self._context = context
        self._imports = imports
        self._model = model
        self._owner = owner

    def take_text(self, text: str) -> None:
        """Rows of reference, tab, quantity, as a spreadsheet puts them in the clipboard."""
        if text.strip():
            self._take(lambda: self._imports.read_text(text))

    def take_file(self, path: Path) -> None:
        """A file of such rows, with or without headings."""
        self._take(lambda: self._imports.read_file(path))

    def _take(self, read: Callable[[], ImportReport]) -> None:
        report = self._context.navigator.run(lambda: self._add(read()))
        if not isinstance(report, ImportReport):
            return
        taken = len(report.lines)
        if report.defects:
            PasteSheet(self._context, self._owner.window(), report).open_sheet()
        elif taken:
            words = QCoreApplication.translate("BringIn", "{0} brought in.")
            told = words.format(lines_words(taken, self._context.formats))
            self._context.navigator.notify(told, "done", "import")

    def _add(self, report: ImportReport) -> ImportReport:
        if report.lines:
            try:
                self._model.add_many([(line.sku, line.quantity, line.wholesaler) for line in report.lines])
            except ComptoirError:
                self._model.reload()
                raise
        return report
