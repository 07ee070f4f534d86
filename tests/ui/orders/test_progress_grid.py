"""The lines of a dossier: a long name takes the lines it needs, its reference stays under it."""

from decimal import Decimal

from desktop_app.services.views import LineProgress, SubOrderProgress
from tests.support.keyboard import settle, shown
from ui.orders.progress_grid import ProgressGrid
from ui.page import UiContext

NAME = 'Asus ProArt Display PA27JCV 27" 5K 60Hz IPS Monitor'
LINE = LineProgress("ProArt-PA27JCV", NAME, 4, Decimal(1), Decimal(4), 4, 0, 0, 0, 0)
PART = SubOrderProgress("O", "Grossiste Ouest", "O", (LINE,), Decimal(4), Decimal(4))


def test_rows_follow_the_width_both_ways(context: UiContext) -> None:
    grid = ProgressGrid(context)
    grid.progress.load((PART,), {})
    heights = []
    with shown(grid, (1000, 400)):
        for width in (1000, 640, 1000):
            grid.resize(width, grid.height())
            settle()
            grid.grab()
            heights.append(grid.rowHeight(1))
    assert heights[1] > heights[0] == heights[2]
    assert context.look.elisions == []
