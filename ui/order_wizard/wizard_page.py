"""The order wizard: which step is open, what stands beside it, when the order leaves. Each step has its file."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.errors import ComptoirError, NewTerms, OrderRefused
from desktop_app.services.back_margin_service import MeterView
from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_import import OrderImport
from desktop_app.services.order_service import OrderService
from desktop_app.services.sourcing_service import SourcingService
from desktop_app.services.sync_service import SyncService
from desktop_app.services.views import OrderView
from ui.order_wizard.draft_sharing import WizardSharing
from ui.order_wizard.duplicate_line import DuplicateLine
from ui.order_wizard.lines_step import LinesStep
from ui.order_wizard.recipient_step import RecipientStep
from ui.order_wizard.recipient_words import recipient_words
from ui.order_wizard.review_step import ReviewStep
from ui.order_wizard.sourcing_step import SourcingStep
from ui.order_wizard.step_actions import StepActions
from ui.order_wizard.stepper import Stepper
from ui.order_wizard.summary_panel import SummaryPanel
from ui.orders.draft_acts import SHARE_KEYS
from ui.page import Crumb, KeyEntry, Page, Room, UiContext
from ui.why.order_sheet import OrderSheet
from ui.why.order_words import ToldOrder
from ui.widgets.buttons import KeyButton
from ui.widgets.counts import lines_words
from ui.widgets.notices import NoticeLine
from ui.widgets.text import row

RECIPIENT, LINES, SOURCING, REVIEW = range(4)
# The meter follows once the typing pauses: it counts over all lines, and no line is to wait for it.
_METER_AFTER_MS = 80


class WizardPage(Page):
    """One draft, open. Every change is saved by the draft itself; closing the page loses nothing."""

    def __init__(
        self,
        context: UiContext,
        orders: OrderService,
        catalog: CatalogService,
        imports: OrderImport,
        sync: SyncService,
        sourcing: SourcingService,
        order_id: str,
        meters: Callable[[DraftSession], Sequence[MeterView]] = lambda session: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._orders = orders
        self._meters = meters
        self._sync = sync
        self.session = orders.open_draft(order_id)
        look = context.look
        self.stepper = Stepper(
            look, (self.tr("For whom"), self.tr("Lines"), self.tr("Sourcing"), self.tr("Read and send"))
        )
        self.lines = LinesStep(context, self.session, catalog, imports)
        self.recipient = RecipientStep(context, self.session)
        self.sourcing = SourcingStep(context, self.session, self.lines.model, catalog, sourcing)
        self.review = ReviewStep(context, self.session)
        self.summary = SummaryPanel(look, context.formats, context.now)
        self._actions = StepActions(look)
        self._steps = QStackedWidget()
        for step in (self.recipient, self.lines, self.sourcing, self.review):
            self._steps.addWidget(step)
        self._notices = QVBoxLayout()
        self._terms_line: NoticeLine | None = None
        self._duplicates = DuplicateLine(context)
        self.sharing = WizardSharing(context, orders, self.session)
        self._lay_out()
        self._connect()
        self.sharing.refresh()
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.timeout.connect(self._refresh_beside)
        self._meter_timer = QTimer(self, singleShot=True, interval=_METER_AFTER_MS)
        self._meter_timer.timeout.connect(self._on_meter_due)
        self._refresh_beside()
        self._refresh_meters()
        self.go_to(LINES if self.session.line_count or not self._is_new() else RECIPIENT)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Orders, then this draft."""
        name = self.tr("New order") if not self.session.line_count else self.session.desk_no
        return (Crumb(self.tr("Orders"), lambda: self.context.navigator.open_room(Room.ORDERS)), Crumb(name))

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of the wizard."""
        return (
            KeyEntry("Alt+Right", self.tr("Next step")),
            KeyEntry("Alt+Left", self.tr("Step before")),
            KeyEntry("Ctrl+Return", self.tr("Send the order")),
            KeyEntry(SHARE_KEYS, self.tr("Share the draft with the colleagues")),
            KeyEntry("Return", self.tr("Take the match; after the quantity: next line")),
            KeyEntry("1", self.tr("At the sourcing: take the cheapest plan (2 fewest deliveries, 3 earliest)")),
            KeyEntry("4", self.tr("At the sourcing: go to the lines")),
            KeyEntry("F8", self.tr("Next point to see")),
            KeyEntry("Alt+P", self.tr("Why this price")),
            KeyEntry("Alt+T", self.tr("Why this total")),
            KeyEntry("Alt+M", self.tr("How the back-margin adds up")),
            KeyEntry("F7", self.tr("What if, for the line at work")),
            KeyEntry("Ctrl+Del", self.tr("Remove the line")),
            KeyEntry("Ctrl+Z", self.tr("Undo")),
            KeyEntry("Ctrl+Y", self.tr("Redo")),
            KeyEntry("Ctrl+V", self.tr("Paste rows from Excel")),
            KeyEntry("Ctrl+I", self.tr("Import a file of lines")),
        )

    def on_shown(self) -> None:
        """The open cell, or the first field, has the focus; prices that moved are told, the meter is read anew."""
        self._refresh_meters()
        self._tell_new_terms()
        self._focus_step()

    def on_hidden(self) -> None:
        """What only this page shows is not counted while nobody looks; the colleagues hear of what was done."""
        self._meter_timer.stop()
        self.sharing.tell()

    @property
    def step(self) -> int:
        """The open step, 0-based."""
        return self._steps.currentIndex()

    def go_to(self, step: int) -> None:
        """Open a step; what was typed in the one before is taken first."""
        if not self.lines.commit_open_cell():
            return
        self.recipient.commit()
        step = min(max(step, RECIPIENT), REVIEW)
        self._steps.setCurrentIndex(step)
        self.stepper.set_current(step)
        self.summary.foot.setCurrentIndex(step)
        self._refresh_step()
        self._focus_step()

    def send(self) -> None:
        """Queue the order; the page closes as soon as it is on disk, online or not."""
        if not self.lines.commit_open_cell():
            return
        self.recipient.commit()
        if not self.recipient.complete:
            self._ask_for_address()
            return
        if self.sharing.may_send(self._sync.status().online, self._send):
            self._send()

    # Inside

    def _send(self) -> None:
        try:
            order = self.session.submit()
        except NewTerms as error:
            self._say(error)
            self._tell_new_terms()
            return
        except OrderRefused as error:
            if self.session.line_count:
                self._say(error)
            else:
                self.context.navigator.notify(self.tr("There is no line to send yet."), "warning", "lines")
            self._show_first_problem()
            return
        except ComptoirError as error:
            self._say(error)
            return
        self.context.navigator.open_order(order.summary.order_id)
        self._tell_saved(order)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.stepper)
        left.addWidget(self.sharing)
        left.addWidget(self._duplicates)
        left.addLayout(self._notices)
        left.addWidget(self._steps, 1)
        for actions in self._actions.all():
            self.summary.foot.addWidget(actions)
        self.summary.over_foot.addWidget(self.sharing.row)
        whole = row(left, self.summary, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.stepper.chosen.connect(self.go_to)
        self.lines.draft_changed.connect(self._on_draft_changed)
        self.lines.recipient_wanted.connect(self._on_recipient_wanted)
        self.recipient.details_changed.connect(self._on_details_changed)
        self.sourcing.draft_changed.connect(self._on_draft_changed)
        self.review.recipient_wanted.connect(self._on_recipient_wanted)
        self.sharing.away.connect(self._on_away)
        self.sharing.bind_keys(self)
        self.review.lines_wanted.connect(self._show_first_problem)
        self.summary.why_wanted.connect(self._on_why_wanted)
        self.summary.calculation_wanted.connect(self._on_calculation_wanted)
        self._actions.next_wanted.connect(self._on_next)
        self._actions.back_wanted.connect(self._on_back)
        self._actions.send_wanted.connect(self.send)
        self.context.signals.terms_changed.connect(self._tell_new_terms)
        self.context.signals.catalog_changed.connect(self._tell_new_terms)
        self.context.signals.sync_status_changed.connect(self._on_sync_status_changed)
        for keys, action in (("Alt+Right", self._on_next), ("Alt+Left", self._on_back), ("Ctrl+Return", self.send)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _on_calculation_wanted(self) -> None:
        from ui.back_margin.meter_sheet import MeterSheet

        MeterSheet(self.context, self.window(), self._meters(self.session)).open_sheet()

    def _on_next(self) -> None:
        self.go_to(self.step + 1)

    def _on_back(self) -> None:
        self.go_to(self.step - 1)

    def _on_recipient_wanted(self) -> None:
        self.go_to(RECIPIENT)

    def _on_why_wanted(self) -> None:
        basket = self.session.priced.basket()
        views = self.session.lines()
        marks = {one.wholesaler: one.name for view in views for one in view.stock}
        names = {view.sku: view.name for view in views}
        told = ToldOrder(self.session.desk_no, basket.sub_orders(), basket.totals(), names, marks)
        OrderSheet(self.context, self.window(), told).open_sheet()

    def _on_draft_changed(self) -> None:
        self._refresh_timer.start(0)
        self.sharing.draft_changed()

    def _on_details_changed(self) -> None:
        self._on_draft_changed()
        self._duplicates.show_warnings(self._orders.duplicate_warnings(self.session))

    def _on_away(self) -> None:
        """A colleague has the draft: what was typed stays to be read, and is no longer changed."""
        self._steps.setEnabled(False)
        self.summary.foot.setEnabled(False)

    def _on_sync_status_changed(self) -> None:
        if self.step == REVIEW:
            self.review.show_online(self._sync.status().online)

    def _refresh_beside(self) -> None:
        """Summary, saved words and what the open step shows of the draft."""
        formats = self.context.formats
        summary = self.session.summary()
        self.summary.show_summary(summary)
        if self.isVisible():
            self._meter_timer.start()
        self.recipient.show_express(summary.carriage)
        time = formats.time(self.session.saved_at)
        self.stepper.say_saved("done", self.tr("Draft saved at {0}").format(time), self.tr("Saved {0}").format(time))
        self.lines.header.show_recipient(*recipient_words(self.session))
        self._refresh_step()

    def _on_meter_due(self) -> None:
        # The window may have been closed meanwhile, and the desk's files with it.
        if self.isVisible():
            self._refresh_meters()

    def _refresh_meters(self) -> None:
        self.summary.show_meters(self._meters(self.session))

    def _refresh_step(self) -> None:
        if self.step == SOURCING:
            self.sourcing.refresh()
        elif self.step == REVIEW:
            self.review.refresh(self._sync.status().online)
            self._duplicates.show_warnings(self._orders.duplicate_warnings(self.session))

    def _focus_step(self) -> None:
        step = self._steps.currentWidget()
        take_focus: Callable[[], None] | None = getattr(step, "take_focus", None)
        if take_focus is not None and self.isVisible():
            take_focus()

    def _tell_new_terms(self) -> None:
        """Prices stay as they were shown until the person takes the new ones."""
        count = self.session.new_terms_count
        if self._terms_line is not None:
            self._terms_line.hide()
            self._terms_line.deleteLater()
            self._terms_line = None
        if not count:
            return
        words = self.tr("{0} with new terms.").format(lines_words(count, self.context.formats))
        take = KeyButton(self.context.look, self.tr("Take the new prices"), kind="secondary")
        take.clicked.connect(self._on_take_terms)
        detail = self.tr("The prices shown are those of when you entered the lines.")
        self._terms_line = NoticeLine(self.context.look, "warning", words, detail, (take,))
        self._notices.addWidget(self._terms_line)

    def _on_take_terms(self) -> None:
        self.context.navigator.run(self.session.refresh_terms)
        self.lines.model.reload()
        self._tell_new_terms()
        self._focus_step()

    def _ask_for_address(self) -> None:
        self.go_to(RECIPIENT)
        words = self.tr("The delivery address lacks its street, postcode or city.")
        self.context.navigator.notify(words, "warning", "address")

    def _show_first_problem(self) -> None:
        self.go_to(LINES)
        self.lines.grid.go_to_next_problem()

    def _tell_saved(self, order: OrderView) -> None:
        number = order.summary.desk_no
        if self._sync.status().online:
            words = self.tr("Order {0} is saved and on its way.").format(number)
        else:
            words = self.tr("Order {0} is saved. It leaves by itself when the network returns.").format(number)
        self.context.navigator.notify(words, "done", f"order-{order.summary.order_id}")

    def _say(self, error: ComptoirError) -> None:
        def again() -> None:
            raise error

        self.context.navigator.run(again)

    def _is_new(self) -> bool:
        details = self.session.details
        return not details.reference and not details.end_client and details.delivery.address is None
