"""The report after bringing lines in: how many were taken, and each row that was not, with its reason."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.services.order_import import ImportReport
from ui.page import UiContext
from ui.theme.tokens import BODY
from ui.widgets.buttons import KeyButton
from ui.widgets.counts import lines_words
from ui.widgets.sheet import Sheet
from ui.widgets.text import body, column, row, section


class PasteSheet(Sheet):
    """Lists the rows left out as text that can be copied."""

    def __init__(self, context: UiContext, window: QWidget, report: ImportReport) -> None:
        super().__init__(context.look, window, 560)
        look, formats = context.look, context.formats
        count = len(report.defects)
        left_out = self.tr("1 row left out") if count == 1 else self.tr("{0} rows left out").format(count)
        self._text = formats.typography(
            "\n".join(self._row_words(defect.row, defect.column, defect.reason) for defect in report.defects)
        )
        shown = QPlainTextEdit(self._text)
        shown.setReadOnly(True)
        shown.setFont(look.font(BODY))
        shown.setFixedHeight(220)
        shown.setAccessibleName(left_out)
        self._close = KeyButton(look, self.tr("Close"), kind="primary", keys="Esc", bind=False)
        copy = KeyButton(look, self.tr("Copy the list"), kind="main")
        self._close.clicked.connect(self.close_sheet)
        copy.clicked.connect(self._on_copy)
        brought = self.tr("{0} brought in; these rows could not be.").format(lines_words(len(report.lines), formats))
        self.panel.setLayout(
            column(
                section(look, left_out),
                body(look, brought, wrap=True),
                4,
                shown,
                8,
                row(None, copy, self._close),
                margins=(24, 20, 24, 20),
            )
        )

    @property
    def text(self) -> str:
        """The report as it is shown and copied."""
        return self._text

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The close button has the focus."""
        super().open_sheet(focus or self._close)

    def _row_words(self, number: int, column: str, reason: str) -> str:
        """The reasons of the core are English; the column says which words to use, the quoted part what was typed."""
        reasons = {
            "sku": self.tr("unknown or ambiguous reference"),
            "quantity": self.tr("not a quantity"),
            "wholesaler": self.tr("unknown wholesaler"),
        }
        typed = reason.partition("'")[2].rpartition("'")[0]
        words = reasons.get(column, reason)
        return self.tr("row {0}: {1}").format(number, f"{words} {typed}".strip())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
