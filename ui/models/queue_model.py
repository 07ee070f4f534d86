"""What has not been answered yet as one list in three parts: to decide, will leave by itself, held back by the person.

A part with no rows does not appear; its title is a row that cannot be selected, and so is the one that tells how many
more there are than a long queue shows.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.order import DeliveryState
from desktop_app.services.views import QueueRow
from ui.formats import Formats
from ui.widgets.grid import ROW_ROLE

PART_ROLE = ROW_ROLE + 10

Index = QModelIndex | QPersistentModelIndex


class QueuePart(StrEnum):
    """The parts of the list, in their order."""

    DECIDE = "decide"
    LEAVES = "leaves"
    HELD = "held"


class PartTitle(Struct, frozen=True):
    """The title row of a part."""

    part: QueuePart
    words: str
    count: int


class Remainder(Struct, frozen=True):
    """The last row of a part of which not every message is listed."""

    part: QueuePart
    words: str


ListRow = PartTitle | QueueRow | Remainder


def part_of(row: QueueRow) -> QueuePart:
    """The part a message belongs to."""
    if row.delivery_state is DeliveryState.ATTENTION:
        return QueuePart.DECIDE
    return QueuePart.HELD if row.delivery_state is DeliveryState.HELD else QueuePart.LEAVES


class QueueModel(QAbstractListModel):
    """List model over the rows of `SyncService.queue()`."""

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._online = True
        self._rows: list[ListRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Titles and messages."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a row, the row itself (`ROW_ROLE`) and its part (`PART_ROLE`)."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == PART_ROLE:
            return part_of(row) if isinstance(row, QueueRow) else row.part
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, PartTitle):
                return f"{row.words} {row.count}"
            if isinstance(row, Remainder):
                return row.words
            words = (row.desk_no, row.reference, self._formats.amount(row.total))
            return ", ".join(part for part in words if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles cannot be selected."""
        row = self._rows[index.row()] if index.isValid() else None
        if not isinstance(row, QueueRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def load(self, rows: Iterable[QueueRow], online: bool, counts: Mapping[QueuePart, int] | None = None) -> None:
        """Take the queue as it is now; nothing is told where it is the same.

        `counts` tells how many messages each part has where `rows` may not be all.
        """
        fresh = self._arranged(list(rows), online, counts or {})
        if fresh == self._rows:
            return
        if [_identity(row) for row in fresh] == [_identity(row) for row in self._rows]:
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def message(self, row: int) -> QueueRow | None:
        """The message in a row; None for a title."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, QueueRow) else None

    def row_of(self, order_id: str) -> int:
        """The first row about an order, -1 where there is none."""
        for place, row in enumerate(self._rows):
            if isinstance(row, QueueRow) and row.order_id == order_id:
                return place
        return -1

    def first_message(self) -> int:
        """The first row that can be selected, -1 where the queue is empty."""
        return next((place for place, row in enumerate(self._rows) if isinstance(row, QueueRow)), -1)

    def _arranged(self, rows: list[QueueRow], online: bool, counts: Mapping[QueuePart, int]) -> list[ListRow]:
        titles = {
            QueuePart.DECIDE: self.tr("To decide"),
            QueuePart.LEAVES: self.tr("Leaving") if online else self.tr("Will leave when the network returns"),
            QueuePart.HELD: self.tr("Held back by you"),
        }
        arranged: list[ListRow] = []
        for part in QueuePart:
            members = sorted((row for row in rows if part_of(row) is part), key=_since)
            count = max(counts.get(part, 0), len(members))
            if count:
                arranged.append(PartTitle(part, titles[part], count))
                arranged.extend(members)
            if count > len(members):
                more = self._formats.number(count - len(members))
                words = self.tr("and {0} more").format(more) if members else self.tr("{0} not listed").format(more)
                arranged.append(Remainder(part, words))
        return arranged


def _since(row: QueueRow) -> datetime:
    return row.since


def _identity(row: ListRow) -> tuple[str, str, int]:
    if not isinstance(row, QueueRow):
        return (row.part, "", isinstance(row, Remainder))
    return (row.order_id, row.kind, row.revision)
