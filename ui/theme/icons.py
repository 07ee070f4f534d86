"""Phosphor icons as pixmaps, cached by name, colour, size and device ratio. State shapes are in `painting`."""

import json
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

_FONT_FILE = "phosphor-1.3.0.ttf"
_CHARMAP_FILE = "phosphor-charmap-1.3.0.json"


def _fonts() -> Path:
    """Where qtawesome keeps its fonts. It is only looked up: importing it costs a quarter of the program's start."""
    package = find_spec("qtawesome")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "fonts"


class Icons:
    """The icon font: only Phosphor of the families that qtawesome brings."""

    def __init__(self) -> None:
        font = QFontDatabase.addApplicationFont(str(_fonts() / _FONT_FILE))
        self._family = QFontDatabase.applicationFontFamilies(font)[0]
        self._codes: dict[str, str] = json.loads((_fonts() / _CHARMAP_FILE).read_text(encoding="utf-8"))
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def has(self, name: str) -> bool:
        """True where the family has an icon of that name."""
        return name in self._codes

    def pixmap(self, name: str, size: int, color: str, ratio: float = 1.0) -> QPixmap:
        """The icon `name` (as Phosphor calls it, `-fill` and `-bold` included), `size` pixels square."""
        key = (name, color, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(name, size, color, ratio)
        return found

    def icon(self, name: str, size: int, color: str) -> QIcon:
        """The same as a QIcon, for widgets of Qt that want one."""
        icon = QIcon(self.pixmap(name, size, color))
        icon.addPixmap(self.pixmap(name, size, color, 2.0))
        return icon

    def paint(self, painter: QPainter, x: float, y: float, name: str, size: int, color: str) -> None:
        """Draw the icon with its top left corner at (x, y)."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(QRectF(x, y, size, size).topLeft(), self.pixmap(name, size, color, ratio))

    def _draw(self, name: str, size: int, color: str, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(color))
        painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, chr(int(self._codes[name], 16)))
        painter.end()
        return pixmap
