"""The lines by keyboard: search in the cell, quantities, problems and their ways out, undo, paste, why this price."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop_app.services.condition_views import PriceQuestion
from tests.support.keyboard import focus, press, settle, write
from ui.order_wizard.cell_editors import QuantityCell, SearchCell
from ui.order_wizard.lines_step import LinesStep
from ui.order_wizard.paste_sheet import PasteSheet
from ui.order_wizard.problem_row import ProblemButtons
from ui.order_wizard.search_popup import SearchPopup
from ui.order_wizard.wizard_page import WizardPage
from ui.why.price_sheet import PriceSheet


@pytest.fixture
def step(wizard: WizardPage) -> LinesStep:
    """Step 2, its open cell waiting."""
    press("Alt+Right")
    assert isinstance(focus(), SearchCell)
    return wizard.lines


def lines(step: LinesStep) -> list[tuple[str, int]]:
    model = step.model
    keys = [model.row(row).key for row in range(model.entry_row) if model.row(row).problem is None]
    return [(model.view(key).sku, model.view(key).quantity) for key in keys]


def popup(step: LinesStep) -> SearchPopup:
    (found,) = step.findChildren(SearchPopup)
    return found


def test_the_first_match_is_chosen_while_typing_and_return_takes_it(step: LinesStep) -> None:
    write("toner")
    assert popup(step).isVisible()
    chosen = popup(step).chosen()
    assert chosen is not None
    assert chosen.sku == "TN1"
    assert isinstance(focus(), SearchCell)
    assert "TN1" in focus().accessibleDescription()
    press("Return")
    assert not popup(step).isVisible()
    assert isinstance(focus(), QuantityCell)
    press("Return")
    assert isinstance(focus(), SearchCell)
    assert lines(step) == [("TN1", 1)]


def test_arrows_choose_another_match(step: LinesStep) -> None:
    write("Xantia")
    found = [row.sku for row in popup(step)._rows]
    assert len(found) > 1
    press("Down", "Return", "Return")
    assert lines(step) == [(found[1], 1)]


def test_escape_empties_the_cell_and_an_unknown_text_is_said(step: LinesStep) -> None:
    write("zzzz")
    assert popup(step).isVisible()
    assert popup(step).chosen() is None
    press("Return")
    assert lines(step) == []
    press("Esc")
    assert not popup(step).isVisible()
    assert step.grid.search_cell.text() == ""


def test_tab_takes_the_match_too(step: LinesStep) -> None:
    write("MF9")
    press("Tab")
    assert isinstance(focus(), QuantityCell)


def test_a_scanner_that_goes_on_scanning_adds_lines(step: LinesStep, application: Any) -> None:
    write("TN1")
    press("Return")
    write("12345678")
    press("Return")
    settle()
    assert lines(step) == [("TN1", 1)]
    assert isinstance(focus(), SearchCell)
    assert step.grid.search_cell.text() == "12345678"


def test_the_rounding_is_said_while_typing_and_then_in_a_row_with_buttons(step: LinesStep) -> None:
    write("PK5")
    press("Return")
    write("22")
    cell = focus()
    assert isinstance(cell, QuantityCell)
    assert cell.rounding.words == "→ 25"
    press("Return")
    assert lines(step) == [("PK5", 25)]
    press("F8")
    button = focus()
    assert button.accessibleName().startswith("Keep 25: Rounded from 22 to 25.")
    press("Right")
    assert focus().accessibleName().startswith("Set 20")
    press("Return")
    assert lines(step) == [("PK5", 20)]
    assert step.model.problem_rows() == ()
    assert isinstance(focus(), SearchCell)


def test_what_is_no_quantity_is_refused_in_words_and_the_line_stays(step: LinesStep, navigator: Any) -> None:
    write("TN1")
    press("Return")
    write("abc")
    press("Return")
    assert lines(step) == [("TN1", 1)]
    assert navigator.asked[-1][:2] == ("notice", "warning")


def test_stock_that_does_not_hold_has_its_ways_out(step: LinesStep) -> None:
    write("MF9")
    press("Return")
    write("22")
    press("Return", "F8")
    row = focus().parent()
    assert isinstance(row, ProblemButtons)
    assert row.words.headline == "2 missing."
    assert [way_out.words for way_out in row.words.exits] == ["Deliver in 2 parts", "Reduce to 20"]
    press("Return")
    assert step.model.problem_rows() == ()
    assert lines(step) == [("MF9", 22)]


def test_f8_goes_round_the_problems(step: LinesStep) -> None:
    for sku, quantity in (("MF9", "22"), ("PK5", "1001")):
        write(sku)
        press("Return")
        write(quantity)
        press("Return")
    press("F8")
    first = focus().accessibleName()
    press("F8")
    assert focus().accessibleName() != first
    rows = len(step.model.problem_rows())
    for _ in range(rows - 1):
        press("F8")
    assert focus().accessibleName() == first
    press("Esc")
    assert isinstance(focus(), SearchCell)


def test_lines_are_deleted_and_come_back_with_undo(step: LinesStep) -> None:
    for sku in ("TN1", "MF9"):
        write(sku)
        press("Return", "Return")
    press("Up", "Up", "Del")
    assert lines(step) == [("MF9", 1)]
    press("Ctrl+Z")
    assert lines(step) == [("TN1", 1), ("MF9", 1)]
    press("Ctrl+Y")
    assert lines(step) == [("MF9", 1)]
    press("Ctrl+Del")
    assert lines(step) == []
    assert isinstance(focus(), SearchCell)
    press("Ctrl+Z")
    assert lines(step) == [("MF9", 1)]


def test_a_digit_typed_over_a_line_opens_its_quantity_and_a_letter_the_search(step: LinesStep) -> None:
    write("TN1")
    press("Return", "Return", "Up")
    write("7")
    assert isinstance(focus(), QuantityCell)
    press("Return")
    assert lines(step) == [("TN1", 7)]
    press("Up")
    write("m")
    assert isinstance(focus(), SearchCell)
    assert step.grid.search_cell.text() == "m"


def test_rows_pasted_from_a_spreadsheet_become_lines_and_the_others_are_named(step: LinesStep) -> None:
    QGuiApplication.clipboard().setText("TN1\t12\nNOPE\t3\nMF9\tabc\nBK1\t1 200\n")
    QTest.keyClick(focus(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert lines(step) == [("TN1", 12), ("BK1", 1200)]
    (sheet,) = step.window().findChildren(PasteSheet)
    assert "row 2: unknown or ambiguous reference NOPE" in sheet.text
    assert "row 3: not a quantity abc" in sheet.text
    press("Return")
    assert step.window().findChildren(PasteSheet) == []
    press("Ctrl+Z")
    assert lines(step) == []


def test_a_file_of_a_client_is_brought_in(step: LinesStep, tmp_path: Path, navigator: Any) -> None:
    path = tmp_path / "client.csv"
    path.write_bytes("Référence;Quantité\nTN1;12\nMF9;2\n".encode("cp1252"))
    step._on_file_selected(str(path))
    assert lines(step) == [("TN1", 12), ("MF9", 2)]
    assert navigator.asked[-1] == ("notice", "done", "2 lines brought in.")
    step._on_file_selected(str(tmp_path / "missing.csv"))
    assert navigator.asked[-1] == ("refused", "file-unreadable")


def test_why_this_price_shows_the_trace_and_copies_it(step: LinesStep, navigator: Any) -> None:
    write("TN1")
    press("Return")
    write("12")
    press("Return", "Alt+P")
    (sheet,) = step.window().findChildren(PriceSheet)
    assert sheet.isVisible()
    press("Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    assert "TN1" in copied.splitlines()[0]
    assert "148.3700" in copied
    assert "(91.9894)" in copied
    assert "91.6185" in copied
    assert navigator.asked[-1][:2] == ("notice", "done")
    assert isinstance(focus(), SearchCell)


def test_what_if_for_the_line_at_work_may_be_put_into_it(step: LinesStep, navigator: Any) -> None:
    write("TN1")
    press("Return")
    write("12")
    press("Return", "F7")
    asked, question, apply = navigator.asked[-1]
    assert (asked, question) == ("price", PriceQuestion("TN1", 12))
    assert lines(step) == [("TN1", 12)]
    apply(50, "S")
    assert lines(step) == [("TN1", 50)]
    assert step.model.view(step.grid.current_key()).wholesaler == "S"


def test_details_of_a_match_open_in_the_catalogue(step: LinesStep, navigator: Any) -> None:
    write("MF9")
    press("F4")
    assert navigator.asked[-1] == ("product", "MF9")


def test_buttons_exist_only_for_problems_in_sight(wizard: WizardPage) -> None:
    model = wizard.lines.model
    model.add_many([("MF9", 22, "N"), ("TN1", 900, "S")])
    press("Alt+Right")
    settle()
    assert len(wizard.lines.grid.findChildren(ProblemButtons)) == len(model.problem_rows())


def test_in_a_narrow_window_every_figure_stays_in_sight(wizard: WizardPage, step: LinesStep) -> None:
    write("TN1")
    press("Return")
    write("12")
    press("Return")
    for width in (1048, 1208, 1600):
        wizard.resize(width, 780)
        settle()
        step.window().grab()
        assert wizard.context.look.elisions == []
