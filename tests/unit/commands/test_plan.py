"""`comptoir plan` and `comptoir order new --plan`."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk_world import DeskWorld
from tests.unit.commands.conftest import Comptoir

Write = Callable[..., Path]
KINDS = ("cheapest", "fewest", "earliest")


def test_all_plans_are_printed_side_by_side(comptoir: Comptoir, world: DeskWorld, lines_file: Write) -> None:
    answer = comptoir("plan", "--file", lines_file(), "--json").json
    assert list(answer["plans"]) == [*KINDS, "by-hand"]
    cheapest = answer["plans"]["cheapest"]
    assert (cheapest["total"], cheapest["difference"], cheapest["proven"]) == ("2226.40", "0.00", True)
    assert cheapest["carriage"] == {"N": "0.00"}
    assert (cheapest["refused"], cheapest["problems"], cheapest["backordered"]) == (False, [], 0)
    (delivery,) = cheapest["deliveries"]
    assert (delivery["wholesaler"], delivery["lines"], delivery["pieces"]) == ("N", 3, 17)
    assert delivery["day"] == cheapest["complete_on"] == cheapest["first_day"]
    assert {(line["sku"], line["wholesaler"], line["quantity"]) for line in cheapest["lines"]} == {
        ("TN1", "N", 12),
        ("MF9", "N", 2),
        ("BK1", "N", 3),
    }
    # No order was made.
    assert world.orders.list() == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sku,quantity\nXX1,2\n", "no product has the number 'XX1'"),
        ("sku,quantity\nTN1,1.5\n", "is not a quantity"),
        ("sku,quantity,wholesaler\nTN1,1,ZZ\n", "there is no wholesaler 'ZZ'"),
        ("quantity\n1\n", "this column is missing"),
        ("", "holds no order line"),
    ],
)
def test_a_bad_file_is_refused_in_words(comptoir: Comptoir, lines_file: Write, text: str, told: str) -> None:
    answer = comptoir("plan", "--file", lines_file(text), "--json", expect=1)
    assert told in answer.stderr
    assert answer.stdout == ""


def test_a_file_that_is_not_there_is_refused(comptoir: Comptoir, tmp_path: Path) -> None:
    assert "nowhere.csv" in comptoir("plan", "--file", tmp_path / "nowhere.csv", expect=1).stderr


def test_stale_stock_is_told_and_left_out_if_asked(comptoir: Comptoir, world: DeskWorld, lines_file: Write) -> None:
    world.stock_dates = {"S": (world.time - timedelta(days=3)).isoformat()}
    world.products["PK5"]["prices"] = [{"list_price": "9", "wholesaler": "N"}]
    world.publish_catalog()
    file = lines_file("sku,quantity\nPK5,100\n")
    answer = comptoir("plan", "--file", file).json
    (stale,) = answer["stale"]
    assert (stale["wholesaler"], stale["name"]) == ("S", "Grossiste Sud")
    assert answer["plans"]["cheapest"]["lines"][0]["wholesaler"] == "S"
    without = comptoir("plan", "--file", file, "--without-stale").json
    assert without["plans"]["cheapest"]["lines"][0]["wholesaler"] == "N"


def test_a_quantity_that_cannot_be_ordered_is_told_or_raised(comptoir: Comptoir, lines_file: Write) -> None:
    file = lines_file("sku,quantity\nPK5,7\n")
    plan = comptoir("plan", "--file", file).json["plans"]["cheapest"]
    assert (plan["refused"], plan["problems"][0]["code"]) == (True, "min-quantity")
    raised = comptoir("plan", "--file", file, "--round").json["plans"]["cheapest"]
    assert (raised["refused"], raised["pieces"]) == (False, 10)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_order_can_be_placed_by_a_plan(
    comptoir: Comptoir, world: DeskWorld, lines_file: Write, kind: str
) -> None:
    world.stock |= {"N/TN1": 8, "S/TN1": 9}
    world.publish_catalog()
    file = lines_file("sku,quantity\nTN1,12\nBK1,3\n")
    plan = comptoir("plan", "--file", file).json["plans"][kind]
    order = comptoir("order", "new", "--file", file, "--plan", kind).json
    placed = {
        (part["wholesaler"], line["sku"], line["quantity"]) for part in order["sub_orders"] for line in part["lines"]
    }
    assert placed == {(line["wholesaler"], line["sku"], line["quantity"]) for line in plan["lines"]}
    assert {code for code, sku, _ in placed if sku == "TN1"} == {"N", "S"}
    assert order["problems"] == []


def test_a_plan_can_save_an_order_that_would_be_refused(
    comptoir: Comptoir, world: DeskWorld, lines_file: Write
) -> None:
    world.stock |= {"M/BK1": 500, "N/BK1": 1}
    world.publish_catalog()
    file = lines_file("sku,quantity\nBK1,3\n")
    # The rule for one line looks at its stock alone, and that house takes no such small order.
    assert "takes orders from 300.00" in comptoir("order", "new", "--file", file, expect=1).stderr
    order = comptoir("order", "new", "--file", file, "--plan", "cheapest").json
    assert [part["wholesaler"] for part in order["sub_orders"]] == ["N"]


def test_wholesalers_the_file_names_can_be_kept(comptoir: Comptoir, lines_file: Write) -> None:
    file = lines_file("sku,quantity,wholesaler\nTN1,2,S\nMF9,1,\n")
    moved = comptoir("order", "new", "--file", file, "--plan", "fewest").json
    assert [part["wholesaler"] for part in moved["sub_orders"]] == ["N"]
    kept = comptoir("order", "new", "--file", file, "--plan", "fewest", "--keep-named").json
    assert [part["wholesaler"] for part in kept["sub_orders"]] == ["N", "S"]
    plan = comptoir("plan", "--file", file, "--keep-named").json["plans"]["fewest"]
    assert {line["wholesaler"] for line in plan["lines"]} == {"N", "S"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sku,quantity\nREG,1\n", "No wholesaler lists REG"),
        ("sku,quantity,wholesaler\nMF9,1,S\n", "S does not list MF9"),
        ("sku,quantity\nTN1,999999\nTN1,5\n", "1000004 cannot be ordered"),
    ],
)
def test_an_order_of_which_nothing_can_be_placed_is_refused_in_words(
    comptoir: Comptoir, world: DeskWorld, lines_file: Write, text: str, told: str
) -> None:
    answer = comptoir("order", "new", "--file", lines_file(text), "--plan", "cheapest", "--keep-named", expect=1)
    assert told in answer.stderr
    assert world.orders.list() == ()


def test_another_plan_does_not_exist(comptoir: Comptoir, lines_file: Write) -> None:
    assert "invalid choice" in comptoir("order", "new", "--file", lines_file(), "--plan", "by-hand", expect=2).stderr
