"""The wizard's page for tests of screens."""

from desktop_app.application import Application
from ui.order_wizard.wizard_page import WizardPage
from ui.page import UiContext


def wizard_page(context: UiContext, application: Application, order_id: str) -> WizardPage:
    """The wizard on a draft, as the shell makes it."""
    orders = application.orders
    return WizardPage(
        context, orders, application.catalog, orders.imports, application.sync, application.sourcing, order_id
    )
