"""Why this price, for one line: the waterfall of its trace, and the same as text to copy.

Works from the priced line alone: one stored with an order is told as it was priced then.
"""

from PySide6.QtWidgets import QWidget

from desktop_app.domain.order import PricedLine
from ui.formats import Formats, server_text
from ui.page import UiContext
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.why.story_sheet import StorySheet
from ui.widgets.buttons import KeyButton
from ui.widgets.text import Text, body, column, row, section, small
from ui.widgets.trace_words import trace_steps, trace_text

_WIDTH = 520


class PriceSheet(StorySheet):
    """Esc closes, Ctrl+C copies the calculation. `more` are buttons at the foot, `when` says when it was priced."""

    def __init__(
        self,
        context: UiContext,
        window: QWidget,
        priced: PricedLine,
        name: str,
        wholesaler: str,
        *,
        when: str = "",
        more: tuple[KeyButton, ...] = (),
    ) -> None:
        super().__init__(context, window, _WIDTH)
        look, formats = context.look, context.formats
        quantity = formats.number(priced.quantity)
        title = self.tr("Why this price")
        facts = self.tr("{0} · quantity {1} · {2}").format(priced.sku, quantity, server_text(wholesaler))
        notes = " · ".join(part for part in (self._unit_words(priced, formats), when) if part)
        head = column(
            section(look, title),
            body(look, server_text(name), "ink", wrap=True),
            small(look, facts, "ink2", wrap=True),
            8,
            row(Text(look, formats.unit_price(priced.unit_net), FIGURE, SEMIBOLD), None),
            small(look, notes, wrap=True),
            spacing=4,
        )
        text = trace_text(priced, server_text(name), formats)
        if when:
            text = f"{text}\n{when}"
        self.show_story(head, title, trace_steps(priced, formats), text, more)

    def _unit_words(self, priced: PricedLine, formats: Formats) -> str:
        parts = [self.tr("unit price excl. VAT")]
        if priced.eco:
            parts.append(self.tr("+ eco {0}").format(formats.amount(priced.eco / priced.quantity)))
        if priced.private_copy:
            levy = formats.amount(priced.private_copy / priced.quantity)
            parts.append(self.tr("+ private copying levy {0}").format(levy))
        return ", ".join(parts)
