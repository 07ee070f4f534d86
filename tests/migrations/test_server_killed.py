"""A server killed at any statement of a change of shape opens again with every order, outcome and feed row it had."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from manufacturer_server.migrations import HEAD
from manufacturer_server.storage.database import Database
from tests.migrations.old_servers import RELEASED, in_revision, rows, shape
from tests.support.server import filled_server
from tests.support.shop import Shop, StandingClock, line, order


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server of today with an accepted order, a refused one and a cancelled one."""
    folder = tmp_path_factory.mktemp("today")
    clock = StandingClock()
    shop = Shop(filled_server(folder / "data", folder / "files", now=clock), folder / "more", clock)
    desk, accepted, cancelled = shop.desk("D42"), order(), order()
    answers = [desk.send(accepted), desk.send(cancelled), desk.send(order(lines=[line("TN1", 0)]))]
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert desk.cancel(cancelled["order_id"], "r-1").json()["result"] == "done"
    shop.close()
    return folder / "data"


def test_every_shape_there_was_is_tried() -> None:
    assert max(RELEASED) < HEAD == f"{len(RELEASED) + 1:04}"


@pytest.mark.parametrize("old", RELEASED)
def test_full_books_survive_a_kill_at_each_statement_of_the_change(old: str, today: Path, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    in_revision(old, today, folder)
    cuts: list[Path] = []

    def copy(statement: str) -> None:
        cut = tmp_path / f"cut-{len(cuts):03}"
        shutil.copytree(folder, cut, ignore=shutil.ignore_patterns("*-shm"))
        cuts.append(cut)

    with closing(Database(folder)) as database:
        event.listen(database._writer, "connect", lambda connection, _: connection.set_trace_callback(copy))
        database._upgraded()
    whole, wanted = rows(folder), shape(folder)
    assert {table: len(found) for table, found in whole.items()} == {
        table: len(found) for table, found in rows(today).items()
    }
    assert len(whole["outcomes"]) == 3
    assert len(cuts) > 5
    for cut in cuts:
        Database.open(cut).close()
        assert rows(cut) == whole, cut.name
        assert shape(cut) == wanted, cut.name
