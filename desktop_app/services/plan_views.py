"""Plans over the wholesalers as a front end reads them: frozen views, side by side. Making them: `sourcing_service`."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from desktop_app.domain.order import Problem
from desktop_app.domain.plans import Allocation, PlanKind
from desktop_app.services.views import CarriageView


class DeliveryView(Struct, frozen=True):
    """What one wholesaler brings on one day. `day` None: nobody knows when; `goods` in euros before VAT."""

    wholesaler: str
    name: str
    letter: str
    day: date | None
    lines: int
    pieces: int
    goods: Decimal


class PlanView(Struct, frozen=True):
    """One plan for the lines of a draft.

    `total` is what is to be paid before VAT, carriage and fees included, `fees` the small-order fees in it;
    `difference` is `total` less that of the cheapest plan. `first_day` is the first day on which any of the plans
    brings something, `pieces_by_first_day` what this one has brought by then; `complete_on` the day everything is
    there (None: nobody knows). `problems` are those of the order as it would be; a blocking one would stop it.
    `proven`: no plan is better by the goal of `kind`; else `bound` is what none costs less than, by the same goal.
    """

    kind: PlanKind
    allocations: tuple[Allocation, ...]
    total: Decimal
    difference: Decimal
    fees: Decimal
    carriage: tuple[CarriageView, ...]
    deliveries: tuple[DeliveryView, ...]
    pieces: int
    pieces_by_first_day: int
    first_day: date | None
    complete_on: date | None
    backordered: int
    problems: tuple[Problem, ...]
    proven: bool
    bound: Decimal

    @property
    def refused(self) -> bool:
        """Whether the order could not be sent like this."""
        return any(problem.blocking for problem in self.problems)


class StaleStock(Struct, frozen=True):
    """A wholesaler whose stock figures are older than they are good for. `as_of` None: nobody knows how old."""

    wholesaler: str
    name: str
    letter: str
    as_of: datetime | None


class PlansView(Struct, frozen=True):
    """All plans for a draft: cheapest, fewest, earliest, by-hand. `stale` are the wholesalers with stale stock."""

    plans: tuple[PlanView, ...]
    stale: tuple[StaleStock, ...]
    elapsed_ms: float

    def plan(self, kind: PlanKind) -> PlanView:
        """The plan of one kind; raises KeyError if there is none."""
        for plan in self.plans:
            if plan.kind == kind:
                return plan
        raise KeyError(kind)
