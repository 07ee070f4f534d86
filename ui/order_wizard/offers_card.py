"""Two other ways to bring lines in, offered under the grid while there is room."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import column, row, rule, small

WIDTH = 264


class OffersCard(QFrame):
    """Paste from a spreadsheet, import a file."""

    paste_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", "dashed")
        self.setFixedWidth(WIDTH)
        paste = KeyButton(
            look, self.tr("Paste from Excel"), kind="quiet", icon="clipboard-text", keys="Ctrl+V", bind=False
        )
        bring = KeyButton(look, self.tr("Import a file"), kind="quiet", icon="upload-simple", keys="Ctrl+I", bind=False)
        paste.clicked.connect(self.paste_wanted)
        bring.clicked.connect(self.import_wanted)
        words = self.tr("Reference and quantity are enough, even thousands of rows.")
        list_words = self.tr("CSV with reference and quantity, the client's list")
        self.setLayout(
            column(
                row(paste, None),
                row(8, small(look, words, "ink2", wrap=True), spacing=0),
                6,
                rule(),
                2,
                row(bring, None),
                row(8, small(look, list_words, "ink2", wrap=True), spacing=0),
                spacing=4,
                margins=(8, 10, 12, 12),
            )
        )
