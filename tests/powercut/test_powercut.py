"""After a power cut at any moment nothing that was said to be saved, sent, recorded or exported is lost."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from desktop_app.storage.database import open_encrypted, open_plain, transaction
from tests.powercut.cuts import day_of_cuts
from tests.powercut.disk import Disk, materialise
from tests.powercut.recorder import POSSIBLE, Recorder
from tests.support.desk_world import KEY

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="what is synced is known from /proc")

# Of the seed of the suite; `make powercut` tries others, by the hundred.
DAYS = range(4)
CUTS = 60


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_lost_in_250_cuts_of_a_day(day: int) -> None:
    assert day_of_cuts(2026, day) == []


def kept(recorder: Recorder, tmp_path: Path) -> list[set[int]]:
    """The rows found, and those promised and not found, after many cuts at any moment."""
    missing = []
    for number in range(CUTS):
        rng = Random(number)
        disk = Disk(recorder.files, recorder.folders)
        for operation in recorder.operations[: rng.randint(0, len(recorder.operations))]:
            disk.apply(operation)
        folder = tmp_path / f"cut-{number}"
        folder.mkdir()
        materialise(disk.cut(rng), folder)
        with closing(open_encrypted(folder / "desk.db", KEY)) as file:
            rows = {row for (row,) in file.execute("SELECT a FROM t")}
        missing.append({value for value in disk.promises.values() if value not in rows})
    return missing


@pytest.mark.parametrize(("synchronous", "lost"), [("FULL", False), ("OFF", True)])
def test_a_commit_that_is_not_synced_is_seen_to_be_lost(synchronous: str, lost: bool, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    with closing(open_encrypted(folder / "desk.db", KEY)) as file:
        file.execute("CREATE TABLE t (a INTEGER)")
    recorder = Recorder(folder)
    with recorder.running(), closing(open_encrypted(folder / "desk.db", KEY)) as file:
        file.execute(f"PRAGMA synchronous = {synchronous}")
        for number in range(10):
            with transaction(file):
                file.execute("INSERT INTO t VALUES (?)", (number,))
            recorder.promise("row", number, number)
    assert any(kept(recorder, tmp_path)) is lost


def test_files_written_by_python_are_seen_when_they_are_synced_or_renamed(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    with recorder.running():
        (tmp_path / "part").write_bytes(b"one")
        (tmp_path / "part").replace(tmp_path / "whole")
        with (tmp_path / "whole").open("ab") as file:
            file.write(b"two")
        recorder.promise("file", "whole", True)
        (tmp_path / "whole").unlink()
    kinds = set()
    for number in range(400):
        disk = Disk({}, [])
        for operation in recorder.operations[:-1]:
            disk.apply(operation)
        kinds.add(disk.cut(Random(number)).get("whole"))
    assert {None, b"", b"one", b"onetwo"} <= kinds


def test_connections_of_before_and_after_are_not_watched(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    with recorder.running():
        pass
    open_plain(tmp_path / "later.db").close()
    assert recorder.operations == []
