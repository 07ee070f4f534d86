"""A name on one or two lines: cut between words, with a visible mark only where even two lines do not hold it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR

LINE = 17


def two_lines(look: Look, words: str, width: float, size: int = BODY, weight: int = REGULAR) -> tuple[str, str]:
    """`words` split for two lines of `width` pixels; the second is empty where one line holds all."""
    if look.width(words, size, weight) <= width + 1:
        return words, ""
    parts = words.split(" ")
    first = parts[0]
    for place, part in enumerate(parts[1:], start=1):
        longer = f"{first} {part}"
        if look.width(longer, size, weight) > width:
            return first, " ".join(parts[place:])
        first = longer
    return first, ""


def paint_two_lines(
    painter: QPainter, look: Look, rect: QRectF, words: str, color: str, size: int = BODY, weight: int = REGULAR
) -> None:
    """Draw `words` in the middle of `rect` on one or two lines."""
    first, second = two_lines(look, words, rect.width(), size, weight)
    if not second:
        painting.text(painter, look, rect, first, color, size, weight)
        return
    middle = rect.center().y()
    upper = QRectF(rect.left(), middle - LINE, rect.width(), LINE)
    painting.text(painter, look, upper, first, color, size, weight)
    painting.text(painter, look, upper.translated(0, LINE), second, color, size, weight)
