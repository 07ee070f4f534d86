"""One product that becomes dearer, beside the list: from what to what, from which day, and the way to order before."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.services.condition_views import DearerRow
from ui.conditions.dearer_grid import left_words, reason_words, rise
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, FIGURE, MEDIUM, PRODUCT_PANEL_WIDTH, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import SidePanel, scrolling
from ui.widgets.fields import QuantityField
from ui.widgets.text import Text, body, caption, clear, column, row, rule


class DearerPanel(SidePanel):
    """`order_wanted` carries sku and quantity, `product_wanted` a sku, `ask_wanted` the row."""

    order_wanted = Signal(str, int)
    product_wanted = Signal(str)
    ask_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats, today: Callable[[], date]) -> None:
        super().__init__(PRODUCT_PANEL_WIDTH)
        self._look, self._formats, self._today = look, formats, today
        self.dearer: DearerRow | None = None
        self._content = QVBoxLayout()
        self._content.setContentsMargins(24, 20, 20, 16)
        self._content.setSpacing(6)
        self._quantity = QuantityField(
            look, self.tr("Quantity"), self.tr("Fewer"), self.tr("More"), maximum=MAX_QUANTITY
        )
        self._empty = body(look, self.tr("Choose a product: how its price rises appears here."), wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(40, 0, 40, 0)
        holder = QWidget()
        asked = column(caption(look, self.tr("Quantity")), row(self._quantity, None), spacing=4, margins=(24, 0, 20, 0))
        holder.setLayout(column(self._content, asked, None, spacing=0))
        # Low windows: a long name must not be cut.
        self._shown = scrolling(holder)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._shown, 1)
        self._build_foot()
        self.show_dearer(None)

    def show_dearer(self, dearer: DearerRow | None) -> None:
        """Show another product, or that none is chosen."""
        if dearer is None or self.dearer is None or dearer.sku != self.dearer.sku:
            self._quantity.set_value(1)
        self.dearer = dearer
        self._empty.setVisible(dearer is None)
        self._shown.setVisible(dearer is not None)
        self._foot.setVisible(dearer is not None)
        if dearer is not None:
            clear(self._content)
            self._fill(dearer)

    def focus_quantity(self) -> None:
        """Put the focus into the quantity."""
        self._quantity.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def order_before(self) -> None:
        """Return: a new order with this product."""
        if self.dearer is not None:
            self.order_wanted.emit(self.dearer.sku, self._quantity.value())

    def open_product(self) -> None:
        """Shift+Return: the product in the catalogue."""
        if self.dearer is not None:
            self.product_wanted.emit(self.dearer.sku)

    def ask(self) -> None:
        """F7: its price on that day."""
        if self.dearer is not None:
            self.ask_wanted.emit(self.dearer)

    def _fill(self, dearer: DearerRow) -> None:
        look, formats = self._look, self._formats
        day = formats.day(dearer.day, year=True)
        self._content.addWidget(Text(look, server_text(dearer.name), SECTION, SEMIBOLD, wrap=True))
        where = " · ".join((dearer.sku, server_text(dearer.wholesaler_name or dearer.wholesaler)))
        self._content.addWidget(Text(look, where, BODY, MEDIUM, "ink2", wrap=True))
        self._content.addSpacing(8)
        change = Text(look, formats.change(rise(dearer)), FIGURE, SEMIBOLD, "amber")
        self._content.addLayout(row(change, None))
        left = left_words(dearer.day, self._today(), formats)
        words = self.tr("from {0}, {1}").format(day, left)
        self._content.addWidget(Text(look, formats.typography(words), BODY, SEMIBOLD, wrap=True))
        self._content.addWidget(body(look, formats.typography(reason_words(dearer)), "ink", wrap=True))
        self._content.addSpacing(8)
        self._content.addWidget(rule())
        self._content.addSpacing(4)
        self._content.addLayout(self._figures("", self.tr("today"), self.tr("then"), head=True))
        listed = (formats.unit(dearer.list_now), formats.unit(dearer.list_then))
        self._content.addLayout(self._figures(self.tr("List price"), *listed))
        net = (formats.unit(dearer.net_now), formats.unit(dearer.net_then))
        self._content.addLayout(self._figures(self.tr("My net price"), *net, strong=True))
        each = formats.signed_unit(dearer.net_then - dearer.net_now)
        self._content.addLayout(self._figures(self.tr("Difference each"), "", each))
        self._content.addSpacing(8)
        self._content.addWidget(rule())
        self._content.addSpacing(8)

    def _figures(self, label: str, now: str, then: str, *, head: bool = False, strong: bool = False) -> QHBoxLayout:
        tone, weight = ("ink3", MEDIUM) if head else ("ink", SEMIBOLD if strong else MEDIUM)
        cells = []
        for words in (now, then):
            cell = Text(self._look, words, BODY, weight, tone)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setFixedWidth(96)
            cells.append(cell)
        return row(body(self._look, label), None, *cells, spacing=4)

    def _build_foot(self) -> None:
        look = self._look
        order = KeyButton(look, self.tr("Order before"), kind="primary", keys="Return", bind=False)
        product = KeyButton(look, self.tr("Open the product"), kind="main", keys="Shift+Return", bind=False)
        ask = KeyButton(look, self.tr("What if…"), kind="main", keys="F7", bind=False)
        order.clicked.connect(self.order_before)
        product.clicked.connect(self.open_product)
        ask.clicked.connect(self.ask)
        for button in (order, product, ask):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot = QWidget()
        buttons = column(order, product, ask, margins=(24, 12, 24, 12))
        self._foot.setLayout(column(rule(), buttons, spacing=0))
        self.body.addWidget(self._foot)
