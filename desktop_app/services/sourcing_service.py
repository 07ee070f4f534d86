"""Plans over the wholesalers for an open draft, with their figures side by side. Finding them: `domain.plans`."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from time import perf_counter

from desktop_app.domain.basket import BasketLine
from desktop_app.domain.planning.making import OrderToPlan, plans_for
from desktop_app.domain.plans import Allocation, Grounds, Plan, PlanKind, Wanted
from desktop_app.services.draft_lines import DraftLines
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.draft_views import DraftViews, StockReader
from desktop_app.services.plan_edits import move_cost
from desktop_app.services.plan_figures import PlanFigures
from desktop_app.services.plan_views import DeliveryView, PlansView, PlanView, StaleStock
from desktop_app.services.price_basis import PriceBasis

__all__ = [
    "Allocation",
    "DeliveryView",
    "PlanKind",
    "PlanView",
    "Planning",
    "PlansView",
    "SourcingService",
    "StaleStock",
]


class SourcingService:
    """Makes plans. Nothing of a draft changes until `DraftSession.take_plan`. Raises StorageFailed.

    `basis` gives what prices follow from now, `now` the moment by the manufacturer's clock.
    """

    def __init__(
        self, *, basis: Callable[[], PriceBasis], stock_view: StockReader, now: Callable[[], datetime]
    ) -> None:
        self._basis = basis
        self._stock_view = stock_view
        self._now = now

    def plans(self, session: DraftSession, without_stale: bool = False, keep_named: bool = False) -> PlansView:
        """The plans for a draft, by the prices it was opened with.

        `without_stale` leaves wholesalers out whose stock figures are too old, where another lists the product;
        `keep_named` leaves each line at its wholesaler where a person named one.
        """
        return self._begin(session.priced, without_stale, keep_named).finish()

    def begin(self, session: DraftSession, without_stale: bool = False) -> "Planning":
        """The same in three steps, so that nobody waits for the search: see `Planning`."""
        return self._begin(session.priced, without_stale, keep_named=False)

    def by_hand(self, session: DraftSession) -> PlanView:
        """What the draft says now, as a plan; nothing is searched."""
        lines = session.priced
        (plan,) = PlanFigures(lines, lines.all_priced(), DraftViews(self._stock_view)).views(())
        return plan

    def plans_for(
        self,
        lines: Iterable[tuple[str, int, str]],
        *,
        round_up: bool = False,
        without_stale: bool = False,
        keep_named: bool = False,
    ) -> PlansView:
        """The plans for lines of (sku, quantity, wholesaler or "") that are no draft; else as `plans`.

        With `round_up` quantities are raised to the next that can be ordered.
        """
        drawn = DraftLines(self._basis(), ())
        drawn.do(drawn.new_lines(lines))
        if round_up:
            drawn.do(drawn.raised())
        return self._begin(drawn, without_stale, keep_named).finish()

    def move_cost(self, session: DraftSession, key: int, wholesaler: str) -> Decimal | None:
        """What moving line `key` there adds to the payable before VAT; None where that wholesaler does not list it."""
        return move_cost(session.priced, key, wholesaler)

    def _begin(self, lines: DraftLines, without_stale: bool, keep_named: bool) -> "Planning":
        begun = perf_counter()
        rows = lines.all_priced()
        views = DraftViews(self._stock_view)
        stale = self._stale(lines, rows, views)
        grounds = Grounds(
            lines.catalog,
            lines.basis.terms,
            lines.basis.dealer,
            lines.basis.day,
            end_client=lines.end_client,
            delivery=lines.delivery,
            without=frozenset(one.wholesaler for one in stale) if without_stale else frozenset(),
        )
        wanted = [Wanted(row.key, row.sku, row.quantity, row.wholesaler, row.chosen) for row in rows]
        order = OrderToPlan(wanted, grounds, keep_named=keep_named)
        return Planning(order, PlanFigures(lines, rows, views), stale, begun)

    def _stale(self, lines: DraftLines, rows: Iterable[BasketLine], views: DraftViews) -> tuple[StaleStock, ...]:
        """The wholesalers of these products whose stock is older than it is good for."""
        first_sku: dict[str, str] = {}
        for row in rows:
            for offer in lines.catalog.offers(row.sku):
                first_sku.setdefault(offer.wholesaler, row.sku)
        now = self._now()
        found = []
        for code in sorted(first_sku):
            wholesaler = lines.catalog.wholesaler(code)
            if wholesaler is None or wholesaler.stock_as_of is None:
                continue
            if now - wholesaler.stock_as_of > timedelta(hours=wholesaler.stock_shelf_hours):
                letter = views.letter(first_sku[code], code)
                found.append(StaleStock(code, wholesaler.name or code, letter, wholesaler.stock_as_of))
        return tuple(found)


class Planning:
    """Plans in the making: `begin` has read what they need; `search` may run in another thread; `finish` prices them.

    Between `begin` and `finish` the draft must not change; where it did, what was begun is thrown away.
    """

    def __init__(self, order: OrderToPlan, figures: PlanFigures, stale: tuple[StaleStock, ...], begun: float) -> None:
        self._order = order
        self._figures = figures
        self._stale = stale
        self._begun = begun
        self._found: tuple[Plan, ...] | None = None

    def search(self) -> None:
        """Find the plans. Reads no file; takes up to a second for a thousand lines."""
        if self._found is None:
            self._found = plans_for(self._order)

    def finish(self) -> PlansView:
        """The plans with their figures, in the thread that began."""
        self.search()
        made = self._figures.views(self._found or ())
        return PlansView(made, self._stale, (perf_counter() - self._begun) * 1000)
