"""The second reading of a whole basket: lines, sub-orders, sums and problems, each added up from nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.catalog import CatalogReader, DatedPrice, Offer, Product, Wholesaler
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Dealer
from tests.support.second_reading import places
from tests.support.second_reading.back_margin import counts
from tests.support.second_reading.discount import Discount, Goods, discount_of
from tests.support.second_reading.figures import NOTHING, add, half_up
from tests.support.second_reading.prices import Asked, Row, SecondReading, list_price, names

LARGEST = 999_999
Wanted = tuple[str, int, str]
NO_WISHES = Delivery()


@dataclass(frozen=True)
class Circumstances:
    """All that is the same for every line of a basket."""

    catalog: CatalogReader
    reading: SecondReading
    dealer: Dealer
    day: date
    end_client: str = ""
    channel: str = "online"
    delivery: Delivery = NO_WISHES
    accruals: tuple[Accrual, ...] = ()

    @property
    def place(self) -> places.Place:
        return places.place_of(self.dealer, self.delivery.address)

    @property
    def bonus(self) -> Fraction:
        """The online bonus in per cent."""
        begins = self.dealer.online_bonus_from is None or self.dealer.online_bonus_from <= self.day
        lasts = self.dealer.online_bonus_to is None or self.day <= self.dealer.online_bonus_to
        due = begins and lasts and self.channel == "online"
        return Fraction(self.dealer.online_bonus_percent) if due else NOTHING

    def earned_by(self, article: Product) -> list[Accrual]:
        """The back-margins that a purchase of the product earns."""
        return [
            one
            for one in self.accruals
            if one.percent
            and counts(one.agreement, article, self.channel)
            and one.agreement.start <= self.day <= one.agreement.end
        ]


@dataclass(frozen=True)
class OffInvoice:
    """One thing that comes back after the invoice: the exact cost per unit after it."""

    step: str
    name: str
    percent: Fraction
    price: Fraction


@dataclass(frozen=True)
class Priced:
    """The figures of a line that has a price."""

    article: Product
    wholesaler: str
    quantity: int
    tarif: Decimal
    dated: DatedPrice | None
    rows: list[Row]
    unit_net: Fraction
    total: Fraction
    eco: Fraction
    private_copy: Fraction
    rate: Decimal
    off_invoice: list[OffInvoice]
    real_cost: Fraction


@dataclass
class Line:
    """A line as it was ordered and what came of it; `problems` are codes, one for each thing that is wrong."""

    sku: str
    quantity: int
    wholesaler: str
    priced: Priced | None
    problems: list[str]


@dataclass
class Figures:
    """The sums of one sub-order or of the basket, as fractions of euros; `vat_base` is what each rate applies to."""

    goods: Fraction = NOTHING
    discount: Fraction = NOTHING
    eco: Fraction = NOTHING
    private_copy: Fraction = NOTHING
    carriage: Fraction = NOTHING
    fees: Fraction = NOTHING
    vat: dict[Decimal, Fraction] = field(default_factory=dict)
    vat_base: dict[Decimal, Fraction] = field(default_factory=dict)
    total: Fraction = NOTHING
    online_bonus: Fraction = NOTHING
    rfa: Fraction = NOTHING
    vat_reason: str = ""


AMOUNTS = ("goods", "discount", "eco", "private_copy", "carriage", "fees", "total", "online_bonus", "rfa")


@dataclass
class Read:
    """A basket as the second reading has it. `order_problems` holds (code, wholesaler or "", blocking)."""

    lines: list[Line]
    figures: dict[str, Figures]
    discounts: dict[str, Discount]
    totals: Figures
    order_problems: set[tuple[str, str, bool]]


def read_basket(wanted: Sequence[Wanted], about: Circumstances) -> Read:
    """Everything about a basket of (sku, quantity, wholesaler or "")."""
    found = [_look_up(sku, quantity, named, about) for sku, quantity, named in wanted]
    lines: list[Line] = []
    for position, ((sku, quantity, named), mine) in enumerate(zip(wanted, found, strict=True)):
        article, offer, house = mine
        code = named or (offer.wholesaler if offer else "")
        priced = None
        if article is not None and offer is not None and house is not None and 1 <= quantity <= LARGEST:
            beside = [
                (other, wanted[place][1])
                for place, (other, theirs, known) in enumerate(found)
                if other and theirs and known and theirs.wholesaler == code and 1 <= wanted[place][1] <= LARGEST
            ]
            priced = _price(article, offer, quantity, beside, about)
        problems = _line_problems(quantity, code, article, offer, house)
        earlier = [(line.sku, line.wholesaler) for line in lines[:position]]
        if code and (sku, code) in earlier:
            problems.append("duplicate-line")
        lines.append(Line(sku, quantity, code, priced, problems))
    _look_for_used_up(lines, about.reading)
    return _add_up(lines, about)


def _add_up(lines: list[Line], about: Circumstances) -> Read:
    figures: dict[str, Figures] = {}
    discounts: dict[str, Discount] = {}
    problems: set[tuple[str, str, bool]] = set()
    for code in sorted({line.priced.wholesaler for line in lines if line.priced}):
        part = [line.priced for line in lines if line.priced and line.priced.wholesaler == code]
        house = about.catalog.wholesaler(code)
        assert house is not None
        goods = [Goods(one.article, one.rate, one.total) for one in part]
        discount = discount_of(about.reading, goods, code, about.channel, about.end_client, about.day)
        if discount is not None:
            discounts[code] = discount
        figures[code] = _figures(part, house, discount, about, problems)
    totals = _sum(list(figures.values()))
    if figures and about.place.vat_id_missing:
        problems.add(("vat-id-missing", "", False))
    problems |= _credit(about.dealer, totals.total)
    return Read(lines, figures, discounts, totals, problems)


def _look_up(
    sku: str, quantity: int, named: str, about: Circumstances
) -> tuple[Product | None, Offer | None, Wholesaler | None]:
    """The product, the offer taken and its wholesaler, each None where there is none."""
    article = about.catalog.product(sku)
    offers = list(about.catalog.offers(sku)) if article is not None else []
    if named:
        offer = next((one for one in offers if one.wholesaler == named), None)
        return article, offer, about.catalog.wholesaler(named)
    known = [(offer, about.catalog.wholesaler(offer.wholesaler)) for offer in offers]
    pairs = [(offer, house) for offer, house in known if house is not None]
    if article is None or not pairs:
        return article, None, None
    enough = [pair for pair in pairs if pair[0].available >= quantity] or pairs
    costs = {offer.wholesaler: about.reading.unit_net(_ask(article, offer, quantity, about)) for offer, _ in enough}
    cheapest = [pair for pair in enough if costs[pair[0].wholesaler] == min(costs.values())]
    delays = [house.delivery_days for _, house in cheapest if house.delivery_days is not None]
    soonest = [pair for pair in cheapest if not delays or pair[1].delivery_days == min(delays)]
    offer, house = min(soonest, key=lambda pair: pair[0].wholesaler)
    return article, offer, house


def _ask(article: Product, offer: Offer, quantity: int, about: Circumstances) -> Asked:
    tarif, _ = list_price(article, offer, about.day)
    return Asked(article, offer.wholesaler, tarif, quantity, about.day, about.end_client, about.channel)


def _price(
    article: Product, offer: Offer, quantity: int, beside: list[tuple[Product, int]], about: Circumstances
) -> Priced:
    keys = {record.product for record in about.reading.records}
    matched = {key: sum(count for other, count in beside if names(key, other)) for key in keys}
    asked = _ask(article, offer, quantity, about)
    rows = about.reading.price(asked, matched)
    unit = half_up(rows[-1].price if rows else Fraction(asked.list_price), 4)
    off_invoice = []
    cost = unit
    percents = [("bonus", "", about.bonus)] if about.bonus else []
    percents += [("rfa", one.agreement.id, Fraction(one.percent)) for one in about.earned_by(article)]
    for step, name, percent in percents:
        cost -= unit * percent / 100
        off_invoice.append(OffInvoice(step, name, percent, cost))
    return Priced(
        article,
        offer.wholesaler,
        quantity,
        asked.list_price,
        list_price(article, offer, about.day)[1],
        rows,
        unit,
        total=half_up(unit * quantity, 2),
        eco=half_up(Fraction(article.eco_fee) * quantity, 2),
        private_copy=half_up(Fraction(article.private_copy_fee) * quantity, 2),
        rate=about.place.rate(article.vat_rate, article.vat_rate_overseas),
        off_invoice=off_invoice,
        real_cost=half_up(cost, 4),
    )


def _line_problems(
    quantity: int, code: str, article: Product | None, offer: Offer | None, house: Wholesaler | None
) -> list[str]:
    if article is None:
        return ["unknown-product"]
    found = []
    if code and house is None:
        found.append("unknown-wholesaler")
    elif offer is None:
        found.append("not-listed")
    if article.status == "stopped":
        found.append("discontinued")
    if not 1 <= quantity <= LARGEST:
        return [*found, "invalid-quantity"]
    if quantity < article.min_qty:
        found.append("min-quantity")
    elif quantity % article.pack_multiple:
        found.append("pack-multiple")
    if offer is not None and offer.available < quantity:
        found.append("stock-short")
    return found


def _look_for_used_up(lines: Sequence[Line], reading: SecondReading) -> None:
    """Lines that together take more of a condition than is left of it."""
    for record in reading.records:
        takers = [
            line
            for line in lines
            if line.priced and any(row.applied and row.record is record for row in line.priced.rows)
        ]
        if any(sum(line.quantity for line in takers) > left for left in reading.left_of(record)):
            for line in takers:
                line.problems.append("bid-exhausted")


def _figures(
    part: Sequence[Priced],
    house: Wholesaler,
    discount: Discount | None,
    about: Circumstances,
    problems: set[tuple[str, str, bool]],
) -> Figures:
    sums = Figures(
        goods=add(one.total for one in part),
        discount=discount.amount if discount else NOTHING,
        eco=add(one.eco for one in part),
        private_copy=add(one.private_copy for one in part),
        vat_reason=about.place.reason,
    )
    after = sums.goods - sums.discount
    weight = add(Fraction(one.article.weight) * one.quantity for one in part)
    sums.carriage, can_be_done = places.carriage(house, about.place.address, weight, after, about.delivery.express)
    if not can_be_done:
        problems.add(("express-unavailable", house.code, True))
    sums.fees, is_taken = places.small_order(house, after)
    if not is_taken:
        problems.add(("below-minimum", house.code, True))
    carriage_rate = about.place.rate(house.carriage_vat_rate)
    rates = {one.rate for one in part} | ({carriage_rate} if sums.carriage + sums.fees else set())
    for rate in rates:
        base = add(one.total + one.eco + one.private_copy for one in part if one.rate == rate)
        base -= discount.by_rate.get(rate, NOTHING) if discount else NOTHING
        base += sums.carriage + sums.fees if rate == carriage_rate else NOTHING
        sums.vat_base[rate] = base
        sums.vat[rate] = half_up(base * Fraction(rate) / 100, 2)
    charges = sums.eco + sums.private_copy + sums.carriage + sums.fees
    sums.total = after + charges + add(sums.vat.values())
    sums.online_bonus = half_up(after * about.bonus / 100, 2)
    left_of_a_euro = after / sums.goods if sums.goods else NOTHING
    sums.rfa = half_up(
        add(
            one.total * left_of_a_euro * Fraction(accrual.percent) / 100
            for one in part
            for accrual in about.earned_by(one.article)
        ),
        2,
    )
    return sums


def _sum(parts: Sequence[Figures]) -> Figures:
    sums = Figures()
    for name in AMOUNTS:
        setattr(sums, name, add(getattr(part, name) for part in parts))
    for rate in {rate for part in parts for rate in part.vat}:
        sums.vat[rate] = add(part.vat.get(rate, NOTHING) for part in parts)
    sums.vat_reason = next((part.vat_reason for part in parts), "")
    return sums


def _credit(dealer: Dealer, total: Fraction) -> set[tuple[str, str, bool]]:
    if dealer.credit_limit is None:
        return set()
    owed = Fraction(dealer.unpaid or 0) + Fraction(dealer.undelivered) + total
    if owed <= Fraction(dealer.credit_limit):
        return set()
    return {
        "warn": {("credit-limit", "", False)},
        "hold": {("credit-hold", "", False)},
        "refuse": {("credit-limit", "", True)},
    }[dealer.credit_policy]
