"""The lines of a dossier: per wholesaler a title with its state, the lines with their quantities, the parcels."""

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from desktop_app.services.views import LineProgress, SubOrderProgress
from ui.formats import Formats
from ui.models.progress_model import NAME, Parcel, ProgressModel
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD, SMALL
from ui.widgets.counts import lines_words, pieces_words
from ui.widgets.grid import Cell, Column, Grid, medium
from ui.widgets.states import TONES
from ui.widgets.wrapped_text import LINE, wrapped
from ui.wording import StateWords

_TITLE_ROW, _LINE_ROW, _PARCEL_ROW = 44, 44, 30
_INDENT = 26
# Sums up to five figures leave the states above one another.
_SUM_WIDTH = 84

translate = QCoreApplication.translate


class ProgressGrid(Grid):
    """As high as its rows: the page scrolls, not the grid. Ctrl+C copies the tracking number of the chosen parcel."""

    def __init__(self, context: UiContext) -> None:
        self._formats = context.formats
        right, figure = painting.RIGHT, _figure
        columns = (
            Column(0, paint=self._name),
            Column(86, right, figure),
            Column(76, right, figure),
            Column(64, right, _backorder),
            Column(66, right, figure),
            Column(66, right, figure),
            Column(90, right, medium),
        )
        super().__init__(context.look, columns, _LINE_ROW, self.tr("Sub-orders"))
        self.progress = ProgressModel(context.formats, self)
        self.setModel(self.progress)
        self.progress.modelReset.connect(self.arrange)
        self.widths_changed.connect(self.arrange)

    def arrange(self) -> None:
        """Heights and wide cells of titles and parcels, then the height of all."""
        self.clearSpans()
        for place in range(self.progress.rowCount()):
            row = self.progress.row(place)
            if not isinstance(row, LineProgress):
                self.setSpan(place, 0, 1, self.progress.columnCount())
            self.verticalHeader().resizeSection(place, self._height_of(place))
        self.setFixedHeight(self.content_height())

    def _height_of(self, place: int) -> int:
        match self.progress.row(place):
            case SubOrderProgress():
                return _TITLE_ROW
            case Parcel():
                return _PARCEL_ROW
            case _:
                name = str(self.progress.index(place, NAME).data())
                lines = self._name_lines(name, self.text_width(NAME) - _INDENT)
                return _LINE_ROW + LINE * (len(lines) - 1)

    def _name_lines(self, name: str, width: float) -> list[str]:
        return wrapped(self.look, name, width, BODY, MEDIUM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy a tracking number."""
        place = self.currentIndex().row()
        row = self.progress.row(place)
        if event.matches(QKeySequence.StandardKey.Copy) and isinstance(row, Parcel):
            QGuiApplication.clipboard().setText(row.tracking)
            return
        super().keyPressEvent(event)

    def _name(self, cell: Cell) -> None:
        row = cell.row
        if isinstance(row, SubOrderProgress):
            self._title(cell, row)
        elif isinstance(row, Parcel):
            self._parcel(cell, row)
        elif isinstance(row, LineProgress):
            rect = cell.rect.adjusted(_INDENT, 4, 0, 0)
            rect.setHeight(LINE + 1)
            for words in self._name_lines(cell.words, rect.width()):
                cell.text(words, weight=MEDIUM, rect=rect)
                rect.translate(0, LINE)
            cell.text(row.sku, "ink2", SMALL, rect=rect)

    def _title(self, cell: Cell, part: SubOrderProgress) -> None:
        rect, left = cell.rect, painting.LEFT
        painting.stock_mark(cell.painter, cell.look, rect.left(), rect.center().y() - 10, part.letter, "enough")
        rest = rect.adjusted(30, 0, 0, 0)
        width = cell.text(part.name, weight=SEMIBOLD, rect=rest, align=left)
        goods = self._formats.amount(part.goods)
        goods_width = max(cell.look.width(goods, BODY, SEMIBOLD), _SUM_WIDTH)
        cell.text(goods, weight=SEMIBOLD, rect=rect, align=painting.RIGHT)
        state = part_state(part)
        tone = TONES.get(state.kind, "ink2")
        words_width = cell.look.width(state.words, BODY, SEMIBOLD)
        right = rect.right() - goods_width - 28
        square = QRectF(right - words_width - 24, rect.center().y() - 8, 16, 16)
        painting.state(cell.painter, square, state.kind, cell.tokens)
        words = QRectF(right - words_width, rect.top(), words_width + 2, rect.height())
        cell.text(state.words, tone, weight=SEMIBOLD, rect=words, align=left)
        note = rest.adjusted(width + 10, 0, -(rest.right() - square.left()) - 12, 0)
        cell.text(_size(part, self._formats), "ink2", SMALL, rect=note, align=left)

    def _parcel(self, cell: Cell, parcel: Parcel) -> None:
        rect = cell.rect.adjusted(26, 0, 0, 0)
        middle = round(rect.center().y())
        cell.look.icons.paint(cell.painter, round(rect.left()), middle - 8, "package", 16, cell.tokens.ink2)
        rest = rect.adjusted(26, 0, 0, 0)
        width = cell.text(parcel.tracking, weight=MEDIUM, rect=rest)
        cell.text(parcel.words, "ink2", SMALL, rect=rest.adjusted(width + 12, 0, 0, 0), align=painting.LEFT)


def part_state(part: SubOrderProgress) -> StateWords:
    """Where one wholesaler's part is, in a few words."""
    whole = sum(line.quantity for line in part.lines)
    shipped, invoiced = sum(line.shipped for line in part.lines), sum(line.invoiced for line in part.lines)
    waits, refused = sum(line.backorder for line in part.lines), sum(line.refused for line in part.lines)
    confirmed = sum(line.confirmed for line in part.lines)
    if refused >= whole:
        return StateWords("stop", translate("Progress", "Refused"))
    if invoiced >= whole - refused:
        return StateWords("done", translate("Progress", "Invoiced"))
    if shipped >= whole - refused:
        return StateWords("done", translate("Progress", "Shipped"))
    if shipped:
        if waits:
            return StateWords("waiting", translate("Progress", "Partly shipped, {0} to come").format(waits))
        return StateWords("waiting", translate("Progress", "Partly shipped"))
    if waits:
        return StateWords("waiting", translate("Progress", "{0} to come").format(waits))
    if confirmed:
        return StateWords("done", translate("Progress", "Confirmed"))
    return StateWords("off", translate("Progress", "Not confirmed yet"))


def _size(part: SubOrderProgress, formats: Formats) -> str:
    pieces = sum(line.quantity for line in part.lines)
    return f"{lines_words(len(part.lines), formats)}, {pieces_words(pieces, formats)}"


def _figure(cell: Cell) -> None:
    cell.text(cell.words, "ink3" if cell.words == "–" else "ink", weight=MEDIUM)


def _backorder(cell: Cell) -> None:
    cell.text(cell.words, "ink3" if cell.words == "–" else "amber", weight=MEDIUM)
