"""The online bonus of a dealer counts between its two dates, both included."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.party import Dealer


@pytest.mark.parametrize(
    ("day", "percent"),
    [("2025-12-31", "0"), ("2026-01-01", "0.5"), ("2026-06-30", "0.5"), ("2026-07-01", "0")],
)
def test_the_bonus_counts_between_its_dates(day: str, percent: str) -> None:
    dealer = Dealer(
        "D42",
        "Bureautique Morvan",
        online_bonus_percent=Decimal("0.5"),
        online_bonus_from=date(2026, 1, 1),
        online_bonus_to=date(2026, 6, 30),
    )
    assert dealer.bonus_percent_on(date.fromisoformat(day)) == Decimal(percent)


def test_open_dates_never_end_and_no_percent_is_no_bonus() -> None:
    assert Dealer("D", "D", online_bonus_percent=Decimal(1)).bonus_percent_on(date(2099, 1, 1)) == 1
    assert Dealer("D", "D").bonus_percent_on(date(2026, 1, 1)) == 0
