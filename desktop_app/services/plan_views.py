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

    `lines` are the keys of the lines it places: one without an allocation is merged into another of its product.
    `total` is what is to be paid before VAT, carriage and fees included, `fees` the small-order fees in it;
    `difference` is `total` less that of the cheapest plan. `first_day` is the first day on which any of the plans
    brings something, `pieces_by_first_day` what this one has brought by then; `complete_on` the day everything is
    there (None: nobody knows). `problems` are those of the order as it would be, by the number of the draft's line; a
    blocking one would stop it. `proven`: no plan is better by the goal of `kind` (never said of by-hand); no plan costs
    less than `bound`.
    """

    kind: PlanKind
    lines: tuple[int, ...]
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
    """A wholesaler whose stock figures, taken at `as_of`, are older than they are good for."""

    wholesaler: str
    name: str
    letter: str
    as_of: datetime


class PlansView(Struct, frozen=True):
    """All plans for a draft: cheapest, fewest, earliest, by-hand. `stale` are the wholesalers with stale stock.

    An order of which nothing can be placed has the plan by-hand only.
    """

    plans: tuple[PlanView, ...]
    stale: tuple[StaleStock, ...]
    elapsed_ms: float

    def plan(self, kind: PlanKind) -> PlanView:
        """The plan of one kind; raises KeyError if there is none."""
        for plan in self.plans:
            if plan.kind == kind:
                return plan
        raise KeyError(kind)
