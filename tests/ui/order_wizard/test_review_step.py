"""What will be sent to whom, and what sending does online and offline."""

from tests.support.keyboard import press, settle, write
from ui.models.sub_orders_model import NAME, QUANTITY, SKU, TOTAL
from ui.order_wizard.wizard_page import REVIEW, WizardPage
from ui.widgets.card import Card


def departure(wizard: WizardPage) -> str:
    item = wizard.review.departure.itemAt(0)
    card = item.widget() if item is not None else None
    assert isinstance(card, Card)
    return card.accessibleName()


def test_everything_that_is_sent_stands_there_wholesaler_by_wholesaler(wizard: WizardPage) -> None:
    write("BC-7")
    wizard.lines.model.add_many([("TN1", 12, "N"), ("TN1", 1, "S"), ("MF9", 2, "")])
    wizard.go_to(REVIEW)
    settle()
    parts = wizard.review.grid.parts
    rows = [
        [str(parts.index(row, column).data()) for column in (QUANTITY, SKU, TOTAL)] for row in range(parts.rowCount())
    ]
    assert rows == [
        ["Grossiste Nord", "", ""],
        ["12", "TN1", "1,099.42"],
        ["2", "MF9", "1,080.00"],
        ["Grossiste Sud", "", ""],
        ["1", "TN1", "91.99"],
    ]
    assert parts.index(1, NAME).data() == "Toner noir 12k"


def test_offline_it_says_that_the_order_leaves_by_itself(wizard: WizardPage) -> None:
    wizard.lines.add("TN1", 1)
    wizard.go_to(REVIEW)
    settle()
    assert departure(wizard).startswith("Online.")
    wizard.review.show_online(False)
    assert "leaves by itself when the network returns" in departure(wizard)


def test_the_way_back_to_what_can_be_changed(wizard: WizardPage) -> None:
    wizard.lines.add("TN1", 1)
    wizard.go_to(REVIEW)
    wizard.review.recipient_wanted.emit()
    settle()
    assert wizard.step == 0
    press("Alt+Right")
    assert wizard.step == 1
