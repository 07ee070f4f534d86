"""The queue as a list in parts: titles between, a state shape, number, sum, and why it waits."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.services.views import QueueRow
from ui.formats import server_text
from ui.models.queue_model import PartTitle, QueueModel, QueuePart, Remainder, part_of
from ui.page import UiContext
from ui.theme import painting
from ui.theme.tokens import BODY, DECISION_ROW, MEDIUM, RADIUS_CONTROL, SEMIBOLD, SMALL
from ui.widgets.grid import ROW_ROLE

_TITLE = 40
Index = QModelIndex | QPersistentModelIndex


class QueueList(QListView):
    """`chosen` carries the order's id whenever another row is current; `opened` on Return or a double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, context: UiContext, model: QueueModel) -> None:
        super().__init__()
        self._queue = model
        self.setAccessibleName(self.tr("What waits"))
        self.setItemDelegate(_QueueDelegate(context, self))
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def choose(self, order_id: str) -> bool:
        """Make an order current; False where it is not in the queue."""
        place = self._queue.row_of(order_id)
        if place < 0:
            return False
        self.setCurrentIndex(self._queue.index(place))
        return True

    def current_id(self) -> str:
        """The order of the current row, empty where there is none."""
        row = self._queue.message(self.currentIndex().row())
        return "" if row is None else row.order_id

    def content_height(self) -> int:
        """The height that shows every row."""
        return sum(self.sizeHintForRow(place) for place in range(self._queue.rowCount())) + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = self._queue.message(current.row()) if current.isValid() else None
        if row is not None:
            self.chosen.emit(row.order_id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self._queue.message(index.row())
        if row is not None:
            self.opened.emit(row.order_id)


class _QueueDelegate(QStyledItemDelegate):
    def __init__(self, context: UiContext, view: QueueList) -> None:
        super().__init__(view)
        self._context = context
        self._look = context.look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Titles and what tells of the rest are lower than messages."""
        return QSize(200, DECISION_ROW if isinstance(index.data(ROW_ROLE), QueueRow) else _TITLE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A title, or a message in two lines."""
        row, rect = index.data(ROW_ROLE), QRectF(option.rect)
        painter.save()
        painting.smooth(painter)
        if isinstance(row, PartTitle):
            self._paint_title(painter, rect, row)
        elif isinstance(row, Remainder):
            words = self._context.formats.typography(row.words)
            painting.text(painter, self._look, rect.adjusted(44, 0, -12, 0), words, self._look.tokens.ink2, SMALL)
        elif isinstance(row, QueueRow):
            current = index.row() == self._view.currentIndex().row()
            self._paint_message(painter, rect, row, current)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, title: PartTitle) -> None:
        look, tokens = self._look, self._look.tokens
        place = rect.adjusted(12, 10, -12, 0)
        width = painting.text(painter, look, place, title.words, tokens.ink, BODY, SEMIBOLD)
        count = self._context.formats.number(title.count)
        painting.text(painter, look, place.adjusted(width + 8, 0, 0, 0), count, tokens.ink3)

    def _paint_message(self, painter: QPainter, rect: QRectF, row: QueueRow, current: bool) -> None:
        look, tokens, formats = self._look, self._look.tokens, self._context.formats
        if current:
            ground = rect.adjusted(4, 1, -4, -1)
            painting.box(painter, ground, RADIUS_CONTROL, tokens.selected)
            painter.fillRect(QRectF(ground.left(), ground.top() + 3, 3, ground.height() - 6), QColor(tokens.accent))
            if self._view.hasFocus():
                painting.box(painter, ground, RADIUS_CONTROL, "", tokens.accent, 1.5)
        part = part_of(row)
        square = QRectF(rect.left() + 14, rect.center().y() - 9, 18, 18)
        if part is QueuePart.HELD:
            look.icons.paint(painter, round(square.left()), round(square.top()), "hand-palm", 18, tokens.ink2)
        else:
            painting.state(painter, square, "look" if part is QueuePart.DECIDE else "waiting", tokens)
        top = QRectF(rect.left() + 44, rect.top() + 7, rect.width() - 44 - 16, 20)
        total = formats.amount(row.total)
        painting.text(painter, look, top, total, tokens.ink, BODY, MEDIUM, painting.RIGHT)
        number = top.adjusted(0, 0, -look.width(total, BODY, MEDIUM) - 10, 0)
        painting.text(painter, look, number, row.desk_no, tokens.ink, BODY, MEDIUM)
        since = formats.moment(row.since, self._context.now())
        reference = server_text(row.reference)
        words = self._second_line(reference, self._since_words(part, row.since))
        if look.width(words, SMALL) > top.width():
            words = self._second_line(reference, since)
        painting.text(painter, look, top.translated(0, 19), words, tokens.ink2, SMALL)

    def _second_line(self, reference: str, since: str) -> str:
        return self._context.formats.typography(" · ".join(text for text in (reference, since) if text))

    def _since_words(self, part: QueuePart, since: datetime) -> str:
        formats, now = self._context.formats, self._context.now()
        if part is QueuePart.DECIDE:
            return self.tr("sent {0}").format(formats.at(since, now))
        if part is QueuePart.HELD:
            return self.tr("held back")
        return self.tr("ready since {0}").format(formats.since(since, now))
