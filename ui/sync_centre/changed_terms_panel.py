"""The answer `terms changed` of one order: a table per line, what the choices do to the total, one answer."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.order import Totals
from desktop_app.errors import ComptoirError
from desktop_app.services.order_service import OrderService
from desktop_app.services.views import ChangedTerms, OrderView
from ui.formats import server_text
from ui.models.differences_model import Choice, DifferencesModel
from ui.orders.lights_words import lights_words
from ui.page import UiContext
from ui.sync_centre.difference_words import order_words
from ui.sync_centre.differences_grid import DifferencesGrid
from ui.sync_centre.effect_bar import EffectBar
from ui.sync_centre.request_card import RequestCard
from ui.theme.tokens import SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton, KeyHint
from ui.widgets.lights_card import LightsCard
from ui.widgets.text import Text, body, column, row, section, small


class ChangedTermsPanel(QWidget):
    """`answered` when the answer is on disk. A desk cannot impose its price: take, remove, or ask for a special one."""

    answered = Signal()

    def __init__(self, context: UiContext, orders: OrderService) -> None:
        super().__init__()
        self._context = context
        self._orders = orders
        self._order: OrderView | None = None
        look = context.look
        self.model = DifferencesModel(context.formats, self)
        self.grid = DifferencesGrid(context, self.model)
        self._name = Text(look, "", SECTION, SEMIBOLD)
        self._intro = body(look, wrap=True)
        self._lights = LightsCard(look, framed=False)
        self._whole = small(look, "", "amber", wrap=True)
        self._bar = EffectBar(look, context.formats)
        self._accept_all = KeyButton(look, self.tr("Take all"), kind="secondary", keys="Ctrl+Shift+A")
        self._answer = KeyButton(
            look, self.tr("Answer with these choices"), kind="primary", keys="Ctrl+Return", bind=True
        )
        self._when = body(look, "", "ink2", wrap=True)
        self.request = RequestCard(context)
        self._lay_out()
        self.grid.decided.connect(self._on_decided)
        self.grid.verticalHeader().sectionResized.connect(self._fit_grid)
        self.model.choices_changed.connect(self._on_choices_changed)
        self._accept_all.clicked.connect(self.model.accept_all)
        self._answer.clicked.connect(self.answer)

    def show_order(self, order: OrderView, terms: ChangedTerms, online: bool) -> None:
        """Show the answer about an order; choices already made stay while it is the same answer."""
        before = self._order.changed_terms if self._order is not None else None
        self._order = order
        summary, formats = order.summary, self._context.formats
        now = self._context.now()
        name = server_text(summary.reference or order.end_client)
        self._name.setText(" · ".join(part for part in (summary.desk_no, name) if part))
        received = formats.at(terms.received_at, now)
        changed = len({one.line for one in terms.differences if one.line is not None})
        count = self.tr("one line of {0} changes") if changed == 1 else self.tr("{1} lines of {0} change")
        words = self.tr("The manufacturer answered {0} with its own terms: {1}.").format(
            received, count.format(summary.lines, changed)
        )
        self._intro.setText(formats.typography(words))
        self._lights.show_lights(lights_words(order, formats, now))
        whole = " ".join(order_words(one, formats) for one in terms.differences if one.line is None).strip()
        self._whole.setText(whole)
        self._whole.setVisible(bool(whole))
        leaves = self.tr("The answer leaves at once.") if online else self.tr("The answer leaves with the network.")
        self._when.setText(leaves)
        if before != terms:
            self.model.load(terms)
            self._fit_grid()
            self.grid.select_row(0)
        self._on_choices_changed()

    def take_focus(self) -> None:
        """The first changed line."""
        self.grid.setFocus()

    def answer(self) -> None:
        """Send the choices as a new revision."""
        order = self._order
        if order is None or not self.model.complete:
            return
        without, ask = self.model.skus(Choice.REMOVE), self.model.skus(Choice.ASK)
        order_id, request = order.summary.order_id, self.request.note
        done = self._context.navigator.run(lambda: self._orders.confirm(order_id, without, ask, request))
        if isinstance(done, OrderView):
            words = self.tr("Your answer to {0} is saved.").format(order.summary.desk_no)
            if ask and (asked := _asked_in(done)):
                words += " " + self.tr("The lines asked about wait in draft {0}.").format(asked)
            self._context.navigator.notify(words, "done", f"order-{order.summary.order_id}")
            self._order = None
            self.answered.emit()

    # Inside

    def _lay_out(self) -> None:
        look = self._context.look
        hints = [KeyHint(look, (letter,), words) for letter, words in self.grid.letters()]
        heading = row(Text(look, self.tr("Terms changed"), SECTION, SEMIBOLD, "amber"), self._name, None, spacing=10)
        layout = column(
            heading,
            self._intro,
            4,
            self._lights,
            8,
            row(None, *hints, spacing=16),
            self.grid,
            self._whole,
            12,
            row(section(look, self.tr("Effect on the total incl. VAT")), None, self._accept_all),
            self._bar,
            self.request,
            8,
            row(self._when, self._answer, spacing=16),
            None,
            spacing=6,
        )
        layout.setStretchFactor(self.grid, 1000)
        self.setLayout(layout)

    def _fit_grid(self, *_: int) -> None:
        """No higher than its lines, whose words need more or less room as the window changes."""
        self.grid.setMaximumHeight(self.grid.content_height())

    def _on_decided(self, place: int, value: str) -> None:
        self.model.choose(place, Choice(value))
        self.grid.select_row(place)

    def _on_choices_changed(self) -> None:
        terms = self._order.changed_terms if self._order is not None else None
        self._accept_all.setEnabled(self.model.can_accept)
        self._answer.setEnabled(self.model.complete and terms is not None)
        if terms is None or self._order is None:
            return
        self.request.show_request(self._order, self.model.lines(Choice.ASK))
        self._bar.show_totals(terms.your_total, self._chosen_total(terms), terms.their_total, self.model.undecided)

    def _chosen_total(self, terms: ChangedTerms) -> Decimal:
        """The total with the choices so far; undecided lines count as accepted only once all are decided."""
        if self._order is None:
            return terms.your_total
        without, ask = self.model.skus(Choice.REMOVE), self.model.skus(Choice.ASK)
        try:
            totals: Totals = self._orders.preview_confirm(self._order.summary.order_id, without, ask)
        except ComptoirError:
            return Decimal(0)
        if self.model.complete:
            return totals.total
        return totals.total - self._undecided_share(terms)

    def _undecided_share(self, terms: ChangedTerms) -> Decimal:
        """What the undecided lines add with VAT, in proportion to the whole change: an estimate for the bar."""
        whole = terms.their_goods - terms.your_goods
        return (terms.their_total - terms.your_total) * self.model.undecided_effect() / whole if whole else Decimal(0)


def _asked_in(order: OrderView) -> str:
    """The desk number of the draft that holds the lines asked about last."""
    asked = [dict(entry.params).get("desk_no", "") for entry in order.history if entry.code == "price-asked"]
    return asked[-1] if asked else ""
