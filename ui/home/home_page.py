"""Home: what needs me now, the recent orders with their lights, credit left, and one big New order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.back_margin_service import MeterView
from desktop_app.services.order_service import OrderService
from desktop_app.services.sync_service import SyncService
from desktop_app.services.views import CollectionAge, CreditView, Identity, OrderSummary
from ui.back_margin.meter_card import MeterCard
from ui.formats import server_text
from ui.home.cards import CARDS_NARROW, CARDS_WIDE, AgesCard, CreditCard, DraftsCard, right_column
from ui.home.decisions import Decision, DecisionList
from ui.models.orders_model import DATE, LINES, OrdersModel
from ui.page import Crumb, KeyEntry, Page, Room, UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, FIGURE, MEDIUM, PAGE_MARGIN, REGULAR, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.grid import Cell, Column, Grid, medium, quiet
from ui.widgets.notices import EmptyState
from ui.widgets.states import LIGHTS_WIDTH, TONES, paint_lights
from ui.widgets.text import Text, column, row, section
from ui.wording import order_state, reason_words

RECENT = 8
_WIDE = 1100


class HomePage(Page):
    """The first room of the day."""

    def __init__(
        self,
        context: UiContext,
        orders: OrderService,
        sync: SyncService,
        credit: Callable[[], CreditView],
        identity: Callable[[], Identity | None],
        meters: Callable[[], Sequence[MeterView]] = tuple,
        read_ahead: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(context)
        self._meters, self._read_ahead = meters, read_ahead
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._go_on_reading)
        self._orders, self._sync, self._credit, self._identity = orders, sync, credit, identity
        look, formats, navigator = context.look, context.formats, context.navigator
        self._greeting = Text(look, "", FIGURE, SEMIBOLD)
        self._today = Text(look, "", BODY, REGULAR, "ink2", wrap=True)
        self._draft = KeyButton(look, "", kind="main", icon="note-pencil", keys="Ctrl+R")
        self._draft.clicked.connect(self._on_draft_clicked)
        self._new = KeyButton(look, self.tr("New order"), kind="big", icon="plus", keys="Ctrl+N", bind=False)
        self._new.clicked.connect(lambda: navigator.new_order())
        self._decide_title = section(look, self.tr("To decide"))
        self._decide_count = Text(look, "", SECTION, REGULAR, "ink3")
        self.decisions = DecisionList(look)
        self.recent = Grid(look, self._columns(), name=self.tr("Recent orders"))
        self.model = OrdersModel(formats, context.now, _reference, self)
        self.recent.setModel(self.model)
        self.recent.setColumnHidden(LINES, True)
        self.recent.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.row_activated.connect(self._on_recent_activated)
        self._meter_card = MeterCard(look, formats)
        self._meter_card.hide()
        self._meter_card.calculation_wanted.connect(self._on_calculation_wanted)
        self._credit_card = CreditCard(look, formats)
        self._drafts_card = DraftsCard(look, formats, navigator.open_wizard)
        self._ages_card = AgesCard(look, formats)
        self._newest_draft = ""
        self._lay_out()
        self._bind()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Home")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of this room."""
        return (
            KeyEntry("Return", self.tr("First decision")),
            KeyEntry("2", self.tr("Second decision, 3: the third ...")),
            KeyEntry("Ctrl+R", self.tr("Go on with the newest draft")),
            KeyEntry("M", self.tr("How the back-margin adds up")),
            KeyEntry("G", self.tr("Everything to decide")),
            KeyEntry("Ctrl+N", self.tr("New order")),
        )

    def on_shown(self) -> None:
        """Read everything anew."""
        self.refresh()
        target = self.decisions.first.button if self.decisions.first is not None else self._new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Orders, credit and ages as they are now."""
        now, formats = self.context.now(), self.context.formats
        orders = self._orders.list()
        to_decide = [order for order in orders if order_state(order).kind in ("look", "stop") and _is_open(order)]
        drafts = [order for order in orders if order.status is Status.DRAFT]
        sent = [order for order in orders if order.status is not Status.DRAFT]
        self._greet(len(to_decide))
        self._show_newest_draft(drafts)
        self.decisions.show_decisions([self._decision(order) for order in to_decide])
        self._decide_count.setText(formats.number(len(to_decide)))
        for widget in (self._decide_title, self._decide_count, self._see_all):
            widget.setVisible(bool(to_decide))
        self.model.load(sent[:RECENT])
        self.recent.setFixedHeight(self.recent.content_height())
        self._recent_box.setVisible(bool(sent))
        self._empty.setVisible(not sent and not to_decide)
        self._show_meters()
        self._credit_card.show_credit(self._credit(), now)
        self._drafts_card.show_drafts(drafts, now)
        self._ages_card.show_ages(_worth_saying(self._sync), now)

    def _show_meters(self) -> None:
        """Once the orders that count are read; a long queue is read some at a time, and keeps nobody from working."""
        if self._read_ahead():
            self._meter_card.show_meters(self._meters(), self.context.now())
        else:
            self._ahead.start()

    def _go_on_reading(self) -> None:
        if self.isVisible():
            self._show_meters()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, the date gives way."""
        super().resizeEvent(event)
        narrow = self.width() < _WIDE
        self.recent.setColumnHidden(DATE, narrow)
        self._cards.setFixedWidth(CARDS_NARROW if narrow else CARDS_WIDE)

    def _columns(self) -> tuple[Column, ...]:
        right = painting.RIGHT
        return (
            Column(120, paint=medium),
            Column(0),
            Column(92, paint=quiet),
            Column(60),
            Column(108, right, medium),
            Column(LIGHTS_WIDTH + 174, paint=_paint_state),
        )

    def _lay_out(self) -> None:
        look = self.context.look
        head = row(column(self._greeting, self._today, spacing=4), self._draft, self._new, spacing=16)
        head.setStretch(0, 1)
        self._see_all = KeyButton(look, self.tr("See all"), kind="link", keys="G")
        self._see_all.clicked.connect(lambda: self.context.navigator.open_room(Room.SYNC))
        all_orders = KeyButton(look, self.tr("All orders"), kind="link")
        all_orders.clicked.connect(lambda: self.context.navigator.open_room(Room.ORDERS))
        self._recent_box = QWidget()
        recent_head = row(section(look, self.tr("Recent orders")), None, all_orders)
        self._recent_box.setLayout(column(recent_head, self.recent, spacing=4))
        words = self.tr("Search the catalogue")
        search = KeyButton(look, words, kind="main", icon="magnifying-glass", keys="Alt+2", bind=False)
        search.clicked.connect(lambda: self.context.navigator.open_room(Room.CATALOGUE))
        self._empty = EmptyState(
            look,
            "receipt",
            self.tr("No orders yet"),
            self.tr("Begin with New order, or look for a product first. Everything is saved as you type."),
            search,
        )
        decide_head = row(self._decide_title, self._decide_count, None, self._see_all)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(decide_head)
        left.addWidget(self.decisions)
        left.addSpacing(16)
        left.addWidget(self._recent_box)
        left.addWidget(self._empty)
        left.addStretch(1)
        self._cards = right_column(self._meter_card, self._credit_card, self._drafts_card, self._ages_card)
        content = QWidget()
        body = row(left, self._cards, spacing=24)
        body.setStretch(0, 1)
        content.setLayout(column(head, body, spacing=24, margins=(PAGE_MARGIN, 24, PAGE_MARGIN, 16)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _bind(self) -> None:
        first = QShortcut(QKeySequence("Return"), self)
        first.setContext(Qt.ShortcutContext.WidgetShortcut)
        first.activated.connect(self._on_first_wanted)
        signals = self.context.signals
        signals.orders_changed.connect(self._on_changed)
        signals.person_changed.connect(self._on_changed)
        signals.terms_changed.connect(self._on_changed)
        signals.sync_status_changed.connect(self._on_changed)

    def _greet(self, to_decide: int) -> None:
        formats, now = self.context.formats, self.context.now()
        identity = self._identity()
        name = identity.author.split(" ")[0] if identity is not None else ""
        hello = self.tr("Hello {0}").format(name) if name else self.tr("Hello")
        self._greeting.setText(hello)
        if to_decide == 0:
            waits = self.tr("nothing waits for your decision")
        elif to_decide == 1:
            waits = self.tr("1 order waits for your decision")
        else:
            waits = self.tr("{0} orders wait for your decision").format(to_decide)
        parts = [formats.long_day(formats.local(now).date()), waits]
        self._today.setText(formats.typography(" · ".join(parts)))

    def _show_newest_draft(self, drafts: list[OrderSummary]) -> None:
        self._draft.setVisible(bool(drafts))
        if drafts:
            newest = max(drafts, key=lambda draft: draft.updated_at)
            self._newest_draft = newest.order_id
            moment = self.context.formats.moment(newest.updated_at, self.context.now())
            self._draft.setText(self.tr("Draft, {0}").format(moment))
            self._draft.updateGeometry()

    def _decision(self, order: OrderSummary) -> Decision:
        formats, navigator = self.context.formats, self.context.navigator
        state = order_state(order)
        detail = reason_words(order.reason, formats)
        if order.status is Status.TO_CONFIRM:
            action = self.tr("Decide")

            def run() -> None:
                navigator.open_changed_terms(order.order_id)

        else:
            action = self.tr("Open")

            def run() -> None:
                navigator.open_order(order.order_id)

        title = " · ".join(part for part in (order.desk_no, _reference(order)) if part)
        moment = formats.moment(order.updated_at, self.context.now())
        words = detail[:1].upper() + detail[1:] if detail else ""
        return Decision(state.kind, state.words, title, words, formats.amount(order.total), moment, action, run)

    def _on_calculation_wanted(self) -> None:
        from ui.back_margin.meter_sheet import MeterSheet

        MeterSheet(self.context, self.window(), self._meters()).open_sheet()

    def _on_first_wanted(self) -> None:
        if self.decisions.first is not None:
            self.decisions.first.button.click()

    def _on_draft_clicked(self) -> None:
        if self._newest_draft:
            self.context.navigator.open_wizard(self._newest_draft)

    def _on_recent_activated(self, index: QModelIndex) -> None:
        summary = self.model.row(index.row())
        if summary is not None:
            self.context.navigator.open_order(summary.order_id)

    def _on_changed(self, *_: object) -> None:
        if self.isVisible():
            self.refresh()


def _is_open(order: OrderSummary) -> bool:
    return order.status is not Status.CANCELLED and (
        order.status in (Status.TO_CONFIRM, Status.REFUSED) or order.delivery_state is DeliveryState.ATTENTION
    )


def _reference(order: OrderSummary) -> str:
    return server_text(order.reference)


def _worth_saying(sync: SyncService) -> list[CollectionAge]:
    return [age for age in sync.status().collections if age.collection in ("products", "stock", "terms", "orders")]


def _paint_state(cell: Cell) -> None:
    """The three lights, and where the order is in words."""
    summary = cell.row
    if not isinstance(summary, OrderSummary):
        return
    width = paint_lights(cell.painter, cell.look, cell.rect.left(), cell.rect.center().y(), summary.lights)
    state = order_state(summary)
    loud = state.kind in ("waiting", "look", "stop")
    tone = TONES.get(state.kind, "ink2") if loud else "ink2"
    rect = cell.rect.adjusted(width + 14, 0, 0, 0)
    cell.text(state.words, tone, weight=MEDIUM if loud else REGULAR, rect=rect)
