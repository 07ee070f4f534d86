"""The three lights of one order over its dossier: shape, name, what is known, with arrows between."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, RADIUS_PANEL, SEMIBOLD, SMALL

_HEIGHT = 56


class Light(Struct, frozen=True):
    """One light: its state shape, its name, and the words under it."""

    kind: str
    name: str
    note: str


class LightsCard(QWidget):
    """A third of its width per light, on a white card or, not `framed`, on the ground it lies on."""

    def __init__(self, look: Look, *, framed: bool = True) -> None:
        super().__init__()
        self._look = look
        self._inset = 14 if framed else 0
        self._framed = framed
        self._lights: tuple[Light, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lights(self, lights: Sequence[Light]) -> None:
        """Show these."""
        self._lights = tuple(lights)
        self.setAccessibleName("; ".join(f"{light.name}: {light.note}" for light in self._lights))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(640, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, lights, arrows."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens = self._look, self._look.tokens
        if self._framed:
            painting.box(painter, QRectF(self.rect()), RADIUS_PANEL, tokens.surface, tokens.line)
        if not self._lights:
            painter.end()
            return
        step = self.width() / len(self._lights)
        for place, light in enumerate(self._lights):
            x = place * step + self._inset
            painting.state(painter, QRectF(x, 18, 20, 20), light.kind, tokens)
            room = step - self._inset - 30 - (24 if self._framed else 36)
            painting.text(painter, look, QRectF(x + 30, 8, room, 21), light.name, tokens.ink, BODY, SEMIBOLD)
            painting.text(painter, look, QRectF(x + 30, 28, room, 19), light.note, tokens.ink2, SMALL)
            if place < len(self._lights) - 1:
                passed = self._lights[place + 1].kind == "done"
                color = tokens.green_mark if passed else tokens.line2
                end = (place + 1) * step - (20 if self._framed else 32)
                look.icons.paint(painter, round(end), 19, "arrow-right", 16, color)
        painter.end()
