"""The orders of this desk as a table: drafts, waiting, with the manufacturer, done. Filters in words, live text filter.

Holds views it was given; re-reads only the orders named by an event. Words for states come from `ui.wording`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import OrderSummary
from ui.formats import Formats
from ui.models.rows_model import RowsModel
from ui.share_words import share_words
from ui.wording import order_state

NUMBER, REFERENCE, DATE, LINES, TOTAL, STATE = range(6)


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
    if summary.status is Status.DRAFT and summary.shared is not None and summary.shared.parted:
        return OrderGroup.DECIDE
    if summary.status is Status.DRAFT:
        return OrderGroup.DRAFTS
    if summary.status is Status.SUBMITTED:
        return OrderGroup.WAITING
    if summary.status in (Status.INVOICED, Status.CANCELLED):
        return OrderGroup.DONE
    return OrderGroup.RUNNING


class OrdersModel(RowsModel[OrderSummary]):
    """Newest first. `count(group)` counts over all orders of whoever is chosen, whatever the other filters."""

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
        self._group = OrderGroup.ALL
        self._text: tuple[str, ...] = ()
        self._author = ""
        self._headers = (
            self.tr("Number"),
            self.tr("Reference"),
            self.tr("Date"),
            self.tr("Lines"),
            self.tr("Total incl. VAT"),
            self.tr("Desk  ›  manufacturer  ›  their system"),
        )

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
            case _ if summary.shared is not None and summary.status is Status.DRAFT:
                return share_words(summary.shared, self._formats, self._now())
            case _:
                return order_state(summary).words

    def _tip(self, summary: OrderSummary, column: int) -> str | None:
        return self._names(summary) if column == REFERENCE else None

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
            self._tell_row(place)
        if structural:
            self._filter()

    def remove(self, order_ids: Iterable[str]) -> None:
        """These orders are not here any more."""
        gone = [order_id for order_id in order_ids if self._all.pop(order_id, None) is not None]
        if gone:
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

    def set_author(self, author: str) -> None:
        """Show what one person entered, empty: what everybody did."""
        if author != self._author:
            self._author = author
            self._filter()

    @property
    def group(self) -> OrderGroup:
        """The group shown."""
        return self._group

    def count(self, group: OrderGroup) -> int:
        """How many orders a group has."""
        wanted = (summary for summary in self._all.values() if self._author in ("", summary.author))
        return sum(group is OrderGroup.ALL or group_of(summary) is group for summary in wanted)

    def row_of(self, order_id: str) -> int:
        """The row of an order, -1 where the filter hides it."""
        return next((place for place, row in enumerate(self._rows) if row.order_id == order_id), -1)

    def _filter(self) -> None:
        self.beginResetModel()
        shown = [summary for summary in self._all.values() if self._passes(summary)]
        self._rows = sorted(shown, key=lambda summary: (summary.created_at, summary.desk_no), reverse=True)
        self.endResetModel()

    def _passes(self, summary: OrderSummary) -> bool:
        if self._author not in ("", summary.author):
            return False
        if self._group is not OrderGroup.ALL and group_of(summary) is not self._group:
            return False
        if not self._text:
            return True
        haystack = f"{summary.desk_no} {summary.order_no} {summary.reference} {self._names(summary)}".casefold()
        return all(word in haystack for word in self._text)
