"""Putting orders down: numbers that are never given twice, and a queue that notices another program."""

from datetime import timedelta

import msgspec
import pytest

from desktop_app.errors import ActionNotPossible
from desktop_app.services.order_document import priced_order
from desktop_app.services.order_writing import details_of
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


def test_each_draft_has_its_own_number_and_what_was_said_of_it(world: DeskWorld) -> None:
    first, second = world.orders.new_draft("BC-7"), world.orders.new_draft()
    assert (first.desk_no, second.desk_no) == ("B-2026-0001", "B-2026-0002")
    (row,) = world.repository.find(first.order_id)
    assert details_of(row).reference == "BC-7"
    assert row.author == "Nadia Perrot"


def test_a_draft_that_changed_since_it_was_seen_is_not_queued(world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 1, "")], round_up=False)
    seen = session.saved_at - timedelta(seconds=1)
    with pytest.raises(ActionNotPossible, match="another program"), world.desk.transaction():
        world.orders._writing.queue(session, session.details, priced_order(session.priced), seen)
    assert world.outbox.rows() == []


def test_an_order_keeps_its_author_whoever_lets_it_leave(world: DeskWorld) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    world.author = "Paul Leroy"
    session.submit()
    row = world.repository.get(session.order_id)
    assert row is not None
    (message,) = world.outbox.rows()
    assert (row.author, msgspec.json.decode(message.body)["author"]) == ("Nadia Perrot", "Nadia Perrot")
