"""How far each back-margin agreement is, and what a purchase made now earns of it. The sums: `domain.back_margin`."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from desktop_app.domain.agreement import AgreementBase, Tier, TierMode


class GateState(StrEnum):
    """Whether a condition for the back-margin is met; `unknown` where the manufacturer told nothing of it."""

    OPEN = "open"
    SHUT = "shut"
    UNKNOWN = "unknown"


class GateView(Struct, frozen=True):
    """One gate of an agreement. `kind` is `paid` or `growth`.

    `paid`: `reached` are the euros overdue, `needed` is 0. `growth`: both are per cent over the reference turnover.
    """

    kind: str
    state: GateState
    reached: Decimal | None = None
    needed: Decimal | None = None


class MeterView(Struct, frozen=True):
    """One agreement and the way to its next tier. Amounts are euros of net goods before VAT, rates per cent.

    `turnover` is what the manufacturer counted up to `as_of` (None: he told nothing yet), `under_way` what this desk
    knows besides, `basket` the open draft; `accrued` is the back-margin on all three at the rate reached, `percent`.
    With `missing` euros more the next tier is reached: `gain` more back-margin; all None beyond the last tier.
    """

    agreement: str
    label: str
    contract_ref: str
    mode: TierMode
    base: AgreementBase
    start: date
    end: date
    as_of: datetime | None
    turnover: Decimal
    under_way: Decimal
    basket: Decimal
    accrued: Decimal
    percent: Decimal
    next_from: Decimal | None
    next_percent: Decimal | None
    missing: Decimal | None
    gain: Decimal | None
    gates: tuple[GateView, ...] = ()
    tiers: tuple[Tier, ...] = ()

    @property
    def reached(self) -> Decimal:
        """All that counts: what is invoiced, what is under way, and this basket."""
        return self.turnover + self.under_way + self.basket

    @property
    def shut(self) -> bool:
        """Whether a gate keeps the back-margin from being due as things are."""
        return any(gate.state is GateState.SHUT for gate in self.gates)
