"""Pricing a received order anew and naming every difference: pure over what was read, no storage, no HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from desktop_app.contract.orders import OrderDocument, Proposal, RecordSubOrder, TotalsDoc, record_sub_order, totals_doc
from desktop_app.contract.wire import FieldError
from desktop_app.domain.catalog import CatalogReader, ProductStatus
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import NOTE_QUOTA, PricedBasket, PricedLine, Problem
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms, price_basket
from desktop_app.domain.validation import (
    BELOW_MINIMUM,
    BID_EXHAUSTED,
    CREDIT_HOLD,
    CREDIT_LIMIT,
    EXPRESS_UNAVAILABLE,
    round_up,
)

Line = tuple[str, int, str]
# What is said of the proposal rather than of what was sent.
_OF_THE_PROPOSAL = (BELOW_MINIMUM, CREDIT_LIMIT)


@dataclass(frozen=True, slots=True)
class Seller:
    """What the manufacturer prices with at one moment; `left` are the units of limited conditions still to be had."""

    catalog: CatalogReader
    terms: Terms
    dealer: Dealer
    day: date
    terms_version: int
    catalog_version: int
    left: Mapping[str, int]

    def price(self, lines: Sequence[Line], document: OrderDocument) -> PricedBasket:
        """The lines at today's terms, as an online order for the document's end client and delivery."""
        return price_basket(
            lines,
            self.catalog,
            self.terms,
            self.dealer,
            self.day,
            end_client=document.end_client,
            delivery=document.delivery.to_domain(),
        )


@dataclass(frozen=True, slots=True)
class Priced:
    """An order as the manufacturer prices it (`basket`), and written as it will be recorded."""

    basket: PricedBasket
    sub_orders: list[RecordSubOrder]
    totals: TotalsDoc
    online_bonus: str
    warnings: list[FieldError]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the manufacturer says to an order: no `differences` means that it can be accepted as `priced`."""

    priced: Priced
    differences: list[FieldError]


def duplicates(document: OrderDocument) -> list[FieldError]:
    """The lines that name a sku and wholesaler an earlier line names already."""
    seen: set[tuple[str, str]] = set()
    found = []
    for index, line in enumerate(document.lines):
        if (line.sku, line.wholesaler) in seen:
            detail = f"{line.sku} from {line.wholesaler} is on another line already"
            found.append(FieldError(f"/lines/{index}", "duplicate-line", detail=detail))
        seen.add((line.sku, line.wholesaler))
    return found


def judge(document: OrderDocument, seller: Seller) -> Verdict:
    """Price the document's lines and compare with what the desk saw, line by line and in the sums."""
    lines = [(line.sku, line.quantity, line.wholesaler) for line in document.lines]
    basket = seller.price(lines, document)
    priced = _priced(basket, seller, document)
    differences = [_difference(problem, document) for problem in basket.problems if problem.blocking]
    blocked = {error.pointer.split("/")[2] for error in differences if error.pointer.startswith("/lines/")}
    ours = {(line.wholesaler, line.sku): line for part in basket.sub_orders for line in part.lines}
    for index, line in enumerate(document.lines):
        found = ours.get((line.wholesaler, line.sku))
        if found is not None and unit_text(found.unit_net) != line.unit_price:
            differences.append(_price_difference(index, line.unit_price, found, seller))
    differences.sort(key=_place)
    if not blocked:
        differences += _total_differences(document.totals, priced.totals)
    return Verdict(priced, differences)


def propose(
    document: OrderDocument, seller: Seller, differences: list[FieldError]
) -> tuple[Proposal, list[FieldError]]:
    """The order as the manufacturer would take it, and the differences anew.

    It has whole packs, not the lines that cannot be sold, and no express where a wholesaler has none. Of the order as a
    whole the differences then name what stands against taking the proposal, whatever stood against what was sent.
    """
    lines = _sellable(document, seller)
    if any(found.code == EXPRESS_UNAVAILABLE for found in differences):
        document = _without_express(document)
    basket = _within_limits(lines, seller, document)
    # Fuller packs may weigh more than anybody takes by express.
    slow = [_difference(one, document) for one in basket.problems if one.code == EXPRESS_UNAVAILABLE]
    if slow:
        differences = [*differences, *slow]
        document = _without_express(document)
        basket = _within_limits(lines, seller, document)
    against = [_difference(one, document) for one in basket.problems if one.blocking and one.code in _OF_THE_PROPOSAL]
    kept = [found for found in differences if found.code not in _OF_THE_PROPOSAL]
    priced = _priced(basket, seller, document)
    offer = Proposal(
        day=seller.day,
        terms_version=seller.terms_version,
        catalog_version=seller.catalog_version,
        sub_orders=priced.sub_orders,
        totals=priced.totals,
        online_bonus=priced.online_bonus,
    )
    return offer, sorted([*kept, *against], key=_place)


def _sellable(document: OrderDocument, seller: Seller) -> list[Line]:
    """The lines that can be sold, in whole packs."""
    lines = []
    for line in document.lines:
        product = seller.catalog.product(line.sku)
        listed = any(offer.wholesaler == line.wholesaler for offer in seller.catalog.offers(line.sku))
        sold = product is not None and product.status is ProductStatus.ACTIVE
        if product is not None and sold and listed and seller.catalog.wholesaler(line.wholesaler) is not None:
            lines.append((line.sku, round_up(product, line.quantity), line.wholesaler))
    return lines


