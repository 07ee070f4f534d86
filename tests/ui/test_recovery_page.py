"""The page in place of a desk that does not open: it says what there is, puts it back, and refuses in words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.credentials import Credentials
from desktop_app.domain.order import DeliveryState
from desktop_app.errors import NotConnected, StorageFailed, VaultUnavailable
from desktop_app.services.recovery_service import RecoveryService
from desktop_app.storage.desk_database import DeskDatabase
from tests.support.desks import TestDesk
from ui.formats import Formats
from ui.recovery_page import RecoveryPage
from ui.theme.look import Look
from ui.widgets.notices import NoticeLine
from ui.widgets.text import Text

Opened = Callable[[], RecoveryPage]


@pytest.fixture
def page(desk: TestDesk, look: Look, qtbot: QtBot) -> Opened:
    """Opens the page on the desk as it is by then."""

    def opened() -> RecoveryPage:
        service = RecoveryService(desk.root, credentials=Credentials({}, store=lambda: desk.store))
        made = RecoveryPage(look, Formats("en"), service, service.findings())
        qtbot.addWidget(made)
        made.show()
        return made

    return opened


def words(page: RecoveryPage) -> str:
    QApplication.processEvents()
    return " ".join(text.text() for text in page.findChildren(Text) if text.isVisible())


def trouble(page: RecoveryPage) -> list[str]:
    return [line.accessibleName() for line in page.findChildren(NoticeLine)]


def back_up(root: Path, desk: TestDesk) -> None:
    with desk.opened() as application:
        assert application._desk is not None
        database: DeskDatabase = application._desk.database
        assert database.back_up_daily()


def test_a_damaged_file_gives_way_to_the_backup(desk: TestDesk, page: Opened) -> None:
    back_up(desk.root, desk)
    orders = [desk.order().summary.order_id for _ in range(2)]
    path = desk.root / "desk.db"
    path.write_bytes(path.read_bytes()[:4_096] + bytes(20_000))
    shown = page()
    told = words(shown)
    assert "cannot be read any more" in told
    assert "There is a backup of" in told
    assert "2 orders that had not left are in the second copy" in told
    assert not shown.code.isVisible()
    QTest.keyClick(shown.put_back_button, Qt.Key.Key_Return)
    done = words(shown)
    assert "The backup is in place" in done
    assert "2 orders that had not left are back" in done
    shown.open_button.click()
    assert shown.result() == RecoveryPage.DialogCode.Accepted
    assert all(desk.show(order).summary.delivery_state is DeliveryState.IN_DOUBT for order in orders)


def test_without_a_backup_it_says_what_is_lost(desk: TestDesk, page: Opened) -> None:
    desk.order()
    shutil.rmtree(desk.root / "backup", ignore_errors=True)
    (desk.root / "desk.db").unlink()
    shown = page()
    assert "Drafts are lost" in words(shown)
    shown.put_back()
    assert "1 order that had not left is back" in words(shown)


def test_a_lost_key_asks_for_the_code(desk: TestDesk, page: Opened) -> None:
    with desk.opened() as application:
        code = application.recovery.propose()
        application.recovery.keep(code)
    desk.store.entries.clear()
    shown = page()
    assert "has lost the key" in words(shown)
    assert shown.code.hasFocus() or shown.focusWidget() is shown.code
    QTest.keyClick(shown.code, Qt.Key.Key_Return)
    assert trouble(shown) == ["The recovery code is missing."]
    shown.code.setText("0000")
    QTest.keyClick(shown.code, Qt.Key.Key_Return)
    assert "This recovery code does not fit" in trouble(shown)[-1]
    assert desk.store.entries == {}
    shown.code.setText(code.lower())
    QTest.keyClick(shown.code, Qt.Key.Key_Return)
    assert "The key is back" in words(shown)
    desk.open().close_files()


def test_to_close_it_changes_nothing(desk: TestDesk, page: Opened) -> None:
    (desk.root / "desk.db").unlink()
    shown = page()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.result() == RecoveryPage.DialogCode.Rejected
    assert not (desk.root / "desk.db").exists()


def test_a_locked_store_is_not_offered_the_code(desk: TestDesk) -> None:
    service = RecoveryService(desk.root, credentials=Credentials({}, store=lambda: desk.store))
    missing, locked = (VaultUnavailable("no", reason=reason) for reason in ("missing", "locked"))
    assert not service.helps(missing)
    with desk.opened() as application:
        application.recovery.keep(application.recovery.propose())
    assert service.helps(missing)
    assert not service.helps(locked)
    assert service.helps(StorageFailed("gone", reason="desk-missing"))
    assert not service.helps(StorageFailed("full", reason="full"))
    assert not service.helps(NotConnected("no"))
