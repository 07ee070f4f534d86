"""All conditions of the dealer: searched, narrowed, as of a day, what changed. What becomes dearer: `dearer`."""

import calendar
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from desktop_app.domain.agreement import Agreement
from desktop_app.domain.condition import Condition
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms
from desktop_app.domain.pricing_day import day_end
from desktop_app.services.condition_book import ConditionBook
from desktop_app.services.condition_views import (
    VIEWS,
    ConditionHistory,
    ConditionPage,
    ConditionQuery,
    ConditionRow,
    ConditionVersion,
    DearerPage,
    DocumentView,
)
from desktop_app.services.dearer import what_becomes_dearer
from desktop_app.services.price_calendar import PriceCalendar
from desktop_app.services.price_service import for_dealer
from desktop_app.services.views import FamilyView
from desktop_app.storage.agreement_repository import AgreementRepository
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.condition_repository import ConditionRepository

# What a version says besides its terms.
_NO_TERMS = ("rev", "stock_used")
CHANGED_WITHIN = timedelta(days=7)


class _Standing(Struct, frozen=True):
    """The conditions as they stood on `day`, and those that had `changed` within the week before, withdrawn ones among
    them. `changes` maps an id to what it was a week before (None: not there); `gone` are the ids of those withdrawn.
    """

    day: date
    book: ConditionBook
    changed: ConditionBook
    changes: dict[str, Condition | None]
    gone: frozenset[str]


