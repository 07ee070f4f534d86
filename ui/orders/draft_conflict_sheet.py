"""Two versions of a draft side by side, and what can be done with them: nothing is lost whatever is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.order import Delivery
from desktop_app.services.shared_views import DraftConflict, Side, Theirs
from ui.delivery_words import address_text, when_and_how
from ui.formats import Formats, server_text
from ui.models.compared_model import ComparedModel, ComparedRow
from ui.page import UiContext
from ui.share_words import holder_name
from ui.theme import painting
from ui.theme.tokens import MEDIUM, SEMIBOLD, SMALL
from ui.widgets.buttons import KeyButton
from ui.widgets.grid import Cell, Column, Grid
from ui.widgets.sheet import Sheet
from ui.widgets.text import body, column, row, section

translate = QCoreApplication.translate

_WIDTH, _VERSION = 760, 170
_ROW, _HEAD, _MOST_ROWS = 48, 36, 7
_KEYS = {Side.BOTH: "Ctrl+1", Side.THEIRS: "Ctrl+2", Side.MINE: "Ctrl+3"}


class DraftConflictSheet(Sheet):
    """`chosen` carries the `Side`. Esc decides nothing: both versions stay as they are."""

    chosen = Signal(str)

    def __init__(self, context: UiContext, window: QWidget, conflict: DraftConflict) -> None:
        super().__init__(context.look, window, _WIDTH, top=72)
        look, formats = context.look, context.formats
        name = holder_name(conflict.holder)
        title = self.tr("Two versions of {0}").format(conflict.desk_no)
        self.setAccessibleName(title)
        self.model = ComparedModel(conflict, _details(conflict, formats), name, formats, self)
        self.grid = _grid(context, self.model, title)
        self.buttons = QGridLayout()
        self.buttons.setHorizontalSpacing(14)
        self.buttons.setVerticalSpacing(8)
        self.buttons.setColumnStretch(1, 1)
        for place, side in enumerate(conflict.sides):
            words, hint = _choice(side, conflict, name)
            button = KeyButton(look, words, kind="main", keys=_KEYS[side])
            button.setAccessibleDescription(hint)
            button.clicked.connect(self._chooser(side))
            self.buttons.addWidget(button, place, 0)
            self.buttons.addWidget(body(look, formats.typography(hint), wrap=True), place, 1)
        later = KeyButton(look, self.tr("Decide later"), keys="Esc", bind=False)
        later.clicked.connect(self.close_sheet)
        said = _what_happened(conflict, name, formats.at(conflict.changed_at, context.now()))
        self.panel.setLayout(
            column(
                section(look, title),
                body(look, formats.typography(said), wrap=True),
                self.grid,
                4,
                self.buttons,
                row(None, later),
                spacing=10,
                margins=(24, 20, 24, 20),
            )
        )

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The first choice has the focus: it keeps everything."""
        first = self.buttons.itemAtPosition(0, 0)
        super().open_sheet(focus or (first.widget() if first is not None else None))

    def _chooser(self, side: Side) -> Callable[[], None]:
        def choose() -> None:
            self.close_sheet()
            self.chosen.emit(side.value)

        return choose


def _grid(context: UiContext, model: ComparedModel, title: str) -> Grid:
    right = painting.RIGHT
    columns = (Column(0, paint=_what), Column(_VERSION, right, _version), Column(_VERSION, right, _version))
    grid = Grid(context.look, columns, _ROW, title)
    grid.setModel(model)
    grid.setFixedHeight(_HEAD + _ROW * min(model.rowCount(), _MOST_ROWS))
    grid.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    grid.select_row(0)
    return grid


def _what(cell: Cell) -> None:
    if not isinstance(cell.row, ComparedRow):
        return
    if not cell.row.detail:
        cell.text(cell.words, weight=SEMIBOLD)
        return
    above, below = cell.lines()
    cell.text(cell.words, weight=SEMIBOLD, rect=above)
    cell.text(cell.row.detail, "ink2", SMALL, rect=below)


def _version(cell: Cell) -> None:
    differs = isinstance(cell.row, ComparedRow) and cell.row.differs
    cell.text(cell.words, "amber" if differs else "ink2", weight=SEMIBOLD if differs else MEDIUM)


def _details(conflict: DraftConflict, formats: Formats) -> tuple[ComparedRow, ...]:
    mine, theirs = conflict.mine, conflict.theirs
    rows = [
        (translate("DraftConflict", "Reference"), mine.reference, theirs.reference),
        (translate("DraftConflict", "End client"), mine.end_client, theirs.end_client),
        (translate("DraftConflict", "Note"), mine.note, theirs.note),
    ]
    found = [ComparedRow(what, "", server_text(one) or "–", server_text(other) or "–") for what, one, other in rows]
    delivered = _where(mine.delivery), _where(theirs.delivery)
    found.append(ComparedRow(translate("DraftConflict", "Delivery address"), "", *delivered))
    when = when_and_how(mine.delivery, formats), when_and_how(theirs.delivery, formats)
    found.append(ComparedRow(translate("DraftConflict", "Delivery"), "", *when))
    return tuple(found)


def _where(delivery: Delivery) -> str:
    return translate("DraftConflict", "ours") if delivery.address is None else address_text(delivery.address)


def _what_happened(conflict: DraftConflict, name: str, when: str) -> str:
    said = {
        Theirs.SENT: translate(
            "DraftConflict", "{0} sent it {1}, without what you changed here. Nothing is lost, whatever you choose."
        ),
        Theirs.DROPPED: translate(
            "DraftConflict", "{0} dropped it {1}; you had changed it here. Nothing is lost, whatever you choose."
        ),
        Theirs.OPEN: translate(
            "DraftConflict", "{0} changed it {1}; so did you, here. Nothing is lost, whatever you choose."
        ),
    }
    return said[conflict.state].format(name, when)


def _choice(side: Side, conflict: DraftConflict, name: str) -> tuple[str, str]:
    """The words of a button, and what it leads to."""
    state = conflict.state
    match side:
        case Side.BOTH:
            hints = {
                Theirs.SENT: translate("DraftConflict", "Yours becomes a draft of its own; the order stays sent."),
                Theirs.DROPPED: translate("DraftConflict", "Yours becomes a draft of its own, which only you see."),
                Theirs.OPEN: translate(
                    "DraftConflict", "Yours becomes a draft of its own; {0} goes on with the shared one."
                ),
            }
            words = (
                translate("DraftConflict", "Keep mine")
                if state is Theirs.DROPPED
                else translate("DraftConflict", "Keep both")
            )
            return words, hints[state].format(name)
        case Side.THEIRS:
            words = (
                translate("DraftConflict", "Drop it too")
                if state is Theirs.DROPPED
                else translate("DraftConflict", "Take theirs")
            )
            return words, translate("DraftConflict", "Yours is put away among the cancelled, to be taken up again.")
        case Side.MINE if state is Theirs.DROPPED:
            words = translate("DraftConflict", "Share mine again")
            return words, translate("DraftConflict", "Your colleagues see the draft again, in your version.")
        case Side.MINE:
            return translate("DraftConflict", "Put mine over theirs"), translate(
                "DraftConflict", "You hold the shared draft again; theirs is put away here among the cancelled."
            )
