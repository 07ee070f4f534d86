"""The day prices are taken at: the calendar day at the manufacturer. Reading the clock is the caller's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_TIME_ZONE = "Europe/Paris"


def pricing_day(instant: datetime, time_zone: str = DEFAULT_TIME_ZONE) -> date:
    """The calendar day in `time_zone` (IANA name) at an aware `instant`.

    Raises ValueError where the instant has no offset or the zone is unknown.
    """
    if instant.utcoffset() is None:
        raise ValueError("a pricing day needs an instant with its offset")
    return instant.astimezone(_zone(time_zone)).date()


def day_end(day: date, time_zone: str = DEFAULT_TIME_ZONE) -> datetime:
    """The moment at which the calendar day in `time_zone` is over. Raises ValueError where the zone is unknown."""
    return datetime.combine(day + timedelta(days=1), time(), _zone(time_zone))


def _zone(time_zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(time_zone or DEFAULT_TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {time_zone!r}") from error
