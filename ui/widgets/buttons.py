"""Buttons that show their key, check boxes and key hints, painted from tokens."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.keys import key_labels, keys_text
from ui.theme.look import Look
from ui.theme.tokens import (
    BODY,
    CONTROL,
    MAIN_ACTION,
    MEDIUM,
    NEW_ORDER,
    RADIUS_CONTROL,
    RADIUS_PANEL,
    SECTION,
    SEMIBOLD,
    SMALL,
    Tokens,
)

_HEIGHTS = {"primary": MAIN_ACTION, "secondary": CONTROL, "main": MAIN_ACTION, "big": NEW_ORDER, "link": 24, "chip": 24}


class KeyButton(QPushButton):
    """A button with an optional icon and its key in a cap.

    `kind`: `primary` (petrol, 36 px, one per decision), `big` (petrol, 56 px), `main` (outlined, 36 px),
    `secondary` (outlined, 32 px), `quiet` (no border until hovered), `link` (petrol words only), `chip` (a filter in
    force, its icon at the right).
    `keys` is a portable sequence such as `Ctrl+N`; with `bind` it also presses the button while it can be seen.
    `caps_first` puts the caps before the words.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        kind: str = "secondary",
        icon: str = "",
        keys: str = "",
        bind: bool = True,
        caps_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._kind = kind
        self._icon = icon
        self._caps = key_labels(keys)
        self._caps_first = caps_first
        self.setFont(look.font(SECTION if kind == "big" else BODY, SEMIBOLD))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if keys:
            self.setToolTip(keys_text(keys))
            if bind:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.activated.connect(self.click)

    def sizeHint(self) -> QSize:
        """Words, icon and caps side by side."""
        size = SECTION if self._kind == "big" else BODY
        width = self._look.width(self.text(), size, SEMIBOLD)
        if self._icon:
            width += self._icon_size() + 8
        if self._caps:
            width += painting.caps_width(self._look, self._caps) + 10
        return QSize(round(width) + 2 * self._padding(), _HEIGHTS.get(self._kind, CONTROL))

    def minimumSizeHint(self) -> QSize:
        """A button never gives up its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, focus ring, icon, words, caps."""
        painter = QPainter(self)
        painting.smooth(painter)
        filled = self._kind in ("primary", "big")
        if not self.isEnabled():
            painter.setOpacity(0.5)
        self._paint_ground(painter, filled)
        size = self.sizeHint()
        middle = self.height() / 2
        x = self._padding() + max(0.0, (self.width() - size.width()) / 2)
        if self._caps and self._caps_first:
            painting.caps(painter, self._look, x, middle, self._caps, filled)
            x += painting.caps_width(self._look, self._caps) + 8
        color = self._color(filled)
        if self._icon and self._kind == "chip":
            words = self._look.width(self.text(), BODY, SEMIBOLD)
            self._look.icons.paint(painter, round(x + words + 6), round(middle - 6), self._icon, 12, color)
        elif self._icon:
            side = self._icon_size()
            self._look.icons.paint(painter, round(x), round(middle - side / 2), self._icon, side, color)
            x += side + 8
        text_size = SECTION if self._kind == "big" else BODY
        width = self._look.width(self.text(), text_size, SEMIBOLD)
        painting.text(
            painter, self._look, QRectF(x, 0, width + 2, self.height()), self.text(), color, text_size, SEMIBOLD
        )
        if self._caps and not self._caps_first:
            painting.caps(painter, self._look, x + width + 10, middle, self._caps, filled)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover shows at once."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover ends at once."""
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses a focused button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter, filled: bool) -> None:
        tokens = self._look.tokens
        rect = QRectF(self.rect())
        radius = RADIUS_PANEL if self._kind == "big" else RADIUS_CONTROL
        over = self.isEnabled() and (self.underMouse() or self.isDown())
        if filled:
            painting.box(painter, rect, radius, tokens.accent_hover if over else tokens.accent)
        elif self._kind in ("secondary", "main"):
            painting.box(painter, rect, radius, tokens.hover if over else tokens.surface, tokens.line2)
        elif self._kind == "chip":
            painting.box(painter, rect, rect.height() / 2, tokens.accent_soft)
        elif over:
            painting.box(painter, rect, radius, tokens.hover)
        if self.hasFocus():
            if filled:
                painting.box(painter, rect.adjusted(3, 3, -3, -3), radius - 2, "", tokens.on_accent, 2)
            else:
                painting.box(painter, rect, radius, "", tokens.accent, 2)

    def _color(self, filled: bool) -> str:
        tokens = self._look.tokens
        if filled:
            return tokens.on_accent
        return tokens.accent_ink if self._kind in ("link", "chip") else tokens.ink

    def _padding(self) -> int:
        return {"big": 20, "link": 2, "quiet": 8, "primary": 14, "main": 14}.get(self._kind, 12)

    def _icon_size(self) -> int:
        return {"big": 20, "chip": 12}.get(self._kind, 16)


