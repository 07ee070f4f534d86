"""Writes recorded together: one transaction, each its own answer, and what goes wrong goes wrong for one alone."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from manufacturer_server.problems import Refused
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import live_ids, next_numbers, save
from manufacturer_server.storage.schema import marks
from manufacturer_server.storage.writes import Write, Writes
from tests.support.shop import Shop, order


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.create(tmp_path)) as made:
        yield made


@pytest.fixture
def writes(database: Database) -> Writes:
    return Writes(database, (Refused,))


def saving(name: str, body: bytes = b"{}") -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        save(connection, "families", "", {name: body})
        return name

    return work


def failing(error: Exception) -> Callable[[Connection], str]:
    """Writes something, then raises."""

    def work(connection: Connection) -> str:
        saving("half done")(connection)
        raise error

    return work


def stored(database: Database) -> tuple[list[str], int]:
    """What is there, and by how many transactions it came."""
    with database.reading() as connection:
        times: int = connection.execute(select(func.count()).select_from(marks)).scalar_one()
        return live_ids(connection, "families", ""), times


def test_what_waits_together_is_recorded_in_one_transaction(database: Database, writes: Writes) -> None:
    waiting = [writes.add(saving(name)) for name in "abc"]
    assert [writes.finish(write) for write in waiting] == ["a", "b", "c"]
    assert stored(database) == (["a", "b", "c"], 1)
    assert writes.finish(writes.add(saving("d"))) == "d"
    assert stored(database) == (["a", "b", "c", "d"], 2)


def test_the_first_of_them_is_not_told_before_all_are_recorded(database: Database, writes: Writes) -> None:
    first, _ = writes.add(saving("a")), writes.add(saving("b"))
    writes.finish(first)
    assert stored(database) == (["a", "b"], 1)


def test_one_that_is_refused_leaves_nothing_and_harms_nobody(database: Database, writes: Writes) -> None:
    waiting = [writes.add(work) for work in (saving("a"), failing(Refused("malformed")), saving("b"))]
    assert writes.finish(waiting[0]) == "a"
    with pytest.raises(Refused, match="malformed"):
        writes.finish(waiting[1])
    assert writes.finish(waiting[2]) == "b"
    assert stored(database) == (["a", "b"], 1)


def test_a_defect_in_one_is_raised_there_alone_and_the_others_are_recorded(database: Database, writes: Writes) -> None:
    waiting = [writes.add(work) for work in (saving("a"), failing(LookupError("a mistake")), saving("b"))]
    assert writes.finish(waiting[0]) == "a"
    with pytest.raises(LookupError, match="a mistake"):
        writes.finish(waiting[1])
    assert writes.finish(waiting[2]) == "b"
    assert stored(database) == (["a", "b"], 2)


def test_a_full_disk_is_told_to_those_that_do_not_fit(database: Database, writes: Writes) -> None:
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    waiting = [writes.add(work) for work in (saving("a"), saving("too large", bytes(1_000_000)), saving("b"))]
    assert writes.finish(waiting[0]) == "a"
    with pytest.raises(OperationalError, match="full"):
        writes.finish(waiting[1])
    assert writes.finish(waiting[2]) == "b"
    assert stored(database)[0] == ["a", "b"]


def test_each_sees_what_those_before_it_did(writes: Writes) -> None:
    waiting = [writes.add(lambda connection: next_numbers(connection, "orders-2026")) for _ in range(40)]
    assert [writes.finish(write) for write in waiting] == list(range(1, 41))


def test_one_whose_asker_went_away_keeps_nobody_waiting(writes: Writes) -> None:
    for name in range(100):
        writes.add(saving(str(name)))
    assert writes.finish(writes.add(saving("mine"))) == "mine"


def test_threads_that_add_and_one_that_finishes_lose_nothing(database: Database, writes: Writes) -> None:
    turns = threading.Lock()
    with ThreadPoolExecutor(1) as writer, ThreadPoolExecutor(8) as askers:

        def ask(number: int) -> str:
            with turns:
                write: Write[str] = writes.add(saving(f"{number:03}"))
                done = writer.submit(writes.finish, write)
            return done.result()

        assert list(askers.map(ask, range(200))) == [f"{number:03}" for number in range(200)]
    names, times = stored(database)
    assert sorted(names) == [f"{number:03}" for number in range(200)]
    assert times <= 200


def test_orders_that_arrive_at_once_have_each_their_own_answer_and_share_what_is_limited(shop: Shop) -> None:
    """Each takes two units of a bid that has twenty."""
    desks = [shop.desk("D42") for _ in range(6)]
    documents = [order() for _ in range(24)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda number: desks[number % 6].send(documents[number]), range(24)))
    assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 14}
    accepted = [(answer, document) for answer, document in zip(answers, documents, strict=True) if answer.is_success]
    assert all(answer.json()["order_id"] == document["order_id"] for answer, document in accepted)
    assert {answer.json()["order_no"] for answer, _ in accepted} == {f"MF-2026-{number:06}" for number in range(1, 11)}
    assert all(desks[0].send(document).content == answer.content for answer, document in accepted)
