"""Why this total, for a whole order: a draft as it is, or a sent one from its stored lines, offline, years later."""

from PySide6.QtWidgets import QWidget

from ui.page import UiContext
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.why.order_words import ToldOrder, order_steps, order_text
from ui.why.story_sheet import StorySheet
from ui.widgets.text import Text, column, row, section, small

_WIDTH = 600


class OrderSheet(StorySheet):
    """Esc closes, Ctrl+C copies the calculation of the order and of each of its lines."""

    def __init__(self, context: UiContext, window: QWidget, order: ToldOrder) -> None:
        super().__init__(context, window, _WIDTH)
        look, formats = context.look, context.formats
        title = self.tr("Why this total")
        facts = " · ".join(part for part in (order.title, order.when) if part)
        words = self.tr("incl. VAT; Copy takes the calculation of each line along")
        head = column(
            section(look, title),
            small(look, formats.typography(facts), "ink2", wrap=True),
            8,
            row(Text(look, formats.amount(order.totals.total), FIGURE, SEMIBOLD), None),
            small(look, formats.typography(words), wrap=True),
            spacing=4,
        )
        self.show_story(head, title, order_steps(order, formats), order_text(order, formats))
