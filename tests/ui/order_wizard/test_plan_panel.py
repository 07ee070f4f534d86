"""Plans over the wholesalers in step 3: seen side by side, taken by one key, told against what was moved by hand."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.domain.plans import PlanKind
from tests.support.keyboard import focus, press, settle, shown
from tests.support.wizard import wizard_page
from ui.models.sub_orders_model import LINE_MIME
from ui.order_wizard.part_card import PartLines
from ui.order_wizard.plan_panel import PlanPanel
from ui.order_wizard.wizard_page import SOURCING, WizardPage
from ui.page import UiContext
from ui.theme.look import Look

# Toners are at both wholesalers; three in the south, so that four have to come from the north as well or alone.
LINES = [("TN1", 4, ""), ("MF9", 2, ""), ("BK1", 3, "")]
Opened = Callable[[], PlanPanel]


@pytest.fixture
def opened(wizard: WizardPage, qtbot: QtBot) -> Opened:
    """The wizard at its third step, once the plans are there."""

    def open_step() -> PlanPanel:
        wizard.lines.model.add_many(LINES)
        wizard.go_to(SOURCING)
        return waited(wizard, qtbot)

    return open_step


def waited(page: WizardPage, qtbot: QtBot) -> PlanPanel:
    qtbot.waitUntil(lambda: page.sourcing.plans.ready)
    settle()
    return page.sourcing.plans


def placed(page: WizardPage) -> list[tuple[str, int, str]]:
    return [(line.sku, line.quantity, line.wholesaler) for line in page.session.lines()]


def checked(panel: PlanPanel) -> list[str]:
    return [card.text() for card in panel.cards.cards if card.isChecked()]


def test_three_plans_stand_side_by_side_with_their_figures(opened: Opened, look: Look) -> None:
    panel = opened()
    told = [card.accessibleName() for card in panel.cards.cards]
    assert [name.split(";")[0] for name in told] == ["Cheapest", "Fewest deliveries", "Earliest"]
    assert panel.found is not None
    cheapest = panel.found.plan(PlanKind.CHEAPEST)
    assert cheapest.proven
    assert f"Total excl. VAT: €{cheapest.total:,.2f} lowest" in told[0]
    assert "1 delivery" in told[1]
    assert "proven" in panel.cards.cards[0].toolTip()
    panel.window().grab()
    assert look.elisions == []


def test_a_digit_takes_a_plan_and_one_undo_gives_it_back(opened: Opened, wizard: WizardPage, qtbot: QtBot) -> None:
    panel = opened()
    press("Ctrl+Right")
    before = placed(wizard)
    assert ("TN1", 4, "S") in before
    press("1")
    waited(wizard, qtbot)
    assert ("TN1", 4, "N") in placed(wizard)
    assert checked(panel) == ["Cheapest"]
    wizard.lines.model.undo()
    assert placed(wizard) == before


def test_a_line_moved_by_hand_is_told_against_the_plans(opened: Opened, navigator: Any, wizard: WizardPage) -> None:
    panel = opened()
    found = panel.found
    assert checked(panel) == ["Cheapest"]
    assert panel.by_hand.text() == "By hand"
    press("Ctrl+Right")
    # Goods cost the same there; its carriage comes on top, and one toner is missing.
    assert navigator.asked[-1] == ("notice", "info", "Moved: +€9.90 on the order, carriage included.")
    assert checked(panel) == []
    assert panel.by_hand.text().endswith("(+€9.90), 1 on backorder")
    # Moving changes no plan: nothing was searched again.
    assert panel.found is found


def test_4_goes_to_the_lines(opened: Opened) -> None:
    panel = opened()
    panel.cards.cards[1].setFocus()
    press("4")
    assert isinstance(focus(), PartLines)


def test_tab_goes_from_the_plans_to_the_lines_of_each_card(opened: Opened, wizard: WizardPage) -> None:
    panel = opened()
    press("Ctrl+Right")
    panel.cards.cards[0].setFocus()
    press("Tab", "Tab")
    first = focus()
    press("Tab")
    assert [first, focus()] == [card.lines for card in wizard.sourcing.cards]


def test_a_plan_asked_for_before_it_is_found_is_taken_when_it_is(
    opened: Opened, wizard: WizardPage, qtbot: QtBot
) -> None:
    panel = opened()
    press("Ctrl+Right")
    key = wizard.session.lines()[0].key
    wizard.lines.model.set_quantity(key, 5)
    wizard.sourcing.refresh()
    assert not panel.ready
    assert ("TN1", 5, "S") in placed(wizard)
    press("1")
    waited(wizard, qtbot)
    assert ("TN1", 5, "N") in placed(wizard)


def test_plans_follow_the_lines_and_vanish_with_them(opened: Opened, wizard: WizardPage, qtbot: QtBot) -> None:
    panel = opened()
    assert panel.found is not None
    before = panel.found.plan(PlanKind.CHEAPEST).total
    wizard.lines.model.set_quantity(wizard.session.lines()[0].key, 40)
    wizard.sourcing.refresh()
    waited(wizard, qtbot)
    assert panel.found.plan(PlanKind.CHEAPEST).total > before
    wizard.session.remove(*[line.key for line in wizard.session.lines()])
    wizard.lines.model.reload()
    wizard.sourcing.refresh()
    settle()
    assert not panel.isVisible()


def test_a_line_is_drawn_to_another_card(opened: Opened, wizard: WizardPage, navigator: Any) -> None:
    opened()
    toner, device = (line.key for line in wizard.session.lines()[:2])
    south = wizard.sourcing.cards[1]
    drop(south, wizard.sourcing.cards[0].model.mimeData([wizard.sourcing.cards[0].model.index(0, 0)]))
    assert [line.key for line in wizard.sourcing.cards[1].part.lines] == [toner]
    data = QMimeData()
    data.setData(LINE_MIME, str(device).encode())
    drop(wizard.sourcing.cards[1], data)
    assert navigator.asked[-1] == ("notice", "info", "Grossiste Sud does not carry this product.")
    assert [line.key for line in wizard.sourcing.cards[1].part.lines] == [toner]


def test_only_a_line_of_another_card_is_welcome(opened: Opened, wizard: WizardPage) -> None:
    opened()
    north, south = wizard.sourcing.cards
    line = north.model.mimeData([north.model.index(0, 0)])
    text = QMimeData()
    text.setText("TN1")
    assert enters(south, line)
    assert not enters(north, line)
    assert not enters(south, text)


def test_old_stock_is_marked_and_can_be_left_out(
    context: UiContext, application: Application, desk: Any, qtbot: QtBot
) -> None:
    desk.clock.ahead = timedelta(days=3)
    draft = application.orders.new_draft()
    draft.add_many(LINES)
    page = wizard_page(context, application, draft.order_id)
    with shown(page):
        page.on_shown()
        page.go_to(SOURCING)
        panel = waited(page, qtbot)
        assert panel.without_stale.isVisible()
        assert panel.without_stale.text() == "Leave out old stock: N, S"
        notes = " ".join(label.property("text") or "" for label in page.sourcing.cards[0].findChildren(QWidget))
        assert "Old stock figures, of " in notes
        # Where every wholesaler is old, none is left out: the order still has its plans.
        total = panel.cards.cards[0].plan.total if panel.cards.cards[0].plan else Decimal(0)
        panel.without_stale.click()
        waited(page, qtbot)
        assert panel.cards.cards[0].plan is not None
        assert panel.cards.cards[0].plan.total == total


def drop(card: QWidget, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    card.dropEvent(event)
    settle()


def enters(card: QWidget, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        card.rect().center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    card.dragEnterEvent(event)
    return event.isAccepted()
