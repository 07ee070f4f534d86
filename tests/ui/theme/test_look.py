"""The look in force: our typeface, tabular figures, icons, and the log of what had to be cut."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, SEMIBOLD
from ui.widgets.text import Text

UI = Path(__file__).resolve().parents[3] / "ui"


def test_the_shipped_typeface_is_used(look: Look) -> None:
    assert look.family == "Inter"


def test_figures_stand_under_one_another(look: Look) -> None:
    assert look.width("1111") == pytest.approx(look.width("8888"))
    assert look.width("1111", BODY, SEMIBOLD) == pytest.approx(look.width("8888", BODY, SEMIBOLD))


def test_tabular_figures_survive_the_style_sheet(look: Look, qtbot: QtBot) -> None:
    label = Text(look, "1111", tone="amber")
    qtbot.addWidget(label)
    label.ensurePolished()
    ones = label.sizeHint().width()
    label.setText("8888")
    assert label.sizeHint().width() == ones


def test_a_text_that_does_not_fit_is_logged(look: Look) -> None:
    pixmap = QPixmap(200, 40)
    painter = QPainter(pixmap)
    painting.text(painter, look, QRectF(0, 0, 200, 20), "short", look.tokens.ink)
    assert look.elisions == []
    painting.text(painter, look, QRectF(0, 0, 30, 20), "much too long for this", look.tokens.ink)
    painter.end()
    assert look.elisions == ["much too long for this"]


def test_labels_never_read_markup(look: Look, qtbot: QtBot) -> None:
    label = Text(look, '<img src="http://x/a.png"><a href="file:///c:/windows">go</a>')
    qtbot.addWidget(label)
    plain = QLabel("<b>x</b>")
    qtbot.addWidget(plain)
    assert label.text().startswith("<img")
    assert label.sizeHint().width() > plain.sizeHint().width() * 5


def named_icons() -> set[str]:
    """Each literal that stands where an icon is asked for."""
    found: set[str] = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                found.add(str(node.value.value))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Icon", "IconButton", "PaletteEntry"):
                found |= {str(item.value) for item in node.args[:2] if isinstance(item, ast.Constant)}
    return found - {""}


def test_every_icon_that_is_asked_for_exists(look: Look) -> None:
    icons = named_icons()
    assert len(icons) > 10
    assert {icon for icon in icons if not look.icons.has(icon)} == set()


def test_an_icon_is_drawn_once_and_kept(look: Look) -> None:
    one = look.icons.pixmap("house", 18, "#000000")
    assert look.icons.pixmap("house", 18, "#000000") is one
    assert look.icons.pixmap("house", 18, "#FFFFFF") is not one


@pytest.mark.parametrize("kind", ["done", "waiting", "off", "stop", "look"])
def test_each_state_has_a_shape_of_its_own(look: Look, kind: str) -> None:
    shapes = {name: drawn(look, name) for name in ("done", "waiting", "off", "stop", "look")}
    assert all(shapes[kind] != shape for name, shape in shapes.items() if name != kind)
    assert drawn(look, kind) == shapes[kind]


def drawn(look: Look, kind: str) -> bytes:
    pixmap = QPixmap(32, 32)
    pixmap.fill(look.tokens.paper)
    painter = QPainter(pixmap)
    painting.state(painter, QRectF(0, 0, 32, 32), kind, look.tokens)
    painter.end()
    image = pixmap.toImage()
    return bytes(image.constBits())
