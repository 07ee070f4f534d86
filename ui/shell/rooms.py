"""Makes the pages of the rooms from the application's services, each one only when it is first shown."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop_app.application import Application
from desktop_app.services.condition_views import PriceQuestion
from ui.async_bridge import Tasks
from ui.formats import server_text
from ui.page import Page, Room, UiContext, WindowActions
from ui.shell.rail import RailEntry
from ui.widgets.sheet import Sheet

translate = QCoreApplication.translate


def rail_entries(practice: bool) -> tuple[RailEntry, ...]:
    """The rooms of the rail, top to bottom."""
    entries = [
        RailEntry(Room.HOME, translate("Rooms", "Home"), "house", "1", 0),
        RailEntry(Room.CATALOGUE, translate("Rooms", "Catalogue"), "magnifying-glass", "2", 0),
        RailEntry(Room.ORDERS, translate("Rooms", "Orders"), "receipt", "3", 1),
    ]
    if practice:
        entries.append(RailEntry(Room.TRAINING, translate("Rooms", "Training"), "graduation-cap", "4", 2))
    entries.append(RailEntry(Room.CONDITIONS, translate("Rooms", "Conditions"), "handshake", "7", 3))
    entries.append(RailEntry(Room.SYNC, translate("Rooms", "Synchronisation"), "arrows-clockwise", "8", -1))
    entries.append(RailEntry(Room.SETTINGS, translate("Rooms", "Settings"), "gear", "9", -1))
    return tuple(entries)


class Rooms:
    """The factory of pages. Imports are late: the first screen must not wait for rooms nobody opened."""

    def __init__(self, application: Application, context: UiContext, tasks: Tasks, actions: WindowActions) -> None:
        self._application = application
        self._context = context
        self._tasks = tasks
        self._actions = actions

    def room(self, room: Room) -> Page:
        """A fresh page of a room."""
        makers: dict[Room, Callable[[], Page]] = {
            Room.HOME: self._home,
            Room.CATALOGUE: self._catalogue,
            Room.CONDITIONS: self._conditions,
            Room.ORDERS: self._orders,
            Room.SYNC: self._sync,
            Room.SETTINGS: self._settings,
            Room.TRAINING: self._training,
        }
        return makers[room]()

    def order(self, order_id: str) -> Page:
        """The dossier of one order."""
        from ui.orders.order_page import OrderPage

        return OrderPage(self._context, self._application.orders, order_id)

    def wizard(self, order_id: str) -> Page:
        """The wizard on a draft."""
        from ui.order_wizard.wizard_page import WizardPage

        application = self._application
        return WizardPage(
            self._context,
            application.orders,
            application.catalog,
            application.orders.imports,
            application.sync,
            application.sourcing,
            order_id,
            application.back_margin.meters,
        )

    def what_if(self, window: QWidget, question: PriceQuestion, apply: Callable[[int, str], None] | None) -> Sheet:
        """The sheet that answers a "what if" over `window`."""
        from ui.why.what_if_sheet import WhatIfSheet

        return WhatIfSheet(self._context, window, self._application.prices, question, apply)

    def pick_product(self, window: QWidget, picked: Callable[[str], None]) -> None:
        """Let the person find a product by its words, over `window`; `picked` gets its sku."""
        from ui.pick_sheet import Choice, PickSheet

        formats, catalog = self._context.formats, self._application.catalog

        def find(text: str) -> list[Choice]:
            page = catalog.search(text, limit=50, language=formats.language)
            return [Choice(row.sku, server_text(row.name), server_text(row.sku)) for row in page.rows]

        title = translate("Rooms", "What if: which product?")
        words = translate("Rooms", "Words in any order, reference, EAN")
        sheet = PickSheet(self._context.look, window, title, words, find)
        sheet.picked.connect(picked)
        sheet.open_pick()

    def first_start(self) -> Page:
        """The two choices of a fresh profile."""
        from ui.first_start import FirstStartPage

        return FirstStartPage(self._context, self._application, self._tasks, self._actions)

    def _home(self) -> Page:
        from ui.home.home_page import HomePage

        application = self._application
        return HomePage(
            self._context,
            application.orders,
            application.sync,
            application.catalog.credit,
            lambda: application.identity,
            application.back_margin.meters,
            application.back_margin.read_ahead,
        )

    def _catalogue(self) -> Page:
        from ui.catalogue.catalogue_page import CataloguePage

        application = self._application
        return CataloguePage(
            self._context, application.catalog, lambda: application.orders, lambda: application.sync.status()
        )

    def _conditions(self) -> Page:
        from ui.conditions.conditions_page import ConditionsPage

        return ConditionsPage(self._context, self._application.conditions, self._application.catalog)

    def _orders(self) -> Page:
        from ui.orders.orders_page import OrdersPage

        return OrdersPage(self._context, self._application.orders, self._application.people)

    def _sync(self) -> Page:
        from ui.sync_centre.sync_page import SyncPage

        application = self._application
        copies = application.second_copy.view
        return SyncPage(self._context, application.sync, application.orders, copies, tasks=self._tasks)

    def _settings(self) -> Page:
        from ui.settings.settings_page import SettingsPage

        return SettingsPage(self._context, self._application, self._tasks, self._actions)

    def _training(self) -> Page:
        from ui.training.training_page import TrainingPage

        return TrainingPage(self._context, self._application, self._tasks, self._actions.rebuild)
