"""Step 4: what will be sent to whom, in full, and what happens when it is sent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.order import Problem
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.views import DraftSummary
from ui.delivery_words import address_text
from ui.formats import server_text
from ui.models.sub_orders_model import parts_of
from ui.order_wizard.recipient_words import delivery_words, recipient_words
from ui.order_wizard.review_grid import ReviewGrid
from ui.page import UiContext
from ui.payment_words import payment_words
from ui.theme.tokens import BODY, PAGE_MARGIN, SEMIBOLD, SMALL
from ui.vat_words import vat_note
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.states import StateShape
from ui.widgets.text import Text, body, clear, column, row, section, small, strong
from ui.wording import problem_words

_SHOWN_PROBLEMS = 4


class ReviewStep(QWidget):
    """Reads only. `recipient_wanted` and `lines_wanted` lead back to where something can be changed."""

    recipient_wanted = Signal()
    lines_wanted = Signal()

    def __init__(self, context: UiContext, session: DraftSession) -> None:
        super().__init__()
        self._context = context
        self._session = session
        self._online = True
        self.departure = QVBoxLayout()
        self._facts = QVBoxLayout()
        self._problems = QVBoxLayout()
        self.grid = ReviewGrid(context)
        layout = column(
            self.departure,
            self._facts,
            self._problems,
            self.grid,
            spacing=12,
            margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 16),
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def take_focus(self) -> None:
        """The list of what is sent."""
        self.grid.setFocus()

    def refresh(self, online: bool) -> None:
        """Show the draft as it is now."""
        summary = self._session.summary()
        self.show_online(online)
        self._show_facts(summary)
        self._show_problems(summary.problems)
        self.grid.show_parts([part for part in parts_of(self._session.lines(), summary.carriage) if part.lines])

    def show_online(self, online: bool) -> None:
        """What sending will do, online or not."""
        look = self._context.look
        clear(self.departure)
        if online:
            words, detail = self.tr("Online."), self.tr("The order leaves as soon as you send it.")
        else:
            words = self.tr("Offline.")
            detail = self.tr("The order is kept here and leaves by itself when the network returns.")
        shape = StateShape(look, "done" if online else "waiting", 16)
        label = strong(look, words, "green" if online else "amber")
        card = Card(row(shape, label, body(look, detail, "ink"), None), kind="card" if online else "amber", margin=12)
        card.setAccessibleName(f"{words} {detail}")
        self.departure.addWidget(card)

    def _show_facts(self, summary: DraftSummary) -> None:
        clear(self._facts)
        look, formats, details = self._context.look, self._context.formats, self._session.details
        who, _ = recipient_words(self._session)
        dealer = self._session.priced.basis.dealer
        address = details.delivery.address or dealer.address
        change = KeyButton(look, self.tr("Change"), kind="link")
        change.clicked.connect(self.recipient_wanted)
        self._facts.addLayout(row(section(look, who), change, None, small(look, self._session.desk_no, "ink2")))
        facts = [
            (self.tr("Delivered to"), address_text(address) or server_text(dealer.name)),
            (self.tr("Delivery"), formats.typography(delivery_words(self._session, formats))),
            (self.tr("Reference"), server_text(details.reference)),
            (self.tr("End client"), server_text(details.end_client)),
            (self.tr("Note"), server_text(details.note)),
            *self._money_facts(summary),
        ]
        for name, value in facts:
            if value:
                label = body(look, name)
                label.setFixedWidth(140)
                self._facts.addLayout(row(label, Text(look, value, BODY, wrap=True), spacing=12))

    def _money_facts(self, summary: DraftSummary) -> list[tuple[str, str]]:
        """What the sums hold besides goods and carriage, and when they are to be paid; empty words say nothing."""
        formats, totals = self._context.formats, summary.totals
        discounts = [
            " · ".join(text for text in (formats.amount(row.delta), server_text(row.label)) if text)
            for part in self._session.priced.basket().sub_orders()
            for row in part.trace
        ]
        copy = formats.amount(totals.private_copy) if totals.private_copy else ""
        payment = "" if summary.payment is None else payment_words(summary.payment, formats)
        return [
            (self.tr("Order discount"), formats.semicolons(discounts)),
            (self.tr("Private copying levy"), copy),
            (self.tr("VAT"), vat_note(totals, formats, summary.territory) if summary.lines else ""),
            (self.tr("Payment"), payment),
        ]

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        clear(self._problems)
        look = self._context.look
        for problem in sorted(problems, key=lambda one: not one.blocking)[:_SHOWN_PROBLEMS]:
            kind, tone = ("stop", "red") if problem.blocking else ("look", "amber")
            words = problem_words(problem, self._context.formats)
            if problem.line is not None:
                words = self.tr("Line {0}: {1}").format(problem.line, words)
            label = Text(look, words, BODY, tone=tone)
            self._problems.addLayout(row(StateShape(look, kind, 16), label, None))
        more = len(problems) - _SHOWN_PROBLEMS
        if problems:
            see = KeyButton(look, self.tr("See the lines"), kind="link")
            see.clicked.connect(self.lines_wanted)
            words = self.tr("and 1 more") if more == 1 else self.tr("and {0} more").format(more) if more > 1 else ""
            count = Text(look, words, SMALL, SEMIBOLD, "ink2")
            self._problems.addLayout(row(see, count, None))
