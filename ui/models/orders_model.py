"""The orders of this desk as a table: drafts, waiting, with the manufacturer, done. Filters in words, live text filter.

Holds views it was given; re-reads only the orders named by an event. Words for states come from `ui.wording`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import OrderSummary
from ui.formats import Formats
from ui.widgets.grid import ROW_ROLE, SORT_ROLE
from ui.wording import order_state

NUMBER, REFERENCE, DATE, LINES, TOTAL, STATE = range(6)
COLUMNS = 6

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class OrderGroup(StrEnum):
    """The filters of the list."""

    ALL = "all"
    DECIDE = "decide"
    DRAFTS = "drafts"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


def group_of(summary: OrderSummary) -> OrderGroup:
    """The one filter, besides `ALL`, that an order falls under."""
    if summary.status in (Status.TO_CONFIRM, Status.REFUSED) or summary.delivery_state is DeliveryState.ATTENTION:
        return OrderGroup.DECIDE
    if summary.status is Status.DRAFT:
        return OrderGroup.DRAFTS
    if summary.status is Status.SUBMITTED:
        return OrderGroup.WAITING
    if summary.status in (Status.INVOICED, Status.CANCELLED):
        return OrderGroup.DONE
    return OrderGroup.RUNNING


class OrdersModel(QAbstractTableModel):
    """Newest first. `count(group)` counts over all orders, whatever the filter."""

    def __init__(
        self,
        formats: Formats,
        now: Callable[[], datetime],
        names: Callable[[OrderSummary], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._formats = formats
        self._now = now
        self._names = names
        self._all: dict[str, OrderSummary] = {}
        self._rows: list[OrderSummary] = []
        self._group = OrderGroup.ALL
        self._text: tuple[str, ...] = ()
        self._headers = (
            self.tr("Number"),
            self.tr("Reference"),
            self.tr("Date"),
            self.tr("Lines"),
            self.tr("Total incl. VAT"),
            self.tr("Desk  ›  manufacturer  ›  their system"),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The orders that pass the filter."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always `COLUMNS`."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column titles."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (LINES, TOTAL) else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, sort values (`SORT_ROLE`) and the summary itself (`ROW_ROLE`)."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        summary = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.AccessibleTextRole:
            return self._display_data(summary, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == REFERENCE:
            return self._display_data(summary, REFERENCE)
        if role == ROW_ROLE:
            return summary
        if role == SORT_ROLE:
            return self._sort_data(summary, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in (LINES, TOTAL) else _LEFT
        return None

    def _display_data(self, summary: OrderSummary, column: int) -> str:
        match column:
            case 0:
                return summary.desk_no
            case 1:
                return self._names(summary)
            case 2:
                return self._formats.moment(summary.updated_at, self._now())
            case 3:
                return self._formats.number(summary.lines)
            case 4:
                return self._formats.amount(summary.total)
            case _:
                return order_state(summary).words

    def _sort_data(self, summary: OrderSummary, column: int) -> Any:
        match column:
            case 2:
                return summary.updated_at
            case 3:
                return summary.lines
            case 4:
                return summary.total
            case _:
                return self._display_data(summary, column)

    # Filling and filtering

    def load(self, summaries: Iterable[OrderSummary]) -> None:
        """Take a fresh list."""
        self._all = {summary.order_id: summary for summary in summaries}
        self._filter()

    def put(self, summaries: Iterable[OrderSummary]) -> None:
        """Take some orders as they are now. Where only their texts changed, only their rows are told."""
        structural = False
        places = {row.order_id: place for place, row in enumerate(self._rows)}
        for summary in summaries:
            self._all[summary.order_id] = summary
            place = places.get(summary.order_id)
            if place is None or not self._passes(summary):
                structural = structural or place is not None or self._passes(summary)
                continue
            self._rows[place] = summary
            self.dataChanged.emit(self.index(place, 0), self.index(place, COLUMNS - 1))
        if structural:
            self._filter()

    def set_group(self, group: OrderGroup) -> None:
        """Show one group only."""
        if group is not self._group:
            self._group = group
            self._filter()

    def set_text(self, text: str) -> None:
        """Show orders where each word is in the number, the reference or the manufacturer's number."""
        words = tuple(text.casefold().split())
        if words != self._text:
            self._text = words
            self._filter()

    @property
    def group(self) -> OrderGroup:
        """The group shown."""
        return self._group

    def count(self, group: OrderGroup) -> int:
        """How many orders a group has."""
        if group is OrderGroup.ALL:
            return len(self._all)
        return sum(group_of(summary) is group for summary in self._all.values())

    def summary(self, row: int) -> OrderSummary | None:
        """The order in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, order_id: str) -> int:
        """The row of an order, -1 where the filter hides it."""
        return next((place for place, row in enumerate(self._rows) if row.order_id == order_id), -1)

    def _filter(self) -> None:
        self.beginResetModel()
        shown = [summary for summary in self._all.values() if self._passes(summary)]
        self._rows = sorted(shown, key=lambda summary: (summary.created_at, summary.desk_no), reverse=True)
        self.endResetModel()

    def _passes(self, summary: OrderSummary) -> bool:
        if self._group is not OrderGroup.ALL and group_of(summary) is not self._group:
            return False
        if not self._text:
            return True
        haystack = f"{summary.desk_no} {summary.order_no} {summary.reference} {self._names(summary)}".casefold()
        return all(word in haystack for word in self._text)
