"""Shapes drawn by hand: states, stock marks, key caps, tokens, text with its elision log. Colours: the look."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_MARK, REGULAR, SEMIBOLD, SMALL, Tokens

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter

MARK = 20
CAP = 20


def smooth(painter: QPainter) -> None:
    """Antialias shapes and text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)


def pen(color: str, width: float = 1.0, dash: Sequence[float] | None = None) -> QPen:
    """A flat pen; `dash` is in pixels (Qt counts dashes in pen widths)."""
    made = QPen(QColor(color), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash is not None:
        made.setDashPattern([length / width for length in dash])
    return made


def box(painter: QPainter, rect: QRectF, radius: float, fill: str = "", border: str = "", width: float = 1.0) -> None:
    """A rounded box whose border lies inside `rect`."""
    half = width / 2 if border else 0
    painter.setPen(pen(border, width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def text(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    words: str,
    color: str,
    size: int = BODY,
    weight: int = REGULAR,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of text, centred in height and cut with an ellipsis where it does not fit; returns the width drawn.

    Each cut is written to the look's elision log.
    """
    shown = words
    needed = look.width(words, size, weight)
    if needed > rect.width() + 1:
        look.elisions.append(words)
        shown = look.metrics(size, weight).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        needed = rect.width()
    painter.setFont(look.font(size, weight))
    painter.setPen(QColor(color))
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(rect, int(flags), shown)
    return needed


def hatch(painter: QPainter, rect: QRectF, color: str, gap: float = 4.0, width: float = 1.2) -> None:
    """Diagonal hatching clipped to `rect`: the second series of every meter."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(pen(color, width))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += gap
    painter.restore()


def state(painter: QPainter, rect: QRectF, kind: str, tokens: Tokens) -> None:
    """The shape of a state, fitted in the square `rect`.

    `done`: disc with check. `waiting`: ring half full. `off`: dashed ring. `stop`: octagon with bar.
    `look`: triangle. Anything else is drawn as `off`.
    """
    painter.save()
    smooth(painter)
    size = rect.width()
    draw = {"done": _done, "waiting": _waiting, "stop": _stop, "look": _triangle}.get(kind, _off)
    draw(painter, rect.adjusted(size * 0.03, size * 0.03, -size * 0.03, -size * 0.03), tokens)
    painter.restore()


def _done(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.green_mark))
    painter.drawEllipse(rect)
    unit = rect.width() / 16
    line = pen(tokens.surface, max(1.6, unit * 1.8))
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, top = rect.left(), rect.top()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left + unit * 4.8, top + unit * 8.3),
                QPointF(left + unit * 7.1, top + unit * 10.5),
                QPointF(left + unit * 11.3, top + unit * 5.9),
            ]
        )
    )


