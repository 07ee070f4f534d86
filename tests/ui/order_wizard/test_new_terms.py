"""Prices of an open draft stay as shown while the manufacturer's change; the person decides when to take them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.application import Application
from desktop_app.domain.order import Status
from tests.support.desks import connected_desk, run
from tests.support.keyboard import press, settle, shown
from tests.support.server import filled_server, import_files, small_catalogue, start_server
from tests.support.wizard import wizard_page
from tests.support.worked_example import FILES
from ui.event_bridge import EventBridge
from ui.models.order_lines_model import NET
from ui.order_wizard.wizard_page import LINES, WizardPage
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine

DEARER = FILES["products.csv"].replace("148.37", "158.37")


@pytest.fixture
def open_draft(tmp_path: Path, context: UiContext) -> Iterator[tuple[WizardPage, Application, Callable[[], None]]]:
    """A wizard at its lines on a connected desk, and what makes the manufacturer's prices change."""
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server, connected_desk(tmp_path / "desk", server.url, data).opened() as application:
        bridge = EventBridge(application.events)
        own = UiContext(context.look, context.formats, bridge, context.navigator, context.now)
        orders = application.orders
        draft = orders.new_draft("BC-7")
        draft.add("TN1", 12)
        page = wizard_page(own, application, draft.order_id)

        def change() -> None:
            report = import_files(data, small_catalogue(tmp_path / "dearer", products=DEARER))
            assert report.exit_code == 0
            run(application.sync.round())
            settle()

        with shown(page):
            page.on_shown()
            settle()
            yield page, application, change


def price(page: WizardPage) -> str:
    return str(page.lines.model.index(0, NET).data())


def test_the_price_shown_stays_and_a_line_says_how_many_are_new(
    open_draft: tuple[WizardPage, Application, Callable[[], None]],
) -> None:
    page, _, change = open_draft
    assert page.step == LINES
    change()
    assert price(page) == "91.6185"
    (line,) = page.findChildren(NoticeLine)
    assert line.accessibleName().startswith("1 line with new terms.")
    (take,) = line.findChildren(KeyButton)
    take.click()
    settle()
    assert price(page) == "97.7935"
    assert page.findChildren(NoticeLine) == []


def test_nothing_leaves_at_prices_nobody_saw(
    open_draft: tuple[WizardPage, Application, Callable[[], None]], navigator: Any
) -> None:
    page, application, change = open_draft
    change()
    press("Ctrl+Return")
    assert ("refused", "new-terms") in navigator.asked
    order_id = page.session.order_id
    assert application.orders.get(order_id).summary.status == Status.DRAFT
    (line,) = page.findChildren(NoticeLine)
    line.findChildren(KeyButton)[0].click()
    settle()
    press("Ctrl+Return")
    assert application.orders.get(order_id).summary.status == Status.SUBMITTED
