"""What is known of later prices of a product: announced list prices, promotions that end. Nothing where nothing is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.condition import Step
from desktop_app.domain.order import PricedLine
from desktop_app.services.views import PriceAhead
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD
from ui.widgets.states import StateShape
from ui.widgets.text import Text, caption, clear, column, row, small

_SHOWN = 3


class PriceAheadList(QWidget):
    """One entry per later price: `154,30 from 1 January on, +4,0 %`, and what changes then."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def show_prices(self, priced: PricedLine | None, ahead: Sequence[PriceAhead], today: date) -> None:
        """The later prices as against `priced`; the widget hides itself where there are none."""
        clear(self._layout)
        told = [self._entry(priced, price, today) for price in ahead[:_SHOWN]] if priced is not None else []
        ends = None if priced is None else _promotion_end(priced)
        if ends is not None and all(price.day <= ends for price in ahead):
            told.append(self._ending(ends, today))
        self.setVisible(bool(told))
        if told:
            self._layout.addWidget(caption(self._look, self.tr("Prices to come")))
            for entry in told:
                self._layout.addWidget(entry)

    def _entry(self, priced: PricedLine | None, price: PriceAhead, today: date) -> QWidget:
        formats, now = self._formats, priced.unit_net if priced is not None else Decimal(0)
        share = (price.unit_net - now) * 100 / now if now else Decimal(0)
        words = self.tr("{0} from {1} on, {2}").format(
            formats.unit_price(price.unit_net), self._day(price.day, today), formats.change(share)
        )
        if priced is not None and price.list_price != priced.list_price:
            note = self.tr("list price {0}").format(formats.unit_price(price.list_price))
        else:
            note = ""
        note = " · ".join(part for part in (server_text(price.label), note) if part)
        return self._line("look" if share > 0 else "done", words, note, "amber" if share > 0 else "green")

    def _ending(self, ends: date, today: date) -> QWidget:
        words = self.tr("The promotion ends on {0}").format(self._day(ends, today))
        return self._line("look", words, "", "amber")

    def _line(self, kind: str, words: str, note: str, tone: str) -> QWidget:
        formats, holder = self._formats, QWidget()
        text = column(Text(self._look, formats.typography(words), BODY, SEMIBOLD, tone, wrap=True), spacing=0)
        if note:
            text.addWidget(small(self._look, formats.typography(note), wrap=True))
        line = row(column(2, StateShape(self._look, kind, 16), None, spacing=0), text, spacing=8)
        line.setStretch(1, 1)
        holder.setLayout(line)
        holder.setAccessibleName(f"{words} {note}".strip())
        return holder

    def _day(self, day: date, today: date) -> str:
        return self._formats.day(day, year=day.year != today.year)


def _promotion_end(priced: PricedLine) -> date | None:
    """The last day of the promotion that the price stands on."""
    return next((step.end for step in priced.trace if step.step is Step.PROMO and step.applied and step.end), None)
