"""The second reading of where goods go: the territory, the VAT due there or why none is, and carriage by zone."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.party import Address, Dealer
from tests.support.second_reading.figures import NOTHING, half_up

OVERSEAS = {"GP": "971", "MQ": "972", "RE": "974"}
EXEMPT = {"GF": "973", "YT": "976"}
# 97133 and 97150 are what St Barthélemy and St Martin kept of Guadeloupe's.
FRENCH_BUT_EXPORT = ("97133", "97150", "975", "977", "978", "984", "986", "987", "988")
# The other member states; Greece writes EL in its VAT numbers.
EU = [
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "DE", "GR", "HU", "IE", "IT"),
    *("LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
]
RATES_OVERSEAS = {"20": "8.5", "10": "2.1", "5.5": "2.1", "2.1": "2.1", "0": "0"}


@dataclass(frozen=True)
class Place:
    """Where goods go: `vat` is `french`, `overseas` or the reason why no VAT is due."""

    address: Address
    vat: str
    vat_id_missing: bool = False

    @property
    def reason(self) -> str:
        return "" if self.vat in ("french", "overseas") else self.vat

    def rate(self, rate: Decimal, own_overseas: Decimal | None = None) -> Decimal:
        """What a rate of the mainland is there."""
        if self.vat == "french":
            return rate
        if self.vat == "overseas":
            if own_overseas is not None:
                return own_overseas
            known = [there for here, there in RATES_OVERSEAS.items() if Decimal(here) == rate]
            return Decimal(known[0]) if known else rate
        return Decimal(0)


def place_of(dealer: Dealer, delivered_to: Address | None) -> Place:
    """The destination of an order."""
    address = delivered_to or dealer.address
    country, postcode = _written(address)
    department = postcode[:3]
    if country == "FR" and postcode.startswith(FRENCH_BUT_EXPORT):
        return Place(address, "VATEX-EU-G")
    if country in OVERSEAS or (country == "FR" and department in OVERSEAS.values()):
        return Place(address, "overseas")
    if country in EXEMPT or (country == "FR" and department in EXEMPT.values()):
        return Place(address, "Art. 294 CGI")
    if country in ("FR", "MC"):
        return Place(address, "french")
    if country in EU:
        if dealer.vat_id[:2] in [*EU, "EL"]:
            return Place(address, "VATEX-EU-IC")
        return Place(address, "french", vat_id_missing=True)
    return Place(address, "VATEX-EU-G")


def carriage(
    house: Wholesaler, address: Address, weight: Fraction, goods: Fraction, express: bool
) -> tuple[Fraction, bool]:
    """What carriage costs, and whether it can be done: `goods` are those after all discounts."""
    here = [row for row in house.carriage_table if _covers(row.zone, address)]
    nearest = max((len(row.zone) for row in here), default=0)
    fitting = [
        row
        for row in here
        if len(row.zone) == nearest and (row.weight_max is None or weight <= Fraction(row.weight_max))
    ]
    limits = [row.weight_max for row in fitting if row.weight_max is not None]
    row = next((row for row in fitting if row.weight_max == (min(limits) if limits else None)), None)
    fee = house.carriage_fee if row is None else row.fee
    if house.free_carriage_from is not None and goods >= Fraction(house.free_carriage_from):
        fee = Decimal(0)
    surcharge = house.express_fee if row is None or row.express_fee is None else row.express_fee
    whole = Fraction(fee) + Fraction((surcharge or 0) if express else 0)
    return half_up(whole, 2), surcharge is not None or not express


def small_order(house: Wholesaler, goods: Fraction) -> tuple[Fraction, bool]:
    """The fee of an order below the minimum, and whether the order is taken."""
    if house.order_minimum is None or goods >= Fraction(house.order_minimum):
        return NOTHING, True
    if house.small_order_fee is None:
        return NOTHING, False
    return half_up(Fraction(house.small_order_fee), 2), True


def _covers(zone: str, address: Address) -> bool:
    country, _, begins = zone.partition("-")
    here, postcode = _written(address)
    return zone == "*" or (country == here and postcode.startswith(begins))


def _written(address: Address) -> tuple[str, str]:
    """Country and postcode as the rules have them: capitals, no spaces, France where no code of two letters stands."""
    country = address.country.strip().upper()
    return (country if len(country) == 2 and country.isalpha() else "FR"), address.postcode.replace(" ", "")
