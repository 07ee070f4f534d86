"""Which wholesaler a line goes to where nobody named one. Plans over a whole order are not made here."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from desktop_app.domain.catalog import Offer, Wholesaler

_NO_DELAY_KNOWN = 1_000_000


def choose(
    offers: Iterable[Offer],
    quantity: int,
    unit_net_of: Callable[[Offer], Decimal],
    wholesaler_of: Callable[[str], Wholesaler | None],
) -> Offer | None:
    """The offer taken for `quantity` units: enough stock first, then lowest unit net, then delivery days, then code.

    An unknown delay comes after every known one. Offers of wholesalers that `wholesaler_of` does not know are passed
    over; None where none is left.
    """
    ranked: list[tuple[bool, Decimal, int, str, Offer]] = []
    for offer in offers:
        wholesaler = wholesaler_of(offer.wholesaler)
        if wholesaler is None:
            continue
        days = _NO_DELAY_KNOWN if wholesaler.delivery_days is None else wholesaler.delivery_days
        ranked.append((offer.available < quantity, unit_net_of(offer), days, offer.wholesaler, offer))
    return min(ranked, key=lambda row: row[:4])[4] if ranked else None
