"""The pricing day is the calendar day at the manufacturer, whatever the desk's own zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from desktop_app.domain.pricing_day import day_end, pricing_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_a_day_in_paris_begins_before_the_utc_day(instant: datetime, day: date) -> None:
    assert pricing_day(instant) == day


def test_the_manufacturer_names_its_zone() -> None:
    instant = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert pricing_day(instant, "America/New_York") == date(2026, 3, 1)
    assert pricing_day(instant, "Indian/Reunion") == date(2026, 3, 2)


def test_the_offset_of_the_instant_does_not_matter() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert pricing_day(datetime(2026, 3, 2, 7, 30, tzinfo=tokyo)) == date(2026, 3, 1)


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        pricing_day(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001 - the very thing that must be refused


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe", "\0"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        pricing_day(datetime(2026, 3, 2, 12, 0, tzinfo=UTC), zone)


def test_a_day_is_over_at_the_manufacturers_midnight() -> None:
    assert day_end(date(2026, 6, 9)) == datetime(2026, 6, 9, 22, tzinfo=UTC)
    assert day_end(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert pricing_day(day_end(date(2026, 6, 9)) - timedelta(microseconds=1)) == date(2026, 6, 9)
    with pytest.raises(ValueError, match="unknown time zone"):
        day_end(date(2026, 6, 9), "Nowhere/Town")
