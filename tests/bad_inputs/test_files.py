"""Files and folders that fail, and names that would lead out of the folder they belong in."""

import csv
import random
from pathlib import Path

import pytest

from desktop_app.application import Application
from desktop_app.contract.documents import ACCOUNT_COLLECTIONS
from desktop_app.contract.wire import Manifest
from desktop_app.documents.table_csv import write_table
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.errors import StorageFailed
from desktop_app.paths import ProfilePaths
from desktop_app.services.recovery_service import RecoveryService
from desktop_app.storage import database as database_module
from desktop_app.storage.database import open_encrypted
from tests.support.desk_world import KEY, WORKED_EXAMPLE, DeskWorld

FORMULAS = ('=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '";=1+2')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A connected profile without a server."""
    world = DeskWorld(tmp_path / "desk")
    world.write_profile()
    world.close()
    return tmp_path / "desk"


@pytest.fixture(autouse=True)
def desk_folder(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_a_spreadsheet_and_comes_back_as_it_was(tmp_path: Path, text: str, delimiter: str) -> None:
    write_table(tmp_path / "a.csv", ["a", "b"], [[text, text]], delimiter)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = list(csv.reader(file, delimiter=delimiter))[1]
    assert first == second
    assert first.lstrip()[0] not in "=+-@\t\r"
    assert first.removeprefix("'") == text


def test_no_file_of_the_server_lies_under_a_name_of_his(tmp_path: Path) -> None:
    """There is no library of documents yet; the one file that is fetched is the catalogue, under a number of ours."""
    assert "documents" not in ACCOUNT_COLLECTIONS
    assert not {"name", "file", "path"} & set(Manifest.__struct_fields__)
    paths = ProfilePaths(tmp_path)
    assert paths.catalog(7).parent == paths.cache


@pytest.fixture
def busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Application:
    """An open desk that waits a tenth of a second for a file something else holds, as long as it may take."""
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 100)
    return Application.open(folder)


def test_a_file_that_a_virus_scanner_holds_fails_loudly_and_nothing_is_lost(busy: Application, folder: Path) -> None:
    session = busy.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False)
    scanner = open_encrypted(folder / "desk.db", KEY)
    scanner.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        with pytest.raises(StorageFailed) as refused:
            session.submit()
        assert refused.value.params["reason"] == "locked"
        with pytest.raises(StorageFailed):
            busy.orders.new_order(WORKED_EXAMPLE, round_up=False)
    scanner.execute("ROLLBACK")
    scanner.close()
    # It was never said to be saved, and it was not; the draft is as it was.
    (order,) = busy.orders.list()
    assert (order.status, order.reference, order.lines) == (Status.DRAFT, "BC-7", 3)
    assert busy.sync.queue() == ()
    assert session.submit().summary.delivery_state is DeliveryState.PENDING
    busy.close_files()


@pytest.mark.parametrize("seed", range(5))
def test_four_random_kilobytes_are_found_and_every_unsent_order_comes_back(folder: Path, seed: int) -> None:
    rng = random.Random(seed)
    application = Application.open(folder)
    ids = {application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id for _ in range(8)}
    assert application._desk is not None
    application._desk.database.back_up_daily()
    ids.add(application.orders.new_order(WORKED_EXAMPLE, round_up=False).submit().summary.order_id)
    application.close_files()
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    place = rng.randrange(0, len(content) - 4_096)
    content[place : place + 4_096] = rng.randbytes(4_096)
    path.write_bytes(bytes(content))
    service = RecoveryService(folder)
    assert service.findings().trouble is not None
    recovered = service.recover()
    assert recovered.aside
    application = Application.open(folder)
    assert {row.order_id for row in application.sync.queue()} == ids
    application.close_files()
    # What was damaged is still there for whoever wants to look at it.
    assert Path(recovered.aside).read_bytes() == bytes(content)
