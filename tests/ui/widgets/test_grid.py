"""The table of every room: whole rows, Return opens, nothing cut without a trace."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import painting
from ui.theme.look import Look
from ui.widgets.grid import PADDING, ROW_ROLE, Cell, Column, Grid, medium


class Names(QAbstractTableModel):
    ROWS = (("TN1", "Toner noir"), ("MF9", "Multifonction A4 couleur avec chargeur et agrafeuse"))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.ROWS[index.row()][index.column()]
        return self.ROWS[index.row()] if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return ("Number", "Name")[section] if role == Qt.ItemDataRole.DisplayRole else None


def grid_of(look: Look, qtbot: QtBot, width: int, paint: list[Cell] | None = None) -> Grid:
    def remember(cell: Cell) -> None:
        if paint is not None:
            paint.append(cell)
        medium(cell)

    grid = Grid(look, (Column(80), Column(0, painting.LEFT, remember)), name="Names")
    grid.setModel(Names(grid))
    grid.resize(width, 200)
    qtbot.addWidget(grid)
    grid.show()
    return grid


def test_return_opens_the_row_that_is_marked(look: Look, qtbot: QtBot) -> None:
    grid = grid_of(look, qtbot, 600)
    grid.select_row(1)
    with qtbot.waitSignal(grid.row_activated) as told:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert told.args[0].row() == 1
    assert grid.is_row_selected(1)
    assert not grid.is_row_selected(0)


def test_what_does_not_fit_is_logged(look: Look, qtbot: QtBot) -> None:
    grid_of(look, qtbot, 600).grab()
    assert look.elisions == []
    grid_of(look, qtbot, 200).grab()
    assert Names.ROWS[1][1] in look.elisions


def test_a_painter_gets_the_row_and_its_place(look: Look, qtbot: QtBot) -> None:
    cells: list[Cell] = []
    grid_of(look, qtbot, 600, cells).grab()
    assert {cell.row for cell in cells} == set(Names.ROWS)
    assert cells[0].rect.left() == 80 + PADDING


def test_a_row_that_is_not_there_is_not_marked(look: Look, qtbot: QtBot) -> None:
    grid = grid_of(look, qtbot, 600)
    grid.select_row(7)
    assert not grid.currentIndex().isValid()


def test_its_full_height_shows_every_row(look: Look, qtbot: QtBot) -> None:
    grid = grid_of(look, qtbot, 600)
    assert grid.content_height() == 2 * 32 + 32 + 2
