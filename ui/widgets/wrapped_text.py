"""A name on one or two lines: broken between words, and inside one that is too long for a line (a part number).

A visible mark stands only where even two lines do not hold it.
"""

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, REGULAR

LINE = 17
# A line may end after a space, a hyphen or a slash.
_PIECES = re.compile(r"[^ /-]*[ /-]+|[^ /-]+")


def two_lines(look: Look, words: str, width: float, size: int = BODY, weight: int = REGULAR) -> tuple[str, str]:
    """`words` split for two lines of `width` pixels; the second is empty where one line holds all."""
    if look.width(words, size, weight) <= width + 1:
        return words, ""
    parts = _PIECES.findall(words)
    first = ""
    for place, part in enumerate(parts):
        longer = first + part
        if look.width(longer.rstrip(), size, weight) > width:
            if not first:
                break
            return first.rstrip(), "".join(parts[place:])
        first = longer
    return _broken(look, words, width, size, weight)


def wrapped(look: Look, words: str, width: float, size: int = BODY, weight: int = REGULAR, limit: int = 3) -> list[str]:
    """`words` on as many lines of `width` pixels as they need, at most `limit`; the last holds what is left."""
    lines: list[str] = []
    rest = words
    while rest and len(lines) < limit - 1:
        first, rest = two_lines(look, rest, width, size, weight)
        lines.append(first)
    return [*lines, rest] if rest else lines


def _broken(look: Look, words: str, width: float, size: int, weight: int) -> tuple[str, str]:
    """The first word alone is too long: broken after the last letter that fits."""
    fits = 1
    while fits < len(words) - 1 and look.width(words[: fits + 1], size, weight) <= width:
        fits += 1
    return words[:fits], words[fits:]


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
