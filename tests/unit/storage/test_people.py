"""The names of those who enter orders at this desk."""

from datetime import timedelta

from desktop_app.storage.people import PeopleRows
from tests.support.desk_world import START, DeskWorld


def test_a_name_is_there_once_with_the_last_time_it_was_heard_of(world: DeskWorld) -> None:
    rows = PeopleRows(world.desk.connection)
    rows.note("Paul Leroy", START)
    rows.note("Paul Leroy", START + timedelta(days=1))
    assert rows.all() == {"Paul Leroy": START + timedelta(days=1)}


def test_a_forgotten_name_is_gone_and_one_that_is_not_there_is_told(world: DeskWorld) -> None:
    rows = PeopleRows(world.desk.connection)
    rows.note("Paul Leroy", START)
    assert rows.forget("Paul Leroy")
    assert not rows.forget("Paul Leroy")
    assert rows.all() == {}
