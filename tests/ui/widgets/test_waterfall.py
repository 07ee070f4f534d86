"""The waterfall: facts are cut between two of them, a step set aside without a figure has no bar."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.theme.look import Look
from ui.widgets.waterfall import Waterfall, WaterfallStep

LIST = WaterfallStep("total", "List price", "", "100.00", 0.0, 100.0)
FACTS = "DER-2026-7781 · from 24 November to 29 December 2026 · version 148102"


def drawn(qtbot: QtBot, look: Look, step: WaterfallStep, width: int = 360) -> tuple[Waterfall, QImage]:
    falls = Waterfall(look, "Why", detailed=True)
    qtbot.addWidget(falls)
    falls.show_steps((LIST, step))
    falls.resize(width, falls.sizeHint().height())
    falls.show()
    return falls, falls.grab().toImage()


def test_a_fact_is_told_whole_or_not_at_all(qtbot: QtBot, look: Look) -> None:
    falls, _ = drawn(qtbot, look, WaterfallStep("less", "Bid", "", "1", 0.0, 50.0, FACTS))
    assert look.elisions == []
    assert falls._second_line(falls.steps[1]) == "DER-2026-7781 · from 24 November to 29 December 2026"
    assert "148102" in falls.accessibleName()


@pytest.mark.parametrize(("end", "has_bar"), [(0.0, False), (50.0, True)])
def test_only_a_figure_has_a_bar(qtbot: QtBot, look: Look, end: float, has_bar: bool) -> None:
    falls, image = drawn(qtbot, look, WaterfallStep("aside", "Bid", "", "", 0.0, end))
    foot = range(falls.height() - 16, falls.height())
    ground = image.pixelColor(200, falls.height() - 1)
    assert any(image.pixelColor(x, y) != ground for x in range(12) for y in foot) is has_bar
