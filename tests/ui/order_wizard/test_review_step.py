"""What will be sent to whom, and what sending does online and offline."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.domain.party import PaymentTerms
from desktop_app.domain.vat import Territory
from desktop_app.services.views import PaymentView
from tests.support.keyboard import press, settle, write
from ui.models.sub_orders_model import NAME, QUANTITY, SKU, TOTAL
from ui.order_wizard.wizard_page import REVIEW, WizardPage
from ui.widgets.card import Card
from ui.widgets.text import Text


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


def facts(wizard: WizardPage) -> str:
    return " ".join(label.text() for label in wizard.review.findChildren(Text) if label.isVisible())


def test_discount_levy_vat_and_payment_are_read_before_sending(wizard: WizardPage) -> None:
    wizard.lines.add("TN1", 12)
    wizard.go_to(REVIEW)
    settle()
    assert not any(words in facts(wizard) for words in ("Order discount", "Private copying levy", "Payment"))
    summary = wizard.session.summary()
    totals = replace(summary.totals, private_copy=Decimal("2.40"), vat_reason="VATEX-EU-G")
    payment = PaymentView(PaymentTerms(30), date(2026, 7, 9))
    wizard.review._show_facts(replace(summary, totals=totals, payment=payment, territory=Territory.EXPORT))
    settle()
    told = facts(wizard)
    assert "Private copying levy €2.40" in told
    assert "VAT No VAT: export, VATEX-EU-G" in told
    assert "Payment 30 days: an invoice of today is due on 9 July 2026." in told
