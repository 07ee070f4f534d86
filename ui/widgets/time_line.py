"""What happened and what comes next, left to right in even steps: an icon in a disc, its state, words below."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD, SMALL, Tokens
from ui.widgets.wrapped_text import two_lines

_DISC, _BADGE = 32, 14
_TEXT_TOP, _LINE = 42, 17
_MAX_STEP = 150


class TimeNode(Struct, frozen=True):
    """One step. `kind` is a state shape (done, waiting, stop, look, off); `lines` stand under the title."""

    icon: str
    kind: str
    title: str
    lines: tuple[str, ...] = ()


class TimeLine(QWidget):
    """Petrol behind us, dashed ahead. Not to scale."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._nodes: tuple[TimeNode, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_nodes(self, nodes: Sequence[TimeNode]) -> None:
        """Show these steps."""
        self._nodes = tuple(nodes)
        told = "; ".join(", ".join((node.title, *node.lines)) for node in self._nodes)
        self.setAccessibleName(f"{self._name}: {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the longest node."""
        lines = max((len(self._wrapped(node)) for node in self._nodes), default=0)
        return QSize(400, _TEXT_TOP + 20 + _LINE * lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow steps break long numbers, and need more height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Never cut in height."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Links first, then discs, then words."""
        if not self._nodes:
            return
        painter = QPainter(self)
        painting.smooth(painter)
        step = self._step()
        for place in range(len(self._nodes) - 1):
            self._paint_link(painter, place * step, (place + 1) * step, self._nodes[place + 1])
        for place, node in enumerate(self._nodes):
            self._paint_node(painter, place * step, step, node)
        painter.end()

    def _step(self) -> float:
        return min(self.width() / max(len(self._nodes), 1), _MAX_STEP)

    def _wrapped(self, node: TimeNode) -> tuple[str, ...]:
        """The words under a node, those that are too long for its step on two lines."""
        width = self._step() - 8
        return tuple(part for line in node.lines for part in two_lines(self._look, line, width, SMALL) if part)

    def _paint_link(self, painter: QPainter, left: float, right: float, target: TimeNode) -> None:
        tokens = self._look.tokens
        ahead = target.kind == "off"
        painter.setPen(painting.pen(tokens.line2, 1.3, (4, 3)) if ahead else painting.pen(tokens.accent, 1.6))
        middle = round(_DISC / 2 + 2)
        painter.drawLine(round(left + _DISC + 1), middle, round(right - 1), middle)

    def _paint_node(self, painter: QPainter, x: float, step: float, node: TimeNode) -> None:
        look, tokens = self._look, self._look.tokens
        disc = QRectF(x + 1, 3, _DISC - 2, _DISC - 2)
        fills = {"done": (tokens.accent_soft, tokens.accent), "stop": (tokens.red_soft, tokens.red_mark)}
        amber = (tokens.amber_soft, tokens.amber_mark)
        fill, border = fills.get(node.kind, amber if node.kind in ("waiting", "look") else ("", tokens.line2))
        if node.kind == "off":
            painter.setPen(painting.pen(border, 1.3, (4, 3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
        else:
            painting.box(painter, disc, disc.width() / 2, fill, border, 1.5)
        inks = {"done": tokens.accent_ink, "stop": tokens.red, "off": tokens.ink3}
        look.icons.paint(painter, round(x + 8), 10, node.icon, 16, inks.get(node.kind, tokens.amber))
        if node.kind != "off":
            badge = QRectF(x + _DISC - _BADGE + 3, _DISC - _BADGE + 5, _BADGE, _BADGE)
            painting.box(painter, badge.adjusted(-1, -1, 1, 1), _BADGE / 2 + 1, tokens.paper)
            painting.state(painter, badge, node.kind, tokens)
        tone = _title_tone(tokens, node.kind)
        words = QRectF(x, _TEXT_TOP, step - 8, 20)
        painting.text(painter, look, words, node.title, tone, BODY, SEMIBOLD)
        for place, line in enumerate(self._wrapped(node)):
            rect = QRectF(x, _TEXT_TOP + 20 + place * _LINE, step - 8, _LINE)
            painting.text(painter, look, rect, line, tokens.ink2, SMALL)


def _title_tone(tokens: Tokens, kind: str) -> str:
    tones = {"waiting": tokens.amber, "look": tokens.amber, "stop": tokens.red, "off": tokens.ink3}
    return tones.get(kind, tokens.ink)
