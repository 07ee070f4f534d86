"""Gaps and overlaps of dates within one key: of list prices, and of conditions that differ in nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

from desktop_app.domain.catalog import DatedPrice
from desktop_app.domain.condition import Condition, Step
from manufacturer_server.importing.review_state import Remark, ReviewState

# Promotions and bids come and go; between others that end and begin anew, a longer pause is meant.
_LONGEST_GAP = timedelta(days=31)
_LASTING = (Step.NET, Step.BASE, Step.QTY, Step.DOCUMENT)
_DAY = timedelta(days=1)


class Dated(Protocol):
    """Anything that holds between two days, both included, None being open."""

    @property
    def start(self) -> date | None:
        """The first day."""

    @property
    def end(self) -> date | None:
        """The last day."""


D = TypeVar("D", bound=Dated)


class Meeting(NamedTuple):
    """The days between two records (`gap`) or those on which both hold."""

    before: int
    after: int
    gap: bool
    first: date
    last: date


def meetings(records: list[D]) -> Iterator[Meeting]:
    """Gaps and overlaps between records in the order of their starts, by position.

    An open record that a later one follows is the usual way to write a change and no overlap.
    """
    reach = 0
    for place, record in enumerate(records[1:], 1):
        end, start = records[reach].end, record.start
        if end is not None and start is not None:
            if end < start - _DAY:
                yield Meeting(reach, place, True, end + _DAY, start - _DAY)
            elif start <= end and records[reach].start != start:
                yield Meeting(reach, place, False, start, min(end, record.end or end))
        if end is not None and (record.end or date.max) > end:
            reach = place


def price_dates(state: ReviewState) -> Iterator[Remark]:
    """Dated list prices of one product at one wholesaler."""
    if not state.has("prices"):
        return
    for product in state.products.values():
        by_wholesaler: dict[str, list[DatedPrice]] = {}
        for price in product.prices:
            by_wholesaler.setdefault(price.wholesaler, []).append(price)
        for wholesaler, prices in by_wholesaler.items():
            prices.sort(key=_start)
            for meeting in meetings(prices):
                keys = [
                    f"{product.sku}/{wholesaler}/{prices[at].start or ''}" for at in (meeting.after, meeting.before)
                ]
                at = f" at {wholesaler}" if wholesaler else ""
                if meeting.gap:
                    reason = (
                        f"{product.sku} has no dated list price{at} {_span(meeting)}: "
                        f"the price without dates, {product.list_price}, holds then"
                        if not wholesaler
                        else f"{product.sku} has no dated list price of its own{at} {_span(meeting)}"
                    )
                    yield from state.remark("price-gap", "prices", keys[:1], reason)
                else:
                    reason = (
                        f"{product.sku} has two list prices{at} {_span(meeting)}: "
                        f"{prices[meeting.after].list_price}, which began later, holds"
                    )
                    yield from state.remark("price-overlap", "prices", keys, reason)


def condition_dates(state: ReviewState) -> Iterator[Remark]:
    """Conditions that differ in nothing but their dates."""
    if not state.has("conditions"):
        return
    for rivals in _rivals(state.conditions):
        for meeting in meetings(rivals):
            before, after = rivals[meeting.before], rivals[meeting.after]
            if not meeting.gap:
                reason = f"{before.id} and {after.id} both hold {_span(meeting)}: {after.id}, which began later, counts"
                yield from state.remark("condition-overlap", "conditions", [after.id, before.id], reason)
            elif after.step in _LASTING and meeting.last - meeting.first < _LONGEST_GAP:
                reason = f"{_span(meeting)} neither {before.id} nor {after.id} holds"
                yield from state.remark("condition-gap", "conditions", [after.id], reason)


def _rivals(conditions: Iterable[Condition]) -> Iterator[list[Condition]]:
    by_key: dict[tuple[object, ...], list[Condition]] = {}
    for one in conditions:
        least = one.amount_min if one.step is Step.DOCUMENT else one.qty_min
        key = (one.step, one.buyer, one.product, one.wholesaler, one.channel, one.end_client, least)
        by_key.setdefault(key, []).append(one)
    for found in by_key.values():
        if len(found) > 1:
            yield sorted(found, key=_start)


def _start(record: Dated) -> date:
    return record.start or date.min


def _span(meeting: Meeting) -> str:
    if meeting.first == meeting.last:
        return f"on {meeting.first}"
    return f"from {meeting.first} to {meeting.last}"
