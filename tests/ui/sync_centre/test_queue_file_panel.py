"""The queue as a file on screen: exported by key, looked at before it is sent, and what became of it told in words."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState
from tests.support.desks import TestDesk, connected_desk, until
from tests.support.keyboard import focus, press, settle, shown
from tests.support.server import filled_server, start_server
from tests.ui.conftest import Recorder
from ui.async_bridge import Tasks, run_until_complete
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.page import UiContext
from ui.sync_centre.queue_file_sheet import QueueFileSheet
from ui.sync_centre.sync_page import SyncPage
from ui.theme.look import Look
from ui.widgets.notices import NoticeLine
from ui.widgets.text import Text


@contextmanager
def opened(context: UiContext, application: Application, tasks: Tasks | None = None) -> Iterator[SyncPage]:
    page = SyncPage(context, application.sync, application.orders, application.second_copy.view, tasks=tasks)
    with shown(page):
        page.on_shown()
        settle()
        yield page


def sheet_of(page: SyncPage) -> QueueFileSheet:
    (sheet,) = page.window().findChildren(QueueFileSheet)
    return sheet


def words(sheet: QueueFileSheet) -> str:
    settle()
    told = [text.text() for text in sheet.findChildren(Text) if text.isVisible()]
    return " ".join(told + [line.accessibleName() for line in sheet.findChildren(NoticeLine)])


@pytest.mark.parametrize(
    ("keys", "title"), [("Ctrl+Shift+E", "Export the queue"), ("Ctrl+Shift+O", "Send a queue file")]
)
def test_both_dialogs_open_by_key(
    context: UiContext, application: Application, make_order: Callable[..., str], keys: str, title: str
) -> None:
    make_order()
    with opened(context, application) as page:
        press(keys)
        (dialog,) = page.findChildren(QFileDialog)
        assert dialog.windowTitle() == title
        dialog.reject()


def test_the_export_says_what_is_in_the_file_and_that_held_ones_wait_for_a_word(
    context: UiContext,
    application: Application,
    navigator: Recorder,
    make_order: Callable[..., str],
    tmp_path: Path,
) -> None:
    path = tmp_path / "orders.sealed"
    with opened(context, application) as page:
        page.files.export(str(path))
        assert navigator.asked[-1] == ("refused", "action-not-possible")
        waits = make_order()
        application.orders.hold(make_order())
        page.files.export(str(path))
        assert navigator.asked[-1][:2] == ("notice", "done")
        told = str(navigator.asked[-1])
        assert "2 orders are in orders.sealed" in told
        assert "1 of them is held back" in told
        assert path.exists()
        assert application.orders.get(waits).summary.delivery_state is DeliveryState.IN_DOUBT


def test_a_file_is_looked_at_before_it_is_sent(
    context: UiContext,
    application: Application,
    navigator: Recorder,
    make_order: Callable[..., str],
    tmp_path: Path,
) -> None:
    path = tmp_path / "orders.sealed"
    with opened(context, application) as page:
        path.write_bytes(b"sku;quantity\n")
        page.files.show_file(str(path))
        assert navigator.asked[-1] == ("refused", "wrong-queue-file")
        application.orders.hold(make_order())
        page.files.export(str(path))
        page.files.show_file(str(path))
        sheet = sheet_of(page)
        assert "The file holds 1 order" in words(sheet)
        assert "This very desk" in words(sheet)
        # What a person kept back leaves only if a person ticks the box.
        assert focus() is sheet.with_held
        assert not sheet.with_held.isChecked()
        press("Space", "Tab")
        assert sheet.with_held.isChecked()
        press("Esc")
        assert page.window().findChildren(QueueFileSheet) == []


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, TestDesk, TestDesk, str]:
    """A server's data, two desks of one account, and the address it is to answer at again."""
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server:
        first = connected_desk(tmp_path / "first", server.url, data)
        second = connected_desk(tmp_path / "second", server.url, data)
        return data, first, second, server.url


def test_another_desk_sends_it_and_reads_what_became_of_it(
    two: tuple[Path, TestDesk, TestDesk, str], look: Look, qapp: QApplication, tmp_path: Path
) -> None:
    data, first, second, url = two
    file = tmp_path / "orders.sealed"
    first.order()
    with first.opened() as application:
        application.orders.hold(first.order().summary.order_id)
        application.sync.queue_file.export(file)
    told: list[str] = []
    navigator = Recorder()

    async def scene() -> int:
        with second.opened() as application:
            bridge = EventBridge(application.events)
            context = UiContext(look, Formats("en"), bridge, navigator, second.clock)
            with opened(context, application, Tasks()) as page:
                page.files.show_file(str(file))
                sheet = sheet_of(page)
                sheet.send_button.click()
                await until(sheet.send_button.isEnabled)
                told.append(words(sheet))
                with start_server(data, port=int(url.rpartition(":")[2])):
                    sheet.send_button.click()
                    await until(sheet.send_button.isHidden)
                told.append(words(sheet))
                assert focus() is sheet.close_button
            bridge.close()
        return 0

    assert run_until_complete(qapp, scene) == 0
    assert "The manufacturer could not be reached" in told[0]
    assert "no order is entered twice" in told[0]
    assert "1 order was entered" in told[1]
    assert "1 order is held back and was not sent" in told[1]
    assert navigator.asked[-1] == ("try",)
    shutil.rmtree(data)
