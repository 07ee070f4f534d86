"""The draft that a product of the catalogue can be added to: the one worked on last."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.services.views import OrderSummary
from ui.page import Navigator

if TYPE_CHECKING:
    from desktop_app.services.order_service import OrderService

translate = QCoreApplication.translate


class OpenDraft:
    """Asks `orders` anew each time: drafts come and go."""

    def __init__(self, orders: "Callable[[], OrderService]", navigator: Navigator) -> None:
        self._orders, self._navigator = orders, navigator

    def words(self) -> str:
        """What adding to it is called, empty where there is no draft."""
        draft = self._draft()
        return "" if draft is None else translate("OpenDraft", "Add to {0}").format(draft.desk_no)

    def add(self, sku: str, quantity: int) -> None:
        """Add a product to it, and say so."""
        draft = self._draft()
        if draft is None:
            return

        def add() -> int:
            change = self._orders().open_draft(draft.order_id).add(sku, quantity)
            return change.rounded[1] if change.rounded else quantity

        taken = self._navigator.run(add)
        if isinstance(taken, int):
            words = translate("OpenDraft", "{0} × {1} added to {2}.").format(taken, sku, draft.desk_no)
            self._navigator.notify(words, "done", "added")

    def _draft(self) -> OrderSummary | None:
        drafts = self._orders().drafts()
        return max(drafts, key=lambda draft: draft.updated_at) if drafts else None
