"""The dossier of one order: lights, time line, sub-orders with their progress, amounts, what can be done now."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.order_changes import Change
from desktop_app.services.order_service import OrderService
from desktop_app.services.views import JournalEntry, OrderSummary, OrderView
from ui.formats import server_text
from ui.models.progress_model import Parcel, parts_of
from ui.orders.amounts_panel import AmountsPanel
from ui.orders.change_sheet import ChangeSheet
from ui.orders.change_words import change_state, change_words
from ui.orders.confirm_sheet import ConfirmSheet
from ui.orders.lights_words import lights_words
from ui.orders.milestones import milestones, parcels
from ui.orders.order_actions import Act, Action, actions_for
from ui.orders.progress_grid import ProgressGrid
from ui.orders.told_order import chosen_line, priced_words, told_order
from ui.orders.ways_out import WaysOut, take_way_out
from ui.page import Crumb, KeyEntry, Page, Room, UiContext
from ui.theme.tokens import BODY, FIGURE, PAGE_MARGIN, SEMIBOLD
from ui.why.order_sheet import OrderSheet
from ui.why.price_sheet import PriceSheet
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, scrolling
from ui.widgets.elided import ElidedText
from ui.widgets.lights_card import LightsCard
from ui.widgets.states import StateShape
from ui.widgets.text import Text, body, clear, column, row, section, strong
from ui.widgets.time_line import TimeLine
from ui.wording import order_state, problem_words, reason_words


class OrderPage(Page):
    """Follows its order: each event about it re-reads it."""

    def __init__(self, context: UiContext, orders: OrderService, order_id: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._orders = orders
        self.order = orders.get(order_id)
        look = context.look
        self._title = Text(look, "", FIGURE, SEMIBOLD)
        self._sub = ElidedText(look, BODY, tone="ink2")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._notes = QVBoxLayout()
        self._lights = LightsCard(look)
        self._line = TimeLine(look, self.tr("Time line"))
        self._heading = section(look, "")
        self.grid = ProgressGrid(context)
        self._panel = AmountsPanel(look, context.formats, context.now)
        self._panel.why_wanted.connect(self._on_why_wanted)
        self._price = KeyButton(look, self.tr("Why this price"), kind="quiet", keys="Alt+P", bind=False)
        self._price.clicked.connect(self.show_price)
        QShortcut(QKeySequence("Alt+P"), self).activated.connect(self.show_price)
        self._buttons: tuple[Action, ...] = ()
        self._lay_out()
        context.signals.orders_changed.connect(self._on_orders_changed)
        self._show()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Orders, then this one."""
        orders = Crumb(self.tr("Orders"), lambda: self.context.navigator.open_room(Room.ORDERS))
        return (orders, Crumb(self.order.summary.desk_no))

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of what can be done now."""
        shown = tuple(KeyEntry(action.keys, action.words) for action in self._buttons)
        return (
            *shown,
            KeyEntry("Alt+P", self.tr("Why the price of the chosen line")),
            KeyEntry("Alt+T", self.tr("Why this total")),
            KeyEntry("Ctrl+C", self.tr("Copy the chosen parcel's number")),
        )

    def on_shown(self) -> None:
        """Read it anew."""
        self._reread()
        self._take_focus()

    def show_price(self) -> None:
        """Alt+P: the calculation of the chosen line, else of the first, as it was when the order was sent."""
        found = chosen_line(self.order, self.grid)
        if found is None:
            words = self.tr("How this line was priced is not on this desk: it was ordered elsewhere.")
            self.context.navigator.notify(words, "info", "price")
            return
        mark = self.order.marks.get(found.wholesaler, (found.wholesaler, ""))
        name = self.order.names.get(found.sku, found.sku)
        when = priced_words(self.order, self.context.formats)
        PriceSheet(self.context, self.window(), found, name, mark[0], when=when).open_sheet()

    # Inside

    def _on_why_wanted(self) -> None:
        OrderSheet(self.context, self.window(), told_order(self.order, self.context.formats)).open_sheet()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(
            column(
                row(column(self._title, self._sub, spacing=0), None, self._actions, spacing=14),
                self._notes,
                4,
                self._lights,
                8,
                self._line,
                8,
                row(self._heading, None, self._price),
                self.grid,
                None,
                spacing=8,
                margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 20),
            )
        )
        whole = row(scrolling(content), self._panel, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _on_orders_changed(self, order_ids: tuple[str, ...]) -> None:
        if self.order.summary.order_id in order_ids:
            self._reread()

    def _reread(self) -> None:
        found = self.context.navigator.run(lambda: self._orders.get(self.order.summary.order_id))
        if isinstance(found, OrderView) and found != self.order:
            before, self.order = self.order.summary, found
            reading = self.grid.hasFocus()
            self._show()
            if reading and found.summary.status is not before.status:
                self._take_focus()
            self._tell_change(before)

    def _tell_change(self, before: OrderSummary) -> None:
        """The order moved on while the person looks: what was said about it last is said anew."""
        summary = self.order.summary
        answered = before.status is Status.SUBMITTED and summary.status not in (Status.SUBMITTED, Status.DRAFT)
        held = DeliveryState.HELD in (before.delivery_state, summary.delivery_state)
        severity = "done"
        if summary.status is Status.CANCELLED and before.status is not Status.CANCELLED:
            words = self.tr("Order {0} is cancelled.")
        elif answered and summary.order_no:
            words = self.tr("Order {0} is accepted under number {1}.")
        elif answered:
            words, severity = self.tr("The manufacturer has answered order {0}: it needs you."), "warning"
        elif held and before.delivery_state is not summary.delivery_state and summary.status is Status.SUBMITTED:
            held_back = summary.delivery_state is DeliveryState.HELD
            words = self.tr("Order {0} is held back.") if held_back else self.tr("Order {0} leaves by itself.")
        else:
            return
        told = words.format(summary.desk_no, summary.order_no)
        self.context.navigator.notify(told, severity, f"order-{summary.order_id}")

    def _show(self) -> None:
        order, context = self.order, self.context
        summary, formats, now = order.summary, context.formats, context.now()
        self._title.setText(summary.desk_no)
        facts = (server_text(summary.reference), server_text(order.end_client), self._number_words())
        self._sub.setText(" · ".join(fact for fact in facts if fact))
        self._show_actions()
        self._show_notes()
        self._lights.show_lights(lights_words(order, formats, now))
        self._line.show_nodes(milestones(order, formats, now))
        parts = parts_of(order)
        count = formats.number(len(parts))
        self._heading.setText(self.tr("1 sub-order") if len(parts) == 1 else self.tr("{0} sub-orders").format(count))
        self.grid.progress.load(parts, {part.wholesaler: self._parcels(part.wholesaler) for part in parts})
        self._panel.show_order(order)
        self.crumbs_changed.emit()

    def _number_words(self) -> str:
        number = self.order.summary.order_no
        return self.tr("their number {0}").format(server_text(number)) if number else ""

    def _parcels(self, wholesaler: str) -> tuple[Parcel, ...]:
        return tuple(self._parcel(entry) for entry in parcels(self.order, wholesaler))

    def _parcel(self, entry: JournalEntry) -> Parcel:
        when = self.context.formats.at(entry.at, self.context.now())
        return Parcel(server_text(dict(entry.params).get("tracking", "")), self.tr("shipped {0}").format(when))

    def _show_actions(self) -> None:
        focused = self.window().focusWidget()
        held = focused is not None and self._actions.indexOf(focused) >= 0
        clear(self._actions)
        self._buttons = actions_for(self.order.summary)
        for action in self._buttons:
            kind = "primary" if action.first else "secondary"
            # Return is the chosen button's own key.
            bound = action.keys != "Return"
            button = KeyButton(
                self.context.look, action.words, kind=kind, icon=action.icon, keys=action.keys, bind=bound
            )
            button.clicked.connect(self._doer(action.act))
            self._actions.addWidget(button)
            button.show()
        if held:
            self._take_focus()

    def _take_focus(self) -> None:
        """Return does the first thing where there is one."""
        for place, action in enumerate(self._buttons):
            item = self._actions.itemAt(place)
            button = item.widget() if item is not None else None
            if action.first and button is not None:
                button.setFocus()
                return
        self.grid.setFocus()

    def _show_notes(self) -> None:
        """What is in the way, with the way out beside it."""
        clear(self._notes)
        look, formats, summary = self.context.look, self.context.formats, self.order.summary
        stuck = bool(self.order.ways_out)
        if stuck or summary.status in (Status.SUBMITTED, Status.TO_CONFIRM, Status.REFUSED):
            state = order_state(summary)
            reason = reason_words(summary.reason, formats)
            if stuck or state.kind in ("look", "stop") or reason:
                shape = StateShape(look, "look" if stuck else state.kind, 18)
                words = row(shape, strong(look, state.words), body(look, reason, "ink", wrap=True))
                words.setStretch(2, 1)
                content = column(words, spacing=10)
                if stuck:
                    ways = WaysOut(self.context)
                    ways.show_order(self.order)
                    ways.wanted.connect(self._on_way_out)
                    content.addWidget(ways)
                self._notes.addWidget(Card(content, kind="amber", margin=12))
        change = change_state(self.order)
        if change is not None and self.order.change is not None:
            told = change_words(self.order, self.order.change, formats)
            words = row(
                StateShape(look, change.kind, 18), strong(look, change.words), body(look, told, "ink", wrap=True)
            )
            words.setStretch(2, 1)
            self._notes.addWidget(Card(words, kind="amber" if change.kind == "look" else "card", margin=12))
        for problem in self.order.problems[:4]:
            if summary.status in (Status.DRAFT, Status.SUBMITTED, Status.ACCEPTED, Status.CONFIRMED):
                mark = StateShape(look, "stop" if problem.blocking else "look", 16)
                self._notes.addLayout(row(mark, body(look, problem_words(problem, formats), "ink", wrap=True)))

    def _doer(self, act: Act) -> Callable[[], None]:
        return lambda: self.do(act)

    def do(self, act: Act) -> None:
        """Do one of the acts; a refusal is told and the order read anew."""
        order_id, navigator = self.order.summary.order_id, self.context.navigator
        match act:
            case Act.OPEN:
                navigator.open_wizard(order_id)
            case Act.DECIDE:
                navigator.open_changed_terms(order_id)
            case Act.CORRECT:
                if navigator.run(lambda: self._orders.correct(order_id)) is not None:
                    navigator.open_wizard(order_id)
            case Act.HOLD:
                navigator.run(lambda: self._orders.hold(order_id))
            case Act.RELEASE:
                navigator.run(lambda: self._orders.release(order_id))
            case Act.TRY:
                navigator.run(lambda: self._orders.send(order_id))
            case Act.CANCEL:
                self._ask_to_cancel()
            case Act.CHANGE:
                self._open_change()

    def _on_way_out(self, way: str) -> None:
        take_way_out(self.context, self._orders, self.order.summary.order_id, way)
        self._reread()

    def _open_change(self) -> None:
        sheet = ChangeSheet(self.context, self.window(), self.order, self._orders.changes.fitting)
        sheet.wanted.connect(self._on_change_wanted)
        sheet.open_sheet()

    def _on_change_wanted(self, change: Change) -> None:
        self.context.navigator.run(lambda: self._orders.changes.ask(self.order.summary.order_id, change))
        self._reread()

    def _ask_to_cancel(self) -> None:
        summary = self.order.summary
        number = summary.order_no or summary.desk_no
        if summary.status in (Status.ACCEPTED, Status.CONFIRMED):
            detail = self.tr("The manufacturer has it: the wish is sent, and granted while nothing is shipped.")
        else:
            detail = self.tr("It has not been ordered; it stays in the list as cancelled.")
        sheet = ConfirmSheet(
            self.context.look,
            self.window(),
            self.tr("Cancel {0}?").format(number),
            detail,
            self.tr("Cancel the order"),
            self.tr("Keep it"),
        )
        sheet.agreed.connect(self._on_cancel_agreed)
        sheet.open_sheet()

    def _on_cancel_agreed(self) -> None:
        self.context.navigator.run(lambda: self._orders.cancel(self.order.summary.order_id))
        self._reread()
