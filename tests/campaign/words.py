"""One case of the campaign in words: what there is, what is ordered, and what the second reading makes of it."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict, fields

from tests.campaign.cases import Case
from tests.support.second_reading.basket import AMOUNTS, Read, read_basket
from tests.support.second_reading.compare import mine_trace


def case_in_words(case: Case, seed: int) -> str:
    """The case and its second reading, a line for each thing."""
    about = case.about
    read = read_basket(case.lines, about)
    return "\n".join(
        [
            f"CASE {case.number} OF SEED {seed}: {about.day}, {about.channel}, end client {about.end_client or 'none'}",
            f"dealer: {_said(about.dealer)}",
            f"delivery: {_said(about.delivery)}",
            *(f"back-margin {one.percent} %: {_said(one.agreement)}" for one in about.accruals),
            *_catalogue(case),
            *(f"condition {_said(one)}" for one in case.conditions),
            f"left out for conflicts: {', '.join(sorted(about.reading.left_out)) or 'none'}",
            *_outcome(read),
        ]
    )


def _catalogue(case: Case) -> Iterator[str]:
    catalog = case.about.catalog
    skus = sorted({sku for sku, _, _ in case.lines})
    products = [catalog.product(sku) for sku in skus]
    yield from (f"product {_said(one)}" for one in products if one is not None)
    offers = [offer for sku in skus for offer in catalog.offers(sku)]
    yield from (f"stock {_said(offer)}" for offer in offers)
    houses = [catalog.wholesaler(code) for code in sorted({offer.wholesaler for offer in offers})]
    yield from (f"wholesaler {_said(one)}" for one in houses if one is not None)


def _outcome(read: Read) -> Iterator[str]:
    for number, line in enumerate(read.lines, start=1):
        yield f"line {number}: {line.sku} x {line.quantity} from {line.wholesaler or 'nobody'} {sorted(line.problems)}"
        if line.priced is not None:
            for step, condition, applied, after, delta, made, note, *_ in mine_trace(line.priced):
                aside = "" if applied else f" set aside, would make {made}"
                yield f"    {step:5} {condition:4} {after} ({delta:+}){aside} {note}".rstrip()
    for code, figures in read.figures.items():
        amounts = ", ".join(f"{name} {float(getattr(figures, name)):.2f}" for name in AMOUNTS)
        vat = ", ".join(f"{rate} %: {float(amount):.2f}" for rate, amount in figures.vat.items())
        yield f"sub-order {code}: {amounts}; VAT {vat} {figures.vat_reason}".rstrip()
        if code in read.discounts:
            yield f"    document discount {read.discounts[code].record.id}"
    yield f"problems of the order: {sorted(read.order_problems)}"


def _said(value: Any) -> str:
    """What a value says besides its defaults."""
    said = asdict(value)
    usual = {field.name: field.default for field in fields(value)}
    return ", ".join(f"{name} {_plain(one)}" for name, one in said.items() if one != usual[name])


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({'; '.join(_plain(one) for one in value)})"
    return _said(value) if hasattr(value, "__struct_fields__") else str(value)
