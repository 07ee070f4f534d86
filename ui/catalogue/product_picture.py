"""A place for the product's picture. Until there are pictures it shows what kind of thing the product is."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import RADIUS_PANEL

_ICONS = (
    ("monitor", "monitor"), ("screen", "monitor"), ("keyboard", "keyboard"), ("mouse", "mouse"),
    ("headset", "headset"), ("headphone", "headphones"), ("webcam", "webcam"), ("speaker", "speaker-high"),
    ("memory", "memory"), ("ram", "memory"), ("cpu", "cpu"), ("processor", "cpu"), ("storage", "hard-drives"),
    ("disk", "hard-drives"), ("ssd", "hard-drives"), ("fan", "fan"), ("cooler", "fan"), ("case", "desktop-tower"),
    ("laptop", "laptop"), ("printer", "printer"), ("network", "network"), ("wireless", "wifi-high"),
    ("cable", "plugs-connected"), ("power", "lightning"), ("psu", "lightning"), ("ups", "battery-charging"),
    ("graphics", "graphics-card"), ("gpu", "graphics-card"), ("motherboard", "circuitry"), ("sound", "speaker-high"),
    ("microphone", "microphone"), ("controller", "game-controller"), ("chair", "armchair"), ("desk", "desktop"),
)  # fmt: skip


class ProductPicture(QWidget):
    """A sunk box with the icon of a family."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = "package"
        self.setFixedSize(88, 72)

    def show_family(self, family: str) -> None:
        """Take the icon that fits the family's code."""
        code = family.casefold()
        self._icon = next((icon for word, icon in _ICONS if word in code and self._look.icons.has(icon)), "package")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box and icon."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        painting.box(painter, QRectF(self.rect()), RADIUS_PANEL, tokens.sunk, tokens.line)
        self._look.icons.paint(
            painter, (self.width() - 36) // 2, (self.height() - 36) // 2, self._icon, 36, tokens.accent
        )
        painter.end()
