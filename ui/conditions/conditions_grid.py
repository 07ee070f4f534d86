"""How a condition is drawn in the list: what over its document, on what over its kind, dates, quota left."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QResizeEvent

from desktop_app.services.condition_views import ConditionRow
from ui.catalogue.results_grid import split_name
from ui.conditions.condition_words import date_lines, on_words, quota_words, state_words, what_words
from ui.conditions.conditions_model import DATES, DOCUMENT, QUOTA, WHERE, ConditionsModel
from ui.formats import Formats, server_text
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import MEDIUM, RESULT_ROW, SEMIBOLD, SMALL
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.match_text import paint_matches

# From this width on the document has a column of its own.
_WIDE = 900
# Below this one what is left of a quota stands under the quantity.
_NARROW = 720
# Below this one the dates stand there, and the wholesaler is left to the panel: a window as small as can be.
_TIGHT = 560
_BAR = 4
_FEW = 0.2


class ConditionsGrid(Grid):
    """The list. Rows are drawn from `ConditionRow`s; typed words are underlined where they match."""

    def __init__(self, look: Look, formats: Formats, name: str) -> None:
        self._formats = formats
        columns = (
            Column(210, paint=self._what),
            Column(0, paint=self._on),
            Column(100, painting.RIGHT, self._from),
            Column(56, paint=self._where),
            Column(136, paint=self._dates),
            Column(140, paint=self._document),
            Column(92, painting.RIGHT, self._quota),
        )
        super().__init__(look, columns, RESULT_ROW, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, the document stands under the condition; where it lacks still more, the date does."""
        super().resizeEvent(event)
        width = self.viewport().width()
        tight = width < _TIGHT
        for column, hidden in ((DOCUMENT, width < _WIDE), (QUOTA, width < _NARROW), (WHERE, tight), (DATES, tight)):
            if self.isColumnHidden(column) != hidden:
                self.setColumnHidden(column, hidden)

    def _what(self, cell: Cell) -> None:
        row = cell.row
        if not isinstance(row, ConditionRow):
            return
        first, second = cell.lines()
        words = what_words(row, self._formats)
        width = cell.text(words, weight=SEMIBOLD, rect=first)
        chip, tone = state_words(row)
        chip_width = painting.chip_width(cell.look, chip) if chip else 0.0
        if chip and width + 8 + chip_width <= first.width():
            self._chip(cell, first.left() + width + 8, first.center().y() + 1, chip, tone)
            chip = ""
        below = self._below(cell, row)
        left = second
        if chip:
            self._chip(cell, second.right() - chip_width, second.center().y(), chip, tone)
            left = second.adjusted(0, 0, -chip_width - 6, 0)
        cell.text(self._fit(below, left.width())[0], "ink3", SMALL, rect=left)

    def _below(self, cell: Cell, row: ConditionRow) -> str:
        model = cell.index.model()
        if self.isColumnHidden(DATES) and isinstance(model, ConditionsModel):
            return self._formats.typography(date_lines(row.start, row.end, model.today(), self._formats)[0])
        document = server_text(row.contract_ref) if self.isColumnHidden(DOCUMENT) else ""
        return document or server_text(row.label)

    def _fit(self, words: str, width: float) -> tuple[str, str]:
        """Names are cut at a space, never with a mark."""
        first, rest = split_name(self.look, words, width)
        return first.rstrip(" ·"), rest

    def _chip(self, cell: Cell, x: float, middle: float, words: str, tone: str) -> None:
        grounds = {"red": "red_soft", "amber": "amber_soft", "accent_ink": "accent_soft"}
        fill = cell.tokens.tone(grounds.get(tone, "sunk"))
        painting.chip(cell.painter, cell.look, x, middle, words, fill, cell.tokens.tone(tone))

    def _on(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, ConditionRow) or not isinstance(model, ConditionsModel):
            return
        first, second = cell.lines()
        name, kind = on_words(row)
        head, rest = self._fit(name, first.width())
        paint_matches(cell.painter, cell.look, first, head, tuple(model.query.text.split()))
        below = " · ".join(part for part in (rest, kind) if part)
        cell.text(self._fit(below, second.width())[0], "ink3", SMALL, rect=second)

    def _from(self, cell: Cell) -> None:
        first, second = cell.lines()
        cell.text(cell.words, weight=MEDIUM, rect=first)
        if self.isColumnHidden(QUOTA) and isinstance(cell.row, ConditionRow) and cell.row.quota_left is not None:
            tone = "amber" if _share(cell.row) <= _FEW else "ink2"
            cell.text(quota_words(cell.row, self._formats), tone, SMALL, rect=second)

    def _where(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, ConditionRow) or not isinstance(model, ConditionsModel):
            return
        if not row.wholesaler:
            cell.text(cell.words, "ink3", rect=cell.lines()[0])
            return
        letter, top = model.letter(row.wholesaler), cell.lines()[0].top()
        painting.stock_mark(cell.painter, cell.look, cell.rect.left(), top - 1, letter, "enough")

    def _dates(self, cell: Cell) -> None:
        row, model = cell.row, cell.index.model()
        if not isinstance(row, ConditionRow) or not isinstance(model, ConditionsModel):
            return
        first, second = cell.lines()
        upper, lower = date_lines(row.start, row.end, model.today(), self._formats)
        tone = "ink3" if row.state == "over" else "ink"
        cell.text(self._formats.typography(upper), tone, rect=first)
        cell.text(self._formats.typography(lower), "ink3", SMALL, rect=second)

    def _document(self, cell: Cell) -> None:
        cell.text(self._fit(cell.words, cell.rect.width())[0], "ink2")

    def _quota(self, cell: Cell) -> None:
        row = cell.row
        if not isinstance(row, ConditionRow) or row.quota_left is None:
            return
        first, second = cell.lines()
        share = _share(row)
        tone = "amber" if share <= _FEW else "ink"
        cell.text(quota_words(row, self._formats), tone, weight=MEDIUM, rect=first)
        bar = QRectF(second.left(), second.center().y() - _BAR / 2, second.width(), _BAR)
        painting.box(cell.painter, bar, _BAR / 2, cell.tokens.bar_soft)
        if share > 0:
            part = QRectF(bar.left(), bar.top(), max(bar.width() * share, _BAR), _BAR)
            mark = cell.tokens.amber_mark if share <= _FEW else cell.tokens.accent
            painting.box(cell.painter, part, _BAR / 2, mark)


def _share(row: ConditionRow) -> float:
    """What is left, as a part of the whole; 1 where the whole is not known and something is left."""
    left = max(row.quota_left or 0, 0)
    if row.quota is None or row.quota <= 0:
        return 1.0 if left else 0.0
    return min(left / row.quota, 1.0)