class ConditionService:
    """Reads only. What was prepared for a day is kept until conditions or catalogue change. Raises StorageFailed."""

    def __init__(
        self,
        repository: Callable[[], CatalogRepository],
        conditions: ConditionRepository,
        agreements: AgreementRepository,
        *,
        dealer: Callable[[], Dealer],
        today: Callable[[], date],
        calendar: Callable[[], PriceCalendar],
        time_zone: Callable[[], str],
    ) -> None:
        self._repository, self._conditions, self._agreements = repository, conditions, agreements
        self._dealer, self._today, self._calendar, self._time_zone = dealer, today, calendar, time_zone
        self._kept: dict[date, tuple[object, _Standing]] = {}
        self._dearer: tuple[object, DearerPage] | None = None

    def page(self, query: ConditionQuery, language: str, limit: int = 200, offset: int = 0) -> ConditionPage:
        """The conditions that fit, broad ones first, then by product, step and quantity."""
        standing = self._standing(query.day or self._today())
        found = self._found(standing, query)
        dealer = self._dealer()
        rows = tuple(self._row(one, standing, dealer, language) for one in found[offset : offset + limit])
        known = self._conditions.known_since()
        return ConditionPage(
            rows, len(found), self._conditions.synced_at(), None if known is None else self._day_of(known)
        )

    def rows(self, query: ConditionQuery, language: str) -> tuple[ConditionRow, ...]:
        """All conditions that fit, in the order of `page`."""
        return self.page(query, language, limit=sys.maxsize).rows

    def history(self, condition_id: str) -> ConditionHistory:
        """What a condition was and is; of versions that were other dealers' nothing is told."""
        dealer = self._dealer()
        kept = [one for one in self._conditions.versions(condition_id) if for_dealer(one.condition, dealer)]
        before = [None, *(one.condition for one in kept)]
        versions = (
            ConditionVersion(one.condition, one.since, one.until, _changed(last, one.condition))
            for last, one in zip(before, kept, strict=False)
        )
        return ConditionHistory(tuple(versions)[::-1], self._conditions.known_since())

    def counts(self) -> dict[str, int]:
        """How many conditions there are in each view."""
        standing = self._standing(self._today())
        return {view: len(self._found(standing, ConditionQuery(view=view))) for view in VIEWS}

    def documents(self) -> tuple[DocumentView, ...]:
        """The documents the conditions come from, by their reference."""
        found: dict[str, list[Condition]] = {}
        for condition in self._standing(self._today()).book:
            if condition.contract_ref:
                found.setdefault(condition.contract_ref, []).append(condition)
        return tuple(_document(ref, found[ref]) for ref in sorted(found))

    def families(self, language: str) -> tuple[FamilyView, ...]:
        """The families that some condition touches, by name, each with the number of its products."""
        book = self._standing(self._today()).book
        touched = {book.family_of(key) for key in book.groups}
        views = (
            FamilyView(family.code, family.name(language), count)
            for family, count in self._repository().families()
            if family.code in touched
        )
        return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.code)))

    def agreements(self) -> tuple[Agreement, ...]:
        """The back-margin agreements of the dealer, whatever their period, by id."""
        dealer = self._dealer()
        return self._agreements.agreements(dealer.account, dealer.group)

    def dearer(self, until: date, limit: int = 200) -> DearerPage:
        """The products whose net price for one pack is higher on a day up to `until` than today, biggest rise first.

        Each at the wholesaler the sourcing rule takes today, with the highest price of that time. Looked at are the
        products a change can touch, as many as `dearer` bounds; the answer says how many. Kept until something changes.
        """
        dealer, today = self._dealer(), self._today()
        state = self._repository().version(), self._conditions.stamp(), today, until, dealer, limit
        if self._dearer is None or self._dearer[0] != state:
            terms = self._conditions.terms(dealer.account, dealer.group, dealer.quota_used)
            self._dearer = state, what_becomes_dearer(self._repository(), terms, self._calendar(), until, limit)
        return self._dearer[1]

    # --- inside ---------------------------------------------------------------------------------------------------

    def _standing(self, day: date) -> _Standing:
        stamp = self._conditions.stamp(), self._repository().version(), self._today(), self._dealer().group
        kept = self._kept.get(day)
        if kept is None or kept[0] != stamp:
            # Today's and one other day.
            self._kept = {one: value for one, value in self._kept.items() if one == self._today()}
            kept = self._kept[day] = stamp, self._read(day)
        return kept[1]

    def _read(self, day: date) -> _Standing:
        dealer, today = self._dealer(), self._today()
        own = [one for one in self._conditions.conditions() if for_dealer(one, dealer)]
        in_force = own if day >= today else self._then({one.id: one for one in own}, self._end_of(day), dealer)
        if day >= today:
            terms = self._conditions.terms(dealer.account, dealer.group, dealer.quota_used)
        else:
            terms = Terms(in_force, dealer.account, dealer.group)
        conflicts = frozenset(name for conflict in terms.conflicts for name in conflict.ids)
        now = {one.id: one for one in in_force}
        # There is no week before the calendar's first days.
        week_before = max(min(day, today), date.min + CHANGED_WITHIN) - CHANGED_WITHIN
        a_week_ago = self._then({one.id: one for one in own}, self._end_of(week_before), dealer)
        then = {one.id: one for one in a_week_ago}
        changes = {name: then.get(name) for name, one in now.items() if _differs(then.get(name), one)}
        gone = [one for name, one in then.items() if name not in now]
        return _Standing(
            day=day,
            book=ConditionBook(in_force, self._repository(), conflicts),
            changed=ConditionBook([*(now[name] for name in changes), *gone], self._repository(), conflicts),
            changes=changes,
            gone=frozenset(one.id for one in gone),
        )

    def _then(self, now: dict[str, Condition], moment: datetime, dealer: Dealer) -> list[Condition]:
        """The conditions as they were at `moment`."""
        found: dict[str, Condition | None] = {**now, **self._conditions.before(moment)}
        return [one for one in found.values() if one is not None and for_dealer(one, dealer)]

    def _found(self, standing: _Standing, query: ConditionQuery) -> list[Condition]:
        book = standing.changed if query.view == "changed" else standing.book
        found: Iterable[Condition] = book.with_words(query.text) if query.text.strip() else book
        if query.sku:
            found = _both(found, book.touching(query.sku, self._repository().product(query.sku)))
        if query.family:
            found = _both(found, book.in_family(query.family))
        if query.document:
            found = [one for one in found if one.contract_ref == query.document]
        return _viewed(found, query.view, standing)

    def _row(self, one: Condition, standing: _Standing, dealer: Dealer, language: str) -> ConditionRow:
        wholesaler = self._repository().wholesaler(one.wholesaler) if one.wholesaler else None
        gone = one.id in standing.gone
        before = standing.changes.get(one.id)
        change = "gone" if gone else "" if one.id not in standing.changes else "new" if before is None else "changed"
        left = [cap - used for cap, used in _caps(one, dealer) if cap is not None]
        return ConditionRow(
            id=one.id,
            step=one.step.value,
            value=one.value,
            unit=one.unit.value,
            buyer_kind=one.buyer.partition(":")[0],
            product=one.product,
            product_name=(standing.changed if gone else standing.book).name_of(one.product, language),
            wholesaler=one.wholesaler,
            wholesaler_name="" if wholesaler is None else wholesaler.name,
            channel=one.channel,
            start=one.start,
            end=one.end,
            qty_min=one.qty_min,
            qty_scope=one.qty_scope.value,
            amount_min=one.amount_min,
            end_client=one.end_client,
            combine=one.combine.value,
            quota=one.quota,
            quota_left=max(min(left), 0) if left else None,
            contract_ref=one.contract_ref,
            label=one.label,
            rev=one.rev,
            state="over" if gone else _state(one, standing),
            change=change,
            before=before,
        )

    def _end_of(self, day: date) -> datetime:
        return day_end(day, self._time_zone())

    def _day_of(self, moment: datetime) -> date:
        # The first day whose end can be looked back to.
        return next(day for day in _days_from(moment.date() - timedelta(days=1)) if self._end_of(day) >= moment)


