"""The draft as a table, without a view: numbering, problem rows, narrow signals, undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.application import Application
from desktop_app.services.draft_session import DraftSession
from ui.formats import Formats
from ui.models.order_lines_model import (
    COLUMNS,
    DISCOUNT,
    NET,
    NUMBER,
    QUANTITY,
    ROUNDED,
    SKU,
    STOCK,
    TOTAL,
    OrderLinesModel,
    RowKind,
)
from ui.widgets.grid import ROW_ROLE, TONE_ROLE


@pytest.fixture
def session(qapp: QApplication, application: Application) -> DraftSession:
    """The worked example's lines."""
    draft = application.orders.new_draft()
    draft.add_many([("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, "")])
    return draft


@pytest.fixture
def model(session: DraftSession) -> Iterator[OrderLinesModel]:
    """The model under Qt's own tester, which fails on every broken rule of item models."""
    made = OrderLinesModel(session, Formats("en"), lambda problem: problem.message)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def text(model: OrderLinesModel, row: int, column: int) -> str:
    return str(model.index(row, column).data())


def kinds(model: OrderLinesModel) -> list[RowKind]:
    return [model.row(row).kind for row in range(model.rowCount())]


def numbers(model: OrderLinesModel) -> list[str]:
    return [text(model, row, NUMBER) for row in range(model.rowCount()) if model.row(row).kind is not RowKind.PROBLEM]


def test_lines_show_their_price_to_the_cent_and_an_open_row_comes_last(model: OrderLinesModel) -> None:
    assert kinds(model) == [RowKind.LINE, RowKind.LINE, RowKind.LINE, RowKind.ENTRY]
    assert [text(model, row, NET) for row in range(3)] == ["91.6185", "540.0000", "13.9930"]
    assert [text(model, row, TOTAL) for row in range(3)] == ["1,099.42", "1,080.00", "41.98"]
    assert [text(model, row, DISCOUNT) for row in range(3)] == ["35% + 5%", "special bid", "30%"]
    assert numbers(model) == ["1", "2", "3", "4"]
    assert text(model, 0, STOCK) == "N 140, S 3"
    assert model.columnCount() == COLUMNS
    assert model.headerData(SKU, Qt.Orientation.Horizontal) == "Reference"


def test_a_quantity_typed_by_a_person_reprices_its_line_alone(model: OrderLinesModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    assert model.setData(model.index(0, QUANTITY), "50")
    assert text(model, 0, NET) == "88.7253"
    assert told == [(0, 0)]


@pytest.mark.parametrize("typed", ["0", "-1", "1000000000", "abc", "1.5", "", "²"])
def test_what_is_no_quantity_changes_nothing_and_is_reported(model: OrderLinesModel, typed: str) -> None:
    told: list[str] = []
    model.quantity_refused.connect(told.append)
    assert not model.setData(model.index(0, QUANTITY), typed)
    assert text(model, 0, QUANTITY) == "12"
    assert told == [typed]


def test_a_quantity_off_the_pack_is_rounded_up_and_said_in_a_row_of_its_own(model: OrderLinesModel) -> None:
    key = model.add("PK5", 22)
    row = model.row_of(key)
    assert text(model, row, QUANTITY) == "25"
    assert model.view(key).asked == 22
    problem = model.row(row + 1)
    assert (problem.kind, problem.problem and problem.problem.code) == (RowKind.PROBLEM, ROUNDED)
    assert model.index(row, SKU).data(TONE_ROLE) == "amber"
    assert numbers(model) == ["1", "2", "3", "4", "5"]
    model.keep(key, ROUNDED)
    assert kinds(model)[-2:] == [RowKind.LINE, RowKind.ENTRY]
    assert model.index(row, SKU).data(TONE_ROLE) is None


def test_problem_rows_do_not_count_and_cannot_be_edited(model: OrderLinesModel) -> None:
    model.set_quantity(model.row(1).key, 22)
    assert kinds(model) == [RowKind.LINE, RowKind.LINE, RowKind.PROBLEM, RowKind.LINE, RowKind.ENTRY]
    assert numbers(model) == ["1", "2", "3", "4"]
    assert model.problem_rows() == (2,)
    for column in range(COLUMNS):
        assert not model.flags(model.index(2, column)) & Qt.ItemFlag.ItemIsEditable
    assert "MF9" in text(model, 2, NUMBER)


def test_a_problem_the_person_keeps_comes_back_only_with_another_quantity(model: OrderLinesModel) -> None:
    key = model.row(1).key
    model.set_quantity(key, 22)
    model.keep(key, "stock-short")
    assert model.problem_rows() == ()
    model.set_quantity(key, 23)
    assert model.problem_rows() == (2,)


def test_removing_a_line_renumbers_what_follows_and_undo_puts_it_back(model: OrderLinesModel) -> None:
    key = model.row(1).key
    removed: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda parent, first, last: removed.append((first, last)))
    model.remove(key)
    assert removed == [(1, 1)]
    assert [text(model, row, SKU) for row in range(2)] == ["TN1", "BK1"]
    assert numbers(model) == ["1", "2", "3"]
    model.undo()
    assert [text(model, row, SKU) for row in range(3)] == ["TN1", "MF9", "BK1"]
    assert numbers(model) == ["1", "2", "3", "4"]
    model.redo()
    assert [text(model, row, SKU) for row in range(2)] == ["TN1", "BK1"]


def test_the_same_product_again_joins_its_line(model: OrderLinesModel) -> None:
    inserted: list[int] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append(first))
    key = model.add("TN1", 8)
    assert inserted == []
    assert (model.row_of(key), text(model, 0, QUANTITY)) == (0, "20")


def test_many_lines_go_in_at_once_and_one_undo_takes_them_back(model: OrderLinesModel) -> None:
    model.remove(model.row(0).key)
    model.remove(model.row(0).key)
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append((first, last)))
    model.add_many([("TN1", 1, "N"), ("TN1", 1, "S"), ("PK5", 5, "")])
    assert inserted == [(1, 3)]
    model.undo()
    assert [text(model, row, SKU) for row in range(model.line_count)] == ["BK1"]


def test_a_wholesaler_can_be_named_and_left_to_the_rules_again(model: OrderLinesModel) -> None:
    key = model.row(0).key
    model.set_wholesaler(key, "S")
    assert (model.view(key).wholesaler, model.view(key).chosen) == ("S", True)
    assert model.problem_rows() == (1,)
    model.set_wholesaler(key, "")
    assert (model.view(key).wholesaler, model.view(key).chosen) == ("N", False)


def test_rows_and_signals_stay_quiet_for_an_empty_draft(application: Application) -> None:
    model = OrderLinesModel(application.orders.new_draft(), Formats("fr"), lambda problem: problem.message)
    assert (model.rowCount(), model.entry_row, numbers(model)) == (1, 0, ["1"])
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex(), ROW_ROLE) is None
    model.undo()
    assert model.rowCount() == 1
