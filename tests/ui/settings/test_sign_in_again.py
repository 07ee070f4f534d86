"""A desk whose sign-in is refused comes back with a new code; what waited leaves."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from desktop_app.domain.order import Status
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.schema import tokens
from tests.support.desks import connected_desk, until
from tests.support.server import filled_server, joining_code, start_server
from ui.async_bridge import Tasks, run_until_complete
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.page import UiContext
from ui.settings.sign_in_again import SignInAgain
from ui.theme.look import Look


@pytest.mark.parametrize("wrong_first", [False, True])
def test_a_new_code_lets_the_desk_in_and_its_orders_out(
    tmp_path: Path, look: Look, navigator: Any, now: Callable[[], datetime], qapp: QApplication, qtbot: QtBot,
    wrong_first: bool,
) -> None:  # fmt: skip
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "desk", server.url, data)
        order_id = desk.order().summary.order_id
        with closing(Database.open(data)) as database, database.writing() as connection:
            connection.execute(delete(tokens))
        assert desk.round().reason == "unauthorized"

        async def scene() -> int:
            application, tasks = desk.open(), Tasks()
            bridge = EventBridge(application.events)
            form = SignInAgain(UiContext(look, Formats("en"), bridge, navigator, now), application, tasks)
            qtbot.addWidget(form)
            form.show()
            try:
                if wrong_first:
                    QTest.keyClicks(form.code, "WRONG-CODE")
                    QTest.keyClick(form.code, Qt.Key.Key_Return)
                    await until(form.button.isEnabled)
                    assert navigator.asked[-1][:2] == ("notice", "error")
                    form.code.clear()
                QTest.keyClicks(form.code, joining_code(data, "D42"))
                form.button.click()
                await until(form.button.isEnabled)
                assert navigator.asked[-1] == ("notice", "done", "This desk is signed in again.")
                assert form.code.text() == ""
                assert application.orders.summary(order_id).status is Status.ACCEPTED
            finally:
                await tasks.cancel()
                bridge.close()
                await application.close()
            return 0

        run_until_complete(qapp, scene)
