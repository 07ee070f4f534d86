"""Grounds: cards for separate things, panels for what stays beside the work."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.text import Item, column


class Card(QFrame):
    """A white panel with thin border. `kind`: `card`, `amber` (a problem), `dashed` (an offer)."""

    def __init__(self, *items: Item, kind: str = "card", spacing: int = 8, margin: int = 16) -> None:
        super().__init__()
        self.setProperty("panel", kind)
        self.setLayout(column(*items, spacing=spacing, margins=(margin, margin, margin, margin)))


class SidePanel(QFrame):
    """The white panel at the right of a page, full height, with a thin line at its left."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setProperty("panel", "side")
        self.setFixedWidth(width)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)


def ground(widget: QWidget, name: str) -> QWidget:
    """Give a plain widget a ground (paper, surface, rail, sunk, amber, accent, violet) and return it."""
    widget.setProperty("ground", name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def scrolling(content: QWidget) -> QScrollArea:
    """`content` in a vertical scroll area that shows no frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
