"""A whole order by keyboard: for whom, lines, sourcing, read, send; nothing is typed twice, nothing is lost."""

from decimal import Decimal
from typing import Any

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState, Status
from tests.support.keyboard import focus, press, settle, write
from ui.order_wizard.cell_editors import QuantityCell, SearchCell
from ui.order_wizard.wizard_page import LINES, RECIPIENT, REVIEW, SOURCING, WizardPage
from ui.widgets.buttons import KeyButton
from ui.widgets.figures import FigureRow
from ui.widgets.notices import NoticeLine


def enter(*lines: tuple[str, str]) -> None:
    """Type lines as a clerk does: text, Return, quantity, Return."""
    for text, quantity in lines:
        write(text)
        press("Return")
        write(quantity)
        press("Return")


def test_a_whole_order_needs_no_mouse(wizard: WizardPage, application: Application, navigator: Any) -> None:
    write("BC-2026-118")
    press("Alt+Right")
    assert wizard.step == LINES
    enter(("toner noir", "12"), ("MF9", "2"), ("guide impri", "3"))
    lines = application.orders.get(wizard.session.order_id)
    assert [(line.sku, line.quantity) for part in lines.sub_orders for line in part.lines] == [
        ("TN1", 12), ("MF9", 2), ("BK1", 3),
    ]  # fmt: skip
    assert lines.totals.total == Decimal("2665.59")
    press("Alt+Right")
    assert wizard.step == SOURCING
    press("Alt+Right")
    assert wizard.step == REVIEW
    press("Ctrl+Return")
    order = application.orders.get(wizard.session.order_id)
    assert (order.summary.status, order.summary.delivery_state) == (Status.SUBMITTED, DeliveryState.PENDING)
    assert order.summary.reference == "BC-2026-118"
    # Said after the dossier came: what was said before goes with the page it was said on.
    assert [asked[0] for asked in navigator.asked[-2:]] == ["order", "notice"]


def test_an_expert_sends_from_the_lines_even_while_a_quantity_is_open(
    wizard: WizardPage, application: Application
) -> None:
    press("Alt+Right")
    write("TN1")
    press("Return")
    write("12")
    press("Ctrl+Return")
    (part,) = application.orders.get(wizard.session.order_id).sub_orders
    assert [(line.sku, line.quantity) for line in part.lines] == [("TN1", 12)]
    assert application.orders.get(wizard.session.order_id).summary.status is Status.SUBMITTED


def test_the_draft_is_on_disk_after_each_line(wizard: WizardPage, application: Application) -> None:
    press("Alt+Right")
    enter(("TN1", "12"))
    again = application.orders.open_draft(wizard.session.order_id)
    assert [(line.sku, line.quantity) for line in again.lines()] == [("TN1", 12)]


def test_the_summary_follows_each_line(wizard: WizardPage) -> None:
    press("Alt+Right")
    enter(("TN1", "12"))
    shown = wizard.session.summary()
    words = {row.accessibleName() for row in wizard.summary.findChildren(FigureRow)}
    assert "Goods excl. VAT: €1,099.42" in words
    assert f"Total incl. VAT: {wizard.context.formats.amount(shown.totals.total)}" in words


def test_an_order_with_a_blocking_problem_stays_a_draft_and_shows_the_first_point(
    wizard: WizardPage, application: Application, navigator: Any
) -> None:
    wizard.lines.model.set_wholesaler(wizard.lines.add("MF9", 2), "S")
    wizard.go_to(REVIEW)
    press("Ctrl+Return")
    assert ("refused", "order-refused") in navigator.asked
    assert wizard.step == LINES
    assert application.orders.get(wizard.session.order_id).summary.status is Status.DRAFT
    assert "Take from" in focus().accessibleName()


def test_an_empty_order_does_not_leave(wizard: WizardPage, application: Application, navigator: Any) -> None:
    press("Ctrl+Return")
    assert ("notice", "warning", "There is no line to send yet.") in navigator.asked
    assert application.orders.get(wizard.session.order_id).summary.status is Status.DRAFT


def test_what_is_no_quantity_keeps_its_cell_open_and_its_order_here(
    wizard: WizardPage, application: Application, navigator: Any
) -> None:
    press("Alt+Right")
    write("toner noir")
    press("Return")
    write("abc")
    press("Ctrl+Return")
    assert application.orders.get(wizard.session.order_id).summary.status is Status.DRAFT
    assert navigator.asked[-1][:2] == ("notice", "warning")
    assert isinstance(focus(), QuantityCell)
    press("Return")
    assert isinstance(focus(), QuantityCell)
    write("12")
    press("Return")
    assert isinstance(focus(), SearchCell)
    assert [line.quantity for line in wizard.session.lines()] == [12]


def test_the_same_reference_warns_with_the_way_to_the_first_order(
    wizard: WizardPage, application: Application, navigator: Any
) -> None:
    first = application.orders.new_order([("TN1", 1, "")], reference="BC-7", round_up=False).submit().summary
    write("BC-7")
    press("Tab")
    (line,) = wizard.findChildren(NoticeLine)
    assert first.desk_no in line.accessibleName()
    (see, *_) = line.findChildren(KeyButton)
    see.click()
    assert navigator.asked[-1] == ("order", first.order_id)
    line.closed.emit()
    settle()
    assert wizard.findChildren(NoticeLine) == []


def test_the_same_lines_warn_before_sending(wizard: WizardPage, application: Application) -> None:
    first = application.orders.new_order([("TN1", 12, "")], reference="BC-6", round_up=False).submit().summary
    wizard.lines.add("TN1", 12)
    wizard.go_to(REVIEW)
    settle()
    (line,) = wizard.findChildren(NoticeLine)
    assert line.accessibleName().startswith(f"Order {first.desk_no}")


def test_steps_open_by_their_buttons_too(wizard: WizardPage) -> None:
    wizard.stepper.chosen.emit(SOURCING)
    settle()
    assert wizard.step == SOURCING
    press("Alt+Left", "Alt+Left", "Alt+Left")
    assert wizard.step == RECIPIENT


def test_keys_are_told_and_the_path_leads_back(wizard: WizardPage, navigator: Any) -> None:
    told = wizard.keys()
    assert {"Alt+Right", "Ctrl+Return", "F8", "Alt+P"} <= {entry.keys for entry in told}
    first, last = wizard.crumbs()
    assert first.open is not None
    first.open()
    assert navigator.asked[-1][0] == "room"
    assert last.text == "New order"
