"""VAT by product and territory: where goods go, which rate holds there, and why none is due. Sums: `totals`.

Sources: Code général des impôts, art. 262 ter (intra-EU), 262 (export), 294 and 296 (overseas departments).
"""

from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.catalog import Product
from desktop_app.domain.money import ZERO
from desktop_app.domain.party import Address, Dealer


class Territory(StrEnum):
    """Where goods go, as far as VAT is concerned."""

    MAINLAND = "mainland"
    OVERSEAS = "overseas"
    OVERSEAS_EXEMPT = "overseas-exempt"
    INTRA_EU = "intra-eu"
    EXPORT = "export"


# The reason of a rate of 0 %: a code of the VATEX list, or the article where the list has none.
REASONS = {
    Territory.OVERSEAS_EXEMPT: "Art. 294 CGI",
    Territory.INTRA_EU: "VATEX-EU-IC",
    Territory.EXPORT: "VATEX-EU-G",
}

# Greece has EL in VAT numbers and GR in addresses.
_EU = frozenset(
    "AT,BE,BG,CY,CZ,DE,DK,EE,EL,ES,FI,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK".split(",")  # noqa: SIM905
)
_COUNTRIES = {
    "FR": Territory.MAINLAND,
    "MC": Territory.MAINLAND,
    "GP": Territory.OVERSEAS,
    "MQ": Territory.OVERSEAS,
    "RE": Territory.OVERSEAS,
    "GF": Territory.OVERSEAS_EXEMPT,
    "YT": Territory.OVERSEAS_EXEMPT,
}
_FRENCH_POSTCODES = {
    "971": Territory.OVERSEAS,
    "972": Territory.OVERSEAS,
    "974": Territory.OVERSEAS,
    "973": Territory.OVERSEAS_EXEMPT,
    "976": Territory.OVERSEAS_EXEMPT,
    **dict.fromkeys(("975", "977", "978", "984", "986", "987", "988"), Territory.EXPORT),
}
# St Barthélemy and St Martin kept some postcodes of Guadeloupe.
_EXPORT_POSTCODES = frozenset({"97133", "97150"})
_OVERSEAS_RATES = {
    Decimal(20): Decimal("8.5"),
    Decimal(10): Decimal("2.1"),
    Decimal("5.5"): Decimal("2.1"),
    Decimal("2.1"): Decimal("2.1"),
}


def place_of(address: Address) -> Territory:
    """The territory of an address, by its country and, in France, its postcode."""
    country, postcode = address.country_code, address.compact_postcode
    if country == "FR":
        if postcode in _EXPORT_POSTCODES:
            return Territory.EXPORT
        return _FRENCH_POSTCODES.get(postcode[:3], Territory.MAINLAND)
    if country in _EU:
        return Territory.INTRA_EU
    return _COUNTRIES.get(country, Territory.EXPORT)


def territory_of(destination: Address, dealer: Dealer) -> Territory:
    """The territory whose rates hold: goods to another EU country are exempt only for a dealer registered there."""
    place = place_of(destination)
    if place is Territory.INTRA_EU and not has_eu_vat_id(dealer):
        return Territory.MAINLAND
    return place


def has_eu_vat_id(dealer: Dealer) -> bool:
    """Whether the dealer has a VAT number of an EU country other than France."""
    return dealer.vat_id.strip().upper()[:2] in _EU


def rate_in(rate: Decimal, territory: Territory) -> Decimal:
    """What a mainland rate in per cent becomes in a territory."""
    if territory is Territory.MAINLAND:
        return rate
    if territory is Territory.OVERSEAS:
        return _OVERSEAS_RATES.get(rate, rate)
    return ZERO


def product_rate(product: Product, territory: Territory) -> Decimal:
    """The rate of a product in a territory, in per cent."""
    if territory is Territory.OVERSEAS and product.vat_rate_overseas is not None:
        return product.vat_rate_overseas
    return rate_in(product.vat_rate, territory)
