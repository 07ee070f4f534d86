"""Several programs that meet one old file at the same moment all open it, and one of them changed its shape."""

import multiprocessing
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from desktop_app.storage.desk_database import DeskDatabase
from manufacturer_server.storage.database import Database
from tests.migrations.full_queue import fill, in_shape, rows
from tests.migrations.old_servers import in_revision
from tests.support.desk_world import KEY, DeskWorld
from tests.support.server import filled_server

PROGRAMS = 3
FILES = 12
PATIENCE_S = 60


def open_each(paths: list[Path], barrier: Barrier, said: "Queue[str]") -> None:
    """One program: it opens each file the moment the others do."""
    for path in paths:
        barrier.wait(PATIENCE_S)
        try:
            if path.is_dir():
                Database.open(path).close()
            else:
                DeskDatabase(path, KEY, now=lambda: datetime.now(UTC)).close()
        except Exception as error:  # whatever it is, the test tells it
            said.put(f"{type(error).__name__}: {error}")
        else:
            said.put("open")


def at_once(paths: list[Path]) -> list[str]:
    """What all programs say of all files."""
    context = multiprocessing.get_context("spawn")
    barrier, said = context.Barrier(PROGRAMS), context.Queue()
    programs = [context.Process(target=open_each, args=(paths, barrier, said)) for _ in range(PROGRAMS)]
    for program in programs:
        program.start()
    answers = [said.get(timeout=PATIENCE_S) for _ in range(PROGRAMS * len(paths))]
    for program in programs:
        program.join(PATIENCE_S)
    return answers


@pytest.mark.parametrize("old", [1, 2])
def test_programs_that_bring_one_desk_to_its_new_shape_at_once_all_open_it(old: int, tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    world = DeskWorld(tmp_path / "today")
    fill(world)
    world.close()
    paths = [tmp_path / str(number) / "desk.db" for number in range(FILES)]
    for path in paths:
        path.parent.mkdir()
        in_shape(old, world.folder / "desk.db", path)
    assert set(at_once(paths)) == {"open"}
    for path in paths:
        assert len(list((path.parent / "backup").glob("*.db"))) == 1
        assert rows(path)["outbox"] == rows(world.folder / "desk.db")["outbox"]


@pytest.mark.parametrize("old", ["0001", "0002"])
def test_programs_that_bring_one_server_to_its_new_shape_at_once_all_open_it(old: str, tmp_path: Path) -> None:
    today = filled_server(tmp_path / "data", tmp_path / "files")
    paths = [tmp_path / str(number) for number in range(FILES)]
    for path in paths:
        in_revision(old, today, path)
    assert set(at_once(paths)) == {"open"}
