"""What stands beside every step of the wizard: sums, carriage, total, bonus, credit; the way on below."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.back_margin_service import MeterView
from desktop_app.services.views import CarriageView, DraftSummary
from ui.formats import Formats
from ui.order_wizard.carriage_row import CarriageRow
from ui.order_wizard.earnings_card import EarningsCard
from ui.order_wizard.problem_words import order_problem
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SECTION, SEMIBOLD, SMALL, SUMMARY_WIDTH
from ui.vat_words import vat_label, vat_note
from ui.widgets.buttons import KeyButton
from ui.widgets.card import SidePanel, scrolling
from ui.widgets.counts import lines_words, pieces_words
from ui.widgets.elided import ElidedText
from ui.widgets.figures import FigureRow, LegendRow
from ui.widgets.meters import CreditBar
from ui.widgets.text import Text, caption, clear, column, row, rule, section, small, strong
from ui.wording import credit_policy_words


class SummaryPanel(SidePanel):
    """Shows a `DraftSummary`; `foot` holds one set of buttons per step.

    `why_wanted` asks why the total is what it is, `calculation_wanted` how the back-margin adds up.
    """

    why_wanted = Signal()
    calculation_wanted = Signal()

    def __init__(self, look: Look, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__(SUMMARY_WIDTH)
        self._look = look
        self._formats = formats
        self._now = now
        self._carriage: dict[str, CarriageRow] = {}
        self._vat: dict[str, FigureRow] = {}
        self._shown: DraftSummary | None = None
        self._meters: Sequence[MeterView] = ()
        self._counts = small(look, "", "ink2")
        self._goods = FigureRow(look, self.tr("Goods excl. VAT"))
        self._discount = FigureRow(look, self.tr("Order discount"))
        self._eco = FigureRow(look, self.tr("Eco-contribution"))
        self._private_copy = FigureRow(look, self.tr("Private copying levy"))
        self._fees = FigureRow(look, self.tr("Small-order fees"))
        self._total = FigureRow(
            look,
            self.tr("Total incl. VAT"),
            tone="ink",
            weight=SEMIBOLD,
            figure_size=FIGURE,
            figure_weight=SEMIBOLD,
            height=48,
        )
        self._why = KeyButton(look, self.tr("Why this total"), kind="link", keys="Alt+T")
        self._why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._why.clicked.connect(self.why_wanted)
        self._vat_note = small(look, "", wrap=True)
        self._earnings = EarningsCard(look, formats)
        self._earnings.clicked.connect(self.calculation_wanted)
        self._carriage_title = caption(look, self.tr("Carriage per wholesaler"))
        self._carriage_rows = column(spacing=0)
        self._vat_rows = column(spacing=0)
        self._problems = column(spacing=4)
        self._credit = self._build_credit()
        self.foot = QStackedWidget()
        # What stands over the buttons of every step.
        self.over_foot = column(spacing=0)
        self._build()

    def show_meters(self, meters: Sequence[MeterView]) -> None:
        """Show how far the next back-margin steps are with this order."""
        self._meters = meters
        if self._shown is not None:
            self._show_earnings(self._shown)

    def show_summary(self, summary: DraftSummary) -> None:
        """Show another state; what did not change is not touched."""
        before, self._shown = self._shown, summary
        formats, totals = self._formats, summary.totals
        counts = f"{lines_words(summary.lines, formats)} · {pieces_words(summary.pieces, formats)}"
        if self._counts.text() != counts:
            self._counts.setText(counts)
        self._goods.show_figure(formats.amount(totals.goods))
        for figure, amount in (
            (self._discount, -totals.discount),
            (self._eco, totals.eco),
            (self._private_copy, totals.private_copy),
            (self._fees, totals.fees),
        ):
            figure.show_figure(formats.amount(amount))
            figure.setVisible(bool(amount))
        self._show_carriage(summary.carriage)
        self._show_vat(summary)
        self._total.show_figure(formats.amount(totals.total))
        self._why.setEnabled(summary.lines > 0)
        self._show_earnings(summary)
        if before is None or before.problems != summary.problems:
            self._show_problems(summary)
        self._show_credit(summary)

    def _build(self) -> None:
        look = self._look
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(0)
        layout.addLayout(row(section(look, self.tr("Summary")), None, self._counts))
        layout.addSpacing(12)
        for widget in (self._goods, self._discount, self._eco, self._private_copy):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self._carriage_title)
        layout.addSpacing(3)
        layout.addLayout(self._carriage_rows)
        layout.addWidget(self._fees)
        layout.addLayout(self._vat_rows)
        layout.addWidget(self._vat_note)
        layout.addSpacing(6)
        layout.addWidget(rule())
        layout.addWidget(self._total)
        layout.addWidget(self._why, 0, Qt.AlignmentFlag.AlignRight)
        layout.addSpacing(6)
        layout.addWidget(self._earnings)
        layout.addLayout(self._problems)
        layout.addSpacing(14)
        layout.addWidget(self._credit)
        layout.addStretch(1)
        area = scrolling(body)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(area, 1)
        self.body.addWidget(rule())
        holder = QWidget()
        holder.setLayout(column(self.over_foot, self.foot, spacing=0, margins=(20, 12, 20, 12)))
        self.body.addWidget(holder)

    def _build_credit(self) -> QWidget:
        look, holder = self._look, QWidget()
        self._credit_bar = CreditBar(look, self.tr("Credit after this order"))
        self._credit_age = ElidedText(look, SMALL, tone="ink3")
        self._credit_left = Text(look, "", SECTION, SEMIBOLD)
        self._unpaid = LegendRow(look, "solid", self.tr("Invoices to pay"))
        self._undelivered = LegendRow(look, "hatched", self.tr("Orders not yet invoiced"))
        self._this_order = LegendRow(look, "accent", self.tr("This order"))
        self._policy = small(look, "", wrap=True)
        holder.setLayout(
            column(
                strong(look, self.tr("Credit after this order")),
                row(self._credit_age, None, self._credit_left),
                2,
                self._credit_bar,
                4,
                self._unpaid,
                self._undelivered,
                self._this_order,
                self._policy,
                spacing=2,
            )
        )
        return holder

    def _show_earnings(self, summary: DraftSummary) -> None:
        bonus = summary.totals.online_bonus
        words = self._formats.signed_amount(bonus) if bonus else ""
        self._earnings.show_earnings(words, self._meters, self._now())

    def _show_carriage(self, views: tuple[CarriageView, ...]) -> None:
        self._carriage_title.setVisible(bool(views))
        if [view.wholesaler for view in views] != list(self._carriage):
            clear(self._carriage_rows)
            self._carriage = {view.wholesaler: CarriageRow(self._look, self._formats, view) for view in views}
            for shown in self._carriage.values():
                self._carriage_rows.addWidget(shown)
            return
        for view in views:
            self._carriage[view.wholesaler].show_view(view)

    def _show_vat(self, summary: DraftSummary) -> None:
        wanted = {str(rate): (rate, amount) for rate, amount in sorted(summary.totals.vat.items(), reverse=True)}
        if list(wanted) != list(self._vat):
            clear(self._vat_rows)
            self._vat = {}
            for name, (rate, _) in wanted.items():
                self._vat[name] = FigureRow(self._look, vat_label(rate, self._formats))
                self._vat_rows.addWidget(self._vat[name])
        for name, (_, amount) in wanted.items():
            self._vat[name].show_figure(self._formats.amount(amount))
        note = vat_note(summary.totals, self._formats, summary.territory) if summary.lines else ""
        _say(self._vat_note, note)
        self._vat_note.setVisible(bool(note))

    def _show_problems(self, summary: DraftSummary) -> None:
        """The problems of the whole order; those of lines are told in their rows."""
        clear(self._problems)
        for problem in summary.problems:
            if problem.line is None:
                words = order_problem(problem, self._formats)
                tone = "red" if problem.blocking else "amber"
                heading = Text(self._look, words.headline, SMALL, SEMIBOLD, tone, wrap=True)
                self._problems.addLayout(
                    column(
                        heading, small(self._look, words.detail, "ink2", wrap=True), spacing=0, margins=(0, 10, 0, 0)
                    )
                )

    def _show_credit(self, summary: DraftSummary) -> None:
        credit, formats = summary.credit, self._formats
        limit, left = credit.limit, credit.left
        self._credit.setVisible(limit is not None)
        if limit is None or left is None:
            return
        unpaid = credit.unpaid
        self._credit_bar.show_parts(float(unpaid or 0), float(credit.undelivered), float(credit.basket), float(limit))
        _say(self._credit_left, formats.amount(left))
        self._credit_left.set_tone("amber" if left < 0 else "ink")
        now, read_at = self._now(), credit.as_of
        self._credit_age.setText(formats.read_words(read_at, now), formats.read_words(read_at, now, short=True))
        self._unpaid.show_figure(self.tr("unknown") if unpaid is None else formats.amount(unpaid))
        self._undelivered.show_figure(formats.amount(credit.undelivered))
        self._this_order.show_figure(formats.amount(credit.basket))
        _say(self._policy, credit_policy_words(credit.policy))


def _say(label: Text, words: str) -> None:
    """Setting a label's text costs a layout even where it is the same."""
    if label.text() != words:
        label.setText(words)
