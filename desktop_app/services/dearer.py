"""Which products become dearer for the dealer, and why: his net price today against that of the days ahead."""

from datetime import date
from decimal import Decimal

from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.pricing import Terms
from desktop_app.domain.sourcing import choose
from desktop_app.domain.validation import round_up
from desktop_app.services.condition_views import DearerRow
from desktop_app.services.price_calendar import PriceCalendar, price_on, why
from desktop_app.storage.catalog_repository import CatalogRepository

# A rise on everything in a larger catalogue is looked at for its best products only.
MOST_PRODUCTS = 50_000
_AT_ONCE = 2_000


def dearer_rows(
    catalog: CatalogRepository, terms: Terms, calendar: PriceCalendar, until: date
) -> tuple[DearerRow, ...]:
    """The products that a change up to `until` can touch and that become dearer, biggest rise per unit first."""
    skus = catalog.numbers_of(calendar.keys_until(until), MOST_PRODUCTS, with_prices=True)
    wholesalers = {one.code: one for one in catalog.wholesalers()}
    found: list[DearerRow] = []
    for start in range(0, len(skus), _AT_ONCE):
        part = skus[start : start + _AT_ONCE]
        products, offers = catalog.products_many(part), catalog.offers_many(part)
        for product in products.values():
            days = calendar.days(product, calendar.today, until)
            if not days:
                continue
            row = _row(product, offers[product.sku], wholesalers, terms, calendar.today, days)
            if row is not None:
                found.append(row)
    found.sort(key=lambda row: (row.net_now - row.net_then, row.sku))
    return tuple(found)


def _row(
    product: Product,
    offers: tuple[Offer, ...],
    wholesalers: dict[str, Wholesaler],
    terms: Terms,
    today: date,
    days: list[date],
) -> DearerRow | None:
    pack = round_up(product, 1)

    def unit_net(offer: Offer, day: date = today) -> Decimal:
        list_price, _ = list_price_on(product, offer, day)
        return terms.unit_net(product, offer.wholesaler, list_price, pack, day)

    offer = choose(offers, pack, unit_net, wholesalers.get)
    if offer is None:
        return None
    net_now = unit_net(offer)
    dearest = max(days, key=lambda day: unit_net(offer, day))
    if unit_net(offer, dearest) <= net_now:
        return None
    now, then = (price_on(terms, product, offer, pack, day) for day in (today, dearest))
    reason, label = why(now, then)
    return DearerRow(
        sku=product.sku,
        name=product.name,
        wholesaler=offer.wholesaler,
        wholesaler_name=wholesalers[offer.wholesaler].name,
        day=dearest,
        list_now=now.list_price,
        list_then=then.list_price,
        net_now=now.unit_net,
        net_then=then.unit_net,
        reason=reason,
        label=label,
    )
