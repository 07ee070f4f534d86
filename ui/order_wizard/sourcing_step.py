"""Step 3: plans over the wholesalers, and below them who delivers each line; a line moves by Ctrl+Right or its menu.

The plans: `plan_panel`; a wholesaler's card: `part_card`.
"""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.errors import ComptoirError
from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.plan_views import PlanView
from desktop_app.services.sourcing_service import SourcingService
from desktop_app.services.views import LineView
from ui.models.order_lines_model import OrderLinesModel
from ui.models.sub_orders_model import Part, parts_of
from ui.order_wizard.part_card import PartCard
from ui.order_wizard.plan_panel import PlanPanel
from ui.page import UiContext
from ui.theme.tokens import BODY, PAGE_MARGIN
from ui.widgets.buttons import KeyButton, KeyHint
from ui.widgets.card import scrolling
from ui.widgets.counts import sub_orders_words
from ui.widgets.notices import EmptyState
from ui.widgets.text import clear, column, row, section, small

_LINE_MARGIN = 12


class SourcingStep(QWidget):
    """Cards over the draft's lines. Changes go through the lines' model, so that the grid of step 2 follows."""

    draft_changed = Signal()

    def __init__(
        self,
        context: UiContext,
        session: DraftSession,
        model: OrderLinesModel,
        catalog: CatalogService,
        sourcing: SourcingService,
    ) -> None:
        super().__init__()
        self._context = context
        self._session = session
        self._model = model
        self._catalog = catalog
        self._sourcing = sourcing
        look = context.look
        self.plans = PlanPanel(context, session, sourcing)
        self.plans.taken.connect(self._on_plan_taken)
        self.plans.by_hand_wanted.connect(self.take_focus)
        self.plans.shown.connect(self._refresh_parts)
        self.plans.bind_keys(self)
        self.cards: list[PartCard] = []
        self._title = section(look)
        self._auto = KeyButton(look, self.tr("Choose for me"), kind="quiet")
        self._auto.clicked.connect(self._on_auto)
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        hint = row(
            self._title,
            small(look, self.tr("draw a line, or"), "ink2"),
            KeyHint(look, "Ctrl+Right", self.tr("other wholesaler")),
            KeyHint(look, "Return", self.tr("compare")),
            None,
            self._auto,
            spacing=10,
        )
        body = column(self.plans, hint, self._row, spacing=12, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 20))
        body.setStretch(2, 1)
        self._content = QWidget()
        self._content.setLayout(body)
        # Low windows scroll: neither plans nor lines are squeezed.
        self._area = scrolling(self._content)
        self.setLayout(column(self._area))

    def take_focus(self) -> None:
        """The first line of the first card."""
        for card in self.cards:
            if card.part.lines:
                self._focus_card(card, 0)
                return

    def refresh(self) -> None:
        """Show the draft as it is now."""
        self.plans.refresh(self._sourcing.by_hand(self._session))
        self._refresh_parts()

    def _refresh_parts(self) -> None:
        now, found = self._sourcing.by_hand(self._session), self.plans.found
        stale = () if found is None else found.stale
        parts = parts_of(self._session.lines(), now.carriage, now.deliveries, stale)
        used = sum(bool(part.lines) for part in parts)
        formats = self._context.formats
        self._title.setText(self.tr("In {0}").format(sub_orders_words(used, formats)) if used else self.tr("Sourcing"))
        if [card.part.wholesaler for card in self.cards] != [part.wholesaler for part in parts]:
            self._make_cards(parts)
        for place, (card, part) in enumerate(zip(self.cards, parts, strict=True)):
            if card.part != part:
                card.show_part(part)
            self._row.setStretch(place, 5 if part.lines else 2)

    def _on_plan_taken(self, plan: PlanView) -> None:
        def work() -> None:
            self._model.take_plan(plan)

        self._context.navigator.run(work)
        self.refresh()
        self.draft_changed.emit()

    def _make_cards(self, parts: tuple[Part, ...]) -> None:
        clear(self._row)
        self.cards = []
        for part in parts:
            card = PartCard(self._context, part)
            card.moved.connect(self._on_moved)
            card.card_left.connect(self._on_card_left)
            card.line_opened.connect(self._on_line_opened)
            card.dropped.connect(self._on_dropped)
            self.cards.append(card)
            self._row.addWidget(card)
        # What is made later would come last of the whole window.
        for before, after in pairwise([self._auto, *(card.lines for card in self.cards)]):
            QWidget.setTabOrder(before, after)
        if not parts:
            words = self.tr("No line yet")
            self._row.addWidget(EmptyState(self._context.look, "package", words, self.tr("Enter the lines first.")))

    # Moving lines

    def _on_moved(self, key: int, step: int) -> None:
        """To the next wholesaler to that side that lists the product."""
        view = self._model.view(key)
        listed = {stock.wholesaler for stock in view.stock if stock.listed}
        codes = [card.part.wholesaler for card in self.cards]
        if view.wholesaler not in codes:
            return
        place = codes.index(view.wholesaler)
        for offset in range(1, len(codes)):
            code = codes[(place + step * offset) % len(codes)]
            if code in listed:
                self._move(key, code)
                return
        self._context.navigator.notify(self.tr("No other wholesaler carries this product."), "info", "sourcing")

    def _on_dropped(self, key: int) -> None:
        """A line was drawn to the card that says so."""
        card = self.sender()
        if isinstance(card, PartCard):
            view = self._model.view(key)
            if any(stock.listed and stock.wholesaler == card.part.wholesaler for stock in view.stock):
                self._move(key, card.part.wholesaler)
            else:
                words = self.tr("{0} does not carry this product.").format(card.part.name)
                self._context.navigator.notify(words, "info", "sourcing")

    def _move(self, key: int, code: str) -> None:
        before = self._sourcing.by_hand(self._session).total

        def work() -> None:
            self._model.set_wholesaler(key, code)

        self._context.navigator.run(work)
        self._tell_cost(self._sourcing.by_hand(self._session).total - before)
        self.refresh()
        self.draft_changed.emit()
        for card in self.cards:
            place = card.model.row_of(key)
            if place >= 0:
                self._focus_card(card, place)

    def _tell_cost(self, difference: Decimal) -> None:
        """What moving a line by hand did to the order, before VAT, carriage and fees counted."""
        amount = self._context.formats.signed_amount(difference)
        words = self.tr("Moved: {0} on the order, carriage included.").format(amount)
        if not difference:
            words = self.tr("Moved: the order costs the same.")
        self._context.navigator.notify(words, "info", "sourcing")

    def _on_card_left(self, step: int) -> None:
        focused = next((place for place, card in enumerate(self.cards) if card.lines.hasFocus()), 0)
        for offset in range(1, len(self.cards) + 1):
            card = self.cards[(focused + step * offset) % len(self.cards)]
            if card.part.lines:
                self._focus_card(card, max(card.lines.currentIndex().row(), 0))
                return

    def _focus_card(self, card: PartCard, place: int) -> None:
        for other in self.cards:
            if other is not card:
                other.lines.clearSelection()
        card.lines.setFocus()
        card.lines.select_row(min(place, card.model.rowCount() - 1))
        # The line alone: the plans above stay in sight where there is room for both.
        rect = card.lines.visualRect(card.lines.currentIndex())
        foot = card.lines.viewport().mapTo(self._content, rect.bottomLeft())
        self._area.ensureVisible(foot.x(), foot.y(), 0, _LINE_MARGIN)

    def _on_line_opened(self, key: int) -> None:
        """Return: price and stock at every wholesaler, one of which can be taken."""
        view = self._model.view(key)
        menu = QMenu(self)
        menu.setFont(self._context.look.font(BODY))
        for stock in view.stock:
            if not stock.listed:
                continue
            action = QAction(self._offer_words(view, stock.wholesaler), menu)
            action.setCheckable(True)
            action.setChecked(stock.wholesaler == view.wholesaler)
            action.triggered.connect(self._mover(key, stock.wholesaler))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Let the rules choose")).triggered.connect(self._mover(key, ""))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._menu_place(key))

    def _mover(self, key: int, code: str) -> Callable[[], None]:
        return lambda: self._move(key, code)

    def _offer_words(self, view: LineView, code: str) -> str:
        formats = self._context.formats
        stock = next(one for one in view.stock if one.wholesaler == code)
        try:
            price = formats.unit_price(self._catalog.price(view.sku, view.quantity, code).unit_net)
        except ComptoirError:
            price = self.tr("no price")
        words = self.tr("{0}: {1}, {2} in stock").format(stock.name, price, formats.number(stock.available))
        cost = None if code == view.wholesaler else self._sourcing.move_cost(self._session, view.key, code)
        if cost is not None:
            words = self.tr("{0}, {1} on the order").format(words, formats.signed_amount(cost))
        return formats.typography(words)

    def _menu_place(self, key: int) -> QPoint:
        for card in self.cards:
            place = card.model.row_of(key)
            if place >= 0:
                rect = card.lines.visualRect(card.model.index(place, 0))
                return card.lines.viewport().mapToGlobal(rect.bottomLeft())
        return self.mapToGlobal(QPoint(0, 0))

    def _on_auto(self) -> None:
        """Take every choice back to the rules."""
        for view in self._session.lines():
            if view.chosen:
                self._move(view.key, "")
        self.take_focus()
