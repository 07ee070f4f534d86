"""Labels, rules and small layout pieces. Every label is plain text: nothing from a server is ever markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.look import Look
from ui.theme.tokens import BODY, FIGURE, MEDIUM, REGULAR, SECTION, SEMIBOLD, SMALL


class Text(QLabel):
    """Plain text in one of the four sizes; `tone` is a text colour of the tokens (ink, ink2, amber, green ...)."""

    def __init__(
        self, look: Look, text: str = "", size: int = BODY, weight: int = REGULAR, tone: str = "ink", wrap: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(size, weight))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def title(look: Look, text: str = "") -> Text:
    """The one title of a panel or page, 24 px."""
    return Text(look, text, FIGURE, SEMIBOLD)


def section(look: Look, text: str = "") -> Text:
    """A section heading, 16 px."""
    return Text(look, text, SECTION, SEMIBOLD)


def strong(look: Look, text: str = "", tone: str = "ink") -> Text:
    """Body text that counts."""
    return Text(look, text, BODY, SEMIBOLD, tone)


def body(look: Look, text: str = "", tone: str = "ink2", wrap: bool = False) -> Text:
    """Running text."""
    return Text(look, text, BODY, REGULAR, tone, wrap)


def small(look: Look, text: str = "", tone: str = "ink3", wrap: bool = False) -> Text:
    """Ages, hints, notes."""
    return Text(look, text, SMALL, REGULAR, tone, wrap)


def caption(look: Look, text: str = "") -> Text:
    """The label above a field or a group, 12 px medium."""
    return Text(look, text, SMALL, MEDIUM, "ink2")


def rule(vertical: bool = False) -> QFrame:
    """A thin line between things."""
    line = QFrame()
    line.setProperty("rule", True)
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]


def row(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout of widgets; a number is a fixed gap, None takes the free space."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout of widgets; a number is a fixed gap, None takes the free space."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def _fill(layout: QHBoxLayout | QVBoxLayout, items: tuple[Item, ...], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def clear(layout: QLayout) -> None:
    """Empty a layout and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