def _waiting(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    width = max(1.5, rect.width() / 10)
    ring = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(pen(tokens.amber_mark, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.amber_mark))
    inner = ring.adjusted(width * 0.9, width * 0.9, -width * 0.9, -width * 0.9)
    painter.drawPie(inner, -90 * 16, 180 * 16)


def _off(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    width = max(1.3, rect.width() / 12)
    painter.setPen(pen(tokens.line2, width, (3.2, 2.4)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2))


def _stop(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    cut = rect.width() * 0.293
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    corners = [
        (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
        (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
    ]  # fmt: skip
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.red_mark))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    bar = QRectF(0, 0, rect.width() * 0.5, rect.height() * 0.14)
    bar.moveCenter(rect.center())
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(bar, 1, 1)


def _triangle(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    unit = rect.width() / 16
    left, top = rect.left(), rect.top()
    path = QPainterPath()
    path.addPolygon(
        QPolygonF(
            [
                QPointF(left + unit * 8, top + unit * 1.6),
                QPointF(left + unit * 15.2, top + unit * 14.2),
                QPointF(left + unit * 0.8, top + unit * 14.2),
            ]
        )
    )
    path.closeSubpath()
    edge = pen(tokens.amber_mark, unit * 1.4)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(edge)
    painter.setBrush(QColor(tokens.amber_mark))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(QRectF(left + unit * 7.2, top + unit * 5.6, unit * 1.6, unit * 4.4), 0.6, 0.6)
    painter.drawEllipse(QRectF(left + unit * 7.1, top + unit * 11.0, unit * 1.8, unit * 1.8))


def stock_mark(painter: QPainter, look: Look, x: float, y: float, letter: str, kind: str) -> None:
    """The letter of a wholesaler in a box of 20 px: `enough` filled, `short` with amber foot, else dashed."""
    tokens = look.tokens
    rect = QRectF(x, y, MARK, MARK)
    inner = rect.adjusted(1, 1, -1, -1)
    painter.save()
    smooth(painter)
    color, lift = tokens.ink3, 0.0
    if kind == "enough":
        box(painter, inner, RADIUS_MARK, tokens.stock)
        color = tokens.on_stock
    elif kind == "short":
        path = QPainterPath()
        path.addRoundedRect(inner, RADIUS_MARK, RADIUS_MARK)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(inner.left(), inner.bottom() - 4, inner.width(), 4), QColor(tokens.amber_mark))
        painter.restore()
        box(painter, inner, RADIUS_MARK, "", tokens.stock, 1.2)
        color, lift = tokens.ink, -1.5
    else:
        painter.setPen(pen(tokens.line2, 1.1, (2.6, 1.9)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_MARK, RADIUS_MARK)
    weight = SEMIBOLD if kind == "enough" else MEDIUM
    size = 11 if kind != "short" else 10
    text(painter, look, rect.translated(0, lift), letter[:2], color, size, weight, CENTER)
    painter.restore()


def cap_width(look: Look, label: str) -> float:
    """The width of one key cap."""
    return max(float(CAP), round(look.width(label, SMALL, MEDIUM)) + 10)


def caps_width(look: Look, labels: Iterable[str]) -> float:
    """The width of several caps side by side."""
    widths = [cap_width(look, label) for label in labels]
    return sum(widths) + 3 * max(len(widths) - 1, 0)


def caps(
    painter: QPainter, look: Look, x: float, middle: float, labels: Iterable[str], on_accent: bool = False
) -> None:
    """Key caps in a row from `x`, centred on `middle`; on a petrol ground they keep their contrast."""
    tokens = look.tokens
    painter.save()
    smooth(painter)
    for label in labels:
        width = cap_width(look, label)
        rect = QRectF(x, middle - CAP / 2, width, CAP)
        if on_accent:
            fill, border = QColor(tokens.on_accent), QColor(tokens.on_accent)
            fill.setAlphaF(0.10)
            border.setAlphaF(0.45)
            painter.setPen(QPen(border, 1))
            painter.setBrush(QBrush(fill))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_MARK, RADIUS_MARK)
        else:
            box(painter, rect, RADIUS_MARK, tokens.cap, tokens.cap_border)
        color = tokens.on_accent if on_accent else tokens.ink2
        if label == "\u23ce":
            _return_arrow(painter, rect, color)
        else:
            text(painter, look, rect, label, color, SMALL, MEDIUM, CENTER)
        x += width + 3
    painter.restore()


def _return_arrow(painter: QPainter, rect: QRectF, color: str) -> None:
    """The sign of the return key: the font has none."""
    line = pen(color, 1.3)
    line.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre = rect.center()
    x, y = centre.x(), centre.y()
    painter.drawPolyline(QPolygonF([QPointF(x + 4, y - 3.5), QPointF(x + 4, y + 1.5), QPointF(x - 3.5, y + 1.5)]))
    painter.drawPolyline(QPolygonF([QPointF(x - 1, y - 1), QPointF(x - 3.8, y + 1.5), QPointF(x - 1, y + 4)]))


def chip_width(look: Look, words: str) -> float:
    """The width of a rounded token."""
    return look.width(words, SMALL, MEDIUM) + 20


def chip(painter: QPainter, look: Look, x: float, middle: float, words: str, fill: str, color: str) -> float:
    """A rounded token with words, 20 px high; returns its width."""
    width = chip_width(look, words)
    rect = QRectF(x, middle - 10, width, 20)
    box(painter, rect, 10, fill)
    text(painter, look, rect, words, color, SMALL, MEDIUM, CENTER)
    return width
