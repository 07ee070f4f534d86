"""A price and why, in words: one line for each step of the trace."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.money import amount_text, round_amount, unit_text
from desktop_app.domain.order import NOTE_FLOOR, NOTE_LESS_FAVOURABLE, NOTE_QUOTA, TraceStep
from desktop_app.domain.pricing import Terms
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.history import TermsThen
from manufacturer_server.importing.cells import plain

_NOTES: Mapping[str, str] = {
    NOTE_LESS_FAVOURABLE: "set aside: less favourable",
    NOTE_QUOTA: "set aside: more than is left of its quota",
    NOTE_FLOOR: "stops at zero",
}


class Question(msgspec.Struct, frozen=True):
    """Which price is asked for; an empty wholesaler means every one that offers the product."""

    sku: str
    quantity: int
    wholesaler: str = ""
    end_client: str = ""


class Explained(msgspec.Struct, frozen=True):
    """The unit price of one wholesaler with its trace; `line_total` is before VAT and fees."""

    wholesaler: str
    unit_net: Decimal
    line_total: Decimal
    trace: tuple[TraceStep, ...]


def explain(terms_then: TermsThen, question: Question) -> tuple[Product, list[Explained]]:
    """The price of a product at that time, at each wholesaler asked for. Raises ServerRefusal where nobody had it."""
    product = terms_then.product(question.sku)
    offers = [
        offer
        for offer in terms_then.offers(question.sku)
        if not question.wholesaler or offer.wholesaler == question.wholesaler
    ]
    if not offers:
        where = f" at {question.wholesaler!r}" if question.wholesaler else ""
        raise ServerRefusal(f"Nobody offered {question.sku!r}{where} then.")
    dealer = terms_then.dealer
    terms = Terms(terms_then.known_conditions(), dealer.account, dealer.group, dealer.quota_used)
    return product, [_priced(terms, product, offer, terms_then, question) for offer in offers]


def _priced(terms: Terms, product: Product, offer: Offer, then: TermsThen, question: Question) -> Explained:
    day = then.moment.day
    list_price, dated = list_price_on(product, offer, day)
    price = terms.unit_price(
        product,
        offer.wholesaler,
        list_price,
        question.quantity,
        day,
        end_client=question.end_client,
        dated=dated,
    )
    total = round_amount(price.unit_net * question.quantity)
    return Explained(offer.wholesaler, price.unit_net, total, price.trace)


def price_lines(then: TermsThen, question: Question) -> Iterator[str]:
    """The answer in words. Raises ServerRefusal."""
    product, found = explain(then, question)
    for_whom = f", for {question.end_client}" if question.end_client else ""
    dealer = then.dealer
    group = f", group {dealer.group}" if dealer.group else ""
    yield f"{question.quantity:,} x {product.sku} {product.name}{for_whom}, on {then.moment.day}"
    yield f"for {dealer.account} {dealer.name}{group}"
    for one in found:
        yield f"at {one.wholesaler}: {unit_text(one.unit_net)} each, {amount_text(one.line_total)} before VAT"
        for step in one.trace:
            yield f"  {_words(step)}"
    if product.eco_fee:
        yield f"besides, eco-participation {plain(product.eco_fee)} each"
    if product.private_copy_fee:
        yield f"besides, copie privée {plain(product.private_copy_fee)} each"


def _words(step: TraceStep) -> str:
    what = _what(step)
    if step.applied:
        note = f" ({_NOTES[step.note]})" if step.note else ""
        return f"{step.step:<6}{unit_text(step.price_after):>14}  {what}{note}".rstrip()
    candidate = "" if step.candidate is None else f"it alone would make {unit_text(step.candidate)}; "
    return f"{step.step:<6}{'':>14}  {what}, {candidate}{_NOTES.get(step.note, step.note)}".rstrip()


def _what(step: TraceStep) -> str:
    """The record of a step: what it does, which one it is, where it stands, how long it holds."""
    values = {"%": f"{plain(step.value)} % off", "EUR": f"{plain(step.value)} EUR off", "NET": "net price"}
    parts = [values.get(step.unit, ""), step.condition, step.label, step.contract_ref]
    dates = [f"from {step.start}" if step.start else "", f"to {step.end}" if step.end else ""]
    return ", ".join(part for part in (*parts, " ".join(date for date in dates if date)) if part)