class KeyHint(QWidget):
    """Caps and a word that say what a key does here: no button, never focused."""

    def __init__(self, look: Look, keys: str | tuple[str, ...], label: str, *, caps_last: bool = False) -> None:
        super().__init__()
        self._look = look
        self._caps = key_labels(keys) if isinstance(keys, str) else keys
        self._label = label
        self._caps_last = caps_last
        width = painting.caps_width(look, self._caps) + 8 + look.width(label, SMALL)
        self.setFixedSize(round(width) + 2, 24)
        self.setAccessibleName(f"{' '.join(self._caps)}: {label}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caps, then the word (or the other way round)."""
        painter = QPainter(self)
        painting.smooth(painter)
        caps_width = painting.caps_width(self._look, self._caps)
        words = self._look.width(self._label, SMALL)
        caps_x, text_x = (words + 8, 0.0) if self._caps_last else (0.0, caps_width + 8)
        painting.caps(painter, self._look, caps_x, 12, self._caps)
        painting.text(painter, self._look, QRectF(text_x, 0, words + 2, 24), self._label, self._look.tokens.ink2, SMALL)
        painter.end()


class CheckBox(QAbstractButton):
    """A check box with words and, at the right, an optional count (a facet)."""

    def __init__(self, look: Look, text: str, count: str = "") -> None:
        super().__init__()
        self._look = look
        self._count = count
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text} ({count})" if count else text)

    def set_count(self, count: str) -> None:
        """Change the count at the right."""
        self._count = count
        self.setAccessibleName(f"{self.text()} ({count})" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """16 px box, words, count."""
        count = self._look.width(self._count, SMALL) + 12 if self._count else 0
        return QSize(round(26 + self._look.width(self.text(), BODY, MEDIUM) + count), 28)

    def minimumSizeHint(self) -> QSize:
        """Narrow places cut the words, which the elision log shows."""
        return QSize(80, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box with check, words, count."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        square = QRectF(0, (self.height() - 16) / 2, 16, 16)
        _paint_check(painter, self._look, square, self.isChecked(), self.hasFocus(), tokens)
        count = self._look.width(self._count, SMALL) if self._count else 0.0
        words = QRectF(24, 0, self.width() - 24 - (count + 8 if count else 0), self.height())
        weight = SEMIBOLD if self.isChecked() else MEDIUM
        painting.text(painter, self._look, words, self.text(), tokens.ink, BODY, weight)
        if self._count:
            right = QRectF(self.width() - count - 1, 0, count + 1, self.height())
            painting.text(painter, self._look, right, self._count, tokens.ink3, SMALL, align=painting.RIGHT)
        painter.end()


def _paint_check(painter: QPainter, look: Look, square: QRectF, checked: bool, focused: bool, tokens: Tokens) -> None:
    if checked:
        painting.box(painter, square, 4, tokens.accent)
        look.icons.paint(painter, square.x() + 2, square.y() + 2, "check-bold", 12, tokens.on_accent)
    else:
        painting.box(painter, square, 4, tokens.surface, tokens.line2)
    if focused:
        painting.box(painter, square.adjusted(-2, -2, 2, 2), 6, "", tokens.accent, 2)
