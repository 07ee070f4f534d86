"""A desk that lost its file, or its key, comes back; what had not left reaches the manufacturer exactly once."""

import io
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app import sealing
from desktop_app.cli import main
from desktop_app.credentials import Credentials
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import RecoveryCodeInvalid, VaultUnavailable
from desktop_app.services.recovery_service import Recovered, RecoveryService
from desktop_app.storage.sealed_journal import SealedJournal
from manufacturer_server.report import report
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.support.cutting_proxy import Cut, CuttingProxy
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import RunningServer, joining_code

PUT = r"^PUT .*/revisions/"


def booked(data: Path) -> list[str]:
    """The ids of the orders in the manufacturer's books."""
    with closing(Database.open(data)) as database, database.reading() as connection:
        return sorted(row.order_id for row in report(connection).orders)


def recover(desk: TestDesk, code: str = "") -> Recovered:
    return RecoveryService(desk.root, credentials=Credentials({}, store=lambda: desk.store)).recover(code=code)


def new_code(desk: TestDesk) -> str:
    with desk.opened() as application:
        code = application.recovery.propose()
        application.recovery.keep(code)
        return code


def lose_file(desk: TestDesk, *, backups: bool = False) -> None:
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (desk.root / name).unlink(missing_ok=True)
    if backups:
        shutil.rmtree(desk.root / "backup", ignore_errors=True)


@pytest.mark.parametrize("with_backup", [True, False])
def test_three_unsent_and_one_in_doubt_all_arrive_exactly_once(
    desk: TestDesk, network: CuttingProxy, data: Path, *, with_backup: bool
) -> None:
    answered = desk.order().summary.order_id
    desk.round()
    if with_backup:
        with desk.opened() as application:
            assert application._desk is not None
            assert application._desk.database.back_up_daily()
    doubtful = desk.order().summary.order_id
    network.fail(PUT, Cut.AFTER)
    desk.round()
    unsent = [desk.order().summary.order_id for _ in range(3)]
    lose_file(desk, backups=not with_backup)
    recovered = recover(desk)
    assert (recovered.orders, recovered.anew, bool(recovered.backup)) == (4, not with_backup, with_backup)
    sent = network.count(PUT)
    assert desk.round().reason == ""
    assert booked(data) == sorted([answered, doubtful, *unsent])
    # The one in doubt had arrived: it was looked up and not sent again.
    assert network.count(PUT) - sent == 3
    for order_id in (answered, doubtful, *unsent):
        summary = desk.show(order_id).summary
        assert (summary.status, summary.delivery_state) == (Status.ACCEPTED, DeliveryState.DONE)
    assert desk.round().pushed == 0


def test_the_manufacturer_can_open_what_never_reached_him(desk: TestDesk, data: Path) -> None:
    desk.round()
    order = desk.order(reference="REF 7")
    with closing(Database.open(data)) as database, database.reading() as connection:
        private = identity(connection).sealing_secret
    (record,) = SealedJournal(desk.root / "unsent", lambda: "never").records()
    assert sealing.open_sealed(record, private).order_id == order.summary.order_id


def test_a_lost_key_store_costs_a_code_and_a_new_sign_in(desk: TestDesk, data: Path, network: CuttingProxy) -> None:
    code = new_code(desk)
    order_id = desk.order().summary.order_id
    desk.store.entries.clear()
    with pytest.raises(VaultUnavailable):
        desk.open()
    found = RecoveryService(desk.root, credentials=Credentials({}, store=lambda: desk.store)).findings()
    assert (found.needs_code, found.has_code, found.copies) == (True, True, 1)
    with pytest.raises(VaultUnavailable):
        recover(desk)
    assert recover(desk, code.lower()).key
    assert desk.round().reason == "unauthorized"
    assert desk.show(order_id).summary.delivery_state is DeliveryState.PENDING
    desk.connect(network.url, joining_code(data, "D42"))
    assert desk.round().reason == ""
    assert booked(data) == [order_id]


def test_file_and_key_lost_together(desk: TestDesk, data: Path, network: CuttingProxy) -> None:
    first = desk.order().summary.order_id
    code = new_code(desk)
    second = desk.order().summary.order_id
    desk.store.entries.clear()
    lose_file(desk)
    assert recover(desk, code).orders == 2
    desk.connect(network.url, joining_code(data, "D42"))
    assert booked(data) == sorted([first, second])


def test_another_code_opens_nothing_and_changes_nothing(desk: TestDesk) -> None:
    earlier, code = new_code(desk), new_code(desk)
    desk.store.entries.clear()
    for wrong in (earlier, sealing.RecoveryCode.new().text, code[:-1]):
        with pytest.raises(RecoveryCodeInvalid):
            recover(desk, wrong)
    assert desk.store.entries == {}


