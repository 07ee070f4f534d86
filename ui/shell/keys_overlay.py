"""F1: the keys of this page and of the whole program, in two columns."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.page import KeyEntry
from ui.theme.keys import key_labels
from ui.theme.look import Look
from ui.widgets.buttons import KeyHint
from ui.widgets.sheet import Sheet
from ui.widgets.text import column, row, section, small, strong

PERSON_KEYS = "Ctrl+U"
translate = QCoreApplication.translate


def always() -> tuple[KeyEntry, ...]:
    """The keys of the whole program."""
    return (
        KeyEntry("Ctrl+N", translate("KeysOverlay", "New order")),
        KeyEntry("Ctrl+K", translate("KeysOverlay", "Go to, search, act")),
        KeyEntry("Alt+1", translate("KeysOverlay", "Home, Alt + digit: the other rooms")),
        KeyEntry("F5", translate("KeysOverlay", "Synchronise now")),
        KeyEntry(PERSON_KEYS, translate("KeysOverlay", "Somebody else at this desk")),
        KeyEntry("F1", translate("KeysOverlay", "These keys")),
        KeyEntry("Ctrl+Q", translate("KeysOverlay", "Quit")),
    )


class KeysOverlay(Sheet):
    """Two lists of keys; any key closes it."""

    def __init__(
        self, look: Look, window: QWidget, page_title: str, page: Sequence[KeyEntry], everywhere: Sequence[KeyEntry]
    ) -> None:
        super().__init__(look, window, 640)
        left = self._list(look, page_title, page) if page else None
        right = self._list(look, self.tr("Everywhere"), everywhere)
        lists = row(left, right, spacing=32) if left is not None else row(right)
        self.panel.setLayout(
            column(
                row(section(look, self.tr("Keys")), None, small(look, self.tr("any key closes this"))),
                lists,
                spacing=16,
                margins=(24, 20, 24, 24),
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key closes, and does nothing else."""
        self.close_sheet()

    def _list(self, look: Look, heading: str, entries: Sequence[KeyEntry]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for index, entry in enumerate(entries):
            grid.addWidget(KeyHint(look, key_labels(entry.keys), entry.label), index, 0, Qt.AlignmentFlag.AlignLeft)
        holder.setLayout(column(strong(look, heading), grid, None, spacing=10))
        return holder
