"""Each order that was saved is in the second copy when the person is told so; what fails there stops nobody."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app import sealing
from desktop_app.application import Application
from desktop_app.contract.sealed import UnsentOrder, read_records
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.events import Event, Notice, OrderChanged
from desktop_app.services.second_copy import SecondCopy
from desktop_app.storage.recovery_file import RecoveryFile, write_recovery
from desktop_app.storage.sealed_journal import SealedJournal
from desktop_app.world import World
from tests.support.desk_world import KEY, START, WORKED_EXAMPLE, DeskWorld

OWN = sealing.own_private_key(KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A connected profile without a server."""
    world = DeskWorld(tmp_path)
    world.write_profile()
    world.close()
    return tmp_path


@pytest.fixture
def application(folder: Path) -> Iterator[Application]:
    application = Application.open(folder)
    yield application
    application.close_files()


def copies(folder: Path, private: bytes = OWN) -> dict[str, tuple[UnsentOrder, bool]]:
    """What the second copy holds, as somebody with a key reads it who knows nothing else."""
    journal = SealedJournal(folder / "unsent", lambda: "never")
    return {record.key: (sealing.open_sealed(record, private), record.held) for record in journal.records()}


def submitted(application: Application) -> str:
    return application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id


def second_copy(application: Application) -> SecondCopy:
    assert application._desk is not None
    return application._desk.second_copy


def in_the_way(folder: Path) -> None:
    """No folder can be made where the copy is to be."""
    shutil.rmtree(folder / "unsent", ignore_errors=True)
    (folder / "unsent").write_bytes(b"")


def test_whoever_hears_of_an_order_finds_it_in_the_copy(application: Application, folder: Path) -> None:
    heard: list[bool] = []

    def on_event(event: Event) -> None:
        if isinstance(event, OrderChanged) and application.orders.get(event.order_ids[0]).summary.status != "draft":
            heard.append(f"{event.order_ids[0]}/1" in copies(folder))

    application.events.subscribe(on_event)
    order_id = submitted(application)
    assert heard == [True]
    order, held = copies(folder)[f"{order_id}/1"]
    assert not held
    assert (order.account, order.kind, order.revision, order.desk_no) == ("D42", "order", 1, "B-2026-0001")
    assert order.body
    assert order.picture


def test_what_becomes_of_an_order_is_followed(application: Application, folder: Path) -> None:
    held, withdrawn, cancelled, corrected = (submitted(application) for _ in range(4))
    first = copies(folder)[f"{corrected}/1"][0]
    application.orders.hold(held)
    application.orders.withdraw(withdrawn)
    application.orders.cancel(cancelled)
    session = application.orders.correct(corrected)
    session.put_all([("TN1", 3, "")], round_up=False)
    session.submit()
    after = copies(folder)
    assert sorted(after) == sorted([f"{held}/1", f"{corrected}/1"])
    assert after[f"{held}/1"][1]
    assert after[f"{corrected}/1"][0].body != first.body
    application.orders.release(held)
    assert not copies(folder)[f"{held}/1"][1]


def test_a_copy_that_cannot_be_written_stops_no_order(application: Application, folder: Path) -> None:
    notices: list[Notice] = []
    application.events.subscribe(lambda event: notices.append(event) if isinstance(event, Notice) else None)
    in_the_way(folder)
    first, second = submitted(application), submitted(application)
    assert application.orders.get(second).summary.status is Status.SUBMITTED
    assert [(notice.code, notice.severity) for notice in notices] == [("second-copy-failed", "warning")]
    assert dict(notices[0].params)["path"] == str(folder / "unsent")
    assert second_copy(application).failed
    (folder / "unsent").unlink()
    second_copy(application).catch_up()
    assert sorted(copies(folder)) == sorted([f"{first}/1", f"{second}/1"])
    assert [notice.code for notice in notices] == ["second-copy-failed", "second-copy-works"]
    assert not second_copy(application).failed


