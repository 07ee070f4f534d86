"""The wizard on a real draft, in a window of its own, with keys."""

from collections.abc import Iterator

import pytest

from desktop_app.application import Application
from tests.support.keyboard import settle, shown
from ui.order_wizard.wizard_page import WizardPage
from ui.page import UiContext


@pytest.fixture
def wizard(context: UiContext, application: Application) -> Iterator[WizardPage]:
    """An empty draft, open at its first step."""
    order_id = application.orders.new_draft().order_id
    orders = application.orders
    page = WizardPage(
        context, orders, application.catalog, orders.imports, application.sync, application.sourcing, order_id
    )
    with shown(page):
        page.on_shown()
        settle()
        yield page
