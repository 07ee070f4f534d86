"""A desk that does not open any more is put back, and nothing that is whole is touched."""

import shutil
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import ActionNotPossible, NotConnected, RecoveryCodeInvalid, StorageFailed
from desktop_app.services.recovery_service import RecoveryService
from desktop_app.sync.lock import SyncLock
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A connected profile without a server."""
    world = DeskWorld(tmp_path)
    world.write_profile()
    world.close()
    return tmp_path


def submit(folder: Path, *, backup: bool = False, count: int = 1) -> list[str]:
    """Open the program, save orders, perhaps back up, and close it."""
    application = Application.open(folder)
    ids = [application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id for _ in range(count)]
    if backup:
        assert application._desk is not None
        assert application._desk.database.back_up_daily()
    application.close_files()
    return ids


def states(folder: Path) -> dict[str, DeliveryState]:
    application = Application.open(folder)
    try:
        return {order.order_id: order.delivery_state for order in application.orders.list()}
    finally:
        application.close_files()


def damage(folder: Path) -> bytes:
    """Overwrite the middle of desk.db; returns what lies there then."""
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    content[4_096:] = bytes(len(content) - 4_096)
    path.write_bytes(content)
    return bytes(content)


def test_a_file_that_is_gone_comes_back_with_what_had_not_left(folder: Path) -> None:
    before = submit(folder, backup=True)
    after = submit(folder, count=2)
    (folder / "desk.db").unlink()
    with pytest.raises(StorageFailed):
        Application.open(folder)
    found = RecoveryService(folder).findings()
    assert found.trouble is not None
    assert found.trouble.params["reason"] == "desk-missing"
    assert (len(found.backups), found.copies, found.needs_code) == (1, 3, False)
    recovered = RecoveryService(folder).recover()
    assert (recovered.orders, recovered.held, recovered.unreadable) == (2, 0, 0)
    assert Path(recovered.backup) == found.backups[0][0]
    assert states(folder) == dict.fromkeys(before + after, DeliveryState.IN_DOUBT)


def test_a_damaged_file_is_put_aside_as_it_is(folder: Path) -> None:
    ids = submit(folder, backup=True)
    content = damage(folder)
    recovered = RecoveryService(folder).recover()
    assert Path(recovered.aside).read_bytes() == content
    assert states(folder) == {ids[0]: DeliveryState.IN_DOUBT}


def test_the_newest_whole_backup_is_taken(folder: Path) -> None:
    ids = submit(folder, backup=True)
    (whole,) = (folder / "backup").iterdir()
    (folder / "backup" / "desk-2099-01-01T00-00-00-000000.db").write_bytes(whole.read_bytes()[:5_000])
    damage(folder)
    assert RecoveryService(folder).recover().backup == str(whole)
    assert list(states(folder)) == ids


def test_without_a_backup_an_empty_file_takes_the_orders(folder: Path) -> None:
    ids = submit(folder, count=2)
    damage(folder)
    recovered = RecoveryService(folder).recover()
    assert (recovered.anew, recovered.backup, recovered.orders) == (True, "", 2)
    assert states(folder) == dict.fromkeys(ids, DeliveryState.IN_DOUBT)


def test_what_was_taken_back_since_the_backup_waits_for_a_person(folder: Path) -> None:
    (order_id,) = submit(folder, backup=True)
    application = Application.open(folder)
    application.orders.withdraw(order_id)
    application.close_files()
    damage(folder)
    recovered = RecoveryService(folder).recover()
    assert (recovered.held, recovered.orders) == (1, 0)
    assert states(folder) == {order_id: DeliveryState.HELD}


def test_a_key_that_nothing_proves_replaces_no_file(folder: Path) -> None:
    submit(folder)
    shutil.rmtree(folder / "unsent")
    path = folder / "desk.db"
    path.write_bytes(b"another key".ljust(8_192, b"?"))
    with pytest.raises(StorageFailed) as failed:
        RecoveryService(folder).recover()
    assert failed.value.params["reason"] == "not-a-database"
    assert path.read_bytes().startswith(b"another key")


def test_a_whole_file_is_not_replaced(folder: Path) -> None:
    ids = submit(folder, backup=True)
    assert RecoveryService(folder).findings().trouble is None
    (backup,) = (folder / "backup").iterdir()
    with pytest.raises(ActionNotPossible):
        RecoveryService(folder).recover(backup=backup)
    assert RecoveryService(folder).recover().orders == 0
    assert states(folder) == {ids[0]: DeliveryState.PENDING}


def test_a_file_put_back_by_hand_gets_what_only_the_copy_knows(folder: Path) -> None:
    (first,) = submit(folder)
    shutil.copyfile(folder / "desk.db", folder / "old.db")
    (second,) = submit(folder)
    (folder / "old.db").rename(folder / "desk.db")
    assert RecoveryService(folder).recover().orders == 1
    assert states(folder) == {first: DeliveryState.PENDING, second: DeliveryState.IN_DOUBT}


def test_nothing_is_put_back_under_an_open_program(folder: Path) -> None:
    submit(folder)
    (folder / "desk.db").unlink()
    running = SyncLock(folder / "desk.lock")
    assert running.acquire()
    with pytest.raises(ActionNotPossible):
        RecoveryService(folder).recover()
    running.release()
    assert not (folder / "desk.db").exists()


def test_records_of_another_account_stay_out(folder: Path) -> None:
    submit(folder)
    profile = folder / "profile.json"
    profile.write_text(profile.read_text().replace('"D42"', '"D43"'))
    (folder / "desk.db").unlink()
    assert RecoveryService(folder).recover().orders == 0


def test_a_mistyped_code_is_said_before_anything_is_touched(folder: Path) -> None:
    submit(folder)
    (folder / "desk.db").unlink()
    with pytest.raises(RecoveryCodeInvalid):
        RecoveryService(folder).recover(code="1234")
    assert not (folder / "desk.db").exists()


def test_a_folder_without_a_desk_has_nothing_to_put_back(tmp_path: Path) -> None:
    with pytest.raises(NotConnected):
        RecoveryService(tmp_path / "fresh").findings()
    assert not (tmp_path / "fresh").exists()


def test_an_order_that_came_back_can_be_cancelled_but_not_taken_back(folder: Path) -> None:
    (order_id,) = submit(folder)
    (folder / "desk.db").unlink()
    RecoveryService(folder).recover()
    application = Application.open(folder)
    with pytest.raises(ActionNotPossible):
        application.orders.withdraw(order_id)
    assert application.orders.cancel(order_id).summary.status is Status.SUBMITTED
    application.close_files()
