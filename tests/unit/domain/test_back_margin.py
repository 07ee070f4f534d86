"""Back-margin agreements: what counts, what it comes to, and the way to the next tier."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.agreement import Agreement, CountedOrders, Tier, TierMode, Turnover
from desktop_app.domain.back_margin import accrued, counts, in_force, meter, rate_at
from tests.support.trade import product

TONER = product("T", family="TONER", brand="Xantia")
TIERS = tuple(Tier(Decimal(start), Decimal(percent)) for start, percent in (("20000", "2"), ("50000", "3")))
AS_OF = datetime(2026, 11, 20, tzinfo=UTC)


def agreement(**more: Any) -> Agreement:
    more = {"buyer": "all", "tiers": TIERS, **more}
    return Agreement("R", start=date(2026, 10, 1), end=date(2026, 12, 31), **more)


def known(turnover: str, **more: Any) -> Turnover:
    return Turnover("R", Decimal(turnover), AS_OF, **more)


@pytest.mark.parametrize(
    ("mode", "turnover", "comes_to", "rate"),
    [
        (TierMode.TOTAL, "19999.99", "0.00", "0"),
        (TierMode.TOTAL, "20000", "400.00", "2"),
        (TierMode.TOTAL, "49999.99", "1000.00", "2"),
        (TierMode.TOTAL, "50000", "1500.00", "3"),
        (TierMode.MARGINAL, "20000", "0.00", "2"),
        (TierMode.MARGINAL, "50000", "600.00", "3"),
        (TierMode.MARGINAL, "60000", "900.00", "3"),
    ],
)
def test_the_two_ways_tiers_work(mode: TierMode, turnover: str, comes_to: str, rate: str) -> None:
    one = agreement(mode=mode)
    assert accrued(one, Decimal(turnover)) == Decimal(comes_to)
    assert rate_at(one, Decimal(turnover)) == Decimal(rate)


def test_what_counts() -> None:
    assert counts(agreement(), TONER)
    assert counts(agreement(include=("family:TONER",)), TONER)
    assert not counts(agreement(include=("family:PAPER",)), TONER)
    assert not counts(agreement(include=("family:TONER",), exclude=("brand:Xantia",)), TONER)
    assert not counts(agreement(base=CountedOrders.ONLINE), TONER, "phone")
    assert counts(agreement(base=CountedOrders.ONLINE), TONER)


def test_agreements_of_others_and_of_other_periods_are_not_in_force() -> None:
    mine, theirs = agreement(buyer="dealer:D42"), agreement(buyer="dealer:D7")
    group = agreement(buyer="group:gold")
    assert in_force([mine, theirs, group], "D42", "gold", date(2026, 12, 31)) == (mine, group)
    assert in_force([mine, theirs, group], "D42", "", date(2026, 12, 31)) == (mine,)
    assert in_force([mine], "D42", "gold", date(2027, 1, 1)) == ()


def test_the_meter_adds_what_is_counted_under_way_and_in_the_basket() -> None:
    found = meter(agreement(), known("40000"), Decimal(4000), Decimal(1790))
    assert (found.reached, found.percent, found.accrued) == (Decimal(45790), Decimal(2), Decimal("915.80"))
    assert (found.missing, found.gain) == (Decimal(4210), Decimal("584.20"))


def test_beyond_the_last_tier_nothing_is_missing() -> None:
    found = meter(agreement(), known("50000"))
    assert (found.next_tier, found.missing, found.gain) == (None, None, None)


def test_gates_are_open_shut_or_unknown() -> None:
    one = agreement(gate_paid=True, gate_growth=Decimal(5))

    def gates(turnover: Turnover | None) -> list[bool | None]:
        return [gate.open for gate in meter(one, turnover).gates]

    assert gates(None) == [None, None]
    assert gates(known("10500", reference=Decimal(10000), overdue=Decimal(0))) == [True, True]
    assert gates(known("10499", reference=Decimal(10000), overdue=Decimal(1))) == [False, False]
