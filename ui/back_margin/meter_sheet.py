"""How the meter adds up: every agreement with its figures, its gates, its contract, as text to copy too."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.services.back_margin_service import MeterView
from ui.back_margin.meter_card import calculation_rows
from ui.back_margin.step_meter import StepMeter
from ui.back_margin.words import base_words, calculation, gate_state, gate_words, name_words, span_words
from ui.formats import Formats, server_text
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.states import StateShape
from ui.widgets.text import Item, column, row, rule, section, small, strong

_WIDTH, _MARGIN, _BAR = 560, 24, 10


class MeterSheet(Sheet):
    """One agreement under the other, the one nearest to its next step first. Escape closes."""

    def __init__(self, context: UiContext, window: QWidget, views: Sequence[MeterView]) -> None:
        super().__init__(context.look, window, _WIDTH, top=72)
        self._context, self._views = context, tuple(views)
        look = context.look
        self.close_button = KeyButton(look, self.tr("Close"), kind="primary", keys="Esc", bind=False)
        self.copy = KeyButton(look, self.tr("Copy"), kind="secondary", icon="copy", keys="Ctrl+C")
        self.close_button.clicked.connect(self.close_sheet)
        self.copy.clicked.connect(self._on_copy)
        items: list[Item] = []
        for view in self._views:
            if items:
                items += [10, rule(), 10]
            items += self._agreement(view)
        content = QWidget()
        layout = column(*items, None, spacing=6, margins=(0, 0, 12, 0))
        content.setLayout(layout)
        area = scrolling(content)
        needed = layout.totalHeightForWidth(_WIDTH - 2 * _MARGIN - _BAR)
        content.setFixedHeight(needed)
        area.setFixedHeight(min(needed, max(window.height() - 220, 240)))
        self.panel.setLayout(
            column(
                section(look, self.tr("Back-margin: how it adds up")),
                8,
                area,
                8,
                row(self.copy, None, self.close_button),
                spacing=4,
                margins=(_MARGIN, 20, _MARGIN, 20),
            )
        )

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Return closes."""
        super().open_sheet(focus or self.close_button)

    def _agreement(self, view: MeterView) -> list[Item]:
        look, formats = self._context.look, self._context.formats
        facts = [span_words(view, formats), base_words(view), server_text(view.contract_ref)]
        meter = StepMeter(look, formats)
        meter.show_meter(view)
        items: list[Item] = [
            strong(look, name_words(view)),
            small(look, formats.typography(" · ".join(fact for fact in facts if fact)), "ink2", wrap=True),
            meter,
            calculation_rows(look, formats, view, self._context.now()),
        ]
        for gate in view.gates:
            words = small(look, gate_words(gate, formats), "ink2", wrap=True)
            line = row(StateShape(look, gate_state(gate), 14), words)
            line.setStretch(1, 1)
            items.append(line)
        return items

    def _on_copy(self) -> None:
        words = "\n\n".join(as_text(view, self._context.formats, self._context.now()) for view in self._views)
        QGuiApplication.clipboard().setText(words)
        self._context.navigator.notify(self.tr("The calculation is in the clipboard."), "done", "copied")


def as_text(view: MeterView, formats: Formats, now: datetime) -> str:
    """The calculation as lines to copy."""
    facts = [name_words(view), span_words(view, formats), base_words(view), server_text(view.contract_ref)]
    lines = [formats.typography(" · ".join(fact for fact in facts if fact))]
    for figure in calculation(view, formats, now):
        note = f" ({figure.note})" if figure.note else ""
        lines.append(formats.typography(f"{figure.words}: {figure.figure}{note}"))
    return "\n".join([*lines, *(gate_words(gate, formats) for gate in view.gates)])