def _without_express(document: OrderDocument) -> OrderDocument:
    return replace(document, delivery=replace(document.delivery, express=False))


def _within_limits(lines: list[Line], seller: Seller, document: OrderDocument) -> PricedBasket:
    """The lines priced; of several that together take more of a condition than is left, only the first stays."""
    basket = seller.price(lines, document)
    seen: set[str] = set()
    gone = set()
    for found in basket.problems:
        if found.code == BID_EXHAUSTED and found.line is not None:
            if found.params.get("condition", "") in seen:
                gone.add(found.line - 1)
            seen.add(found.params.get("condition", ""))
    if not gone:
        return basket
    return seller.price([line for index, line in enumerate(lines) if index not in gone], document)


def _priced(basket: PricedBasket, seller: Seller, document: OrderDocument) -> Priced:
    names = {}
    for part in basket.sub_orders:
        for line in part.lines:
            product = seller.catalog.product(line.sku)
            names[line.sku] = product.name if product is not None else ""
    return Priced(
        basket=basket,
        sub_orders=[record_sub_order(part, names) for part in basket.sub_orders],
        totals=totals_doc(basket.totals),
        online_bonus=amount_text(basket.totals.online_bonus),
        warnings=[_difference(problem, document) for problem in basket.problems if not problem.blocking],
    )


def _price_difference(index: int, yours: str, line: PricedLine, seller: Seller) -> FieldError:
    """Another price; where a condition of the line has too few units left, that is the reason."""
    code, detail = "price-changed", ""
    used_up = next((row for row in line.trace if row.note == NOTE_QUOTA), None)
    if used_up is not None:
        code = BID_EXHAUSTED
        name = used_up.label or used_up.condition
        detail = f"{name} has {seller.left.get(used_up.condition, 0)} units left, not {line.quantity} of {line.sku}"
    return FieldError(f"/lines/{index}/unit_price", code, yours, unit_text(line.unit_net), detail)


def _difference(problem: Problem, document: OrderDocument) -> FieldError:
    """A problem found by the rules as it travels, pointing into the document."""
    params: Mapping[str, str] = problem.params
    if problem.line is None:
        return _of_the_order(problem, document)
    pointer = f"/lines/{problem.line - 1}"
    if problem.code in ("pack-multiple", "min-quantity"):
        yours, ours = params.get("quantity", ""), params.get("suggestion", "")
        return FieldError(f"{pointer}/quantity", problem.code, yours, ours, problem.message)
    if problem.code == "stock-short":
        yours, ours = params.get("quantity", ""), params.get("available", "")
        return FieldError(f"{pointer}/quantity", problem.code, yours, ours, problem.message)
    if problem.code == BID_EXHAUSTED:
        yours, ours = params.get("wanted", ""), params.get("left", "")
        return FieldError(f"{pointer}/quantity", problem.code, yours, ours, problem.message)
    replaced_by = params.get("replaced_by", "")
    return FieldError(pointer, problem.code, detail=problem.message, replaced_by=replaced_by)


def _of_the_order(problem: Problem, document: OrderDocument) -> FieldError:
    params = problem.params
    if problem.code == BELOW_MINIMUM:
        # A sub-order has no place of its own in the document: its first line stands for it.
        index = next(i for i, line in enumerate(document.lines) if line.wholesaler == params["wholesaler"])
        goods, minimum = params.get("goods", ""), params.get("minimum", "")
        return FieldError(f"/lines/{index}/wholesaler", problem.code, goods, minimum, problem.message)
    if problem.code == EXPRESS_UNAVAILABLE:
        return FieldError("/delivery/express", problem.code, "true", "false", problem.message)
    if problem.code in (CREDIT_LIMIT, CREDIT_HOLD):
        yours, ours = params.get("basket", ""), params.get("left", "")
        return FieldError("/totals/total", problem.code, yours, ours, problem.message)
    return FieldError("", problem.code, detail=problem.message)


def _place(error: FieldError) -> tuple[int, int]:
    """By line; what is said of the whole order comes after the lines."""
    _, kind, place, *_ = f"{error.pointer}//".split("/")
    return (0, int(place)) if kind == "lines" else (1, 0)


def _total_differences(yours: TotalsDoc, ours: TotalsDoc) -> list[FieldError]:
    if yours.total != ours.total:
        return [FieldError("/totals/total", "total-changed", yours.total, ours.total)]
    mine, theirs = _sums(yours), _sums(ours)
    return [
        FieldError(f"/totals/{name}", "total-changed", mine.get(name, "0.00"), theirs.get(name, "0.00"))
        for name in sorted({*mine, *theirs})
        if mine.get(name, "0.00") != theirs.get(name, "0.00")
    ]


def _sums(totals: TotalsDoc) -> dict[str, str]:
    names = ("goods", "discount", "eco", "private_copy", "carriage", "fees")
    plain = {name: str(getattr(totals, name)) for name in names}
    return plain | {f"vat/{rate}": amount for rate, amount in totals.vat.items()}
