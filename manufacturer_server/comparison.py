"""Pricing a received order anew and naming every difference: pure over what was read, no storage, no HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.contract.orders import OrderDocument, Proposal, RecordSubOrder, TotalsDoc, record_sub_order, totals_doc
from desktop_app.contract.wire import FieldError
from desktop_app.domain.catalog import CatalogReader, ProductStatus
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import PricedBasket, Problem
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms, price_basket
from desktop_app.domain.validation import round_up

Line = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Seller:
    """What the manufacturer prices with at one moment."""

    catalog: CatalogReader
    terms: Terms
    dealer: Dealer
    day: date
    terms_version: int
    catalog_version: int

    def price(self, lines: Sequence[Line], end_client: str) -> PricedBasket:
        """The lines at today's terms, as an online order."""
        return price_basket(lines, self.catalog, self.terms, self.dealer, self.day, end_client=end_client)


@dataclass(frozen=True, slots=True)
class Priced:
    """An order as the manufacturer prices it, written as it will be recorded."""

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
    basket = seller.price(lines, document.end_client)
    priced = _priced(basket, seller, document)
    differences = [_difference(problem, document) for problem in basket.problems if problem.blocking]
    blocked = {error.pointer.split("/")[2] for error in differences if error.pointer.startswith("/lines/")}
    ours = {(line.wholesaler, line.sku): line.unit_net for part in basket.sub_orders for line in part.lines}
    for index, line in enumerate(document.lines):
        unit_net = ours.get((line.wholesaler, line.sku))
        if unit_net is not None and unit_text(unit_net) != line.unit_price:
            pointer = f"/lines/{index}/unit_price"
            differences.append(FieldError(pointer, "price-changed", line.unit_price, unit_text(unit_net)))
    differences.sort(key=lambda error: int(error.pointer.split("/")[2]))
    if not blocked:
        differences += _total_differences(document.totals, priced.totals)
    return Verdict(priced, differences)


def proposal(document: OrderDocument, seller: Seller) -> Proposal:
    """The order as the manufacturer would take it: whole packs, and without the lines it cannot sell."""
    lines = []
    for line in document.lines:
        product = seller.catalog.product(line.sku)
        listed = any(offer.wholesaler == line.wholesaler for offer in seller.catalog.offers(line.sku))
        sold = product is not None and product.status is ProductStatus.ACTIVE
        if product is not None and sold and listed and seller.catalog.wholesaler(line.wholesaler) is not None:
            lines.append((line.sku, round_up(product, line.quantity), line.wholesaler))
    priced = _priced(seller.price(lines, document.end_client), seller, document)
    return Proposal(
        day=seller.day,
        terms_version=seller.terms_version,
        catalog_version=seller.catalog_version,
        sub_orders=priced.sub_orders,
        totals=priced.totals,
        online_bonus=priced.online_bonus,
    )


def _priced(basket: PricedBasket, seller: Seller, document: OrderDocument) -> Priced:
    names = {}
    for part in basket.sub_orders:
        for line in part.lines:
            product = seller.catalog.product(line.sku)
            names[line.sku] = product.name if product is not None else ""
    return Priced(
        sub_orders=[record_sub_order(part, names) for part in basket.sub_orders],
        totals=totals_doc(basket.totals),
        online_bonus=amount_text(basket.totals.online_bonus),
        warnings=[_difference(problem, document) for problem in basket.problems if not problem.blocking],
    )


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
    replaced_by = params.get("replaced_by", "")
    return FieldError(pointer, problem.code, detail=problem.message, replaced_by=replaced_by)


def _of_the_order(problem: Problem, document: OrderDocument) -> FieldError:
    params = problem.params
    if problem.code == "below-minimum":
        # A sub-order has no place of its own in the document: its first line stands for it.
        index = next(i for i, line in enumerate(document.lines) if line.wholesaler == params["wholesaler"])
        goods, minimum = params.get("goods", ""), params.get("minimum", "")
        return FieldError(f"/lines/{index}/wholesaler", problem.code, goods, minimum, problem.message)
    if problem.code == "credit-limit":
        yours, ours = params.get("basket", ""), params.get("left", "")
        return FieldError("/totals/total", problem.code, yours, ours, problem.message)
    return FieldError("", problem.code, detail=problem.message)


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
    plain = {"goods": totals.goods, "eco": totals.eco, "carriage": totals.carriage, "fees": totals.fees}
    return plain | {f"vat/{rate}": amount for rate, amount in totals.vat.items()}
