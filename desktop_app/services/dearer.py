"""Which products become dearer for the dealer, and why: his net price today against that of the days ahead."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.pricing import Terms
from desktop_app.domain.sourcing import choose
from desktop_app.domain.validation import round_up
from desktop_app.services.condition_views import DearerPage, DearerRow
from desktop_app.services.price_calendar import PriceCalendar, price_on, why
from desktop_app.storage.catalog_repository import CatalogRepository

# Of a rise on everything those products are looked at whose tarif rises most; of conditions on more products than that
# the best of the catalogue.
MOST_PRODUCTS = 8_000
_AT_ONCE = 2_000


class _Rise(NamedTuple):
    """A product that becomes dearer, at the wholesaler the sourcing rule takes today, on the dearest of its days."""

    rise: Decimal
    product: Product
    offer: Offer
    pack: int
    day: date


def what_becomes_dearer(
    catalog: CatalogRepository, terms: Terms, calendar: PriceCalendar, until: date, limit: int
) -> DearerPage:
    """The products that a change up to `until` can touch and that become dearer, biggest rise per unit first, at most
    `limit` of them.

    At most `MOST_PRODUCTS` with dated prices are looked at, and as many that conditions touch; the answer says whether
    there are more.
    """
    # One more than is looked at tells whether there are more.
    touched = catalog.numbers_of(calendar.keys_until(until), MOST_PRODUCTS + 1)
    dated = catalog.numbers_with_prices(MOST_PRODUCTS + 1)
    complete = max(len(touched), len(dated)) <= MOST_PRODUCTS
    skus = list(dict.fromkeys([*touched[:MOST_PRODUCTS], *dated[:MOST_PRODUCTS]]))
    wholesalers = {one.code: one for one in catalog.wholesalers()}
    found: list[_Rise] = []
    for start in range(0, len(skus), _AT_ONCE):
        part = skus[start : start + _AT_ONCE]
        offers = catalog.offers_many(part)
        for product in catalog.products_many(part).values():
            days = calendar.days(product, calendar.today, until)
            rise = _rise(product, offers[product.sku], wholesalers, terms, calendar.today, days) if days else None
            if rise is not None:
                found.append(rise)
    found.sort(key=lambda one: (-one.rise, one.product.sku))
    rows = tuple(_explained(one, wholesalers, terms, calendar.today) for one in found[:limit])
    return DearerPage(rows, found=len(found), looked_at=len(skus), complete=complete)


def _rise(
    product: Product,
    offers: tuple[Offer, ...],
    wholesalers: Mapping[str, Wholesaler],
    terms: Terms,
    today: date,
    days: list[date],
) -> _Rise | None:
    pack = round_up(product, 1)
    now: dict[str, Decimal] = {}

    def unit_net(offer: Offer, day: date) -> Decimal:
        list_price, _ = list_price_on(product, offer, day)
        return terms.unit_net(product, offer.wholesaler, list_price, pack, day)

    def today_net(offer: Offer) -> Decimal:
        now[offer.wholesaler] = unit_net(offer, today)
        return now[offer.wholesaler]

    offer = choose(offers, pack, today_net, wholesalers.get)
    if offer is None:
        return None
    # Of equally dear days the first.
    then, day = max(((unit_net(offer, day), day) for day in days), key=lambda one: one[0])
    rise = then - now[offer.wholesaler]
    return _Rise(rise, product, offer, pack, day) if rise > 0 else None


def _explained(one: _Rise, wholesalers: Mapping[str, Wholesaler], terms: Terms, today: date) -> DearerRow:
    now, then = (price_on(terms, one.product, one.offer, one.pack, day) for day in (today, one.day))
    reason, label = why(now, then)
    return DearerRow(
        sku=one.product.sku,
        name=one.product.name,
        wholesaler=one.offer.wholesaler,
        wholesaler_name=wholesalers[one.offer.wholesaler].name,
        day=one.day,
        list_now=now.list_price,
        list_then=then.list_price,
        net_now=now.unit_net,
        net_then=then.unit_net,
        reason=reason,
        label=label,
    )
