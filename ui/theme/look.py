"""The look now in force: one object given to every widget. It holds no state of the application."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import load_fonts, make_font
from ui.theme.icons import Icons
from ui.theme.stylesheet import palette, stylesheet
from ui.theme.tokens import BODY, REGULAR, Tokens, tokens_for


class Look:
    """Colours, fonts and icons. After `use` the window rebuilds its pages, so widgets may read tokens once.

    `elisions` collects every text that had to be cut while painting: tests hold it empty.
    """

    def __init__(self, scheme: str = "light") -> None:
        self.family = load_fonts()
        self.icons = Icons()
        self.tokens: Tokens = tokens_for(scheme)
        self.elisions: list[str] = []
        self.font = lru_cache(maxsize=64)(self._font)
        self.metrics = lru_cache(maxsize=64)(self._metrics)

    @property
    def dark(self) -> bool:
        """True for the dark scheme."""
        return self.tokens.name == "dark"

    def use(self, scheme: str) -> None:
        """Take the scheme `light`, `dark` or `system` and give it to the application."""
        self.tokens = tokens_for(system_scheme() if scheme == "system" else scheme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font())
            app.setPalette(palette(self.tokens))
            app.setStyleSheet(stylesheet(self.tokens))

    def width(self, text: str, size: int = BODY, weight: int = REGULAR) -> float:
        """The width of `text` in pixels."""
        return self.metrics(size, weight).horizontalAdvance(text)

    def _font(self, size: int = BODY, weight: int = REGULAR) -> QFont:
        return make_font(self.family, size, weight)

    def _metrics(self, size: int = BODY, weight: int = REGULAR) -> QFontMetricsF:
        return QFontMetricsF(self._font(size, weight))


def system_scheme() -> str:
    """What the desktop environment asks for: `light` or `dark`."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
