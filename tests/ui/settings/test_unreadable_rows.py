"""The settings show rows that could not be read, and write them to a file."""

import json
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.storage.set_aside import SetAside
from tests.support.desk_world import START
from ui.page import UiContext
from ui.settings.unreadable_rows import UnreadableRowsPart


def test_nothing_is_shown_where_every_row_could_be_read(
    context: UiContext, application: Application, qtbot: QtBot
) -> None:
    part = UnreadableRowsPart(context, application)
    qtbot.addWidget(part)
    assert part.isHidden()


def test_they_are_counted_and_written(
    context: UiContext, application: Application, navigator: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    assert application._desk is not None
    aside = SetAside(application._desk.database.connection)
    aside.put("journal", "o/1", {"params": "no", "code": b"\xff"}, "ValueError: no object", START)
    part = UnreadableRowsPart(context, application)
    qtbot.addWidget(part)
    assert not part.isHidden()
    assert part.badge.accessibleName() == "1 row could not be read and was set aside"
    part.export(str(tmp_path / "rows.json"))
    assert json.loads((tmp_path / "rows.json").read_text())[0]["columns"]["code"] == {"base64": "/w=="}
    assert navigator.asked[-1] == ("notice", "done", "Written to rows.json.")
    assert application.unreadable.waiting() == 0
