"""Which list price holds at a wholesaler on a day, and the next one that is announced. Discounts: `terms`."""

from datetime import date, timedelta
from decimal import Decimal

from desktop_app.domain.catalog import DatedPrice, Offer, Product


def list_price_on(product: Product, offer: Offer | None, day: date) -> tuple[Decimal, DatedPrice | None]:
    """The tarif of `offer` on `day` in euros per unit, and the dated price it comes from (None: an undated one).

    A dated price of this wholesaler goes before his own undated one, then a dated one for all, then the product's.
    Of several dated ones the latest start wins. Without an offer, what holds for every wholesaler.
    """
    if offer is not None:
        own = _latest(product, offer.wholesaler, day) if product.prices else None
        if own is not None:
            return own.list_price, own
        if offer.list_price is not None:
            return offer.list_price, None
    if not product.prices:
        return product.list_price, None
    general = _latest(product, "", day)
    return (product.list_price, None) if general is None else (general.list_price, general)


def next_price(product: Product, offer: Offer, day: date) -> tuple[date, Decimal, DatedPrice | None] | None:
    """The first day after `day` on which the tarif of `offer` is another one, and that tarif; None where none is known.

    A tarif that ends without a successor gives way to the undated one.
    """
    now, _ = list_price_on(product, offer, day)
    for change in days_of_change(product, day):
        then, dated = list_price_on(product, offer, change)
        if then != now:
            return change, then, dated
    return None


def days_of_change(product: Product, after: date) -> list[date]:
    """The days after `after` on which a dated price of the product starts or has ended, at whatever wholesaler."""
    days = {price.start for price in product.prices if price.start is not None}
    days |= {
        price.end + timedelta(days=1) for price in product.prices if price.end is not None and price.end < date.max
    }
    return sorted(day for day in days if day > after)


def _latest(product: Product, wholesaler: str, day: date) -> DatedPrice | None:
    found = [price for price in product.prices if price.wholesaler == wholesaler and price.holds_on(day)]
    return max(found, key=lambda price: price.start or date.min, default=None)
