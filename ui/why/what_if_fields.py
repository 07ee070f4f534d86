"""The four things a "what if" can change: quantity, day, wholesaler, end client. What they cost: the sheet."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.services.condition_views import PriceAhead, PriceAnswer, PriceQuestion
from desktop_app.services.views import StockView
from ui.catalogue.break_cards import BreakCards
from ui.catalogue.results_model import short_name
from ui.formats import server_text
from ui.page import UiContext
from ui.pick_sheet import Choice, PickSheet, among
from ui.theme.tokens import BODY, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.choices import SegmentedChoice
from ui.widgets.day_field import DayField
from ui.widgets.fields import QuantityField
from ui.widgets.text import caption, clear, column, row, small
from ui.widgets.tips import plain_tip

_AHEAD_SHOWN = 3
_ROOM = 320


class WhatIfFields(QWidget):
    """`changed` after each change; `question` is what is asked then."""

    changed = Signal()

    def __init__(self, context: UiContext, question: PriceQuestion, answer: PriceAnswer) -> None:
        super().__init__()
        self._context = context
        self._sku, self._end_client = question.sku, question.end_client
        self._clients: tuple[str, ...] = ()
        self._ahead: tuple[PriceAhead, ...] | None = None
        look, formats = context.look, context.formats
        self.quantity = QuantityField(
            look, self.tr("Quantity"), self.tr("Fewer"), self.tr("More"), MAX_QUANTITY, question.quantity
        )
        if answer.product is not None:
            self.quantity.step = answer.product.pack_multiple
        self.day = DayField(look, formats, self._today, self.tr("today"))
        self.day.set_day(question.day)
        self.day.setFixedWidth(160)
        self.day.setAccessibleName(self.tr("Day"))
        self.wholesaler = self._choice(answer.stock, question.wholesaler)
        self._client = KeyButton(look, "", kind="secondary")
        self._client.clicked.connect(self._on_client_clicked)
        self._days = column(spacing=2)
        self._breaks = BreakCards(look, formats)
        self._breaks.chosen.connect(self._on_break_chosen)
        self.quantity.changed.connect(self._on_changed)
        self.day.changed.connect(self._on_changed)
        self.wholesaler.chosen.connect(self._on_changed)
        self._lay_out()

    @property
    def question(self) -> PriceQuestion:
        """What the fields ask."""
        return PriceQuestion(self._sku, self.quantity.value(), self.wholesaler.value(), self.day.day, self._end_client)

    def show_answer(self, answer: PriceAnswer) -> None:
        """The days, breaks and clients that the answer knows of."""
        if answer.ahead != self._ahead:
            self._ahead = answer.ahead
            self._show_days(answer.ahead[:_AHEAD_SHOWN])
        several = len(answer.breaks) > 1
        self._breaks_title.setVisible(several)
        self._breaks.setVisible(several)
        if several:
            self._breaks.show_breaks(answer.breaks, self.quantity.value())
        self._clients = answer.end_clients
        for widget in (self._client_title, self._client):
            widget.setVisible(bool(self._clients) or bool(self._end_client))
        words = server_text(self._end_client) or self.tr("none")
        self._client.setText(words)
        self._client.setAccessibleName(self.tr("End client: {0}").format(words))
        self._client.updateGeometry()

    def _lay_out(self) -> None:
        look = self._context.look
        self._client_title = caption(look, self.tr("End client"))
        self._breaks_title = caption(look, self.tr("Quantity breaks"))
        day = column(caption(look, self.tr("Day")), self.day, small(look, self.tr("15/06, 1 January, +7")), spacing=4)
        layout: QVBoxLayout = column(
            row(column(caption(look, self.tr("Quantity")), self.quantity, None, spacing=4), day, None, spacing=16),
            self._days,
            4,
            caption(look, self.tr("Wholesaler")),
            row(self.wholesaler, None),
            4,
            self._client_title,
            row(self._client, None),
            4,
            self._breaks_title,
            self._breaks,
            None,
            spacing=6,
        )
        self.setLayout(layout)

    def _choice(self, stock: tuple[StockView, ...], value: str) -> SegmentedChoice:
        """One button per wholesaler that lists the product; letters where the names have no room."""
        look = self._context.look
        listed = [view for view in stock if view.listed]
        options = [("", self.tr("Best")), *((view.wholesaler, server_text(short_name(view))) for view in listed)]
        if sum(look.width(words, BODY, SEMIBOLD) + 24 for _, words in options) > _ROOM:
            options = [("", self.tr("Best")), *((view.wholesaler, view.letter) for view in listed)]
        known = value if any(view.wholesaler == value for view in listed) else ""
        return SegmentedChoice(look, options, known, self.tr("Wholesaler"))

    def _show_days(self, ahead: tuple[PriceAhead, ...]) -> None:
        """Days on which the price is known to change, each a press away."""
        clear(self._days)
        formats = self._context.formats
        for price in ahead:
            day = formats.day(price.day, year=price.day.year != self._today().year)
            words = self.tr("{0} from {1} on").format(formats.unit_price(price.unit_net), day)
            link = KeyButton(self._context.look, formats.typography(words), kind="link")
            link.setToolTip(plain_tip(server_text(price.label)))
            link.clicked.connect(self._jumper(price.day))
            self._days.addLayout(row(link, None))

    def _jumper(self, day: date) -> Callable[[], None]:
        def jump() -> None:
            self.day.set_day(day)
            self.changed.emit()

        return jump

    def _today(self) -> date:
        return self._context.formats.local(self._context.now()).date()

    def _on_changed(self, _value: object) -> None:
        self.changed.emit()

    def _on_break_chosen(self, quantity: int) -> None:
        self.quantity.set_value(quantity)
        self.changed.emit()

    def _on_client_clicked(self) -> None:
        choices = [Choice("", self.tr("none")), *(Choice(name, server_text(name)) for name in self._clients)]
        title = self.tr("End client")
        sheet = PickSheet(self._context.look, self.window(), title, self.tr("a part of its name"), among(choices))
        sheet.picked.connect(self._on_client_picked)
        sheet.open_pick(self._end_client)

    def _on_client_picked(self, name: str) -> None:
        self._end_client = name
        self.changed.emit()
