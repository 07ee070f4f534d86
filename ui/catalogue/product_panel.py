"""The product beside the results: quantity, my price and why, breaks, stock, and the way to order it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.services.views import ProductDetail, StockView
from ui.catalogue.break_cards import BreakCards
from ui.catalogue.price_ahead import PriceAheadList
from ui.catalogue.product_picture import ProductPicture
from ui.catalogue.results_model import short_name
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, FIGURE, MEDIUM, PRODUCT_PANEL_WIDTH, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import SidePanel, scrolling
from ui.widgets.fields import IconButton, QuantityField
from ui.widgets.states import StockMarks
from ui.widgets.text import Text, body, caption, clear, column, row, rule, section, small
from ui.widgets.trace_words import trace_steps, trace_text
from ui.widgets.waterfall import Waterfall

DetailReader = Callable[[str, int], ProductDetail | None]


class ProductPanel(SidePanel):
    """Shows one product. `order_wanted`, `add_wanted` and `ask_wanted` (what if) carry sku and quantity,
    `conditions_wanted` the sku.
    """

    order_wanted = Signal(str, int)
    add_wanted = Signal(str, int)
    ask_wanted = Signal(str, int)
    conditions_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime], read: DetailReader) -> None:
        super().__init__(PRODUCT_PANEL_WIDTH)
        self._look, self._formats, self._now, self._read = look, formats, now, read
        self._detail: ProductDetail | None = None
        self._read_at: datetime | None = None
        self._stale = False
        self._build_head()
        self._build_price()
        self._build_stock()
        self._build_foot()
        self._lay_out()
        self._show_nothing()

    @property
    def sku(self) -> str:
        """The product shown, empty for none."""
        return self._detail.product.sku if self._detail is not None else ""

    @property
    def quantity(self) -> int:
        """The quantity asked for, rounded up to full packs by whoever orders."""
        return self._quantity.value()

    def set_age(self, read_at: datetime | None, stale: bool) -> None:
        """When prices and stock were read."""
        self._read_at, self._stale = read_at, stale

    def show_product(self, sku: str, quantity: int | None = None) -> None:
        """Show another product, or the same with fresh figures."""
        if not sku:
            self._show_nothing()
            return
        if quantity is None:
            quantity = self.quantity if sku == self.sku else 1
        detail = self._read(sku, quantity)
        if detail is None:
            self._show_nothing()
            return
        if sku != self.sku:
            quantity = max(detail.product.min_qty, detail.product.pack_multiple)
            if quantity > 1:
                detail = self._read(sku, quantity) or detail
            self._quantity.step = detail.product.pack_multiple
            self._quantity.set_value(quantity)
        self._detail = detail
        self._show_head(detail)
        self._show_price(detail, quantity)
        self._show_stock(detail, quantity)
        self._content.show()
        self._foot.show()

    def set_draft(self, words: str) -> None:
        """Offer to add to an open draft, if there is one."""
        self._add.setText(words)
        self._add.setVisible(bool(words))
        self._add.updateGeometry()

    def copy_story(self) -> None:
        """Alt+P: the calculation as text on the clipboard."""
        if self._detail is not None and self._detail.price is not None:
            text = trace_text(self._detail.price, self._detail.product.name, self._formats)
            QGuiApplication.clipboard().setText(text)

    def ask(self) -> None:
        """F7: what if."""
        if self._detail is not None:
            self.ask_wanted.emit(self.sku, self.quantity)

    def focus_quantity(self) -> None:
        """Put the focus into the quantity."""
        self._quantity.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_head(self) -> None:
        look = self._look
        self._picture = ProductPicture(look)
        self._name = Text(look, "", SECTION, SEMIBOLD, wrap=True)
        self._kind = body(look, wrap=True)
        self._reference = Text(look, "", BODY, MEDIUM, "ink2")
        self._reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = IconButton(look, "copy", self.tr("Copy the reference"), 14, 24)
        copy.clicked.connect(self._on_copy_clicked)
        words = column(self._name, self._kind, row(self._reference, copy, None, spacing=2), None, spacing=2)
        self._head = QWidget()
        self._head.setLayout(row(self._picture, words, spacing=16))
        self._head.layout().setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]

    def _build_price(self) -> None:
        look = self._look
        self._quantity = QuantityField(
            look, self.tr("Quantity"), self.tr("Fewer"), self.tr("More"), maximum=MAX_QUANTITY
        )
        self._quantity.changed.connect(self._on_quantity_changed)
        self._net = Text(look, "", FIGURE, SEMIBOLD)
        self._net_note = small(look, wrap=True)
        self._pack_note = small(look, tone="amber")
        right = Qt.AlignmentFlag.AlignRight
        for label in (self._net, self._net_note):
            label.setAlignment(right)
        net_caption = caption(look, self.tr("My net unit price excl. VAT"))
        net_caption.setAlignment(right)
        left = column(caption(look, self.tr("Quantity")), self._quantity, None, spacing=4)
        self._price_row = QHBoxLayout()
        self._price_row.addLayout(left)
        self._price_row.addLayout(column(net_caption, self._net, self._net_note, spacing=0), 1)
        self._copy_story = KeyButton(look, self.tr("Copy the calculation"), kind="link", keys="Alt+P")
        self._copy_story.clicked.connect(self.copy_story)
        self._why = Waterfall(look, self.tr("Why this price"))
        self._ask = KeyButton(look, self.tr("What if…"), kind="link", keys="F7", bind=False)
        self._ask.clicked.connect(self.ask)
        self._conditions = KeyButton(look, self.tr("My conditions for it"), kind="link")
        self._conditions.clicked.connect(self._on_conditions_clicked)
        self._ahead = PriceAheadList(look, self._formats)
        self._breaks_title = caption(look, self.tr("Quantity breaks"))
        self._breaks = BreakCards(look, self._formats)
        self._breaks.chosen.connect(self._on_break_chosen)

    def _build_stock(self) -> None:
        look = self._look
        self._stock_age = small(look)
        self._stock = QVBoxLayout()
        self._stock.setSpacing(6)
        self._description_title = caption(look, self.tr("Description"))
        self._description = body(look, wrap=True)

    def _build_foot(self) -> None:
        look = self._look
        self._order = KeyButton(look, self.tr("Order"), kind="primary", keys="Return", bind=False)
        self._order.clicked.connect(self._on_order_clicked)
        self._add = KeyButton(look, "", kind="main", keys="Shift+Return")
        self._add.clicked.connect(self._on_add_clicked)
        self._add.hide()
        for button in (self._order, self._add):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot = QWidget()
        self._foot.setLayout(column(rule(), column(self._order, self._add, margins=(24, 12, 24, 12)), spacing=0))

    def _lay_out(self) -> None:
        self._content = QWidget()
        story = row(section(self._look, self.tr("Why this price")), None, self._copy_story)
        stock_head = row(caption(self._look, self.tr("Stock of the wholesalers")), None, self._stock_age)
        self._content.setLayout(
            column(
                self._head, 4, rule(), 4, self._price_row, self._pack_note, 4, story, self._why,
                row(self._ask, None, self._conditions), 4, self._ahead, self._breaks_title, self._breaks, 4,
                stock_head, self._stock, 4, self._description_title, self._description, None,
                spacing=8, margins=(24, 20, 16, 16),
            )
        )  # fmt: skip
        self._empty = body(
            self._look, self.tr("Choose a product: its price, why, and its stock appear here."), wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(40, 0, 40, 0)
        self.body.addWidget(self._empty, 1)
        self._content.setFixedWidth(PRODUCT_PANEL_WIDTH - 10)
        self._scroll = scrolling(self._content)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._foot)

    def _show_nothing(self) -> None:
        self._detail = None
        self._scroll.hide()
        self._foot.hide()
        self._empty.show()

    def _show_head(self, detail: ProductDetail) -> None:
        product = detail.product
        self._empty.hide()
        self._scroll.show()
        self._picture.show_family(product.family)
        self._name.setText(server_text(product.name))
        kind = " · ".join(server_text(part) for part in (product.brand, detail.family_name) if part)
        self._kind.setText(kind)
        self._reference.setText(server_text(product.manufacturer_ref or product.sku))
        self._description.setText(server_text(product.description))
        for widget in (self._description_title, self._description):
            widget.setVisible(bool(product.description))

    def _show_price(self, detail: ProductDetail, quantity: int) -> None:
        formats, price, product = self._formats, detail.price, detail.product
        for widget in (self._why, self._copy_story):
            widget.setVisible(price is not None)
        if price is None:
            self._net.setText("\u2013")
            self._net_note.setText(self.tr("No wholesaler carries it."))
        else:
            self._net.setText(formats.unit_price(price.unit_net))
            self._net_note.setText(self._price_note(detail))
            self._why.show_steps(trace_steps(price, formats))
        self._net_note.set_tone("amber" if self._stale else "ink3")
        self._ahead.show_prices(price, detail.ahead, self._formats.local(self._now()).date())
        taken = _full_packs(quantity, product.pack_multiple, product.min_qty)
        rounded = self.tr("Sold in packs of {0}: {1} will be ordered.").format(
            formats.number(product.pack_multiple), formats.number(taken)
        )
        self._pack_note.setText(formats.typography(rounded))
        self._pack_note.setVisible(taken != quantity)
        several = len(detail.breaks) > 1
        self._breaks_title.setVisible(several)
        self._breaks.setVisible(several)
        if several:
            self._breaks.show_breaks(detail.breaks, quantity)
        self._order.setText(self.tr("Order {0}").format(formats.number(taken)))
        self._order.updateGeometry()
        self._order.setEnabled(price is not None)
        self._add.setEnabled(price is not None)

    def _price_note(self, detail: ProductDetail) -> str:
        parts = [self._formats.ago_words(self._read_at, self._now())]
        if detail.product.eco_fee:
            parts.append(self.tr("+ eco {0}").format(self._formats.amount(detail.product.eco_fee)))
        if detail.price is not None:
            taken = detail.price.wholesaler
            parts.insert(0, next((short_name(view) for view in detail.stock if view.wholesaler == taken), taken))
        return " · ".join(parts)

    def _show_stock(self, detail: ProductDetail, quantity: int) -> None:
        self._stock_age.setText(self._formats.ago_words(self._read_at, self._now()))
        self._stock_age.set_tone("amber" if self._stale else "ink3")
        clear(self._stock)
        for view in detail.stock:
            if view.listed:
                self._stock.addLayout(self._stock_row(view, quantity))

    def _stock_row(self, view: StockView, quantity: int) -> QHBoxLayout:
        look, formats = self._look, self._formats
        kind = view.mark(quantity)
        words, tone = self.tr("in stock"), "ink2"
        if kind == "short":
            words, tone = self.tr("{0} missing").format(formats.number(quantity - view.available)), "amber"
        elif kind == "none":
            words, tone = self.tr("no arrival date known"), "ink3"
        if kind != "enough" and view.next_arrival is not None:
            many = formats.number(view.next_qty) if view.next_qty else ""
            day = formats.day(view.next_arrival)
            words = self.tr("{0} arrive on {1}").format(many, day) if many else self.tr("arrival on {0}").format(day)
        number = Text(look, formats.number(view.available), BODY, MEDIUM, "amber" if kind == "short" else "ink")
        number.setMinimumWidth(52)
        name = Text(look, server_text(view.name or view.wholesaler), BODY)
        return row(StockMarks(look, (view,), quantity), number, name, None, Text(look, words, BODY, tone=tone))

    def _on_quantity_changed(self, quantity: int) -> None:
        if self._detail is not None:
            self.show_product(self.sku, quantity)

    def _on_break_chosen(self, quantity: int) -> None:
        self._quantity.set_value(quantity)
        self._on_quantity_changed(quantity)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._reference.text())

    def _on_order_clicked(self) -> None:
        if self._detail is not None:
            self.order_wanted.emit(self.sku, self.quantity)

    def _on_conditions_clicked(self) -> None:
        if self._detail is not None:
            self.conditions_wanted.emit(self.sku)

    def _on_add_clicked(self) -> None:
        if self._detail is not None:
            self.add_wanted.emit(self.sku, self.quantity)


def _full_packs(quantity: int, multiple: int, minimum: int) -> int:
    wanted = max(quantity, minimum)
    return -(-wanted // multiple) * multiple
