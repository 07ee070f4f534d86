"""What the palette finds: rooms, actions, orders, products. Matching is by the starts of words, accents ignored."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from ui.formats import server_text
from ui.page import Navigator, Room, UiContext
from ui.shell.keys_overlay import PERSON_KEYS
from ui.shell.palette import PaletteEntry
from ui.shell.person_switch import PersonSwitch
from ui.shell.rooms import rail_entries

translate = QCoreApplication.translate
_ORDERS, _PRODUCTS = 5, 6
_ROOMS_DIGITS = {entry.room: f"Alt+{entry.digit}" for entry in rail_entries(practice=True)}


class PaletteWindow(Navigator, Protocol):
    """What the palette may ask of the window beyond the navigator."""

    person: PersonSwitch

    def ask_any_price(self) -> None:
        """What if, for a product still to be chosen."""

    def use_language(self, language: str) -> None:
        """Switch the language."""

    def use_theme(self, theme: str) -> None:
        """Switch the colours."""

    def show_keys(self) -> None:
        """The keys overlay."""

    def close(self) -> bool:
        """Quit."""


class PaletteEntries:
    """Finds entries for typed words."""

    def __init__(self, application: Application, context: UiContext, window: PaletteWindow) -> None:
        self._application = application
        self._context = context
        self._window = window
        self._fixed = (*self._rooms(), *self._actions())

    def find(self, text: str) -> Sequence[PaletteEntry]:
        """The entries for `text`; with nothing typed all rooms and actions."""
        if not text:
            return self._fixed
        words = _fold(text).split()
        fixed = [entry for entry in self._fixed if _matches(f"{entry.title} {entry.note}", words)]
        return [*fixed, *self._orders(text), *self._products(text)]

    def _rooms(self) -> list[PaletteEntry]:
        note = translate("Palette", "room")
        return [
            PaletteEntry(entry.icon, entry.name, note, self._opener(entry.room), _ROOMS_DIGITS[entry.room])
            for entry in rail_entries(self._context.practice)
        ]

    def _opener(self, room: Room) -> Callable[[], None]:
        return lambda: self._window.open_room(room)

    def _actions(self) -> list[PaletteEntry]:
        window = self._window
        other_language = "en" if self._context.formats.french else "fr"
        conditions = translate("Palette", "conditions")
        other_theme = "light" if self._context.look.dark else "dark"
        language = translate("Palette", "Continue in English")
        theme = (
            translate("Palette", "Light colours") if self._context.look.dark else translate("Palette", "Dark colours")
        )
        return [
            PaletteEntry("plus", translate("Palette", "New order"), "", window.new_order, "Ctrl+N"),
            PaletteEntry(
                "calculator", translate("Palette", "What if: the price of a product"), "", window.ask_any_price
            ),
            PaletteEntry(
                "trend-up", translate("Palette", "What becomes dearer"), conditions, self._view_opener("dearer")
            ),
            PaletteEntry(
                "clock", translate("Palette", "Conditions changed since last week"), "", self._view_opener("changed")
            ),
            PaletteEntry("arrows-clockwise", translate("Palette", "Synchronise now"), "", window.try_now, "F5"),
            PaletteEntry(
                "user", translate("Palette", "Somebody else at this desk"), "", window.person.choose, PERSON_KEYS
            ),
            PaletteEntry("globe", language, "", lambda: window.use_language(other_language)),
            PaletteEntry("moon", theme, "", lambda: window.use_theme(other_theme)),
            PaletteEntry("keyboard", translate("Palette", "Keys of this page"), "", window.show_keys, "F1"),
            PaletteEntry("sign-out", translate("Palette", "Quit"), "", lambda: (window.close(), None)[1], "Ctrl+Q"),
        ]

    def _view_opener(self, view: str) -> Callable[[], None]:
        return lambda: self._window.open_conditions(view=view)

    def _orders(self, text: str) -> list[PaletteEntry]:
        formats = self._context.formats
        found = self._application.orders.list(text=text)[:_ORDERS]
        return [
            PaletteEntry(
                "receipt",
                " · ".join(part for part in (order.desk_no, server_text(order.reference)) if part),
                formats.amount(order.total),
                self._order_opener(order.order_id, draft=order.status.value == "draft"),
            )
            for order in found
        ]

    def _order_opener(self, order_id: str, *, draft: bool) -> Callable[[], None]:
        if draft:
            return lambda: self._window.open_wizard(order_id)
        return lambda: self._window.open_order(order_id)

    def _products(self, text: str) -> list[PaletteEntry]:
        formats = self._context.formats
        try:
            page = self._application.catalog.search(text, limit=_PRODUCTS, language=formats.language)
        except ComptoirError:
            # No catalogue yet: rooms and orders are still worth finding.
            return []
        return [
            PaletteEntry(
                "package",
                server_text(row.name),
                formats.unit_price(row.unit_net) if row.unit_net is not None else server_text(row.sku),
                self._product_opener(row.sku),
            )
            for row in page.rows
        ]

    def _product_opener(self, sku: str) -> Callable[[], None]:
        return lambda: self._window.open_product(sku)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _matches(text: str, words: Sequence[str]) -> bool:
    parts = _fold(text).replace("'", " ").replace("\u2019", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)
