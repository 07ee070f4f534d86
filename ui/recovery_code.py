"""The recovery code, shown once: on screen, on paper or in a file, and proved to be in the person's hands."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from ui.formats import server_text
from ui.page import UiContext
from ui.theme.tokens import FIGURE, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, ground
from ui.widgets.fields import LineField, labelled
from ui.widgets.file_dialog import say_labels
from ui.widgets.notices import NoticeLine
from ui.widgets.text import Text, body, clear, column, row, section
from ui.wording import error_words

_FIELD = 160


class RecoveryCodeView(QWidget):
    """A new code. `kept` when it is in force, `put_off` when the person wants none now: then nothing has changed.

    It goes into force only when its last group was typed: until then an earlier code still holds.
    """

    kept = Signal()
    put_off = Signal()

    def __init__(self, context: UiContext, application: Application) -> None:
        super().__init__()
        self._context, self._application = context, application
        self._code = application.recovery.propose()
        look = context.look
        self._trouble = QVBoxLayout()
        self.last_group = LineField(look, max_length=12)
        self.last_group.setFixedWidth(_FIELD)
        self.last_group.returnPressed.connect(self.keep)
        self.keep_button = KeyButton(look, self.tr("I have kept it"), kind="primary", keys="Return", bind=False)
        self.keep_button.clicked.connect(self.keep)
        later = KeyButton(look, self.tr("Later"), kind="main", keys="Esc")
        later.clicked.connect(self.put_off)
        to_printer = KeyButton(look, self.tr("Print"), icon="printer")
        to_printer.clicked.connect(self._ask_printer)
        to_file = KeyButton(look, self.tr("Save as text"), icon="download-simple")
        to_file.clicked.connect(self._ask_file)
        what_for = self.tr(
            "With this code the orders of this desk open again after the computer was replaced, or has lost its key. "
            "It is shown only now and kept nowhere: keep it on paper, away from this computer."
        )
        card = Card(
            section(look, self.tr("Your recovery code")),
            body(look, what_for, wrap=True),
            4,
            self._shown_code(),
            row(to_printer, to_file, None),
            4,
            self._trouble,
            labelled(look, self.tr("The last four letters of the code, to be sure that you have it"), self.last_group),
            8,
            row(self.keep_button, later, None),
            spacing=12,
            margin=24,
        )
        self.setLayout(column(card, None))

    def keep(self) -> None:
        """Put the code in force, if its last group is the one typed."""
        clear(self._trouble)
        typed = "".join(self.last_group.text().upper().split())
        if typed != self._code.rpartition("-")[2]:
            self._complain(self.tr("These are not the last four letters of this code."))
            return
        try:
            self._application.recovery.keep(self._code)
        except ComptoirError as error:
            self._complain(*error_words(error, self._context.formats))
            return
        self.kept.emit()

    def sheet(self) -> str:
        """What is printed or saved: the code, whose it is, and how it is used."""
        identity = self._application.identity
        assert identity is not None
        formats, moment = self._context.formats, self._context.now()
        day = formats.day(formats.local(moment).date(), year=True)
        lines = (
            self.tr("Comptoir: recovery code"),
            "",
            self._code,
            "",
            self.tr("Desk of {0} ({1})").format(server_text(identity.dealer), server_text(identity.account)),
            self.tr("Manufacturer: {0}").format(server_text(identity.manufacturer)),
            self.tr("Data folder: {0}").format(self._application.paths.root),
            self.tr("Made on {0}").format(day),
            "",
            self.tr("Whoever has this code and the data folder can read all orders: keep it away from the computer."),
            self.tr("If Comptoir does not open any more, it asks for this code by itself."),
        )
        return "\n".join(lines) + "\n"

    def save(self, file: str) -> None:
        """Write the sheet into a file of the person's choice."""
        clear(self._trouble)
        try:
            self._application.recovery.save_sheet(Path(file), self.sheet())
        except ComptoirError as error:
            self._complain(*error_words(error, self._context.formats))
            return
        words = self.tr("Saved as {0}. Take the file away from this computer.").format(Path(file).name)
        self._trouble.addWidget(NoticeLine(self._context.look, "done", words))

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet."""
        document = QTextDocument()
        document.setDefaultFont(self._context.look.font(SECTION))
        document.setPlainText(self.sheet())
        document.print_(printer)

    def _shown_code(self) -> QWidget:
        self.code = Text(self._context.look, self._code, FIGURE, SEMIBOLD)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.code.setAccessibleDescription(" ".join(self._code))
        holder = ground(QWidget(), "sunk")
        holder.setLayout(row(None, self.code, None, margins=(16, 16, 16, 16)))
        return holder

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        # The print dialog's own `open` wants a slot by name.
        QDialog.open(dialog)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as text"), str(Path.home()), self.tr("Text") + " (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(self.tr("comptoir-recovery-code") + ".txt")
        say_labels(dialog)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _complain(self, words: str, detail: str = "") -> None:
        self._trouble.addWidget(NoticeLine(self._context.look, "error", words, detail))
        self.last_group.setFocus()
        self.last_group.selectAll()
