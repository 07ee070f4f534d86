"""The right side of a dossier: amounts, what is invoiced, what it earns, where it goes, what happened."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.money import ZERO
from desktop_app.domain.order import DeliveryMode, Status
from desktop_app.services.views import OrderView
from ui.formats import Formats, server_text
from ui.journal_words import history_words
from ui.orders.milestones import invoices
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SEMIBOLD, SUMMARY_WIDTH
from ui.vat_words import vat_label, vat_note
from ui.widgets.buttons import KeyButton
from ui.widgets.card import SidePanel, scrolling
from ui.widgets.figures import FigureRow
from ui.widgets.text import body, caption, clear, column, rule, section, small

_SHOWN = 40


class AmountsPanel(SidePanel):
    """Made anew for each state of the order: dossiers change seldom. `why_wanted` asks for the total's calculation."""

    why_wanted = Signal()

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__(SUMMARY_WIDTH)
        self._look, self._formats, self._now = look, formats, now
        holder = QWidget()
        self._content = QVBoxLayout(holder)
        self._content.setContentsMargins(20, 18, 20, 16)
        self._content.setSpacing(0)
        self.body.addWidget(scrolling(holder))

    def show_order(self, order: OrderView) -> None:
        """Show another state."""
        clear(self._content)
        for add in (self._amounts, self._invoiced, self._earned, self._delivery, self._history):
            add(order)
        self._content.addStretch(1)

    def _figure(self, label: str, figure: str, tone: str = "ink") -> None:
        row = FigureRow(self._look, label, figure_tone=tone)
        row.show_figure(figure)
        self._content.addWidget(row)

    def _amounts(self, order: OrderView) -> None:
        totals, amount = order.totals, self._formats.amount
        self._content.addWidget(section(self._look, self.tr("Amounts")))
        self._content.addSpacing(10)
        self._figure(self.tr("Goods excl. VAT"), amount(totals.goods))
        if totals.discount:
            self._figure(self.tr("Order discount"), amount(-totals.discount))
        if totals.eco:
            self._figure(self.tr("Eco-contribution"), amount(totals.eco))
        if totals.private_copy:
            self._figure(self.tr("Private copying levy"), amount(totals.private_copy))
        carriage = self.tr("Carriage, express") if order.delivery.express else self.tr("Carriage")
        self._figure(carriage, amount(totals.carriage))
        if totals.fees:
            self._figure(self.tr("Small-order fees"), amount(totals.fees))
        for rate, vat in sorted(totals.vat.items(), reverse=True):
            self._figure(vat_label(rate, self._formats), amount(vat))
        if note := vat_note(totals, self._formats):
            self._content.addWidget(small(self._look, note, wrap=True))
            self._content.addSpacing(6)
        self._content.addWidget(rule())
        total = FigureRow(
            self._look,
            self.tr("Total incl. VAT"),
            tone="ink",
            weight=SEMIBOLD,
            figure_size=FIGURE,
            figure_weight=SEMIBOLD,
            height=48,
        )
        total.show_figure(amount(totals.total))
        self._content.addWidget(total)
        if order.sub_orders:
            why = KeyButton(self._look, self.tr("Why this total"), kind="link", keys="Alt+T")
            why.clicked.connect(self.why_wanted)
            self._content.addWidget(why, 0, Qt.AlignmentFlag.AlignRight)

    def _invoiced(self, order: OrderView) -> None:
        told = invoices(order)
        if not told:
            return
        done = sum(told.values(), ZERO)
        self._content.addWidget(caption(self._look, self.tr("Invoices")))
        for number, total in told.items():
            self._figure(number, self._formats.amount(total) if total else "")
        left = order.totals.total - done
        if done and left > 0:
            self._figure(self.tr("Still to invoice"), self._formats.amount(left), "amber")

    def _earned(self, order: OrderView) -> None:
        bonus, rfa = order.totals.online_bonus, order.totals.rfa
        if not bonus and not rfa:
            return
        self._split(self.tr("What it earns"))
        state = self.tr("earned") if order.summary.status is Status.INVOICED else self.tr("estimated")
        if bonus:
            self._figure(self.tr("Online bonus, {0}").format(state), self._formats.signed_amount(bonus), "green")
        if rfa:
            self._figure(self.tr("Back-margin, estimated"), self._formats.signed_amount(rfa), "green")

    def _delivery(self, order: OrderView) -> None:
        self._split(self.tr("Delivery"))
        delivery, formats = order.delivery, self._formats
        address = delivery.address
        if address is None:
            where = self.tr("to your address")
        else:
            lines = (address.name, address.street, f"{address.postcode} {address.city}".strip())
            where = server_text(", ".join(line for line in lines if line))
        wanted = delivery.wanted_date
        when = self.tr("wanted for {0}").format(formats.day(wanted)) if wanted else self.tr("as soon as possible")
        complete = delivery.mode is DeliveryMode.COMPLETE
        how = self.tr("all at once") if complete else self.tr("each part as soon as it is there")
        if delivery.express:
            how = self.tr("express, {0}").format(how)
        for words in (where, formats.typography(f"{when}, {how}")):
            self._content.addWidget(body(self._look, words, "ink", wrap=True))
        for name, words in ((self.tr("End client"), order.end_client), (self.tr("Note"), order.note)):
            if words:
                self._content.addWidget(small(self._look, f"{name}: {server_text(words)}", "ink2", wrap=True))

    def _history(self, order: OrderView) -> None:
        self._split(self.tr("What happened"))
        now, formats = self._now(), self._formats
        for at, told in history_words(order, formats, _SHOWN):
            words = small(self._look, told, "ink", wrap=True)
            when = small(self._look, formats.moment(at, now))
            self._content.addLayout(column(when, words, spacing=0, margins=(0, 0, 0, 8)))

    def _split(self, heading: str) -> None:
        self._content.addSpacing(14)
        self._content.addWidget(rule())
        self._content.addSpacing(14)
        self._content.addWidget(section(self._look, heading))
        self._content.addSpacing(6)
