"""What differs between the prices shown and those of now."""

from decimal import Decimal

from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.draft_terms import differences, moved
from tests.support.desk_world import DeskWorld


def both(world: DeskWorld) -> tuple[DraftLines, DraftLines]:
    """A draft before and after news from the manufacturer."""
    drawn = [DraftLine(1, 1.0, "TN1", 12), DraftLine(2, 2.0, "BK1", 3)]
    old = DraftLines(world.basis(), drawn)
    old.priced(1)
    world.products["TN1"]["list_price"] = "158.37"
    world.products["BK1"]["status"] = "stopped"
    world.publish_catalog()
    return old, old.on(world.basis())


def test_prices_and_new_refusals_are_differences(world: DeskWorld) -> None:
    old, new = both(world)
    shown = {1: old.unit_net(1), 2: old.unit_net(2)}
    found = differences(old, new, shown)
    assert [(problem.code, problem.line) for problem in found] == [("price-changed", 1), ("discontinued", 2)]
    assert found[0].params == {"sku": "TN1", "name": "Toner noir 12k", "yours": "91.6185", "ours": "97.7935"}
    assert moved(old, new) == (1, 2)


def test_a_line_never_shown_with_a_price_differs_from_nothing(world: DeskWorld) -> None:
    _, new = both(world)
    assert differences(new, new, {1: None}) == ()


def test_a_price_that_is_gone_is_a_difference(world: DeskWorld) -> None:
    old = DraftLines(world.basis(), [DraftLine(1, 1.0, "MF9", 1)])
    shown = {1: old.unit_net(1)}
    del world.stock["N/MF9"]
    world.publish_catalog()
    found = differences(old, old.on(world.basis()), shown)
    assert found[0].params["ours"] == ""
    assert "no price now" in found[0].message
    assert shown[1] == Decimal("540.0000")
