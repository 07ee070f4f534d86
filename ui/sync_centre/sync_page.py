"""The sync centre: what waits and why, what needs the person, how old the data is, and the answer to changed terms."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop_app.services.order_service import OrderService
from desktop_app.services.second_copy import CopiesView
from desktop_app.services.sync_service import SyncService
from desktop_app.services.views import OrderView, QueueRow, SyncStatus
from ui.async_bridge import Tasks
from ui.models.queue_model import QueueModel, QueuePart
from ui.orders.order_actions import Act
from ui.orders.ways_out import take_way_out
from ui.page import Crumb, KeyEntry, Page, UiContext
from ui.sync_centre.ages_section import AgesSection
from ui.sync_centre.banner import Banner
from ui.sync_centre.changed_terms_panel import ChangedTermsPanel
from ui.sync_centre.copy_lines import CopyLines
from ui.sync_centre.queue_file_panel import QueueFilePanel
from ui.sync_centre.queue_list import QueueList
from ui.sync_centre.waiting_panel import TRY_KEYS, WaitingPanel
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.card import scrolling
from ui.widgets.notices import EmptyState
from ui.widgets.text import column, row, rule

_LEFT_WIDTH = 340
_LEFT_NARROW = 312
_LEFT_EDGE = 8
_NARROW_BELOW = 1100
_AGE_EVERY_MS = 20_000
# While a long queue leaves, the page follows four times a second, and lists no more than a person looks through.
_REST_MS = 250
_LISTED = 200


class SyncPage(Page):
    """Left: the queue in parts and the ages. Right: the chosen order."""

    def __init__(
        self,
        context: UiContext,
        sync: SyncService,
        orders: OrderService,
        copies: Callable[[], CopiesView],
        parent: QWidget | None = None,
        tasks: Tasks | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._sync, self._read_copies = sync, copies
        self._orders = orders
        look = context.look
        self.banner = Banner(context)
        self.model = QueueModel(context.formats, self)
        self.queue = QueueList(context, self.model)
        self.ages = AgesSection(look, context.formats, context.now)
        self.copies = CopyLines(context)
        self.files = QueueFilePanel(context, sync, tasks or Tasks())
        self.terms = ChangedTermsPanel(context, orders)
        self._waiting = WaitingPanel(context)
        self._right = QStackedWidget()
        empty = EmptyState(
            look, "check-circle", self.tr("Nothing waits"), self.tr("Orders that have not left yet stand here.")
        )
        for panel in (empty, self._waiting, self.terms):
            self._right.addWidget(panel)
        self._lay_out()
        self._connect()
        self._rows: dict[str, QueueRow] = {}
        self._missed = False

    def crumbs(self) -> tuple[Crumb, ...]:
        """The room."""
        return (Crumb(self.tr("Sync centre")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of the centre."""
        letters = tuple(KeyEntry(letter, words) for letter, words in self.terms.grid.letters())
        return (
            KeyEntry("Up", self.tr("Order above")),
            KeyEntry("Down", self.tr("Order below")),
            KeyEntry("Return", self.tr("To the order, or to its changed lines")),
            KeyEntry("Ctrl+E", self.tr("Correct the order")),
            KeyEntry("Ctrl+H", self.tr("Hold the order back, let it go")),
            KeyEntry(TRY_KEYS, self.tr("Try this order now")),
            *letters,
            KeyEntry("Esc", self.tr("Back to the orders")),
            KeyEntry("Ctrl+Shift+A", self.tr("Take all")),
            KeyEntry("Ctrl+Return", self.tr("Answer with these choices")),
            KeyEntry("Ctrl+Shift+E", self.tr("Export the queue to a file")),
            KeyEntry("Ctrl+Shift+O", self.tr("Send a queue file")),
        )

    def on_shown(self) -> None:
        """Read everything anew; the list has the focus."""
        self._refresh()
        self._timer.start(_AGE_EVERY_MS)
        self._take_focus()

    def on_hidden(self) -> None:
        """Ages need no care while nobody looks."""
        self._timer.stop()
        self._rest.stop()
        self._missed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back from the changed lines to the orders."""
        if event.key() == Qt.Key.Key_Escape and self.queue.isVisible() and not self.queue.hasFocus():
            self._take_focus()
            return
        super().keyPressEvent(event)

    def show_order(self, order_id: str) -> None:
        """Choose an order of the queue; its changed lines get the focus."""
        self._refresh()
        if self.queue.choose(order_id):
            self._on_opened(order_id)

    # Inside

    def _lay_out(self) -> None:
        left = QWidget()
        files = column(self.files)
        files.setContentsMargins(12, 8, 12, 0)
        layout = column(
            self.queue, self.copies, self.ages, None, files, spacing=0, margins=(12, _LEFT_EDGE, 12, _LEFT_EDGE)
        )
        layout.setStretchFactor(self.queue, 1000)
        left.setLayout(layout)
        self._left = left
        right = QWidget()
        right.setLayout(column(self._right, margins=(PAGE_MARGIN, 18, PAGE_MARGIN, 16)))
        area = scrolling(right)
        area.setFrameShape(QFrame.Shape.NoFrame)
        line = rule(vertical=True)
        below = row(left, line, area, spacing=0)
        below.setStretchFactor(area, 1)
        whole = column(self.banner, below, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._refresh)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._on_rested)
        self.banner.try_wanted.connect(self._on_try)
        self.banner.smaller_taken.connect(self._on_smaller_taken)
        self.banner.report_wanted.connect(self._on_report)
        self.queue.chosen.connect(self._show_chosen)
        self.queue.opened.connect(self._on_opened)
        self.terms.answered.connect(self._on_answered)
        self._waiting.act_wanted.connect(self._on_act_wanted)
        self._waiting.try_wanted.connect(self._on_try_order)
        self._waiting.way_out_wanted.connect(self._on_way_out)
        self._waiting.order_wanted.connect(self._on_order_wanted)
        for keys, act in (("Ctrl+Shift+E", self.files.ask_export), ("Ctrl+Shift+O", self.files.ask_send)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        signals = self.context.signals
        signals.sync_status_changed.connect(self._on_something_changed)
        signals.orders_changed.connect(self._on_something_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way first."""
        super().resizeEvent(event)
        self._left.setFixedWidth(_LEFT_NARROW if self.width() < _NARROW_BELOW else _LEFT_WIDTH)
        self._share_height()

    def _share_height(self) -> None:
        """The orders come first: how old the data is takes one line where the whole list leaves no room for more."""
        queue = 0 if self.queue.isHidden() else self.queue.content_height()
        copies = 0 if self.copies.isHidden() else self.copies.sizeHint().height()
        room = self.height() - self.banner.sizeHint().height() - 2 * _LEFT_EDGE
        self.ages.set_fits(queue + copies + self.ages.whole_height() <= room)

    def _on_something_changed(self) -> None:
        if self._rest.isActive():
            self._missed = True
        elif self.isVisible():
            self._rest.start(_REST_MS)
            self._refresh()

    def _on_rested(self) -> None:
        missed, self._missed = self._missed, False
        if missed:
            self._on_something_changed()

    def _refresh(self) -> None:
        status = self.context.navigator.run(self._sync.status)
        queue = self.context.navigator.run(lambda: self._sync.queue(_LISTED))
        if not isinstance(status, SyncStatus) or not isinstance(queue, tuple):
            return
        self._online = status.online
        self.banner.show_status(status)
        self.ages.show_ages(status.collections)
        copies = self.context.navigator.run(self._read_copies)
        if isinstance(copies, CopiesView):
            self.copies.show_copies(copies)
        chosen = self.queue.current_id()
        self._rows = {found.order_id: found for found in queue}
        counts = {
            QueuePart.DECIDE: status.attention,
            QueuePart.LEAVES: status.waiting,
            QueuePart.HELD: status.held,
        }
        self.model.load(queue, status.online, counts)
        self.queue.setMaximumHeight(self.queue.content_height())
        reading = self.queue.hasFocus()
        self.queue.setVisible(bool(queue))
        self._share_height()
        if reading:
            self._take_focus()
        if not self.queue.choose(chosen):
            first = self.model.first_message()
            if first >= 0:
                self.queue.setCurrentIndex(self.model.index(first))
        self._show_chosen(self.queue.current_id())

    _online = True

    def _show_chosen(self, order_id: str) -> None:
        queued = self._rows.get(order_id)
        order = self.context.navigator.run(lambda: self._orders.get(order_id)) if queued is not None else None
        if queued is None or not isinstance(order, OrderView):
            self._right.setCurrentIndex(0)
        elif order.changed_terms is not None:
            self.terms.show_order(order, order.changed_terms, self._online)
            self._right.setCurrentIndex(2)
        else:
            self._waiting.show_row(queued, order)
            self._right.setCurrentIndex(1)

    def _on_opened(self, order_id: str) -> None:
        """Return: into the changed lines, else to the dossier."""
        if self._right.currentWidget() is self.terms:
            self.terms.take_focus()
        else:
            self.context.navigator.open_order(order_id)

    def _on_order_wanted(self, order_id: str) -> None:
        self.context.navigator.open_order(order_id)

    def _on_act_wanted(self, order_id: str, act: str) -> None:
        navigator = self.context.navigator
        match Act(act):
            case Act.HOLD:
                navigator.run(lambda: self._orders.hold(order_id))
            case Act.RELEASE:
                navigator.run(lambda: self._orders.release(order_id))
            case Act.CORRECT:
                if navigator.run(lambda: self._orders.correct(order_id)) is not None:
                    navigator.open_wizard(order_id)
            case _:
                navigator.open_order(order_id)
        self._refresh()
        if self.isVisible():
            self._take_focus()

    def _on_way_out(self, order_id: str, way: str) -> None:
        take_way_out(self.context, self._orders, order_id, way)
        self._refresh()
        self._take_focus()

    def _on_answered(self) -> None:
        self._refresh()
        self._take_focus()

    def _take_focus(self) -> None:
        """The list; where nothing waits, the way to try now."""
        (self.banner.first_button() if self.queue.isHidden() else self.queue).setFocus()

    def _on_try_order(self, order_id: str) -> None:
        self.context.navigator.run(lambda: self._sync.try_order_now(order_id))
        self._refresh()
        self._take_focus()

    def _on_try(self) -> None:
        self.context.navigator.try_now()

    def _on_smaller_taken(self) -> None:
        navigator = self.context.navigator
        navigator.run(self._sync.agree_to_smaller_catalogue)
        navigator.try_now()

    def _on_report(self) -> None:
        report = self.context.navigator.run(self._sync.report_text)
        if isinstance(report, str):
            QGuiApplication.clipboard().setText(report)
            self.context.navigator.notify(self.tr("The report is in the clipboard."), "done", "copied")
