"""`comptoir price`: the price and its reasons, or why there is none."""

from datetime import timedelta

import pytest

from tests.support.desk_world import DeskWorld, put
from tests.unit.commands.conftest import Comptoir


def test_the_price_of_the_worked_example(comptoir: Comptoir) -> None:
    priced = comptoir("price", "TN1", "--qty", "12", "--json").json
    shown = ("sku", "quantity", "wholesaler", "list_price", "unit_net", "line_total", "real_cost")
    assert {name: priced[name] for name in shown} == {
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


def test_the_whole_calculation_and_what_comes_ahead(world: DeskWorld, comptoir: Comptoir) -> None:
    end = world.today() + timedelta(days=3)
    world.feed(put("terms", "P38", {**world.terms["P38"], "end": end.isoformat(), "label": "Soldes"}))
    bid = {"id": "BX", "step": "bid", "value": "50", "unit": "NET", "buyer": "all", "product": "sku:TN1"}
    world.feed(put("terms", "BX", {**bid, "end_client": "Mairie", "contract_ref": "AC-7"}))
    priced = comptoir("price", "TN1", "--quantity", "1").json
    assert [(row["step"], row["price_after"]) for row in priced["off_invoice"]] == [("bonus", priced["real_cost"])]
    assert [(row["day"], row["unit_net"], row["label"]) for row in priced["ahead"]] == [
        ((end + timedelta(days=1)).isoformat(), "96.4405", "Soldes")
    ]
    assert [row["quantity"] for row in priced["breaks"]] == [1, 10]
    assert priced["end_clients"] == ["Mairie"]
    for_the_client = comptoir("price", "TN1", "--end-client", "Mairie", "--day", end.isoformat()).json
    assert (for_the_client["unit_net"], for_the_client["trace"][-1]["contract_ref"]) == ("50.0000", "AC-7")
