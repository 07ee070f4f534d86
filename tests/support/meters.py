"""A meter as the service gives it: the picture's agreement, of which anything may be changed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from desktop_app.domain.agreement import CountedOrders, Tier, TierMode
from desktop_app.services.back_margin_service import GateState, GateView, MeterView

COUNTED = datetime(2026, 6, 9, 8, 31, tzinfo=UTC)
NOW = datetime(2026, 6, 9, 10, 31, tzinfo=UTC)
TIERS = tuple(Tier(Decimal(start), Decimal(rate)) for start, rate in ((0, "1"), (50_000, "1.5"), (100_000, "2")))
TIERS = (*TIERS, Tier(Decimal(150_000), Decimal("2.5")))
OVERDUE = GateView("paid", GateState.SHUT, Decimal("1204.00"), Decimal(0))
GROWN = GateView("growth", GateState.OPEN, Decimal("7.2"), Decimal(5))


def meter_view(**changes: Any) -> MeterView:
    """128,460.00 of 150,000: 119,000.00 counted, 9,460.00 under way."""
    values: dict[str, Any] = {
        "agreement": "A",
        "label": "Accord Xantia",
        "contract_ref": "XA-17",
        "mode": TierMode.TOTAL,
        "base": CountedOrders.ONLINE,
        "start": date(2026, 4, 1),
        "end": date(2026, 6, 30),
        "as_of": COUNTED,
        "turnover": Decimal("119000.00"),
        "under_way": Decimal("9460.00"),
        "basket": Decimal(0),
        "accrued": Decimal("2569.20"),
        "percent": Decimal(2),
        "next_from": Decimal(150_000),
        "next_percent": Decimal("2.5"),
        "missing": Decimal("21540.00"),
        "gain": Decimal("1180.80"),
        "tiers": TIERS,
    }
    return MeterView(**(values | changes))


def at_the_top() -> MeterView:
    """The same beyond its last step."""
    none = dict.fromkeys(("next_from", "next_percent", "missing", "gain"))
    return meter_view(turnover=Decimal(210_000), percent=Decimal("2.5"), accrued=Decimal("5486.50"), **none)
