"""The card of Home: how much is missing to the next back-margin step, what it is worth, how old the count is."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.back_margin_service import MeterView
from ui.back_margin.step_meter import StepMeter
from ui.back_margin.words import (
    age_words,
    calculation,
    gain_words,
    gate_state,
    gate_words,
    goal_words,
    name_words,
    span_words,
)
from ui.formats import Formats
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SEMIBOLD, SMALL
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.elided import ElidedText
from ui.widgets.figures import FigureRow
from ui.widgets.states import StateShape
from ui.widgets.text import Text, body, clear, column, row, rule, section, small
from ui.widgets.tips import plain_tip

_MARGIN = 18


class MeterCard(Card):
    """Shows the agreement whose next step is nearest to being worth it; hidden where the dealer has none.

    `calculation_wanted` when the person asks how it adds up, and for the other agreements.
    """

    calculation_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        self._look, self._formats = look, formats
        self._view: MeterView | None = None
        self._title, self._span = section(look), ElidedText(look, SMALL, tone="ink3")
        self._missing = Text(look, "", FIGURE, SEMIBOLD)
        self._still, self._goal = body(look), body(look, "", wrap=True)
        self._meter = StepMeter(look, formats)
        self._earned, self._gain = FigureRow(look, "", height=24), FigureRow(look, "", figure_tone="green", height=24)
        self._gates = QVBoxLayout()
        self._gates.setSpacing(4)
        self._age = small(look, wrap=True)
        self._how = KeyButton(look, "", kind="link", keys="M")
        foot = row(self._age, self._how)
        foot.setStretch(0, 1)
        super().__init__(
            row(self._title, None, self._span),
            column(row(self._missing, self._still, None), self._goal, spacing=0),
            self._meter,
            rule(),
            column(self._earned, self._gain, spacing=0),
            self._gates,
            foot,
            margin=_MARGIN,
        )
        self._title.setText(self.tr("Back-margin"))
        self._how.clicked.connect(self.calculation_wanted)

    def show_meters(self, views: Sequence[MeterView], now: datetime) -> None:
        """Show the first; how many others there are stands on the button."""
        self.setVisible(bool(views))
        if not views:
            return
        view, formats = views[0], self._formats
        self._view = view
        words = self.tr("The calculation")
        if len(views) > 1:
            words = self.tr("The {0} calculations").format(formats.number(len(views)))
        self._how.setText(words)
        self._how.updateGeometry()
        self._span.setText(span_words(view, formats))
        self.setToolTip(plain_tip(name_words(view)))
        self._show_goal(view)
        self._meter.setVisible(bool(view.tiers))
        self._meter.show_meter(view)
        earned = self.tr("Earned at {0}").format(formats.percent(view.percent))
        self._earned.show_figure(formats.amount(view.accrued), label=formats.typography(earned))
        worth = gain_words(view, formats)
        self._gain.setVisible(bool(worth) and view.gain is not None)
        if view.gain is not None:
            self._gain.show_figure(formats.amount(view.accrued + view.gain), label=worth)
        self._age.setText(age_words(view, formats, now))
        self._show_gates(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words have no room beside the figure, they begin the line below."""
        super().resizeEvent(event)
        if self._view is not None:
            self._show_goal(self._view)

    def _show_goal(self, view: MeterView) -> None:
        formats, look = self._formats, self._look
        figure, still = formats.amount(view.accrued), formats.typography(self.tr("at the highest step"))
        if view.missing is not None:
            figure, still = formats.amount(view.missing), self.tr("more to order")
        needed = look.width(figure, FIGURE, SEMIBOLD) + 16 + look.width(still)
        beside = needed <= self.width() - 2 * _MARGIN
        self._missing.setText(figure)
        self._still.setText(still if beside else "")
        self._goal.setText(goal_words(view, formats) if beside else f"{still} {goal_words(view, formats)}")

    def _show_gates(self, view: MeterView) -> None:
        clear(self._gates)
        for gate in view.gates:
            shape = StateShape(self._look, gate_state(gate), 14)
            tone = "amber" if gate_state(gate) == "look" else "ink2"
            words = small(self._look, gate_words(gate, self._formats), tone, wrap=True)
            line = row(shape, words, spacing=8)
            line.setStretch(1, 1)
            self._gates.addLayout(line)


def calculation_rows(look: Look, formats: Formats, view: MeterView, now: datetime) -> QWidget:
    """The calculation as rows, sums under a rule; notes stand under what they explain."""
    holder = QWidget()
    layout = column(spacing=0)
    for figure in calculation(view, formats, now):
        weight = SEMIBOLD if figure.strong else 400
        shown = FigureRow(
            look,
            figure.words,
            tone="ink" if figure.strong else "ink2",
            figure_tone=figure.tone,
            weight=weight,
            figure_weight=SEMIBOLD if figure.strong else 500,
            height=24,
        )
        shown.show_figure(figure.figure)
        layout.addWidget(shown)
        if figure.note:
            layout.addWidget(small(look, figure.note, wrap=True))
            layout.addSpacing(2)
    holder.setLayout(layout)
    return holder
