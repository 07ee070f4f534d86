"""For whom and where to: each field is saved when it is left, and can be changed at any time."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryMode
from desktop_app.domain.party import Address
from tests.support.keyboard import focus, press, settle, write
from ui.order_wizard.recipient_step import OTHER
from ui.order_wizard.wizard_page import WizardPage
from ui.widgets.text import Text


def test_fields_are_saved_when_they_are_left(wizard: WizardPage, application: Application) -> None:
    write("BC-2026-118")
    press("Tab")
    write("Lycée Bonaparte")
    press("Tab")
    details = application.orders.open_draft(wizard.session.order_id).details
    assert (details.reference, details.end_client) == ("BC-2026-118", "Lycée Bonaparte")


def test_goods_may_go_to_a_typed_address(wizard: WizardPage, application: Application) -> None:
    wizard.recipient.where.chosen.emit(OTHER)
    wizard.recipient.where.set_value(OTHER)
    wizard.recipient._on_where_chosen(OTHER)
    settle()
    assert focus() is wizard.recipient.name
    for text in ("Lycée Bonaparte", "Place du Champ-de-Mars", "71400", "Autun"):
        write(text)
        press("Tab")
    press("Alt+Right")
    delivery = application.orders.open_draft(wizard.session.order_id).details.delivery
    assert delivery.address == Address("Lycée Bonaparte", "Place du Champ-de-Mars", "71400", "Autun", "FR")


def test_a_wanted_date_and_one_delivery(wizard: WizardPage, application: Application) -> None:
    recipient = wizard.recipient
    assert not recipient.date.isEnabled()
    recipient.dated.click()
    recipient.date.setDate(recipient.date.minimumDate().addDays(7))
    recipient.mode.set_value(DeliveryMode.COMPLETE.value)
    recipient.mode.chosen.emit(DeliveryMode.COMPLETE.value)
    settle()
    delivery = application.orders.open_draft(wizard.session.order_id).details.delivery
    assert isinstance(delivery.wanted_date, date)
    assert delivery.mode is DeliveryMode.COMPLETE
    recipient.dated.click()
    assert application.orders.open_draft(wizard.session.order_id).details.delivery.wanted_date is None


def test_an_incomplete_address_is_told_before_sending(wizard: WizardPage, navigator) -> None:  # type: ignore[no-untyped-def]
    wizard.lines.add("TN1", 1)
    wizard.recipient.where.set_value(OTHER)
    wizard.recipient._on_where_chosen(OTHER)
    press("Ctrl+Return")
    assert navigator.asked[-1][:2] == ("notice", "warning")
    assert wizard.step == 0


def test_express_is_kept_and_its_surcharge_told_per_wholesaler(wizard: WizardPage, application: Application) -> None:
    recipient = wizard.recipient
    assert recipient._surcharges.text() == "What it costs shows here once there are lines."
    wizard.lines.add("TN1", 1)
    settle()
    assert recipient._surcharges.text() == "Grossiste Nord: no express"
    nord = wizard.session.summary().carriage[0]
    recipient.show_express((replace(nord, express_fee=Decimal("9.00")), replace(nord, name="Sud")))
    assert recipient._surcharges.text() == "Grossiste Nord: +€9.00 · Sud: no express"
    recipient.express.click()
    settle()
    assert application.orders.open_draft(wizard.session.order_id).details.delivery.express
    # A wholesaler without express stops the order, and the summary says so.
    assert [one.code for one in wizard.session.problems() if one.blocking] == ["express-unavailable"]
    assert "Grossiste Nord does not deliver express." in [label.text() for label in wizard.summary.findChildren(Text)]
