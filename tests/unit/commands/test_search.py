"""`comptoir search`: what a script gets of a search."""

from tests.unit.commands.conftest import Comptoir


def test_results_carry_price_and_stock(comptoir: Comptoir) -> None:
    answer = comptoir("search", "toner noir", "--json").json
    (found,) = answer["results"]
    assert {name: found[name] for name in ("sku", "name", "brand", "family", "unit_net", "wholesaler", "stock")} == {
        "sku": "TN1",
        "name": "Toner noir 12k",
        "brand": "",
        "family": "TONER",
        "unit_net": "91.9894",
        "wholesaler": "N",
        "stock": {"N": 140, "S": 3},
    }
    assert answer["ms"] >= 0


def test_anything_typed_is_only_text(comptoir: Comptoir) -> None:
    for text in ('"', "*", "a OR", "NEAR(", "name:x", "'", "50%", "x" * 10_000):
        assert comptoir("search", text).json["results"] == []


def test_the_number_of_results_can_be_limited(comptoir: Comptoir) -> None:
    assert len(comptoir("search", "jumeau", "--limit", "1").json["results"]) == 1
    comptoir("search", "jumeau", "--limit", "0", expect=2)
