"""Whether a line or a basket can be ordered, as `Problem`s for people. Prices are not made here."""

import re
from collections.abc import Mapping
from decimal import Decimal

from desktop_app.domain.carriage import express_fee_of, table_row
from desktop_app.domain.catalog import Offer, Product, ProductStatus, Wholesaler
from desktop_app.domain.money import ZERO, amount_text
from desktop_app.domain.order import MAX_QUANTITY, Problem
from desktop_app.domain.party import Address, CreditPolicy, Dealer
from desktop_app.domain.vat import Territory, has_eu_vat_id, place_of

UNKNOWN_PRODUCT = "unknown-product"
UNKNOWN_WHOLESALER = "unknown-wholesaler"
NOT_LISTED = "not-listed"
DISCONTINUED = "discontinued"
INVALID_QUANTITY = "invalid-quantity"
MIN_QUANTITY = "min-quantity"
PACK_MULTIPLE = "pack-multiple"
DUPLICATE_LINE = "duplicate-line"
BELOW_MINIMUM = "below-minimum"
STOCK_SHORT = "stock-short"
CREDIT_LIMIT = "credit-limit"
CREDIT_HOLD = "credit-hold"
BID_EXHAUSTED = "bid-exhausted"
EXPRESS_UNAVAILABLE = "express-unavailable"
VAT_ID_MISSING = "vat-id-missing"

# Whole numbers as people and spreadsheets write them: `12`, `1 200`, `12,0`, `12.00`. Three decimals could be
# thousands in one country and a fraction in the next, so `1,200` and `1.200` are not taken.
_SPACE = "[ \u00a0\u202f]"
_QUANTITY = re.compile(rf"([0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)(?:[.,]0{{0,2}})?")


def parse_quantity(text: str) -> int:
    """A typed quantity as a whole number from 1 to 999,999. Raises ValueError for anything else."""
    found = _QUANTITY.fullmatch(text.strip())
    digits = re.sub(_SPACE, "", found.group(1)) if found else ""
    if not digits or len(digits.lstrip("0")) > len(str(MAX_QUANTITY)) or not 1 <= int(digits) <= MAX_QUANTITY:
        raise ValueError(f"not a whole quantity from 1 to {MAX_QUANTITY}: {text[:40]!r}")
    return int(digits)


