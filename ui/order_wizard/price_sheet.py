"""Why this price, for one line: the waterfall of its trace, and the same as text to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.services.views import LineView
from ui.formats import server_text
from ui.page import UiContext
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.sheet import Sheet
from ui.widgets.text import Text, body, column, row, section, small
from ui.widgets.trace_words import trace_steps, trace_text
from ui.widgets.waterfall import Waterfall


class PriceSheet(Sheet):
    """Esc closes, Ctrl+C copies the calculation."""

    def __init__(self, context: UiContext, window: QWidget, view: LineView) -> None:
        super().__init__(context.look, window, 460)
        look, formats = context.look, context.formats
        self._context = context
        self._view = view
        priced = view.priced
        if priced is None:
            return
        self._text = trace_text(priced, server_text(view.name), formats)
        falls = Waterfall(look, self.tr("Why this price"))
        falls.show_steps(trace_steps(priced, formats))
        copy = KeyButton(look, self.tr("Copy the calculation"), kind="primary", keys="Ctrl+C")
        close = KeyButton(look, self.tr("Close"), kind="main", keys="Esc", bind=False)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close_sheet)
        quantity = formats.number(view.quantity)
        facts = self.tr("{0} · quantity {1} · {2}").format(view.sku, quantity, self._wholesaler_name())
        self.panel.setLayout(
            column(
                section(look, self.tr("Why this price")),
                body(look, server_text(view.name), "ink", wrap=True),
                small(look, facts, "ink2", wrap=True),
                8,
                row(Text(look, formats.unit_price(priced.unit_net), FIGURE, SEMIBOLD), None),
                small(look, self._eco_words()),
                12,
                falls,
                12,
                row(None, close, copy),
                spacing=4,
                margins=(24, 20, 24, 20),
            )
        )
        self._copy = copy

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The copy button has the focus: Return copies."""
        super().open_sheet(focus or self._copy)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._context.navigator.notify(self.tr("The calculation is in the clipboard."), "done", "copied")
        self.close_sheet()

    def _wholesaler_name(self) -> str:
        code = self._view.wholesaler
        return next((one.name for one in self._view.stock if one.wholesaler == code and one.name), code)

    def _eco_words(self) -> str:
        priced = self._view.priced
        if priced is None or not priced.eco:
            return self.tr("unit price excl. VAT")
        unit = priced.eco / priced.quantity
        return self.tr("unit price excl. VAT, + eco {0}").format(self._context.formats.amount(unit))
