"""The published examples: what they say comes out, from the engine and from a second reading of the rules."""

from pathlib import Path

import pytest

from desktop_app.contract.orders import rate_key
from tests.support.pricing_examples import FOLDER, Sums, outcome, read
from tests.support.second_reading import Figures, SecondReading, as_decimal, read_basket

FILES = sorted(FOLDER.glob("*.json"))


def test_the_examples_are_there() -> None:
    assert len(FILES) >= 15


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_gives_what_the_example_says(file: Path) -> None:
    example = read(file.read_bytes())
    assert example.title
    assert example.reasoning
    assert outcome(example) == example.expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_reading_of_the_rules_gives_the_same(file: Path) -> None:
    example = read(file.read_bytes())
    dealer = example.dealer.to_domain()
    records = [document.to_domain(0) for document in example.conditions]
    reading = SecondReading(records, dealer.account, dealer.group)
    lines = [(line.sku, line.quantity, line.wholesaler) for line in example.lines]
    figures, prices = read_basket(lines, example.catalog(), reading, dealer, example.day, example.end_client)
    assert [figures_text(code, figures[code]) for code in sorted(figures)] == example.expected.sub_orders
    for price, expected in zip(prices, example.expected.lines, strict=True):
        assert expected.unit_net == ("" if price is None else f"{as_decimal(price[1], 4):f}")
        assert price is None or expected.wholesaler == price[0]
    assert {name for conflict in example.expected.conflicts for name in conflict} == reading.left_out


def figures_text(wholesaler: str, figures: Figures) -> Sums:
    names = ("goods", "eco", "carriage", "fees", "total", "online_bonus")
    amounts = {name: f"{as_decimal(getattr(figures, name), 2):f}" for name in names}
    vat = {rate_key(rate): f"{as_decimal(amount, 2):f}" for rate, amount in figures.vat.items()}
    return Sums(wholesaler=wholesaler, vat=vat, **amounts)
