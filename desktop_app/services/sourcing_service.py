"""Plans over the wholesalers for an open draft, with their figures side by side. Finding them: `domain.plans`."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from time import perf_counter

from desktop_app.domain.basket import BasketLine
from desktop_app.domain.planning.making import make_plans
from desktop_app.domain.plans import Allocation, Grounds, PlanKind, Wanted
from desktop_app.services.draft_lines import DraftLines
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.draft_views import DraftViews, StockReader
from desktop_app.services.plan_edits import move_cost
from desktop_app.services.plan_figures import PlanFigures
from desktop_app.services.plan_views import DeliveryView, PlansView, PlanView, StaleStock
from desktop_app.services.price_basis import PriceBasis

__all__ = ["Allocation", "DeliveryView", "PlanKind", "PlanView", "PlansView", "SourcingService", "StaleStock"]


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
        return self._plans(session.priced, without_stale, keep_named)

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
        return self._plans(drawn, without_stale, keep_named)

    def move_cost(self, session: DraftSession, key: int, wholesaler: str) -> Decimal | None:
        """What moving line `key` there adds to the payable before VAT; None where that wholesaler does not list it."""
        return move_cost(session.priced, key, wholesaler)

    def _plans(self, lines: DraftLines, without_stale: bool, keep_named: bool) -> PlansView:
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
        plans = make_plans(wanted, grounds, keep_named=keep_named)
        made = PlanFigures(lines, rows, views).views(plans)
        return PlansView(made, stale, (perf_counter() - begun) * 1000)

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
