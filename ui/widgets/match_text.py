"""A text whose parts that match the typed words are underlined in petrol: readable without colour."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM


def matched_spans(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where `words` occur in `text` as (start, end), whatever the case and the accents, without overlap."""
    folded = "".join(_fold(character) for character in text)
    taken: list[tuple[int, int]] = []
    for word in sorted({"".join(_fold(character) for character in word) for word in words}, key=len, reverse=True):
        start = _find(folded, word)
        if start >= 0 and all(start >= end or start + len(word) <= begin for begin, end in taken):
            taken.append((start, start + len(word)))
    return tuple(sorted(taken))


def paint_matches(
    painter: QPainter, look: Look, rect: QRectF, text: str, words: Sequence[str], size: int = BODY, weight: int = MEDIUM
) -> float:
    """One line of text with its matches underlined, 2 px; returns the width drawn."""
    width = painting.text(painter, look, rect, text, look.tokens.ink, size, weight)
    metrics = look.metrics(size, weight)
    bottom = rect.center().y() + metrics.ascent() / 2 + 2
    for start, end in matched_spans(text, words):
        left = metrics.horizontalAdvance(text[:start])
        right = min(metrics.horizontalAdvance(text[:end]), rect.width())
        if left < right:
            painter.fillRect(
                QRectF(rect.left() + left, bottom, right - left, 2), painting.pen(look.tokens.accent).color()
            )
    return width


def _fold(character: str) -> str:
    """One character without case and accent; always one character, so that places stay places."""
    plain = unicodedata.normalize("NFD", character)[:1].casefold()
    return plain if len(plain) == 1 else character


def _find(text: str, word: str) -> int:
    """The first occurrence at the start of a word, else the first anywhere, else -1."""
    if not word:
        return -1
    place = text.find(word)
    first = place
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum():
            return place
        place = text.find(word, place + 1)
    return first