def test_a_locked_key_store_is_not_given_another_key(desk: TestDesk) -> None:
    code = new_code(desk)
    kept = dict(desk.store.entries)

    def locked() -> object:
        raise VaultUnavailable("locked", reason="locked")

    service = RecoveryService(desk.root, credentials=Credentials({}, store=locked))  # type: ignore[arg-type]
    assert not service.findings().needs_code
    with pytest.raises(VaultUnavailable):
        service.recover(code=code)
    assert desk.store.entries == kept


def test_a_cancellation_wished_for_comes_back_with_its_order(desk: TestDesk, network: CuttingProxy, data: Path) -> None:
    order_id = desk.order().summary.order_id
    network.fail(PUT, Cut.AFTER)
    network.fail("changes", Cut.BEFORE)
    desk.round()
    with desk.opened() as application:
        application.orders.cancel(order_id)
    lose_file(desk)
    assert recover(desk).orders == 2
    for _ in range(3):
        desk.round()
    assert desk.show(order_id).summary.status is Status.CANCELLED


def test_the_commands(
    tmp_path: Path,
    data: Path,
    server: RunningServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "headless"
    asked = ["--profile", str(root), "connect", server.url, "--code", joining_code(data, "D42"), "--print-secrets"]
    assert main([*asked, "--print-recovery"]) == 0
    joined = json.loads(capsys.readouterr().out)
    monkeypatch.setenv("COMPTOIR_TOKEN", joined["token"])
    monkeypatch.setenv("COMPTOIR_DESK_KEY", joined["desk_key"])
    (root / "desk.db").unlink()
    (root / "desk.db.new").unlink(missing_ok=True)

    assert main(["--profile", str(root), "recover", "--list"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert "gone or empty" in listed["trouble"]
    assert (listed["needs_code"], listed["has_code"], listed["unsent"]) == (False, True, 0)

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{joined['recovery_code']}\n"))
    assert main(["--profile", str(root), "recover", "--code", "-"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["empty_file"]
    assert "an empty file was begun" in err
    assert joined["recovery_code"] not in out + err

    assert main(["--profile", str(root), "recover", "--new-code"]) == 0
    renewed = json.loads(capsys.readouterr().out)["recovery_code"]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{joined['recovery_code']}\n"))
    assert main(["--profile", str(root), "recover", "--code", "-"]) == 1
    assert renewed not in capsys.readouterr().err


def test_a_lost_computer_s_orders_come_from_the_stick_to_another_desk(
    desk: TestDesk, data: Path, network: CuttingProxy, tmp_path: Path
) -> None:
    (stick := tmp_path / "stick").mkdir()
    code = new_code(desk)
    answered = desk.order().summary.order_id
    desk.round()
    with desk.opened() as application:
        application.second_copy.use_folder(str(stick))
    unsent = [desk.order().summary.order_id for _ in range(2)]
    shutil.rmtree(desk.root)

    other = connected_desk(tmp_path / "other", network.url, data)
    new_code(other)
    service = RecoveryService(other.root, credentials=Credentials({}, store=lambda: other.store))
    assert service.recover(folder=stick) == Recovered(unreadable=2)
    recovered = service.recover(folder=stick, code=code)
    assert (recovered.orders, recovered.elsewhere, recovered.unreadable) == (2, 2, 0)
    assert service.recover(folder=stick, code=code).orders == 0
    assert other.round().reason == ""
    # They may have been taken back since the stick was last written: a person lets them go.
    assert booked(data) == [answered]
    with other.opened() as application:
        for order_id in unsent:
            assert application.orders.summary(order_id).delivery_state is DeliveryState.HELD
            application.orders.release(order_id)
    assert other.round().reason == ""
    assert booked(data) == sorted([answered, *unsent])


def test_the_stick_serves_by_itself_where_the_second_copy_is_gone_too(
    desk: TestDesk, data: Path, tmp_path: Path
) -> None:
    (stick := tmp_path / "stick").mkdir()
    with desk.opened() as application:
        application.second_copy.use_folder(str(stick))
    order_id = desk.order().summary.order_id
    lose_file(desk, backups=True)
    shutil.rmtree(desk.root / "unsent")
    recovered = recover(desk)
    assert (recovered.orders, recovered.elsewhere, recovered.anew) == (1, 1, True)
    with desk.opened() as application:
        application.orders.release(order_id)
    assert desk.round().reason == ""
    assert booked(data) == [order_id]


def test_what_arrived_before_the_computer_was_lost_is_not_put_back(
    desk: TestDesk, data: Path, network: CuttingProxy, tmp_path: Path
) -> None:
    (stick := tmp_path / "stick").mkdir()
    code = new_code(desk)
    with desk.opened() as application:
        application.second_copy.use_folder(str(stick))
    order_id = desk.order().summary.order_id
    shutil.copytree(stick, tmp_path / "behind")
    desk.round()
    shutil.rmtree(desk.root)
    other = connected_desk(tmp_path / "other", network.url, data)
    service = RecoveryService(other.root, credentials=Credentials({}, store=lambda: other.store))
    assert service.recover(folder=tmp_path / "behind", code=code).orders == 0
    assert other.show(order_id).summary.status is Status.ACCEPTED
