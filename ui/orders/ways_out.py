"""The ways out of a stuck order, each a button with what it leads to beside it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.services.order_service import OrderService
from desktop_app.services.views import OrderView
from desktop_app.services.ways_out import Exit
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.text import body, clear

translate = QCoreApplication.translate

_KEYS = {Exit.RESEND: "Alt+R", Exit.TAKE_THEIRS: "Alt+I", Exit.AS_NEW: "Alt+N", Exit.LEAVE: "Alt+L"}


class WaysOut(QWidget):
    """`wanted` carries the `Exit`."""

    wanted = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_order(self, order: OrderView) -> None:
        """Show the ways out of `order`, the safest first."""
        clear(self._grid)
        look, formats = self._context.look, self._context.formats
        for place, name in enumerate(order.ways_out):
            way = Exit(name)
            words, hint = _words(order, way)
            button = KeyButton(look, words, keys=_KEYS[way])
            button.setAccessibleDescription(hint)
            button.clicked.connect(self._doer(way))
            self._grid.addWidget(button, place, 0)
            self._grid.addWidget(body(look, formats.typography(hint), wrap=True), place, 1)

    def _doer(self, way: Exit) -> Callable[[], None]:
        return lambda: self.wanted.emit(way.value)


def take_way_out(context: UiContext, orders: OrderService, order_id: str, way: str) -> None:
    """Take it; a new draft is opened."""
    taken = context.navigator.run(lambda: orders.exits.take(order_id, Exit(way)))
    if isinstance(taken, OrderView) and way == Exit.AS_NEW:
        context.navigator.open_wizard(taken.summary.order_id)


def _words(order: OrderView, way: Exit) -> tuple[str, str]:
    """The words of the button, and what it leads to."""
    # An order that was accepted and is safest left as it is; everything else waits for an answer.
    was_accepted = order.ways_out[0] == Exit.LEAVE
    changes = order.change is not None and order.change.state == "waiting"
    match way:
        case Exit.LEAVE if was_accepted:
            return (
                translate("WaysOut", "Leave it as it is"),
                translate("WaysOut", "The manufacturer has this order all the same: nothing more is sent."),
            )
        case Exit.LEAVE:
            return (
                translate("WaysOut", "Give up the change") if changes else translate("WaysOut", "Give up cancelling"),
                translate("WaysOut", "Nothing more is asked; the order stays as the manufacturer has it."),
            )
        case Exit.RESEND if was_accepted:
            return (
                translate("WaysOut", "Send it again"),
                translate("WaysOut", "With the manufacturer's earlier answer, so that number and prices stay."),
            )
        case Exit.RESEND:
            return (
                translate("WaysOut", "Try now"),
                translate("WaysOut", "It is looked up first, and leaves once more if the manufacturer never took it."),
            )
        case Exit.TAKE_THEIRS if was_accepted:
            return (
                translate("WaysOut", "Take the new answer"),
                translate("WaysOut", "What the manufacturer answers now counts; changed terms come to you."),
            )
        case Exit.TAKE_THEIRS:
            return (
                translate("WaysOut", "Take theirs"),
                translate("WaysOut", "The order becomes what the manufacturer has, with his lines and prices."),
            )
        case Exit.AS_NEW:
            return (
                translate("WaysOut", "Into a new draft"),
                translate("WaysOut", "Its lines go into a new draft that you look over before it is sent."),
            )
