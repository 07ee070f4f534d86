"""Drafts held at this desk beside what the server has of them."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.drafts import DraftLineDoc, DraftState
from desktop_app.storage.shared_drafts import Present, SharedDrafts, same_work
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld, put
from tests.support.drafts import DRAFT_ID, LINES, colleagues, feed_draft


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    world = DeskWorld(tmp_path)
    yield world
    world.close()


@pytest.fixture
def drafts(world: DeskWorld) -> SharedDrafts:
    return SharedDrafts(world.desk.connection)


def test_a_draft_is_the_document_of_what_lies_on_disk(world: DeskWorld, drafts: SharedDrafts) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False)
    drafts.hold(session.order_id, None, "Nadia", world.now())
    held = drafts.get(session.order_id)
    assert held is not None
    assert (held.rev, held.base, held.told) == (0, None, False)
    document = drafts.document(held)
    assert document is not None
    assert [(row.sku, row.quantity) for row in document.lines] == [("TN1", 12), ("MF9", 2), ("BK1", 3)]
    assert (document.holder, document.reference, document.total) == ("Nadia", "BC-7", "2665.59")
    assert document.state is DraftState.OPEN
    session.submit()
    sent = drafts.document(held)
    assert sent is not None
    assert sent.state is DraftState.SENT
    world.orders.withdraw(session.order_id)
    world.orders.cancel(session.order_id)
    dropped = drafts.document(held)
    assert dropped is not None
    assert dropped.state is DraftState.DROPPED


def test_a_colleagues_draft_becomes_one_of_this_desk_under_its_number(world: DeskWorld, drafts: SharedDrafts) -> None:
    own = world.orders.new_draft()
    rev = feed_draft(world, colleagues(desk_no=own.desk_no, note="by the gate"))
    (present,) = drafts.offered()
    assert present == Present(rev, colleagues(desk_no=own.desk_no, note="by the gate"))
    order = drafts.take(present, "Nadia", world.now())
    assert (order.order_id, order.desk_no, order.author) == (DRAFT_ID, own.desk_no, "Sophie Morel")
    held = drafts.get(DRAFT_ID)
    assert held is not None
    document = drafts.document(held)
    assert document is not None
    assert same_work(document, present.doc)
    assert document.holder == "Nadia"
    assert drafts.offered() == []


def test_of_an_ended_draft_and_of_an_order_nothing_is_offered(world: DeskWorld, drafts: SharedDrafts) -> None:
    feed_draft(world, colleagues(state=DraftState.SENT))
    assert drafts.offered() == []
    feed_draft(world, colleagues())
    assert len(drafts.offered()) == 1
    totals = {"goods": "1.00", "eco": "0.00", "carriage": "0.00", "fees": "0.00", "vat": {}, "total": "1.00"}
    record = {
        "order_id": DRAFT_ID,
        "order_no": "MF-1",
        "revision": 1,
        "status": "accepted",
        "received_at": "2026-06-09T08:00:00Z",
        "sub_orders": [],
        "totals": totals,
        "online_bonus": "0.00",
    }
    world.feed(put("orders", DRAFT_ID, record))
    assert drafts.offered() == []


def test_a_document_that_is_none_is_counted_and_never_offered(world: DeskWorld, drafts: SharedDrafts) -> None:
    applied = world.feed(put("drafts", "x", msgspec.to_builtins(colleagues())), put("drafts", "y", {"draft_id": "y"}))
    assert [bad.id for bad in applied.bad_rows] == ["x", "y"]
    assert applied.agrees
    assert drafts.offered() == []


def test_what_is_the_same_work() -> None:
    one = colleagues()
    keyed = [DraftLineDoc(9, 1.0, "TN1", 12), DraftLineDoc(4, 7.0, "BK1", 3)]
    assert same_work(
        one, colleagues(holder="Paul", lines=keyed, total="", updated_at=one.updated_at.replace(year=2027))
    )
    assert not same_work(one, colleagues(lines=list(LINES[:1])))
    assert not same_work(one, colleagues(lines=[LINES[1], msgspec.structs.replace(LINES[0], place=3.0)]))
    assert not same_work(one, colleagues(note="x"))
