"""A recovery code is in force only once the person has proved to have it; what is printed is enough to use it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from ui.page import UiContext
from ui.recovery_code import RecoveryCodeView
from ui.widgets.notices import NoticeLine


@pytest.fixture
def view(context: UiContext, application: Application, qtbot: QtBot) -> RecoveryCodeView:
    made = RecoveryCodeView(context, application)
    qtbot.addWidget(made)
    made.show()
    return made


def told(view: RecoveryCodeView) -> list[str]:
    QApplication.processEvents()
    return [line.accessibleName() for line in view.findChildren(NoticeLine) if not line.isHidden()]


def test_only_the_last_group_puts_it_in_force(view: RecoveryCodeView, application: Application, qtbot: QtBot) -> None:
    QTest.keyClicks(view.last_group, "ABCU")
    QTest.keyClick(view.last_group, Qt.Key.Key_Return)
    assert "not the last four letters" in told(view)[0]
    assert application.recovery.made_at() is None
    view.last_group.clear()
    QTest.keyClicks(view.last_group, view.code.text()[-4:].lower())
    with qtbot.waitSignal(view.kept):
        view.keep_button.click()
    assert application.recovery.made_at() is not None
    assert told(view) == []


def test_to_put_it_off_changes_nothing(view: RecoveryCodeView, application: Application, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.put_off):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert application.recovery.made_at() is None


def test_the_sheet_says_whose_code_it_is_and_what_to_do(
    view: RecoveryCodeView, application: Application, tmp_path: Path
) -> None:
    target = tmp_path / "code.txt"
    view.save(str(target))
    sheet = target.read_text(encoding="utf-8")
    for needed in (view.code.text(), "D42", str(application.paths.root), "keep it away from the computer"):
        assert needed in sheet
    assert "Saved as code.txt" in told(view)[0]
    view.save(str(tmp_path / "missing" / "code.txt"))
    assert len(told(view)) == 1
    assert "Saved" not in told(view)[0]


def test_it_is_printed(view: RecoveryCodeView, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    view.print_on(printer)
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")


def test_where_the_code_cannot_be_kept_it_is_said(view: RecoveryCodeView, application: Application) -> None:
    application.paths.recovery.mkdir()
    view.last_group.setText(view.code.text()[-4:])
    view.keep()
    assert len(told(view)) == 1
