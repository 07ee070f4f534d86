"""A desk killed at any statement of a change of shape opens again with every order, message and byte it had."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState
from desktop_app.domain.outcome import MessageKind
from desktop_app.storage.desk_connection import DeskConnection
from desktop_app.storage.desk_database import DESK_SCHEMA, DeskDatabase
from desktop_app.storage.outbox import Outbox
from tests.migrations.full_queue import FOLLOWING, QUEUED, fill, in_shape, rows, shape
from tests.support.desk_world import KEY, START, DeskWorld

QUEUE = ("orders", "order_lines", "outbox", "journal", "desk_numbers")
SHAPES = range(1, DESK_SCHEMA)


class TracedDesk(DeskDatabase):
    """Tells of each statement just before SQLite runs it."""

    def __init__(self, path: Path, told: Callable[[str], None]) -> None:
        self._told = told
        super().__init__(path, KEY, now=lambda: START)

    def _open(self, key: bytes) -> DeskConnection:
        connection = super()._open(key)
        connection.set_trace_callback(self._told)
        return connection


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk of today with a full queue."""
    world = DeskWorld(tmp_path_factory.mktemp("today"))
    fill(world)
    states = {(row.kind, row.state) for row in world.outbox.rows()}
    assert {state for kind, state in states if kind is MessageKind.ORDER} == set(QUEUED) - {DeliveryState.DONE}
    assert len([state for kind, state in states if kind is MessageKind.CANCEL]) == 3
    world.close()
    return world.folder / "desk.db"


def test_every_shape_there_was_is_tried() -> None:
    assert set(FOLLOWING) == set(SHAPES)


@pytest.mark.parametrize("old", SHAPES)
def test_a_full_queue_survives_a_kill_at_each_statement_of_the_change(old: int, today: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    in_shape(old, today, folder / "desk.db")
    cuts: list[Path] = []

    def copy(statement: str) -> None:
        cut = tmp_path / f"cut-{len(cuts):03}"
        shutil.copytree(folder, cut, ignore=shutil.ignore_patterns("*-shm"))
        cuts.append(cut)

    TracedDesk(folder / "desk.db", copy).close()
    whole, wanted = rows(folder / "desk.db"), shape(folder / "desk.db")
    assert of_the_queue(whole) == of_the_queue(rows(today))
    assert len(cuts) > 10
    for cut in cuts:
        desk = DeskDatabase(cut / "desk.db", KEY, now=lambda: START)
        assert Outbox(desk.connection).due(START)
        desk.close()
        assert rows(cut / "desk.db") == whole, cut.name
        assert shape(cut / "desk.db") == wanted, cut.name


def of_the_queue(found: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {table: found[table] for table in QUEUE}
