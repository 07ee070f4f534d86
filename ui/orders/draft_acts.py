"""What a person does with shared drafts, from the list or from the wizard: share, take over, look at two versions."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.order import Status
from desktop_app.services.draft_sharing import DraftSharing
from desktop_app.services.shared_views import DraftConflict, Side
from desktop_app.services.views import DraftShare, OrderSummary
from ui.orders.confirm_sheet import ConfirmSheet
from ui.orders.draft_conflict_sheet import DraftConflictSheet
from ui.page import UiContext
from ui.share_words import holder_name

SHARE_KEYS, TAKE_KEYS, COMPARE_KEYS = "Alt+S", "Alt+O", "Alt+C"


class DraftActs(QObject):
    """`window` gives the window that sheets cover."""

    def __init__(
        self, context: UiContext, sharing: DraftSharing, window: Callable[[], QWidget], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._sharing, self._window = context, sharing, window

    def share(self, draft_id: str) -> None:
        """Let the colleagues see it."""
        shared = self._context.navigator.run(lambda: self._sharing.share(draft_id))
        if isinstance(shared, OrderSummary):
            words = self.tr("Draft {0} is shared: your colleagues see it and can take it over.").format(shared.desk_no)
            self._context.navigator.notify(words, "done", f"share-{draft_id}")

    def ask_to_take(self, draft_id: str, desk_no: str, share: DraftShare) -> None:
        """Take a draft over once the person has read who has it."""
        formats = self._context.formats
        detail = self.tr(
            "{0} has had it since {1}. You go on with what is shared; what is not yet shared there is kept there."
        ).format(holder_name(share.holder), formats.since(share.since, self._context.now()))
        sheet = ConfirmSheet(
            self._context.look,
            self._window(),
            formats.typography(self.tr("Take over {0}?").format(desk_no)),
            formats.typography(detail),
            self.tr("Take it over"),
            self.tr("Leave it"),
        )
        sheet.agreed.connect(lambda: self.take(draft_id))
        sheet.open_sheet()

    def take(self, draft_id: str) -> None:
        """Take it over, and open it."""
        if self._context.navigator.run(lambda: self._sharing.take(draft_id)) is not None:
            self._context.navigator.open_wizard(draft_id)

    def compare(self, draft_id: str) -> None:
        """Show both versions of it."""
        conflict = self._context.navigator.run(lambda: self._sharing.conflict(draft_id))
        if isinstance(conflict, DraftConflict):
            sheet = DraftConflictSheet(self._context, self._window(), conflict)
            sheet.chosen.connect(lambda side: self._settle(conflict, Side(side)))
            sheet.open_sheet()

    def _settle(self, conflict: DraftConflict, side: Side) -> None:
        navigator = self._context.navigator
        kept = navigator.run(lambda: self._sharing.settle(conflict.draft_id, side))
        if not isinstance(kept, OrderSummary):
            return
        if kept.status is Status.DRAFT:
            navigator.open_wizard(kept.order_id)
        else:
            navigator.open_order(kept.order_id)
            words = self.tr("Your version is put away as {0}; Take up again makes a draft of it.").format(kept.desk_no)
            navigator.notify(words, "done", f"share-{conflict.draft_id}")
