"""The colleagues in the wizard: whether the draft is shared, what becomes of it meanwhile, and what to do about it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.order import Status
from desktop_app.errors import UnknownOrder
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_service import OrderService
from desktop_app.services.views import DraftShare, OrderSummary
from ui.orders.confirm_sheet import ConfirmSheet
from ui.orders.draft_acts import COMPARE_KEYS, SHARE_KEYS, TAKE_KEYS, DraftActs
from ui.page import Room, UiContext
from ui.share_words import holder_name
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine
from ui.widgets.text import clear, row, small

# The colleagues hear of what was typed once the typing has paused.
_TOLD_AFTER_MS = 4_000


class ShareRow(QWidget):
    """Over the buttons that send: who sees this draft, and the way to share it."""

    wanted = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._words = small(context.look, "", "ink2")
        self._share = KeyButton(context.look, self.tr("Share"), kind="link", keys=SHARE_KEYS, bind=False)
        self._share.clicked.connect(self.wanted)
        self.setLayout(row(self._words, None, self._share, margins=(0, 0, 0, 10)))

    def show_share(self, share: DraftShare | None) -> None:
        """`share` is None while only this desk has the draft."""
        self._share.setVisible(share is None)
        if share is None:
            words = self.tr("Only you see this draft.")
        elif share.reason:
            words = self.tr("The manufacturer's server does not take this draft.")
        elif share.told:
            words = self.tr("Shared: your colleagues see it.")
        else:
            words = self.tr("Shared; your colleagues hear of it soon.")
        self._words.setText(words)


class WizardSharing(QWidget):
    """The line over the steps. `away` when the draft is no longer this desk's: nothing can be changed in it then.

    `row` has a place of its own; `refresh` once it is there, for a widget shown without one is a window.
    """

    away = Signal()

    def __init__(self, context: UiContext, orders: OrderService, session: DraftSession) -> None:
        super().__init__()
        self._context, self._orders, self._session = context, orders, session
        self._acts = DraftActs(context, orders.sharing, self.window, self)
        self.row = ShareRow(context)
        self.row.wanted.connect(self._on_share)
        self._share: DraftShare | None = None
        self._gone = False
        self._said: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER_MS)
        self._telling.timeout.connect(self.tell)
        context.signals.orders_changed.connect(self._on_orders_changed)

    def bind_keys(self, page: QWidget) -> None:
        """The keys work anywhere on the page."""
        for keys, act in ((SHARE_KEYS, self._on_share), (TAKE_KEYS, self._on_take), (COMPARE_KEYS, self._on_compare)):
            QShortcut(QKeySequence(keys), page).activated.connect(act)

    def refresh(self) -> None:
        """Read how the draft stands."""
        try:
            summary: OrderSummary | None = self._orders.summary(self._session.order_id)
        except UnknownOrder:
            summary = None
        if summary is not None and summary.status is not Status.DRAFT and summary.shared is not None:
            return
        self._share = None if summary is None else summary.shared
        self.row.setVisible(summary is not None and (self._share is not None or self._orders.sharing.possible))
        self.row.show_share(self._share)
        self._say(summary)

    def draft_changed(self) -> None:
        """Something was typed: told to the colleagues once the typing pauses."""
        if self._share is not None:
            self._telling.start()
            self.refresh()

    def tell(self) -> None:
        """Let the colleagues hear of what was done so far."""
        self._telling.stop()
        if self._share is not None and not self._share.parted:
            self._orders.sharing.worked_on(self._session.order_id)

    def may_send(self, online: bool, send: Callable[[], None]) -> bool:
        """Whether the draft may be sent now; else the person is asked first, and `send` follows his yes."""
        if self._gone:
            return False
        if self._share is None:
            return True
        if self._share.parted:
            self._on_compare()
            return False
        if online:
            return True
        sheet = ConfirmSheet(
            self._context.look,
            self.window(),
            self.tr("Send without a connection?"),
            self._context.formats.typography(
                self.tr(
                    "This draft is shared, and a colleague may have it by now. The manufacturer takes only one order "
                    "of it: if a colleague's comes first, yours stays here, and you choose."
                )
            ),
            self.tr("Send it"),
            self.tr("Wait"),
        )
        sheet.agreed.connect(send)
        sheet.open_sheet()
        return False

    # Inside

    def _say(self, summary: OrderSummary | None) -> None:
        holder = self._holder() if summary is None else ""
        said = (summary is None, holder, self._share is not None and self._share.parted, self._other())
        if said == self._said:
            return
        self._said = said
        clear(self._layout)
        if summary is None:
            self._layout.addWidget(self._gone_line(holder))
            if not self._gone:
                self._gone = True
                self.away.emit()
        elif self._share is not None and self._share.parted:
            self._layout.addWidget(self._parted_line())
        self.setVisible(self._layout.count() > 0)

    def _gone_line(self, holder: str) -> NoticeLine:
        look, formats = self._context.look, self._context.formats
        leave = KeyButton(look, self.tr("To the orders"))
        leave.clicked.connect(lambda: self._context.navigator.open_room(Room.ORDERS))
        if not holder:
            words = self.tr("A colleague has ended this draft: it was sent or dropped.")
            return NoticeLine(look, "warning", words, self.tr("All you did in it was shared before."), (leave,))
        take = KeyButton(look, self.tr("Take it over again"), keys=TAKE_KEYS, bind=False)
        take.clicked.connect(self._on_take)
        words = formats.typography(self.tr("{0} has taken this draft over.").format(holder))
        return NoticeLine(look, "warning", words, self.tr("All you did in it was shared before."), (take, leave))

    def _parted_line(self) -> NoticeLine:
        look, formats = self._context.look, self._context.formats
        compare = KeyButton(look, self.tr("Compare"), keys=COMPARE_KEYS, bind=False)
        compare.clicked.connect(self._on_compare)
        words = formats.typography(self.tr("{0} has changed this draft too.").format(self._other()))
        detail = self.tr("Both versions are kept. Look at them before you send yours.")
        return NoticeLine(look, "warning", words, detail, (compare,))

    def _other(self) -> str:
        return holder_name(self._share.other) if self._share is not None and self._share.parted else ""

    def _holder(self) -> str:
        """Who has the draft that is not this desk's any more, "" where nobody works on it."""
        for one in self._orders.sharing.colleagues():
            if one.order_id == self._session.order_id and one.shared is not None:
                return holder_name(one.shared.holder)
        return ""

    def _on_orders_changed(self, order_ids: tuple[str, ...]) -> None:
        if self._session.order_id in order_ids:
            self.refresh()

    def _on_share(self) -> None:
        if self._share is None and self.row.isVisible():
            self._acts.share(self._session.order_id)

    def _on_take(self) -> None:
        if self._gone:
            self._acts.take(self._session.order_id)

    def _on_compare(self) -> None:
        if self._share is not None and self._share.parted:
            self._acts.compare(self._session.order_id)
