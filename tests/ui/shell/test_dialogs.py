"""Quitting says how many orders wait; a defect of ours shows a report without secrets."""

import logging

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.shell.dialogs import CrashDialog, CrashHandler, QuitDialog, crash_report
from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.text import Text


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Text))


@pytest.mark.parametrize(("unsent", "words"), [(1, "1 order has"), (3, "3 orders have")])
def test_quitting_names_the_number(look: Look, qtbot: QtBot, unsent: int, words: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QuitDialog(look, unsent, parent)
    assert words in words_of(dialog)
    buttons = {button.text(): button for button in dialog.findChildren(KeyButton)}
    assert set(buttons) == {"Quit", "Stay"}
    with qtbot.waitSignal(dialog.accepted):
        buttons["Quit"].click()


@pytest.mark.parametrize(("held", "words"), [(1, "leaves by itself"), (2, "when you let it go")])
def test_quitting_promises_nothing_for_what_is_held_back(look: Look, qtbot: QtBot, held: int, words: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    said = words_of(QuitDialog(look, 2, parent, held))
    assert words in said
    assert "hold back" in said


def failure() -> RuntimeError:
    try:
        raise RuntimeError("token: abcdef123456789 and key " + "0f" * 32)
    except RuntimeError as error:
        return error


def test_the_report_holds_no_secret() -> None:
    error = failure()
    report = crash_report(type(error), error, error.__traceback__, "1.2.3")
    assert "Comptoir 1.2.3" in report
    assert "RuntimeError" in report
    assert "abcdef123456789" not in report
    assert "0f" * 32 not in report


def test_a_defect_is_logged_and_told_once(
    look: Look, qtbot: QtBot, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    handler = CrashHandler(look, lambda: "1.2.3")
    handler.window = window
    error = failure()
    with caplog.at_level(logging.CRITICAL):
        handler.handle(type(error), error, error.__traceback__)
        handler.handle(type(error), error, error.__traceback__)
    assert len(caplog.records) == 2
    dialogs = window.findChildren(CrashDialog)
    assert len(dialogs) == 1
    assert "saved on this computer" in words_of(dialogs[0])
    copy = next(button for button in dialogs[0].findChildren(KeyButton) if "Copy" in button.text())
    copy.click()
    assert "RuntimeError" in QGuiApplication.clipboard().text()
    dialogs[0].reject()
    assert "RuntimeError" in capsys.readouterr().err
