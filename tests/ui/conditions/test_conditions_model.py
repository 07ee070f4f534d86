"""A hundred thousand conditions: only the pages in sight are read, and they stay right."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.condition_views import ConditionPage, ConditionQuery, ConditionRow
from ui.conditions.conditions_grid import ConditionsGrid
from ui.conditions.conditions_model import PAGE, QUOTA, ConditionsModel
from ui.formats import Formats
from ui.theme.look import Look

TOTAL = 100_000
EN = Formats("en")


def condition(number: int) -> ConditionRow:
    return ConditionRow(
        f"C{number}", "promo", Decimal(30), "%", "all", f"sku:S{number}", f"Product {number}", "N", "Nord", "", None,
        date(2026, 6, 30), 0, "line", Decimal(0), "", "best", 20, 8, "OP-1", "Promo", 1, "now",
    )  # fmt: skip


class Shelf:
    """A hundred thousand rows somewhere else; writes down which pages were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, query: ConditionQuery, offset: int) -> ConditionPage:
        self.asked.append(offset)
        rows = tuple(condition(number) for number in range(offset, min(offset + PAGE, TOTAL)))
        return ConditionPage(rows, TOTAL, None, None)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(shelf: Shelf, qapp: QApplication) -> ConditionsModel:
    made = ConditionsModel(shelf.read, lambda: {"N": "N"}, lambda: date(2026, 6, 9), EN)
    made.load(ConditionQuery())
    return made


def test_the_last_row_is_reached_by_one_more_page(model: ConditionsModel, shelf: Shelf) -> None:
    assert model.rowCount() == TOTAL
    last = model.row(TOTAL - 1)
    assert last is not None
    assert last.id == f"C{TOTAL - 1}"
    assert shelf.asked == [0, TOTAL - PAGE]
    assert model.row(TOTAL) is None
    assert model.index(3, QUOTA).data() == "8 of 20"


def test_scrolling_reads_only_what_is_seen_and_keeps_little(
    model: ConditionsModel, shelf: Shelf, look: Look, qtbot: QtBot
) -> None:
    grid = ConditionsGrid(look, EN, "Conditions")
    qtbot.addWidget(grid)
    grid.setModel(model)
    grid.resize(760, 600)
    grid.show()
    for place in range(0, TOTAL, 5_000):
        grid.select_row(place)
        grid.grab()
    assert len(shelf.asked) <= 2 * (TOTAL // 5_000 + 1)
    assert len(model._pages) <= 13
    assert look.elisions == []
