"""A sheet with a waterfall, scrolling where the window is low, and the same as text to copy. Its heirs say what."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.text import column, row
from ui.widgets.waterfall import Waterfall, WaterfallStep

_MARGIN, _BAR = 24, 12
# What is left free over and under the sheet.
_FREE = 48
_PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class StorySheet(Sheet):
    """Esc closes, Ctrl+C copies; Page Up and Page Down move a long story."""

    def __init__(self, context: UiContext, window: QWidget, width: int) -> None:
        super().__init__(context.look, window, width)
        self._context = context
        self._text = ""
        self._falls = Waterfall(context.look, "", detailed=True)
        self._falls.setFixedWidth(width - 2 * _MARGIN - _BAR)
        self._scroll = scrolling(self._falls)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy = KeyButton(context.look, self.tr("Copy the calculation"), kind="primary", keys="Ctrl+C")
        self._copy.clicked.connect(self._on_copy)

    def show_story(
        self, head: QLayout, name: str, steps: Sequence[WaterfallStep], text: str, more: Sequence[QWidget] = ()
    ) -> None:
        """Fill the sheet: what stands over the waterfall, its name and steps, the text, more buttons at the foot."""
        self._text = text
        self._falls.show_steps(steps, name)
        self._scroll.setAccessibleName(name)
        self.setAccessibleName(name)
        close = KeyButton(self._context.look, self.tr("Close"), kind="main", keys="Esc", bind=False)
        close.clicked.connect(self.close_sheet)
        foot = row(*more, None, close, self._copy)
        self.panel.setLayout(column(head, self._scroll, foot, spacing=12, margins=(_MARGIN, 20, _MARGIN, 20)))

    @property
    def text(self) -> str:
        """What Ctrl+C copies."""
        return self._text

    @property
    def steps(self) -> tuple[WaterfallStep, ...]:
        """The rows of the waterfall."""
        return self._falls.steps

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The copy button has the focus: Return copies."""
        super().open_sheet(focus or self._copy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages of the story."""
        step = _PAGES.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def place_panel(self) -> None:
        """As high as the story, at most as high as the window."""
        layout = self.panel.layout()
        if layout is None:
            return
        story = self._falls.sizeHint().height()
        self._scroll.setFixedHeight(story)
        layout.activate()
        room = self.height() - _FREE - (layout.sizeHint().height() - story)
        self._scroll.setFixedHeight(max(min(story, room), 120))
        super().place_panel()
        top = min(self.panel.y(), max((self.height() - self.panel.height()) // 2, _FREE // 2))
        self.panel.move(self.panel.x(), top)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._context.navigator.notify(self.tr("The calculation is in the clipboard."), "done", "copied")
        self.close_sheet()
