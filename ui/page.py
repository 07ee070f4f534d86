"""What a room is and how rooms reach each other. Rooms never import one another: they ask the `Navigator`.

A room is a `Page` in the shell's stack. Pages are made when first shown, and thrown away and made again when the
language or the scheme changes: texts and colours are therefore read once, in the constructor. Every change a person
makes must already be saved by then (drafts are).

    class OrdersPage(Page):
        def __init__(self, context: UiContext, orders: OrderService, parent=None): ...

Signals of the core come through `context.signals`; connect bound methods of QObjects, never lambdas, because events
may be published by a worker thread and Qt then brings them to the right one.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.condition_views import PriceQuestion
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.theme.look import Look


class Room(StrEnum):
    """The rooms of the rail."""

    HOME = "home"
    CATALOGUE = "catalogue"
    CONDITIONS = "conditions"
    ORDERS = "orders"
    SYNC = "sync"
    SETTINGS = "settings"
    TRAINING = "training"


class Navigator(Protocol):
    """What a page may ask of the shell."""

    def open_room(self, room: Room) -> None:
        """Show a room."""

    def open_order(self, order_id: str) -> None:
        """Show the dossier of one order."""

    def new_order(self, sku: str = "", quantity: int = 1) -> None:
        """Open the wizard on a new draft, with one line where a sku is given."""

    def open_wizard(self, order_id: str) -> None:
        """Open the wizard on a draft."""

    def open_changed_terms(self, order_id: str) -> None:
        """Show the sync centre at an order whose terms changed."""

    def open_product(self, sku: str) -> None:
        """Show a product in the catalogue."""

    def open_products(self, family: str = "", brand: str = "") -> None:
        """Show the catalogue narrowed to a family or a brand."""

    def open_conditions(self, sku: str = "", view: str = "") -> None:
        """Show the room of conditions: what touches a product, or one of its views (`dearer` ...)."""

    def ask_price(self, question: PriceQuestion, apply: Callable[[int, str], None] | None = None) -> None:
        """Open "what if" over the window; `apply` puts the quantity and the wholesaler found into a line."""

    def notify(self, text: str, severity: str = "info", key: str = "") -> None:
        """One line for the person, at the top of the window; the same `key` replaces. info | done | warning | error."""

    def run(self, work: Callable[[], object]) -> object:
        """Call `work`; a `ComptoirError` becomes a notice line and None is returned."""

    def try_now(self) -> None:
        """Ask for a sync round at once (F5)."""


class WindowActions(Struct, frozen=True):
    """What pages may ask of the window beyond the navigator."""

    use_language: Callable[[str], None]
    use_theme: Callable[[str], None]
    rebuild: Callable[[], None]
    practise: Callable[[], None]


class UiContext(Struct, frozen=True):
    """What every page needs besides its services."""

    look: Look
    formats: Formats
    signals: EventBridge
    navigator: Navigator
    now: Callable[[], datetime]
    practice: bool = False


class KeyEntry(Struct, frozen=True):
    """One line of the F1 overlay: a portable key sequence (`Ctrl+N`) and what it does here."""

    keys: str
    label: str


class Crumb(Struct, frozen=True):
    """One step of the breadcrumb; `open` is None for the page itself."""

    text: str
    open: Callable[[], None] | None = None


class Page(QWidget):
    """One room. The shell shows its crumbs in the top bar and its keys under F1."""

    crumbs_changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Title or path, first to last; the last is this page."""
        raise NotImplementedError

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of this page, in reading order."""
        return ()

    def on_shown(self) -> None:
        """Called each time the page comes to the front: read what may have changed, take the focus."""

    def on_hidden(self) -> None:
        """Called each time another page comes to the front."""


@runtime_checkable
class ShowsOrder(Protocol):
    """A page that can show one order among others (the sync centre)."""

    def show_order(self, order_id: str) -> None:
        """Show it."""


@runtime_checkable
class ShowsProduct(Protocol):
    """A page that can show one product among others (the catalogue)."""

    def show_product(self, sku: str) -> None:
        """Show it."""


@runtime_checkable
class ShowsProducts(Protocol):
    """A page that can show the products of a family or a brand (the catalogue)."""

    def show_products(self, family: str, brand: str) -> None:
        """Show them."""


@runtime_checkable
class ShowsConditions(Protocol):
    """The room of conditions."""

    def show_conditions(self, sku: str, view: str) -> None:
        """Show what touches one product, or one of its views; empty for what is not asked."""


@runtime_checkable
class BeginsPractice(Protocol):
    """The page of the first start."""

    def start_practice(self) -> None:
        """Found the practice manufacturer and join it."""
