"""How long figures keep, and what is counted."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.sync.status import counted, is_stale

NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("collection", "age", "stale"),
    [
        ("stock", timedelta(hours=7), False),
        ("stock", timedelta(hours=9), True),
        ("products", timedelta(days=6), False),
        ("something-new", timedelta(days=8), True),
    ],
)
def test_shelf_life(collection: str, age: timedelta, stale: bool) -> None:
    assert is_stale(collection, NOW - age, NOW) is stale


def test_what_never_came_is_stale() -> None:
    assert is_stale("stock", None, NOW)


def test_counts() -> None:
    counts: dict[DeliveryState, int] = {
        state: 1 for state in DeliveryState if state not in (DeliveryState.NONE, DeliveryState.DONE)
    }
    assert counted(counts) == (4, 1, 1)
    assert counted({}) == (0, 0, 0)
