"""The list of orders: drafts, waiting, with the manufacturer, done. Typing filters, Return opens."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.domain.order import Status
from desktop_app.errors import UnknownOrder
from desktop_app.services.order_service import OrderService
from desktop_app.services.people import People
from desktop_app.services.views import OrderSummary
from ui.formats import server_text
from ui.models.orders_model import OrderGroup, OrdersModel
from ui.orders.draft_acts import COMPARE_KEYS, SHARE_KEYS, TAKE_KEYS, DraftActs
from ui.orders.whose_orders import WhoseOrders
from ui.page import Crumb, KeyEntry, Page, UiContext
from ui.theme import painting
from ui.theme.tokens import MEDIUM, PAGE_MARGIN, SMALL
from ui.widgets.buttons import KeyButton, KeyHint
from ui.widgets.fields import SearchField
from ui.widgets.filter_chips import FilterChips
from ui.widgets.grid import Cell, Column, Grid, medium, quiet
from ui.widgets.notices import EmptyState
from ui.widgets.states import TONES, paint_lights
from ui.widgets.text import column, row
from ui.wording import order_state

_REREAD_ONE_BY_ONE = 20


class OrdersPage(Page):
    """One list for everything; the text field has the focus."""

    def __init__(self, context: UiContext, orders: OrderService, people: People, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._orders = orders
        look = context.look
        self.model = OrdersModel(context.formats, context.now, _reference, self)
        self.search = SearchField(
            look, self.tr("number, reference, client"), self.tr("Search in the orders"), self.tr("Empty the field")
        )
        self.filters = FilterChips(look, self._filter_words(), OrderGroup.ALL, self.tr("Filters"))
        self.whose = WhoseOrders(context, people)
        self.grid = Grid(look, _columns(), name=self.tr("Orders"))
        self.grid.setModel(self.model)
        self._stale = True
        self._body = QStackedWidget()
        self._body.addWidget(self.grid)
        self._body.addWidget(self._nothing_yet())
        self._body.addWidget(
            EmptyState(look, "magnifying-glass", self.tr("No order matches"), self.tr("Esc empties the field."))
        )
        new = KeyButton(look, self.tr("New order"), kind="primary", icon="plus", keys="Ctrl+N", bind=False)
        new.clicked.connect(self._on_new)
        self._drafts = DraftActs(context, orders.sharing, self.window, self)
        self.share = KeyButton(look, self.tr("Share"), keys=SHARE_KEYS, bind=False)
        self.take = KeyButton(look, self.tr("Take over"), keys=TAKE_KEYS, bind=False)
        self.compare = KeyButton(look, self.tr("Compare"), keys=COMPARE_KEYS, bind=False)
        hints = row(
            KeyHint(look, ("↑", "↓"), self.tr("browse")),
            KeyHint(look, "Return", self.tr("open")),
            KeyHint(look, "F6", self.tr("filters")),
            None,
            *(self.share, self.take, self.compare),
            spacing=16,
        )
        layout = column(
            row(self.search, self.whose, new, spacing=16),
            self.filters,
            self._body,
            hints,
            spacing=12,
            margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 12),
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._connect()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The room."""
        return (Crumb(self.tr("Orders")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of the list."""
        return (
            KeyEntry("Up", self.tr("Order above")),
            KeyEntry("Down", self.tr("Order below")),
            KeyEntry("Return", self.tr("Open the order")),
            KeyEntry(SHARE_KEYS, self.tr("Share the draft with the colleagues")),
            KeyEntry(TAKE_KEYS, self.tr("Take the colleague's draft over")),
            KeyEntry(COMPARE_KEYS, self.tr("Compare two versions of a draft")),
            KeyEntry("F6", self.tr("To the filters")),
            KeyEntry("Esc", self.tr("Empty the field")),
        )

    def on_shown(self) -> None:
        """Read the list anew where something changed meanwhile."""
        self.whose.refresh()
        if self._stale:
            self._reload()
        self.search.edit.setFocus()

    def on_hidden(self) -> None:
        """Changes from now on are read when the page is shown again."""
        self._stale = True

    # Inside

    def _connect(self) -> None:
        self.search.changed.connect(self._on_text_changed)
        self.search.moved.connect(self._on_moved)
        self.search.accepted.connect(self._on_accepted)
        self.whose.author_chosen.connect(self._on_author_chosen)
        self.filters.chosen.connect(self._on_filter_chosen)
        self.grid.row_activated.connect(self._on_row_activated)
        self.context.signals.orders_changed.connect(self._on_orders_changed)
        self.grid.selectionModel().currentRowChanged.connect(self._show_draft_acts)
        self.model.modelReset.connect(self._show_draft_acts)
        self.model.dataChanged.connect(self._show_draft_acts)
        QShortcut(QKeySequence("F6"), self).activated.connect(self.filters.take_focus)
        for button, keys, act in (
            (self.share, SHARE_KEYS, self._on_share),
            (self.take, TAKE_KEYS, self._on_take),
            (self.compare, COMPARE_KEYS, self._on_compare),
        ):
            button.clicked.connect(act)
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _reload(self) -> None:
        self._stale = False
        found = self.context.navigator.run(lambda: (*self._orders.list(), *self._orders.sharing.colleagues()))
        self.model.load(found if isinstance(found, tuple) else ())
        self._after_filter()

    def _on_orders_changed(self, order_ids: tuple[str, ...]) -> None:
        if self._stale or not self.isVisible():
            self._stale = True
            return
        if len(order_ids) > _REREAD_ONE_BY_ONE:
            self._reload()
            return
        current = self._current_id()
        found = self._read(order_ids)
        self.model.put(found)
        self.model.remove(set(order_ids) - {summary.order_id for summary in found})
        self._after_filter(current)

    def _read(self, order_ids: tuple[str, ...]) -> list[OrderSummary]:
        """Those of this desk, and those that a colleague holds; of others there is nothing any more."""
        found, elsewhere = [], set()
        for order_id in order_ids:
            try:
                found.append(self._orders.summary(order_id))
            except UnknownOrder:
                elsewhere.add(order_id)
        if elsewhere:
            found += [one for one in self._orders.sharing.colleagues() if one.order_id in elsewhere]
        return found

    def _after_filter(self, current: str = "") -> None:
        """Counts, the right empty state, and a chosen row so that Return opens at once."""
        for group in OrderGroup:
            self.filters.set_count(group, self.context.formats.number(self.model.count(group)))
        shown, every = self.model.rowCount(), self.model.count(OrderGroup.ALL)
        self._body.setCurrentIndex(0 if shown else 1 if not every else 2)
        self.grid.select_row(max(self.model.row_of(current), 0))

    def _on_text_changed(self, text: str) -> None:
        self.model.set_text(text)
        self._after_filter()

    def _on_filter_chosen(self, group: str) -> None:
        self.model.set_group(OrderGroup(group))
        self._after_filter()

    def _on_author_chosen(self, author: str) -> None:
        self.model.set_author(author)
        self._after_filter()

    def _on_moved(self, step: int) -> None:
        row_now = self.grid.currentIndex().row()
        self.grid.select_row(min(max(row_now + step, 0), self.model.rowCount() - 1))

    def _on_accepted(self) -> None:
        self._open(self.grid.currentIndex().row())

    def _on_row_activated(self, index: QModelIndex) -> None:
        self._open(index.row())

    def _open(self, place: int) -> None:
        summary = self.model.row(place)
        if summary is None:
            return
        if summary.shared is not None and not summary.shared.mine:
            self._drafts.ask_to_take(summary.order_id, summary.desk_no, summary.shared)
        elif summary.status is Status.DRAFT:
            self.context.navigator.open_wizard(summary.order_id)
        else:
            self.context.navigator.open_order(summary.order_id)

    def _current_id(self) -> str:
        summary = self._current()
        return "" if summary is None else summary.order_id

    def _current(self) -> OrderSummary | None:
        return self.model.row(self.grid.currentIndex().row())

    def _show_draft_acts(self, *_: object) -> None:
        """What can be done with the chosen draft; nothing where sharing is not possible."""
        summary = self._current()
        share = None if summary is None else summary.shared
        alone = summary is not None and summary.status is Status.DRAFT and share is None
        self.share.setVisible(alone and self._orders.sharing.possible)
        self.take.setVisible(share is not None and not share.mine)
        self.compare.setVisible(share is not None and share.parted)

    def _on_share(self) -> None:
        summary = self._current()
        if summary is not None and self.share.isVisible():
            self._drafts.share(summary.order_id)

    def _on_take(self) -> None:
        summary = self._current()
        if summary is not None and summary.shared is not None and self.take.isVisible():
            self._drafts.ask_to_take(summary.order_id, summary.desk_no, summary.shared)

    def _on_compare(self) -> None:
        summary = self._current()
        if summary is not None and self.compare.isVisible():
            self._drafts.compare(summary.order_id)

    def _on_new(self) -> None:
        self.context.navigator.new_order()

    def _nothing_yet(self) -> EmptyState:
        new = KeyButton(self.context.look, self.tr("New order"), kind="primary", keys="Ctrl+N", bind=False)
        new.clicked.connect(self._on_new)
        detail = self.tr("Drafts and orders stand here from their first line on, online or not.")
        return EmptyState(self.context.look, "receipt", self.tr("No order yet"), detail, new)

    def _filter_words(self) -> tuple[tuple[str, str], ...]:
        return (
            (OrderGroup.ALL, self.tr("All")),
            (OrderGroup.DECIDE, self.tr("To decide")),
            (OrderGroup.DRAFTS, self.tr("Drafts")),
            (OrderGroup.WAITING, self.tr("On their way")),
            (OrderGroup.RUNNING, self.tr("With the manufacturer")),
            (OrderGroup.DONE, self.tr("Done")),
        )


def _reference(summary: OrderSummary) -> str:
    return server_text(summary.reference)


def _columns() -> tuple[Column, ...]:
    right = painting.RIGHT
    return (
        Column(124, paint=medium),
        Column(0),
        Column(104, paint=quiet),
        Column(64, right, quiet),
        Column(116, right, medium),
        Column(360, paint=_state),
    )


def _state(cell: Cell) -> None:
    """The three lights, the state in words, and the manufacturer's number beside it."""
    if not isinstance(cell.row, OrderSummary):
        return
    middle = cell.rect.center().y()
    lights = paint_lights(cell.painter, cell.look, cell.rect.left(), middle, cell.row.lights)
    rest = cell.rect.adjusted(lights + 14, 0, 0, 0)
    tone = TONES.get(order_state(cell.row).kind, "ink2")
    words = cell.words
    width = cell.text(words, tone if tone in ("amber", "red") else "ink2", weight=MEDIUM, rect=rest)
    if cell.row.order_no:
        cell.text(cell.row.order_no, "ink3", SMALL, rect=rest.adjusted(width + 10, 0, 0, 0))
