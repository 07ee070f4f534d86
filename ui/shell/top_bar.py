"""The bar over every room: the path to the page, the field that opens the palette, the keys, who sits here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.formats import server_text
from ui.page import Crumb
from ui.shell.keys_overlay import PERSON_KEYS
from ui.theme import painting
from ui.theme.keys import keys_text
from ui.theme.look import Look
from ui.theme.tokens import BODY, CONTROL, MEDIUM, PAGE_MARGIN, RADIUS_CONTROL, REGULAR, SECTION, SEMIBOLD, TOP_BAR
from ui.widgets.buttons import KeyButton
from ui.widgets.states import Icon
from ui.widgets.text import Text, clear
from ui.widgets.tips import plain_tip

_PALETTE_WIDTH = 288
_PERSON_WIDTH = 200


class PaletteButton(QPushButton):
    """Looks like a search field and opens the palette."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Fixed."""
        return QSize(_PALETTE_WIDTH, CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, command sign, words, caps."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens = self._look, self._look.tokens
        rect, middle = QRectF(self.rect()), self.height() / 2
        fill = tokens.hover if self.underMouse() else tokens.surface
        border = tokens.accent if self.hasFocus() else tokens.line2
        painting.box(painter, rect, RADIUS_CONTROL, fill, border, 2 if self.hasFocus() else 1)
        look.icons.paint(painter, 10, round(middle - 8), "command", 16, tokens.ink3)
        caps = painting.caps_width(look, ("Ctrl", "K"))
        words = QRectF(34, 0, rect.width() - 34 - caps - 14, rect.height())
        painting.text(painter, look, words, self.text(), tokens.ink3)
        painting.caps(painter, look, rect.width() - caps - 6, middle, ("Ctrl", "K"))
        painter.end()


class PersonButton(QPushButton):
    """Who sits at the desk; opens the list of people. A long name is cut with a mark and whole in the tool tip."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_person("")

    def show_person(self, name: str) -> None:
        """Another name, empty where nobody said."""
        words = server_text(name) or self.tr("Who are you?")
        self.setText(words)
        self.setToolTip(plain_tip(f"{words} · {keys_text(PERSON_KEYS)}"))
        self.setAccessibleName(self.tr("At this desk: {0}").format(words))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Icon, words, caret."""
        return QSize(min(round(self._look.width(self.text(), BODY, MEDIUM)) + 56, _PERSON_WIDTH), CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, words, caret; a ground when hovered, ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        middle = round(rect.height() / 2)
        if self.underMouse():
            painting.box(painter, rect, RADIUS_CONTROL, tokens.hover)
        if self.hasFocus():
            painting.box(painter, rect, RADIUS_CONTROL, "", tokens.accent, 2)
        look.icons.paint(painter, 8, middle - 8, "user", 16, tokens.ink2)
        look.icons.paint(painter, rect.right() - 22, middle - 6, "caret-down", 12, tokens.ink3)
        painting.text(painter, look, rect.adjusted(30, 0, -26, 0), self.text(), tokens.ink, BODY, MEDIUM)
        painter.end()


class _CrumbButton(QPushButton):
    def __init__(self, look: Look, text: str, open_page: Callable[[], None]) -> None:
        super().__init__(text)
        self._look = look
        self.setFont(look.font(SECTION, REGULAR))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: open_page())

    def sizeHint(self) -> QSize:
        """The words."""
        return QSize(round(self._look.width(self.text(), SECTION, MEDIUM)) + 8, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, underlined when hovered, ring when focused."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens, rect = self._look.tokens, QRectF(self.rect())
        if self.hasFocus():
            painting.box(painter, rect, 4, "", tokens.accent, 2)
        width = painting.text(painter, self._look, rect.adjusted(2, 0, 0, 0), self.text(), tokens.ink2, SECTION, MEDIUM)
        if self.underMouse():
            painter.fillRect(QRectF(2, rect.bottom() - 4, width, 1), QColor(tokens.ink2))
        painter.end()


class TopBar(QFrame):
    """56 px over the page; its signals ask for the palette, the keys overlay and the list of people."""

    palette_wanted = Signal()
    keys_wanted = Signal()
    person_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(TOP_BAR)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, 0, 16, 0)
        layout.setSpacing(12)
        self._path = QHBoxLayout()
        self._path.setSpacing(10)
        palette = PaletteButton(look, self.tr("Go to, search, act…"))
        palette.clicked.connect(self.palette_wanted)
        keys = KeyButton(look, self.tr("Keys"), kind="quiet", keys="F1", bind=False, caps_first=True)
        keys.clicked.connect(self.keys_wanted)
        self.person = PersonButton(look)
        self.person.clicked.connect(self.person_wanted)
        layout.addLayout(self._path)
        layout.addStretch(1)
        layout.addWidget(palette)
        layout.addWidget(keys)
        layout.addWidget(self.person)

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """The path to the page: all but the last can be clicked."""
        clear(self._path)
        for index, crumb in enumerate(crumbs):
            if index:
                self._path.addWidget(Icon(self._look, "caret-right", 14, "ink3"))
            self._path.addWidget(self._crumb(crumb))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thin line at the foot."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._look.tokens.line))
        painter.end()

    def _crumb(self, crumb: Crumb) -> QWidget:
        if crumb.open is None:
            return Text(self._look, crumb.text, SECTION, SEMIBOLD)
        return _CrumbButton(self._look, crumb.text, crumb.open)
