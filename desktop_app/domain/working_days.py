"""Working days: when units from stock, and units still to arrive, reach the dealer. Bank holidays are not known."""

from datetime import date

from desktop_app.domain.catalog import Offer, Wholesaler

# Monday to Friday.
_WORKED = 5


def working_day_after(day: date, days: int) -> date | None:
    """The working day that is `days` of them after `day`; with 0 `day` itself, or the Monday after a week-end.

    None beyond the end of the calendar.
    """
    weekday = day.weekday()
    try:
        if weekday >= _WORKED:
            # As from the Friday before: one working day later is Monday.
            friday = date.fromordinal(day.toordinal() - (weekday - _WORKED + 1))
            return working_day_after(friday, max(days, 1))
        weeks, rest = divmod(weekday + days, _WORKED)
        return date.fromordinal(day.toordinal() - weekday + weeks * 7 + rest)
    except (OverflowError, ValueError):
        return None


def stock_arrival(wholesaler: Wholesaler, day: date) -> date | None:
    """When units in stock are there if they are ordered on `day`; None where the wholesaler names no delay."""
    return None if wholesaler.delivery_days is None else working_day_after(day, wholesaler.delivery_days)


def backorder_arrival(wholesaler: Wholesaler, offer: Offer, day: date) -> date | None:
    """When units are there that the wholesaler has yet to receive; None where that is not known."""
    if offer.next_arrival is None or wholesaler.delivery_days is None:
        return None
    return working_day_after(max(offer.next_arrival, day), wholesaler.delivery_days)
