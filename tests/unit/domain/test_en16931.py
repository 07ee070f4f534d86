"""Each sub-order is an invoice whose sums keep the rules of EN 16931; the checker is held to the norm's fragments."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from desktop_app.domain.order import SubOrder
from tests.support.en16931 import BASE_RULES, RULES, Breakdown, Fragment, Invoice, Taxed, broken, read_fragments
from tests.support.example_outcomes import circumstances_of, engine_basket_of
from tests.support.pricing_examples import FOLDER, read
from tests.support.pricing_strategies import World, worlds
from tests.support.second_reading.basket import Circumstances, read_basket
from tests.support.second_reading.compare import engine_basket
from tests.support.second_reading.discount import Discount
from tests.support.second_reading.figures import as_decimal

FRAGMENTS = Path(__file__).parents[2] / "data" / "en16931"
FILES = sorted(FRAGMENTS.rglob("*.xml"))
CATEGORIES = {"Art. 294 CGI": "E", "VATEX-EU-IC": "K", "VATEX-EU-G": "G"}
CENT = Decimal("0.01")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_checker_says_of_each_fragment_what_the_norm_says(file: Path) -> None:
    fragments = read_fragments(file.read_bytes())
    assert {fragment.keeps for fragment in fragments} == {True, False}
    wrong = [number for number, one in enumerate(fragments, 1) if (one.rule in broken(one.invoice)) == one.keeps]
    assert wrong == []


def test_every_rule_of_the_checker_is_held_to_fragments_that_keep_it_and_that_break_it() -> None:
    fragments: list[Fragment] = [one for file in FILES for one in read_fragments(file.read_bytes())]
    for rule in (*RULES, *BASE_RULES.values()):
        assert {one.keeps for one in fragments if one.rule == rule} == {True, False}, rule


def invoice_of(part: SubOrder, about: Circumstances, discount: Discount | None) -> Invoice:
    """The invoice a wholesaler would write of the engine's sub-order.

    Lines and sums are the engine's. What the engine keeps to itself, the split of a discount over the rates and the
    rate of carriage, is the second reading's: the VAT of each rate comes out only where both agree.
    """
    totals = part.totals
    house = about.catalog.wholesaler(part.wholesaler)
    assert house is not None

    def taxed(amount: Decimal, rate: Decimal) -> Taxed:
        category = CATEGORIES.get(totals.vat_reason, "S" if rate else "Z")
        return Taxed(amount, category, rate)

    carriage_rate = about.place.rate(house.carriage_vat_rate)
    per_unit = [taxed(line.eco, line.vat_rate) for line in part.lines if line.eco]
    per_unit += [taxed(line.private_copy, line.vat_rate) for line in part.lines if line.private_copy]
    sending = [taxed(amount, carriage_rate) for amount in (totals.carriage, totals.fees) if amount]
    lines = [taxed(line.line_total, line.vat_rate) for line in part.lines]
    off = [taxed(as_decimal(euros, 2), rate) for rate, euros in discount.by_rate.items()] if discount else []
    charges = per_unit + sending
    breakdown = []
    for rate, vat in totals.vat.items():
        base = sum((part.amount for part in (*lines, *charges) if part.rate == rate), Decimal(0))
        base -= sum((part.amount for part in off if part.rate == rate), Decimal(0))
        breakdown.append(Breakdown(base, vat, taxed(vat, rate).category, rate))
    return Invoice(
        lines=lines,
        allowances=off,
        charges=charges,
        sum_of_lines=totals.goods,
        sum_of_allowances=totals.discount,
        sum_of_charges=totals.eco + totals.private_copy + totals.carriage + totals.fees,
        without_vat=sum((row.base for row in breakdown), Decimal(0)),
        vat=[sum(totals.vat.values(), Decimal(0))],
        with_vat=totals.total,
        due=totals.total,
        breakdown=breakdown,
    )


@given(worlds())
@settings(max_examples=250)
def test_the_sums_of_every_sub_order_keep_the_rules(world: World) -> None:
    read_twice = read_basket(world.lines, world.about)
    for part in engine_basket(world.lines, world.about, world.terms()).sub_orders():
        invoice = invoice_of(part, world.about, read_twice.discounts.get(part.wholesaler))
        assert broken(invoice) == []
        amounts = [one.amount for one in (*invoice.lines, *invoice.charges, *invoice.allowances)]
        assert all(amount >= 0 and amount == amount.quantize(CENT) for amount in amounts)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_the_published_examples_keep_the_rules(file: Path) -> None:
    example = read(file.read_bytes())
    basket, _ = engine_basket_of(example)
    about = circumstances_of(example)
    discounts = read_basket(example.wanted(), about).discounts
    for part in basket.sub_orders():
        assert broken(invoice_of(part, about, discounts.get(part.wholesaler))) == []
