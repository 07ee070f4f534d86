"""Filters in words: one of a row of chips with their counts, chosen by click, by arrows or by Tab and Space."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, SEMIBOLD, SMALL
from ui.widgets.tab_order import stop_at_chosen

STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

_HEIGHT = 28
_SPACING = 4
# What is free beside the words; where width lacks there is less of it, and no count.
_PADDING, _TIGHT = 12, 8


class _Chip(QAbstractButton):
    """One filter: words, count."""

    def __init__(self, look: Look, words: str, owner: "FilterChips") -> None:
        super().__init__(owner)
        self._look = look
        self._owner = owner
        self._count = ""
        self._tight = False
        self.setText(words)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: str) -> None:
        """Change the count."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self.text()} ({count})")
            self.updateGeometry()
            self.update()

    def set_tight(self, tight: bool) -> None:
        """Leave the count out."""
        if tight != self._tight:
            self._tight = tight
            self.updateGeometry()
            self.update()

    def whole_width(self) -> int:
        """How wide it is with its count; as heavy as the words get, so that choosing moves nothing."""
        words = self._look.width(self.text(), BODY, SEMIBOLD)
        count = self._look.width(self._count, SMALL) + 8 if self._count else 0
        return round(words + count) + 2 * _PADDING

    def sizeHint(self) -> QSize:
        """With the count where there is room."""
        if self._tight:
            return QSize(round(self._look.width(self.text(), BODY, SEMIBOLD)) + 2 * _TIGHT, _HEIGHT)
        return QSize(self.whole_width(), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the row; Return chooses as Space does."""
        step = STEPS.get(event.key())
        if step is not None:
            self._owner.move_choice(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground when chosen or hovered, ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            painting.box(painter, rect, _HEIGHT / 2, tokens.accent_soft)
        elif self.underMouse():
            painting.box(painter, rect, _HEIGHT / 2, tokens.hover)
        if self.hasFocus():
            painting.box(painter, rect, _HEIGHT / 2, "", tokens.accent, 2)
        words = look.width(self.text(), BODY, SEMIBOLD)
        left = _TIGHT if self._tight else _PADDING
        place = QRectF(left, 0, words + 2, _HEIGHT)
        tone, weight = (tokens.accent_ink, SEMIBOLD) if chosen else (tokens.ink2, MEDIUM)
        painting.text(painter, look, place, self.text(), tone, BODY, weight)
        if not self._tight:
            count = QRectF(left + words + 6, 0, self.width() - words - 20, _HEIGHT)
            painting.text(painter, look, count, self._count, tokens.accent_ink if chosen else tokens.ink3, SMALL)
        painter.end()


class FilterChips(QWidget):
    """`chosen` carries the key of the filter."""

    chosen = Signal(str)

    def __init__(self, look: Look, filters: Sequence[tuple[str, str]], value: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._chips: dict[str, _Chip] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        for key, words in filters:
            chip = _Chip(look, words, self)
            chip.setChecked(key == value)
            chip.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(chip)
            self._chips[key] = chip
            layout.addWidget(chip)
        layout.addStretch(1)
        self._group.buttonToggled.connect(self._on_toggled)
        self._on_toggled()

    def value(self) -> str:
        """The key of the chosen filter."""
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def _on_toggled(self) -> None:
        stop_at_chosen(self._group)

    def choose(self, key: str) -> None:
        """Choose a filter without telling anyone."""
        self._chips[key].setChecked(True)

    def set_count(self, key: str, count: str) -> None:
        """Change the count of a filter."""
        self._chips[key].set_count(count)
        self._fit()
        layout = self.layout()
        if layout is not None:
            # The next picture has room for it already.
            layout.activate()

    def minimumSizeHint(self) -> QSize:
        """Counts are left out before anything else gives way."""
        return QSize(0, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With counts where all of them have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = sum(chip.whole_width() + _SPACING for chip in self._chips.values()) - _SPACING
        for chip in self._chips.values():
            chip.set_tight(wanted > self.width())

    def set_tip(self, key: str, words: str) -> None:
        """What a filter shows, in full: its words are short."""
        self._chips[key].setToolTip(words)
        self._chips[key].setAccessibleDescription(words)

    def take_focus(self) -> None:
        """The chosen chip has the focus."""
        self._chips[self.value()].setFocus()

    def move_choice(self, step: int) -> None:
        """Choose the neighbour."""
        keys = list(self._chips)
        wanted = keys[(keys.index(self.value()) + step) % len(keys)]
        self._chips[wanted].setFocus()
        self._chips[wanted].click()
