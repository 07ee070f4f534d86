"""What if: another quantity, day, wholesaler or end client, and the price moves at once. No order is touched.

The prices are the price service's; what "today" is compared with is the question the sheet was opened with.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.services.condition_views import PriceAnswer, PriceQuestion
from ui.formats import server_text
from ui.page import UiContext
from ui.theme.tokens import FIGURE, SECTION, SEMIBOLD
from ui.why.what_if_fields import WhatIfFields
from ui.why.what_if_words import Compared, compared, price_problems, where_words
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.counts import pieces_words
from ui.widgets.sheet import Sheet
from ui.widgets.tab_order import tab_as_read
from ui.widgets.text import Text, body, clear, column, row, section, small
from ui.widgets.trace_words import trace_steps, trace_text
from ui.widgets.waterfall import Waterfall

if TYPE_CHECKING:
    from desktop_app.services.price_service import PriceService

_WIDTH, _LEFT, _RIGHT = 872, 320, 440
_TALLEST, _LOWEST, _FREE = 430, 160, 48

Apply = Callable[[int, str], None]


class WhatIfSheet(Sheet):
    """`apply` (quantity, wholesaler or "") puts it into a line of an order; without it a new order is offered."""

    def __init__(
        self,
        context: UiContext,
        window: QWidget,
        prices: "PriceService",
        question: PriceQuestion,
        apply: Apply | None = None,
    ) -> None:
        super().__init__(context.look, window, _WIDTH, top=64)
        self._context, self._prices, self._apply = context, prices, apply
        # Today's price of what was asked first: what everything else is compared with.
        self._base = prices.what_if(PriceQuestion(question.sku, question.quantity, question.wholesaler))
        look = context.look
        self.fields = WhatIfFields(context, question, self._base)
        self.fields.changed.connect(self._on_changed)
        self._net = Text(look, "", FIGURE, SEMIBOLD)
        self._where = small(look, "", "ink2", wrap=True)
        self._difference = Text(look, "", SECTION, SEMIBOLD, wrap=True)
        self._total = body(look, "", "ink", wrap=True)
        self._problems = column(spacing=4)
        self._falls = Waterfall(look, self.tr("Why this price"), detailed=True)
        self._falls.setFixedWidth(_RIGHT - 12)
        self._scroll = scrolling(self._falls)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.tr("Why this price"))
        self._lay_out()
        self._answer(question)

    @property
    def answer(self) -> PriceAnswer:
        """The answer shown."""
        return self._answered

    @property
    def difference(self) -> Compared | None:
        """How it compares with today, None where one of the two has no price."""
        return compared(self._base, self._answered)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The quantity has the focus; a number typed replaces it."""
        super().open_sheet(focus or self.fields.quantity)
        self.fields.quantity.select_all()

    def place_panel(self) -> None:
        """The waterfall takes the height that is left, so that another answer moves nothing."""
        lowest = self._height_with(_LOWEST)
        room = self.height() - 2 * _FREE - lowest + _LOWEST
        self._height_with(max(min(room, _TALLEST), _LOWEST))
        super().place_panel()
        self.panel.move(self.panel.x(), max((self.height() - self.panel.height()) // 2, _FREE // 2))

    def _height_with(self, waterfall: int) -> int:
        """How high the panel is with a waterfall of that height."""
        self._scroll.setFixedHeight(waterfall)
        layout = self.panel.layout()
        # From the inside out: what holds a layout tells its own parent of another size only once it is activated.
        for inner in (self._answered_part.layout(), self.fields.layout(), layout):
            if inner is not None:
                inner.activate()
        return layout.totalHeightForWidth(_WIDTH) if layout is not None else 0

    def _lay_out(self) -> None:
        look = self._context.look
        self._copy = KeyButton(look, self.tr("Copy the calculation"), kind="main", keys="Ctrl+C")
        close = KeyButton(look, self.tr("Close"), kind="main", keys="Esc", bind=False)
        self._take = KeyButton(look, "", kind="primary", keys="Ctrl+Return")
        self._copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close_sheet)
        self._take.clicked.connect(self._on_take)
        product = self._base.product
        name = server_text(product.name) if product is not None else ""
        sku = server_text(product.manufacturer_ref or product.sku) if product is not None else ""
        head = column(
            row(section(look, self.tr("What if…")), None, small(look, self.tr("no order is changed"))),
            body(look, name, "ink", wrap=True),
            small(look, sku, "ink2"),
            spacing=4,
        )
        self._answered_part = right = QWidget()
        right.setFixedWidth(_RIGHT)
        right.setLayout(
            column(
                self._net, self._where, self._difference, self._total, self._problems, 6, self._scroll, None,
                spacing=4,
            )
        )  # fmt: skip
        self.fields.setFixedWidth(_LEFT)
        self._foot = row(self._copy, None, close, self._take)
        self.panel.setLayout(
            column(
                head,
                row(self.fields, None, right, spacing=24),
                self._foot,
                spacing=16,
                margins=(28, 20, 28, 20),
            )
        )
        self.setAccessibleName(self.tr("What if…"))

    def _on_changed(self) -> None:
        self._answer(self.fields.question)

    def _answer(self, question: PriceQuestion) -> None:
        self._answered = self._prices.what_if(question)
        self.fields.show_answer(self._answered)
        self._show_price()
        clear(self._problems)
        tab_as_read(self.fields, self._answered_part, self._foot)
        for words, tone in price_problems(self._answered, self._context.formats):
            self._problems.addWidget(small(self._context.look, words, tone, wrap=True))

    def _show_price(self) -> None:
        formats, priced = self._context.formats, self._answered.priced
        for button in (self._copy, self._take):
            button.setEnabled(priced is not None)
        self._falls.setVisible(priced is not None)
        self._difference.setVisible(priced is not None)
        self._total.setVisible(priced is not None)
        quantity = self.fields.question.quantity
        words = self.tr("Put {0} into the order") if self._apply is not None else self.tr("Order {0}")
        self._take.setText(words.format(formats.number(quantity)))
        self._take.updateGeometry()
        if priced is None:
            self._net.setText(self.tr("no price"))
            self._where.setText("")
            return
        self._net.setText(formats.unit_price(priced.unit_net))
        self._where.setText(where_words(self._answered, self._today(), formats))
        self._show_difference()
        pieces = pieces_words(priced.quantity, formats)
        words = self.tr("{0}: {1} excl. VAT").format(pieces, formats.amount(priced.line_total))
        self._total.setText(formats.typography(words))
        self._falls.show_steps(trace_steps(priced, formats))

    def _show_difference(self) -> None:
        formats, told = self._context.formats, self.difference
        if told is None:
            self._difference.setText("")
            return
        today = formats.unit_price(told.now)
        if not told.each:
            self._difference.set_tone("ink2")
            self._difference.setText(self.tr("as today"))
            return
        self._difference.set_tone("amber" if told.each > 0 else "green")
        words = self.tr("{0} each ({1}) against {2} today")
        self._difference.setText(
            formats.typography(words.format(formats.signed_unit(told.each), formats.change(told.percent), today))
        )

    def _today(self) -> date:
        return self._context.formats.local(self._context.now()).date()

    def _on_copy(self) -> None:
        priced, product = self._answered.priced, self._answered.product
        if priced is None or product is None:
            return
        formats = self._context.formats
        day = self.tr("price of {0}").format(formats.day(self._answered.day, year=True))
        QGuiApplication.clipboard().setText(f"{trace_text(priced, product.name, formats)}\n{day}")
        self._context.navigator.notify(self.tr("The calculation is in the clipboard."), "done", "copied")

    def _on_take(self) -> None:
        question = self.fields.question
        self.close_sheet()
        if self._apply is not None:
            self._apply(question.quantity, question.wholesaler)
        else:
            self._context.navigator.new_order(question.sku, question.quantity)
