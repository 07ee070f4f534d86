"""`comptoir price`: the price and its reasons, or why there is none."""

import pytest

from tests.unit.commands.conftest import Comptoir


def test_the_price_of_the_worked_example(comptoir: Comptoir) -> None:
    priced = comptoir("price", "TN1", "--qty", "12", "--json").json
    assert {name: priced[name] for name in priced if name != "trace"} == {
        "sku": "TN1",
        "quantity": 12,
        "wholesaler": "N",
        "list_price": "148.3700",
        "unit_net": "91.6185",
        "line_total": "1099.42",
        "real_cost": "91.1604",
    }
    rows = [
        (row["step"], row["condition"], row["applied"], row["price_after"], row["delta"]) for row in priced["trace"]
    ]
    assert rows == [
        ("list", "", True, "148.3700", "0.0000"),
        ("base", "G35", True, "96.4405", "-51.9295"),
        ("qty", "Q10", True, "91.6185", "-4.8220"),
        ("promo", "P38", False, "91.6185", "0.0000"),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["NOPE"], "NOPE"),
        (["TN1", "--qty", "0"], "0"),
        (["TN1", "--qty", "abc"], "abc"),
        (["TN1", "--qty", "1000000000"], "1000000000"),
        (["TN1", "--wholesaler", "Q"], "Q"),
        (["MF9", "--wholesaler", "S"], "S"),
    ],
)
def test_no_price_says_why(comptoir: Comptoir, words: list[str], reason: str) -> None:
    refused = comptoir("price", *words, expect=1)
    assert reason in refused.stderr
    assert refused.stdout == ""


def test_a_wholesaler_and_a_day_can_be_named(comptoir: Comptoir) -> None:
    priced = comptoir("price", "TN1", "--wholesaler", "S", "--date", "2026-06-30").json
    assert priced["wholesaler"] == "S"
    comptoir("price", "TN1", "--date", "yesterday", expect=2)
