"""Who delivers what: cards per wholesaler, lines that move by keyboard or by their menu."""

import pytest
from PySide6.QtWidgets import QMenu

from desktop_app.application import Application
from tests.support.keyboard import focus, press, settle
from ui.order_wizard.part_card import PartLines
from ui.order_wizard.sourcing_step import SourcingStep
from ui.order_wizard.wizard_page import SOURCING, WizardPage


@pytest.fixture
def step(wizard: WizardPage) -> SourcingStep:
    """The worked example at its third step."""
    wizard.lines.model.add_many([("TN1", 2, ""), ("MF9", 2, ""), ("BK1", 3, "")])
    wizard.go_to(SOURCING)
    settle()
    return wizard.sourcing


def delivered(step: SourcingStep) -> dict[str, list[str]]:
    return {card.part.wholesaler: [line.sku for line in card.part.lines] for card in step.cards}


def test_every_wholesaler_has_its_card_with_carriage_and_sum(step: SourcingStep) -> None:
    assert delivered(step) == {"N": ["TN1", "MF9", "BK1"], "S": []}
    part = step.cards[0].part
    assert part.pieces == 7
    assert part.carriage is not None
    assert part.carriage.delivery_days == 1
    assert isinstance(focus(), PartLines)


def test_a_line_moves_to_the_next_wholesaler_that_carries_it(step: SourcingStep, application: Application) -> None:
    press("Ctrl+Right")
    assert delivered(step) == {"N": ["MF9", "BK1"], "S": ["TN1"]}
    assert focus() is step.cards[1].lines
    chosen = step.cards[1].lines.chosen()
    assert chosen is not None
    assert (chosen.sku, chosen.chosen) == ("TN1", True)
    press("Ctrl+Left")
    assert delivered(step)["N"] == ["TN1", "MF9", "BK1"]


def test_a_product_only_one_wholesaler_carries_stays_and_says_so(step: SourcingStep, navigator) -> None:  # type: ignore[no-untyped-def]
    press("Down", "Ctrl+Right")
    assert delivered(step)["N"] == ["TN1", "MF9", "BK1"]
    assert navigator.asked[-1][:2] == ("notice", "info")


def test_return_compares_price_and_stock_and_takes_one(step: SourcingStep) -> None:
    press("Return")
    (menu,) = step.findChildren(QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == [
        "Grossiste Nord: €91.9894, 140 in stock",
        "Grossiste Sud: €91.9894, 3 in stock, +€9.90 on the order",
        "Let the rules choose",
    ]
    menu.actions()[1].trigger()
    menu.close()
    settle()
    assert delivered(step)["S"] == ["TN1"]


def test_all_choices_can_be_left_to_the_rules_again(step: SourcingStep) -> None:
    press("Ctrl+Right")
    step._on_auto()
    settle()
    assert delivered(step) == {"N": ["TN1", "MF9", "BK1"], "S": []}


def test_cards_are_reached_from_side_to_side(step: SourcingStep) -> None:
    press("Ctrl+Right", "Left")
    assert focus() is step.cards[0].lines
    press("Right")
    assert focus() is step.cards[1].lines
