"""One order that waits: where it is, why, what was tried, and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.order import DeliveryState
from desktop_app.services.views import OrderView, QueueRow
from desktop_app.services.ways_out import Exit
from ui.formats import server_text
from ui.journal_words import history_words
from ui.orders.lights_words import lights_words
from ui.orders.order_actions import Act, actions_for
from ui.orders.ways_out import WaysOut
from ui.page import UiContext
from ui.theme.tokens import SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.lights_card import LightsCard
from ui.widgets.states import StateBadge
from ui.widgets.text import Text, body, clear, column, row, rule, section, small
from ui.wording import order_state, reason_words

TRY_KEYS = "Alt+R"
_SHOWN = 30
# What leaves by itself sooner or later, and may be asked to do so now.
_TRIED = (DeliveryState.PENDING, DeliveryState.WAITING, DeliveryState.IN_DOUBT, DeliveryState.ATTENTION)


class WaitingPanel(QWidget):
    """`act_wanted` carries the order's id and the `Act`, `way_out_wanted` the id and the `Exit`; `order_wanted` and
    `try_wanted` its id.
    """

    act_wanted = Signal(str, str)
    way_out_wanted = Signal(str, str)
    order_wanted = Signal(str)
    try_wanted = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._content = QVBoxLayout()
        self.setLayout(column(self._content, None))
        self._first: KeyButton | None = None

    def show_row(self, queued: QueueRow, order: OrderView) -> None:
        """Show one message of the queue and its order."""
        clear(self._content)
        look, formats, now = self._context.look, self._context.formats, self._context.now()
        summary = order.summary
        state = order_state(summary)
        name = server_text(summary.reference or order.end_client)
        number = " · ".join(part for part in (summary.desk_no, name) if part)
        badge = StateBadge(look, state.kind, state.words)
        strip = LightsCard(look, framed=False)
        strip.show_lights(lights_words(order, formats, now))
        self._content.addLayout(row(Text(look, number, SECTION, SEMIBOLD), badge, None, spacing=14))
        self._content.addSpacing(6)
        self._content.addWidget(body(look, self._why(queued), "ink", wrap=True))
        self._content.addSpacing(8)
        self._content.addWidget(strip)
        self._content.addSpacing(12)
        self._content.addLayout(self._buttons(order, queued.delivery_state))
        if order.ways_out:
            ways = WaysOut(self._context)
            ways.show_order(order)
            ways.wanted.connect(lambda way: self.way_out_wanted.emit(summary.order_id, way))
            self._content.addSpacing(12)
            self._content.addWidget(ways)
        self._content.addSpacing(16)
        self._content.addWidget(rule())
        self._content.addSpacing(12)
        self._content.addWidget(section(look, self.tr("What happened")))
        self._content.addSpacing(4)
        for at, told in history_words(order, formats, _SHOWN):
            when = small(look, formats.moment(at, now))
            when.setFixedWidth(110)
            words = body(look, told, "ink", wrap=True)
            self._content.addLayout(row(when, words, spacing=8, margins=(0, 3, 0, 3)))

    def take_focus(self) -> None:
        """The first button."""
        if self._first is not None:
            self._first.setFocus()

    def _why(self, queued: QueueRow) -> str:
        """Why it waits, how often it was tried, when next."""
        formats, now = self._context.formats, self._context.now()
        parts = []
        if queued.delivery_state is DeliveryState.HELD:
            parts.append(self.tr("You hold it back: it leaves when you let it go."))
        elif reason := reason_words(queued.reason, formats):
            parts.append(self.tr("Why it waits: {0}.").format(reason))
        elif queued.kind == "cancel":
            parts.append(self.tr("The wish to cancel waits for its turn."))
        elif queued.kind == "amend":
            parts.append(self.tr("The wish to change the order waits for its turn."))
        else:
            parts.append(self.tr("It leaves by itself."))
        if queued.attempts == 1:
            parts.append(self.tr("Tried once."))
        elif queued.attempts:
            parts.append(self.tr("Tried {0} times.").format(queued.attempts))
        if queued.next_try is not None and queued.next_try > now:
            parts.append(self.tr("Next try at {0}.").format(formats.time(queued.next_try)))
        return formats.typography(" ".join(parts))

    def _buttons(self, order: OrderView, state: DeliveryState) -> QHBoxLayout:
        look, order_id = self._context.look, order.summary.order_id
        buttons = []
        for action in actions_for(order.summary):
            if action.act in (Act.CANCEL, Act.TRY):
                continue
            kind = "primary" if action.first else "secondary"
            # Return belongs to the list.
            bind = action.keys != "Return"
            button = KeyButton(look, action.words, kind=kind, keys=action.keys, bind=bind)
            button.clicked.connect(self._doer(order_id, action.act))
            buttons.append(button)
        see = KeyButton(look, self.tr("See the order"), kind="secondary", keys="Return", bind=False)
        see.clicked.connect(lambda: self.order_wanted.emit(order_id))
        self._first = see
        if state in _TRIED and Exit.RESEND not in order.ways_out:
            again = KeyButton(look, self.tr("Try this one"), kind="secondary", keys=TRY_KEYS)
            again.clicked.connect(lambda: self.try_wanted.emit(order_id))
            buttons.append(again)
        return row(see, *buttons, None)

    def _doer(self, order_id: str, act: Act) -> Callable[[], None]:
        return lambda: self.act_wanted.emit(order_id, act.value)