def test_what_a_crash_left_out_is_caught_up_with(folder: Path) -> None:
    application = Application.open(folder)
    in_the_way(folder)
    order_id = submitted(application)
    application.close_files()
    (folder / "unsent").unlink()
    again = Application.open(folder)
    second_copy(again).catch_up()
    again.close_files()
    assert list(copies(folder)) == [f"{order_id}/1"]


def test_what_was_taken_back_in_a_crash_does_not_come_back(folder: Path) -> None:
    application = Application.open(folder)
    order_id = submitted(application)
    shutil.copytree(folder / "unsent", folder / "before")
    application.orders.withdraw(order_id)
    application.close_files()
    shutil.rmtree(folder / "unsent")
    (folder / "before").rename(folder / "unsent")
    assert len(copies(folder)) == 1
    again = Application.open(folder)
    second_copy(again).catch_up()
    again.close_files()
    assert copies(folder) == {}
    assert application_status(folder, order_id) is Status.DRAFT


def test_what_was_taken_back_with_the_clock_set_back_does_not_come_back(folder: Path) -> None:
    """Else it would be sent although the person had cancelled it; what is corrected is copied anew."""
    application = Application.open(folder)
    corrected, cancelled = submitted(application), submitted(application)
    behind = World(now=lambda: datetime.now(UTC) - timedelta(hours=11))
    application.close_files()
    again = Application.open(folder, world=behind)
    again.orders.cancel(cancelled)
    session = again.orders.correct(corrected)
    session.set_quantity(session.lines()[0].key, 7)
    session.refresh_terms()
    session.submit()
    second_copy(again).catch_up()
    assert again.orders.get(cancelled).summary.status is Status.CANCELLED
    again.close_files()
    found = copies(folder)
    assert list(found) == [f"{corrected}/1"]
    assert b'"quantity":7' in found[f"{corrected}/1"][0].body


def test_what_another_program_copied_is_copied_anew_where_it_is_corrected_here(
    folder: Path, application: Application
) -> None:
    beside = Application.open(folder, world=World(now=lambda: datetime.now(UTC) + timedelta(hours=11)))
    submitted(application)
    order_id = submitted(beside)
    beside.close_files()
    session = application.orders.correct(order_id)
    session.set_quantity(session.lines()[0].key, 7)
    session.refresh_terms()
    session.submit()
    assert b'"quantity":7' in copies(folder)[f"{order_id}/1"][0].body


def test_a_desk_file_put_back_by_hand_gets_its_orders_again(folder: Path) -> None:
    shutil.copyfile(folder / "desk.db", folder / "old.db")
    application = Application.open(folder)
    order_id = submitted(application)
    application.close_files()
    (folder / "old.db").rename(folder / "desk.db")
    again = Application.open(folder)
    second_copy(again).catch_up()
    assert again.orders.get(order_id).summary.delivery_state is DeliveryState.IN_DOUBT
    again.close_files()
    assert list(copies(folder)) == [f"{order_id}/1"]


def test_a_new_recovery_code_can_read_what_was_copied_before(application: Application, folder: Path) -> None:
    order_id = submitted(application)
    code = sealing.RecoveryCode(bytes(16))
    private = code.private_key("i")
    write_recovery(folder / "recovery.json", RecoveryFile("i", sealing.public_key(private), b"", START))
    second_copy(application).catch_up()
    assert list(copies(folder, private)) == [f"{order_id}/1"]


def test_files_of_earlier_runs_go_when_all_in_them_is_settled(folder: Path) -> None:
    for _ in range(3):
        application = Application.open(folder)
        application.orders.cancel(submitted(application))
        second_copy(application).catch_up()
        application.close_files()
    segments = list((folder / "unsent").iterdir())
    assert len(segments) == 1
    assert all(record.void for record in read_records(segments[0].read_bytes()).records[1:])


def application_status(folder: Path, order_id: str) -> Status:
    application = Application.open(folder)
    try:
        return application.orders.get(order_id).summary.status
    finally:
        application.close_files()