def round_up(product: Product, quantity: int) -> int:
    """The smallest orderable quantity that is at least `quantity`: a full pack multiple, not below the minimum.

    Where that would pass the largest quantity, the largest full multiple. A quantity outside 1 to 999,999 comes back
    as it is: rounding does not mend it, `check_quantity` refuses it.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        return quantity
    multiple = product.pack_multiple
    wanted = max(quantity, product.min_qty)
    packs = min(-(-wanted // multiple), MAX_QUANTITY // multiple)
    return packs * multiple


def check_quantity(product: Product, quantity: int) -> Problem | None:
    """What is wrong with ordering `quantity` units; `suggestion` in its params is the next quantity that is right."""
    if not 1 <= quantity <= MAX_QUANTITY:
        return Problem(
            INVALID_QUANTITY,
            f"{quantity} cannot be ordered: a quantity is a whole number from 1 to {MAX_QUANTITY}.",
            params={"sku": product.sku, "quantity": str(quantity), "maximum": str(MAX_QUANTITY)},
        )
    suggestion = round_up(product, quantity)
    params = {"sku": product.sku, "quantity": str(quantity), "suggestion": str(suggestion)}
    if quantity < product.min_qty:
        return Problem(
            MIN_QUANTITY,
            f"{product.sku} is ordered from {product.min_qty} units on, not {quantity}; {suggestion} would do.",
            params={**params, "minimum": str(product.min_qty)},
        )
    if quantity % product.pack_multiple:
        return Problem(
            PACK_MULTIPLE,
            f"{product.sku} comes in packs of {product.pack_multiple}, so {quantity} cannot be ordered; "
            f"{suggestion} would do.",
            params={**params, "multiple": str(product.pack_multiple)},
        )
    return None


def check_line(
    sku: str,
    quantity: int,
    wholesaler_code: str,
    product: Product | None,
    wholesaler: Wholesaler | None,
    offer: Offer | None,
) -> tuple[Problem, ...]:
    """Every problem of one line, the gravest first.

    `wholesaler_code` is "" where nobody named one and none was found. `offer` is that wholesaler's stock row.
    """
    if product is None:
        return (Problem(UNKNOWN_PRODUCT, f"No product has the number {sku}.", params={"sku": sku}),)
    found: list[Problem] = []
    if wholesaler_code and wholesaler is None:
        params = {"sku": sku, "wholesaler": wholesaler_code}
        found.append(Problem(UNKNOWN_WHOLESALER, f"There is no wholesaler {wholesaler_code}.", params=params))
    elif offer is None:
        found.append(_not_listed(sku, wholesaler_code))
    if product.status is ProductStatus.STOPPED:
        found.append(_discontinued(product))
    wrong = check_quantity(product, quantity)
    if wrong is not None:
        found.append(wrong)
    if offer is not None and (wrong is None or wrong.code != INVALID_QUANTITY):
        short = check_stock(offer, quantity)
        if short is not None:
            found.append(short)
    return tuple(found)


def check_stock(offer: Offer, quantity: int) -> Problem | None:
    """A warning where the wholesaler has less than `quantity`: the missing part becomes a backorder."""
    if offer.available >= quantity:
        return None
    missing = quantity - offer.available
    params = {
        "sku": offer.sku,
        "wholesaler": offer.wholesaler,
        "quantity": str(quantity),
        "available": str(offer.available),
        "missing": str(missing),
        "next_arrival": offer.next_arrival.isoformat() if offer.next_arrival else "",
    }
    message = f"{offer.wholesaler} has {offer.available} of {offer.sku}; {missing} will be a backorder."
    return Problem(STOCK_SHORT, message, blocking=False, params=params)


def check_minimum(wholesaler: Wholesaler, goods: Decimal) -> Problem | None:
    """A refusal where a sub-order's goods are below the wholesaler's minimum and no small-order fee settles it."""
    minimum = wholesaler.order_minimum
    if minimum is None or goods >= minimum or wholesaler.small_order_fee is not None:
        return None
    params = {
        "wholesaler": wholesaler.code,
        "name": wholesaler.name or wholesaler.code,
        "minimum": amount_text(minimum),
        "goods": amount_text(goods),
        "missing": amount_text(minimum - goods),
    }
    message = (
        f"{params['name']} takes orders from {params['minimum']} EUR of goods on; {params['missing']} EUR are missing."
    )
    return Problem(BELOW_MINIMUM, message, params=params)


def check_credit(dealer: Dealer, basket_total: Decimal) -> Problem | None:
    """Told where the limit less unpaid invoices, undelivered orders and this basket (TTC) is below zero.

    The dealer's policy says whether that is only a warning, means that the manufacturer holds the order back
    (`credit-hold`), or refuses it.
    """
    if dealer.credit_limit is None:
        return None
    unpaid = dealer.unpaid or ZERO
    left = dealer.credit_limit - unpaid - dealer.undelivered - basket_total
    if left >= ZERO:
        return None
    params = {
        "limit": amount_text(dealer.credit_limit),
        "unpaid": amount_text(unpaid),
        "undelivered": amount_text(dealer.undelivered),
        "basket": amount_text(basket_total),
        "left": amount_text(left),
        "over": amount_text(-left),
        "as_of": dealer.unpaid_as_of.isoformat() if dealer.unpaid_as_of else "",
    }
    message = f"This order passes the credit limit of {params['limit']} EUR by {params['over']} EUR."
    if dealer.credit_policy is CreditPolicy.HOLD:
        held = f"{message} The manufacturer will hold it back until there is credit."
        return Problem(CREDIT_HOLD, held, blocking=False, params=params)
    return Problem(CREDIT_LIMIT, message, blocking=dealer.credit_policy is CreditPolicy.REFUSE, params=params)


def check_express(wholesaler: Wholesaler, weight: Decimal, destination: Address) -> Problem | None:
    """A refusal where express delivery is asked of a wholesaler that has none to this place."""
    if express_fee_of(wholesaler, table_row(wholesaler, weight, destination)) is not None:
        return None
    params = {"wholesaler": wholesaler.code, "name": wholesaler.name or wholesaler.code}
    return Problem(EXPRESS_UNAVAILABLE, f"{params['name']} does not deliver express to this place.", params=params)


def check_vat_id(destination: Address, dealer: Dealer) -> Problem | None:
    """A warning where goods go to another EU country and French VAT is due because the dealer has no number there."""
    if place_of(destination) is not Territory.INTRA_EU or has_eu_vat_id(dealer):
        return None
    message = (
        f"Goods to {destination.country_code} bear French VAT: no VAT number of an EU country is known of this account."
    )
    return Problem(VAT_ID_MISSING, message, blocking=False, params={"country": destination.country_code})


def bid_exhausted(sku: str, quantity: int, condition: str, label: str, left: int, wanted: int) -> Problem:
    """The refusal of a line that shares a condition's last units with other lines that take more than is left."""
    params = {
        "sku": sku,
        "quantity": str(quantity),
        "condition": condition,
        "label": label,
        "left": str(left),
        "wanted": str(wanted),
    }
    message = f"{label or condition} has {left} units left; the lines of this order take {wanted}."
    return Problem(BID_EXHAUSTED, message, params=params)


def duplicate_line(sku: str, wholesaler: str) -> Problem:
    """The refusal of a second line with the same sku and wholesaler."""
    params: Mapping[str, str] = {"sku": sku, "wholesaler": wholesaler}
    return Problem(DUPLICATE_LINE, f"{sku} from {wholesaler} is on another line already.", params=params)


def _not_listed(sku: str, wholesaler_code: str) -> Problem:
    params = {"sku": sku, "wholesaler": wholesaler_code}
    if wholesaler_code:
        return Problem(NOT_LISTED, f"{wholesaler_code} does not list {sku}.", params=params)
    return Problem(NOT_LISTED, f"No wholesaler lists {sku}.", params=params)


def _discontinued(product: Product) -> Problem:
    instead = f" It is replaced by {product.replaced_by}." if product.replaced_by else ""
    params = {"sku": product.sku, "replaced_by": product.replaced_by}
    return Problem(DISCONTINUED, f"{product.sku} is no longer sold.{instead}", params=params)
