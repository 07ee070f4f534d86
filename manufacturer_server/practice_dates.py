"""The dates that the practice set's files leave open, so that its figures are never past: by name in braces."""

from datetime import date, datetime, timedelta

# Goods under way arrive within so many days (`{in_3_days}` to `{in_28_days}`).
ARRIVALS = range(3, 29)


def practice_dates(now: datetime) -> dict[str, str]:
    """What `{now}`, `{quarter_start}` and the others stand for in a practice set imported at `now`."""
    today = now.date()
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    return {
        "now": now.isoformat(timespec="seconds"),
        "last_week": (today - timedelta(days=6)).isoformat(),
        "month_end": (_next_month(today, 1) - timedelta(days=1)).isoformat(),
        "quarter_start": quarter.isoformat(),
        "quarter_end": (_next_month(quarter, 3) - timedelta(days=1)).isoformat(),
        "year_start": date(today.year, 1, 1).isoformat(),
        "year_end": date(today.year, 12, 31).isoformat(),
        "next_january": date(today.year + 1, 1, 1).isoformat(),
        "next_year": str(today.year + 1),
        "this_year": str(today.year),
        "three_days_ago": (now - timedelta(days=3)).isoformat(timespec="seconds"),
        **{f"in_{days}_days": (today + timedelta(days=days)).isoformat() for days in ARRIVALS},
    }


def _next_month(day: date, months: int) -> date:
    """The first of the month `months` months later."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
