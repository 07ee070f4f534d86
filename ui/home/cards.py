"""The cards at the right of the home page: credit left, drafts, age of the data."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.views import CollectionAge, CreditView, OrderSummary
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, FIGURE, REGULAR, SEMIBOLD, SMALL
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.elided import ElidedText
from ui.widgets.meters import CreditBar, LegendMark
from ui.widgets.states import StateShape
from ui.widgets.text import Text, body, clear, column, row, rule, section, small, strong
from ui.wording import collection_name, credit_policy_words

CARDS_WIDE, CARDS_NARROW = 368, 316


class CreditCard(Card):
    """Credit left, when it was read, and its three terms."""

    def __init__(self, look: Look, formats: Formats) -> None:
        self._look, self._formats = look, formats
        self._left = Text(look, "", FIGURE, SEMIBOLD)
        self._age = ElidedText(look, SMALL, tone="ink3")
        self._bar = CreditBar(look, "")
        self._terms = QVBoxLayout()
        self._terms.setSpacing(6)
        self._title = section(look)
        super().__init__(self._title, row(self._left, None, self._age), self._bar, 2, self._terms, margin=18)
        self._title.setText(self.tr("Credit left"))
        self._bar.setAccessibleName(self.tr("Credit used"))

    def show_credit(self, credit: CreditView, now: datetime) -> None:
        """Show the credit as of `now`."""
        formats, left = self._formats, credit.left
        clear(self._terms)
        self._age.setText(formats.read_words(credit.as_of, now), formats.read_words(credit.as_of, now, short=True))
        self._bar.setVisible(credit.limit is not None)
        if left is None or credit.limit is None:
            self._left.setText(self.tr("not limited"))
        else:
            self._left.setText(formats.amount(left))
            self._left.set_tone("amber" if left < 0 else "ink")
            unpaid = credit.unpaid or Decimal(0)
            self._bar.show_parts(float(unpaid), float(credit.undelivered), 0.0, float(credit.limit))
        if credit.unpaid is not None:
            self._terms.addLayout(self._term("solid", self.tr("Invoices to pay"), credit.unpaid))
        self._terms.addLayout(self._term("hatched", self.tr("Orders not yet invoiced"), credit.undelivered))
        if credit.limit is not None:
            self._terms.addLayout(self._term("empty", self.tr("Limit granted"), credit.limit))
            self._terms.addWidget(small(self._look, credit_policy_words(credit.policy), wrap=True))

    def _term(self, kind: str, words: str, amount: Decimal) -> QHBoxLayout:
        look = self._look
        return row(LegendMark(look, kind), body(look, words), None, strong(look, self._formats.amount(amount)))


class DraftsCard(Card):
    """The newest drafts, each a link into the wizard."""

    def __init__(self, look: Look, formats: Formats, open_draft: Callable[[str], None]) -> None:
        self._look, self._formats, self._open = look, formats, open_draft
        self._rows = QVBoxLayout()
        self._told: list[tuple[str, str, str]] = []
        self._rows.setSpacing(4)
        self._title, self._count = section(look), Text(look, "", 16, REGULAR, "ink3")
        super().__init__(row(self._title, None, self._count), rule(), self._rows, margin=18)
        self._title.setText(self.tr("Drafts"))

    def show_drafts(self, drafts: Sequence[OrderSummary], now: datetime) -> None:
        """Show the three newest; rows that say the same are left alone, and with them who is at one of them."""
        told = [(draft.order_id, draft.reference, self._formats.moment(draft.updated_at, now)) for draft in drafts[:3]]
        self._count.setText(self._formats.number(len(drafts)))
        self.setVisible(bool(drafts))
        if told == self._told:
            return
        self._told = told
        clear(self._rows)
        for draft in drafts[:3]:
            words = " · ".join(part for part in (draft.desk_no, server_text(draft.reference)[:24]) if part)
            link = KeyButton(self._look, words, kind="link")
            link.clicked.connect(lambda _checked=False, order_id=draft.order_id: self._open(order_id))
            when = small(self._look, self._formats.moment(draft.updated_at, now))
            self._rows.addLayout(row(link, None, when))


class AgesCard(Card):
    """How old each collection of data is, in words, with a shape."""

    def __init__(self, look: Look, formats: Formats) -> None:
        self._look, self._formats = look, formats
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._title = section(look)
        super().__init__(self._title, rule(), self._rows, margin=18)
        self._title.setText(self.tr("Age of the data"))

    def show_ages(self, ages: Sequence[CollectionAge], now: datetime) -> None:
        """One line per collection."""
        clear(self._rows)
        for age in ages:
            self._rows.addWidget(self._line(age, now))

    def _line(self, age: CollectionAge, now: datetime) -> QWidget:
        look = self._look
        kind = "look" if age.stale or age.synced_at is None else "done"
        words = self._formats.ago_words(age.synced_at, now)
        holder = QWidget()
        note = Text(look, words, BODY, REGULAR, "amber" if kind == "look" else "ink3")
        holder.setLayout(row(StateShape(look, kind, 16), body(look, collection_name(age.collection)), None, note))
        holder.setAccessibleName(f"{collection_name(age.collection)}: {words}")
        return holder


def right_column(*cards: QWidget) -> QWidget:
    """Cards over one another, free space at the foot."""
    holder = QWidget()
    holder.setFixedWidth(CARDS_WIDE)
    layout = column(*cards, None, spacing=16)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    holder.setLayout(layout)
    return holder
