"""What an agreement is where nobody says more."""

from datetime import date
from decimal import Decimal

from desktop_app.domain.agreement import Agreement, CountedOrders, Tier, TierMode


def test_an_agreement_counts_all_orders_in_full_and_has_no_gates() -> None:
    one = Agreement("R", "all", date(2026, 1, 1), date(2026, 12, 31), (Tier(Decimal(0), Decimal(1)),))
    assert (one.mode, one.base) == (TierMode.TOTAL, CountedOrders.ALL)
    assert (one.gate_paid, one.gate_growth, one.include, one.exclude) == (False, None, (), ())


def test_the_words_of_the_wire() -> None:
    assert [str(mode) for mode in TierMode] == ["total", "marginal"]
    assert [str(base) for base in CountedOrders] == ["all", "online"]