def _viewed(found: Iterable[Condition], view: str, standing: _Standing) -> list[Condition]:
    """Those that belong into a view; into `changed` belongs all that its book holds."""
    day = standing.day
    if view == "ending":
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return [one for one in found if one.end is not None and day <= one.end <= last]
    if view == "ahead":
        return [one for one in found if one.start is not None and one.start > day]
    if view == "conflicts":
        return [one for one in found if one.id in standing.book.conflicts]
    return list(found)


def _days_from(day: date) -> Iterable[date]:
    return (day + timedelta(days=count) for count in range(4))


def _differs(before: Condition | None, after: Condition) -> bool:
    if before is None or before is after:
        return before is None
    return replace(before, rev=after.rev, stock_used=after.stock_used) != after


def _changed(before: Condition | None, after: Condition) -> tuple[str, ...]:
    if before is None:
        return ()
    names = (name for name in Condition.__struct_fields__ if name not in _NO_TERMS)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _both(found: Iterable[Condition], narrower: list[Condition]) -> list[Condition]:
    wanted = {id(one) for one in narrower}
    return [one for one in found if id(one) in wanted]


def _caps(one: Condition, dealer: Dealer) -> tuple[tuple[int | None, int], ...]:
    return (one.quota, dealer.quota_used.get(one.id, 0)), (one.stock_cap, one.stock_used)


def _state(one: Condition, standing: _Standing) -> str:
    if one.id in standing.book.conflicts:
        return "conflict"
    if one.start is not None and one.start > standing.day:
        return "ahead"
    return "over" if one.end is not None and one.end < standing.day else "now"


def _document(ref: str, conditions: list[Condition]) -> DocumentView:
    starts, ends = [one.start for one in conditions], [one.end for one in conditions]
    return DocumentView(
        ref=ref,
        label=next((one.label for one in conditions if one.label), ""),
        conditions=len(conditions),
        start=None if None in starts else min(day for day in starts if day is not None),
        end=None if None in ends else max(day for day in ends if day is not None),
    )
