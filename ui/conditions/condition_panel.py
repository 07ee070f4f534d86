"""One condition beside the list: a plain sentence, its document and dates, what it was before, what it touches."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.condition_views import ConditionRow
from ui.conditions.condition_words import (
    buyer_words,
    changes_words,
    channel_words,
    on_words,
    quota_words,
    sentence,
    state_words,
    what_words,
)
from ui.conditions.touched import Touched, TouchedProduct, narrowed
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, PRODUCT_PANEL_WIDTH, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import SidePanel, scrolling
from ui.widgets.name_link import NameLink
from ui.widgets.period_words import period_words
from ui.widgets.tab_order import tab_as_read
from ui.widgets.text import Text, body, caption, clear, column, row, rule, small

_LABEL = 108


class ConditionPanel(SidePanel):
    """`product_wanted` carries a sku, `all_wanted` a family and a brand, `ask_wanted` the condition and a sku,
    `history_wanted` the condition.

    `about` is the product the room is narrowed to: what a condition on many products is asked about.
    """

    product_wanted = Signal(str)
    all_wanted = Signal(str, str)
    ask_wanted = Signal(object, str)
    history_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats, touched: Callable[[ConditionRow], Touched]) -> None:
        super().__init__(PRODUCT_PANEL_WIDTH)
        self._look, self._formats = look, formats
        self._touched = touched
        self.condition: ConditionRow | None = None
        self.about = ""
        self.products = Touched((), 0)
        holder = QWidget()
        self._content = QVBoxLayout(holder)
        self._content.setContentsMargins(24, 20, 16, 16)
        self._content.setSpacing(6)
        self._scroll = scrolling(holder)
        words = self.tr("Choose a condition: what it means and what it touches appear here.")
        self._empty = body(look, words, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(40, 0, 40, 0)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._scroll, 1)
        self._build_foot()
        self.show_condition(None)

    def show_condition(self, condition: ConditionRow | None) -> None:
        """Show another condition, or that none is chosen."""
        self.condition = condition
        self._empty.setVisible(condition is None)
        self._scroll.setVisible(condition is not None)
        self._foot.setVisible(condition is not None)
        if condition is None:
            return
        self.products = self._touched(condition)
        clear(self._content)
        for add in (self._head, self._facts, self._before, self._products):
            add(condition)
        self._content.addStretch(1)
        self._open.setText(self._open_words())
        self._open.updateGeometry()
        self._open.setEnabled(self.products.total > 0)
        self._ask.setVisible(self._asked_sku() != "")
        self._scroll.verticalScrollBar().setValue(0)
        tab_as_read(self._content, self._foot)

    def open_products(self) -> None:
        """Return: the product it touches, or all of them, in the catalogue."""
        if self.condition is None or not self.products.total:
            return
        sku = self._one_sku()
        if sku:
            self.product_wanted.emit(sku)
        else:
            self.all_wanted.emit(*narrowed(self.condition))

    def ask(self) -> None:
        """F7: what its product would cost; empty where it touches several, and none of them is chosen."""
        if self.condition is not None:
            self.ask_wanted.emit(self.condition, self._asked_sku())

    def tell_history(self) -> None:
        """Alt+H: all its versions."""
        if self.condition is not None:
            self.history_wanted.emit(self.condition)

    def _build_foot(self) -> None:
        self._open = KeyButton(self._look, "", kind="primary", keys="Return", bind=False)
        self._open.clicked.connect(self.open_products)
        self._ask = KeyButton(self._look, self.tr("What if…"), kind="main", keys="F7", bind=False)
        self._ask.clicked.connect(self.ask)
        self._history = KeyButton(self._look, self.tr("History"), kind="main", keys="Alt+H", bind=False)
        self._history.clicked.connect(self.tell_history)
        for button in (self._open, self._ask, self._history):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot = QWidget()
        self._foot.setLayout(
            column(rule(), column(self._open, row(self._ask, self._history), margins=(24, 12, 24, 12)), spacing=0)
        )
        self.body.addWidget(self._foot)

    def _head(self, condition: ConditionRow) -> None:
        look, formats = self._look, self._formats
        chip, tone = state_words(condition)
        self._content.addWidget(Text(look, what_words(condition, formats), SECTION, SEMIBOLD, wrap=True))
        name, kind = on_words(condition)
        where = " · ".join(part for part in (name, kind) if part)
        self._content.addWidget(Text(look, where, BODY, MEDIUM, "ink2", wrap=True))
        if chip:
            words = self._conflict_words() if condition.state == "conflict" else chip
            self._content.addWidget(Text(look, words, BODY, SEMIBOLD, tone, wrap=True))
        self._content.addSpacing(4)
        self._content.addWidget(body(look, sentence(condition, formats), "ink", wrap=True))
        self._split()

    def _conflict_words(self) -> str:
        return self._formats.typography(
            self.tr("Contradictory: another record says something else with the same right, so neither counts.")
        )

    def _facts(self, condition: ConditionRow) -> None:
        formats = self._formats
        dates = period_words(condition.start, condition.end, formats) or self.tr("without start and end")
        facts = (
            (self.tr("Document"), server_text(condition.contract_ref)),
            (self.tr("Name"), server_text(condition.label)),
            (self.tr("Dates"), dates),
            (self.tr("For whom"), buyer_words(condition.buyer_kind)),
            (self.tr("End client"), server_text(condition.end_client)),
            (self.tr("Only for"), channel_words(condition.channel)),
            (self.tr("Quota left"), quota_words(condition, formats)),
            (self.tr("Number"), server_text(condition.id)),
            (self.tr("Version"), str(condition.rev) if condition.rev else ""),
        )
        for name, value in facts:
            if value:
                self._content.addLayout(self._fact(name, value))

    def _fact(self, name: str, value: str) -> QHBoxLayout:
        label = small(self._look, name, "ink2")
        label.setFixedWidth(_LABEL)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = row(label, Text(self._look, self._formats.typography(value), BODY, wrap=True), spacing=8)
        line.setStretch(1, 1)
        return line

    def _before(self, condition: ConditionRow) -> None:
        changes = changes_words(condition, self._formats)
        if not changes:
            return
        self._split()
        self._content.addWidget(caption(self._look, self.tr("Before")))
        for what, was, now in changes:
            words = self.tr("{0} instead of {1}").format(now, was)
            self._content.addLayout(self._fact(what, words))

    def _products(self, condition: ConditionRow) -> None:
        touched, formats = self.products, self._formats
        self._split()
        count = formats.number(touched.total)
        heading = self.tr("more than {0} products").format(count) if touched.capped else self._count_words()
        title = caption(self._look, self.tr("Products it touches"))
        self._content.addLayout(row(title, None, small(self._look, heading)))
        for product in touched.products:
            self._content.addLayout(self._product_row(product))
        if not touched.products:
            self._content.addWidget(body(self._look, self.tr("None in today's catalogue."), wrap=True))

    def _count_words(self) -> str:
        total = self.products.total
        return self.tr("1 product") if total == 1 else self.tr("{0} products").format(self._formats.number(total))

    def _product_row(self, product: TouchedProduct) -> QHBoxLayout:
        price = self._formats.amount(product.unit_net) if product.unit_net is not None else "\u2013"
        name = server_text(product.name)
        link = NameLink(self._look, name, self.tr("Open {0} in the catalogue").format(name))
        link.clicked.connect(lambda _checked=False, sku=product.sku: self.product_wanted.emit(sku))
        figure = Text(self._look, price, BODY, MEDIUM)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        figure.setMinimumWidth(84)
        line = row(link, figure, spacing=8)
        line.setStretch(0, 1)
        return line

    def _split(self) -> None:
        self._content.addSpacing(6)
        self._content.addWidget(rule())
        self._content.addSpacing(6)

    def _open_words(self) -> str:
        if self._one_sku() or self.products.total == 1:
            return self.tr("Open the product")
        count = self._formats.number(self.products.total)
        if self.products.capped:
            return self.tr("See its products")
        return self.tr("See its {0} products").format(count)

    def _asked_sku(self) -> str:
        return self._one_sku() or (self.about if self.condition is not None else "")

    def _one_sku(self) -> str:
        kind, _, key = self.condition.product.partition(":") if self.condition is not None else ("", "", "")
        return key if kind == "sku" and self.products.total else ""
