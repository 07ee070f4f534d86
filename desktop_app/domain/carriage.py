"""What carriage of one sub-order costs: flat, by a table of weight and zone, free from an amount, express besides."""

from decimal import Decimal

from desktop_app.domain.catalog import CarriageRate, Wholesaler
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.party import Address

ANYWHERE = "*"


def carriage_of(
    wholesaler: Wholesaler,
    goods: Decimal,
    *,
    weight: Decimal = ZERO,
    destination: Address | None = None,
    express: bool = False,
) -> Decimal:
    """Carriage before VAT for `goods` euros after all discounts and `weight` kilograms.

    Nothing once the goods reach `free_carriage_from` (never free where empty), else the row of the table, else the
    flat fee. Express costs its surcharge in any case.
    """
    row = table_row(wholesaler, weight, destination)
    surcharge = (express_fee_of(wholesaler, row) or ZERO) if express else ZERO
    free_from = wholesaler.free_carriage_from
    if free_from is not None and goods >= free_from:
        return round_amount(surcharge)
    return round_amount((wholesaler.carriage_fee if row is None else row.fee) + surcharge)


def table_row(wholesaler: Wholesaler, weight: Decimal, destination: Address | None) -> CarriageRate | None:
    """The row that holds: of the narrowest zone, the lightest class that takes the weight; None where none does."""
    if not wholesaler.carriage_table:
        return None
    here = Address() if destination is None else destination
    fitting = [row for row in wholesaler.carriage_table if _covers(row.zone, here)]
    narrowest = max((len(row.zone) for row in fitting if row.zone != ANYWHERE), default=0)
    classes = [
        row
        for row in fitting
        if (len(row.zone) if row.zone != ANYWHERE else 0) == narrowest
        and (row.weight_max is None or weight <= row.weight_max)
    ]
    return min(classes, key=_class, default=None)


def express_fee_of(wholesaler: Wholesaler, row: CarriageRate | None) -> Decimal | None:
    """The surcharge of express delivery, None where the wholesaler has none to this place."""
    return wholesaler.express_fee if row is None or row.express_fee is None else row.express_fee


def _covers(zone: str, address: Address) -> bool:
    if zone == ANYWHERE:
        return True
    country, _, postcode = zone.partition("-")
    return address.country_code == country.upper() and address.compact_postcode.startswith(postcode)


def _class(row: CarriageRate) -> tuple[bool, Decimal]:
    return row.weight_max is None, row.weight_max or ZERO
