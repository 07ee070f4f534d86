"""Sharing, taking over and choosing between two versions, at one desk. Between two desks: `tests/sync`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.contract.drafts import DraftLineDoc, DraftState
from desktop_app.domain.order import Status
from desktop_app.errors import ActionNotPossible, UnknownOrder
from desktop_app.events import DraftToTell, OrderChanged
from desktop_app.services.shared_views import Side
from desktop_app.services.views import OrderSummary
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld
from tests.support.drafts import DRAFT_ID, acknowledged, announce_drafts, colleagues, feed_back, feed_draft

OTHER = [DraftLineDoc(1, 1.0, "TN1", 30), DraftLineDoc(5, 5.0, "PK5", 10, None, "S")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    world = DeskWorld(tmp_path)
    announce_drafts(world)
    yield world
    world.close()


def parted(world: DeskWorld, state: DraftState = DraftState.OPEN) -> str:
    """A draft of this desk, changed here and by Sophie. Returns its id."""
    session = world.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False)
    world.orders.sharing.share(session.order_id)
    acknowledged(world, session.order_id)
    session.set_quantity(session.lines()[0].key, 50)
    feed_back(world, session.order_id, holder="Sophie", lines=OTHER, note="hers", total="99.00", state=state)
    return session.order_id


def quantities(world: DeskWorld, order_id: str) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in world.repository.lines(order_id)]


def others_than(world: DeskWorld, order_id: str) -> list[OrderSummary]:
    return [order for order in world.orders.list() if order.order_id != order_id]


def test_sharing_is_told_and_done_once(world: DeskWorld) -> None:
    session = world.orders.new_draft("BC-7")
    world.events.clear()
    world.orders.sharing.share(session.desk_no)
    assert world.events == [OrderChanged((session.order_id,)), DraftToTell()]
    world.orders.sharing.share(session.order_id)
    assert len(world.events) == 2
    # The open draft is still this person's: sharing changes nothing in it.
    session.add("TN1", 2)
    assert [entry.code for entry in world.orders.get(session.order_id).history] == ["created", "draft-shared"]


def test_what_cannot_be_shared(world: DeskWorld) -> None:
    sent = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    sent.submit()
    for number in (sent.order_id,):
        with pytest.raises(ActionNotPossible):
            world.orders.sharing.share(number)
    with pytest.raises(UnknownOrder):
        world.orders.sharing.share("B-1999-0001")
    world.state.put("discovery", "")
    draft = world.orders.new_draft()
    with pytest.raises(ActionNotPossible, match="does not keep drafts"):
        world.orders.sharing.share(draft.order_id)


def test_taking_over_prices_the_lines_and_keeps_who_entered_them(world: DeskWorld) -> None:
    feed_draft(world, colleagues())
    taken = world.orders.sharing.take("B-2026-0031")
    assert (taken.order_id, taken.lines, taken.desk_no) == (DRAFT_ID, 2, "B-2026-0031")
    assert taken.total > 1_000
    assert taken.shared is not None
    assert (taken.shared.mine, taken.shared.told, taken.shared.holder) == (True, False, "Nadia Perrot")
    view = world.orders.get(DRAFT_ID)
    assert (view.author, [entry.code for entry in view.history]) == ("Sophie Morel", ["draft-taken-over"])
    assert world.orders.open_draft(DRAFT_ID).price_differences() == ()
    with pytest.raises(UnknownOrder):
        world.orders.sharing.take(DRAFT_ID)


def test_a_product_that_this_desk_does_not_know_is_taken_over_too(world: DeskWorld) -> None:
    feed_draft(world, colleagues(lines=[DraftLineDoc(1, 1.0, "NEW", 3), DraftLineDoc(2, 2.0, "TN1", 1)]))
    world.orders.sharing.take(DRAFT_ID)
    assert quantities(world, DRAFT_ID) == [("NEW", 3), ("TN1", 1)]
    assert world.orders.open_draft(DRAFT_ID).problems()[0].code == "unknown-product"


def test_both_versions_line_by_line(world: DeskWorld) -> None:
    draft_id = parted(world)
    conflict = world.orders.sharing.conflict(draft_id)
    assert conflict is not None
    assert [(line.sku, line.wholesaler, line.mine, line.theirs) for line in conflict.lines] == [
        ("TN1", "", 50, 30),
        ("MF9", "", 2, 0),
        ("BK1", "", 3, 0),
        ("PK5", "S", 0, 10),
    ]
    assert (conflict.mine.note, conflict.theirs.note, str(conflict.total_theirs)) == ("", "hers", "99.00")
    assert conflict.sides == (Side.BOTH, Side.THEIRS, Side.MINE)
    with pytest.raises(ActionNotPossible, match="both versions"):
        world.orders.submit(draft_id)
    assert world.orders.summary(draft_id).status is Status.DRAFT


def test_keeping_both(world: DeskWorld) -> None:
    draft_id = parted(world)
    kept = world.orders.sharing.settle(draft_id, Side.BOTH)
    assert (kept.status, kept.shared, kept.reference) == (Status.DRAFT, None, "BC-7")
    assert quantities(world, kept.order_id) == [("TN1", 50), ("MF9", 2), ("BK1", 3)]
    assert [order.order_id for order in world.orders.list()] == [kept.order_id]
    assert [order.order_id for order in world.orders.sharing.colleagues()] == [draft_id]
    world.orders.submit(kept.order_id)


def test_taking_theirs_puts_mine_away_where_it_can_be_taken_up_again(world: DeskWorld) -> None:
    draft_id = parted(world)
    away = world.orders.sharing.settle(draft_id, Side.THEIRS)
    assert away.status is Status.CANCELLED
    assert [order.order_id for order in world.orders.sharing.colleagues()] == [draft_id]
    session = world.orders.correct(away.order_id)
    assert [line.quantity for line in session.lines()] == [50, 2, 3]


@pytest.mark.parametrize("state", [DraftState.OPEN, DraftState.DROPPED])
def test_putting_mine_over_theirs_puts_theirs_away(world: DeskWorld, state: DraftState) -> None:
    draft_id = parted(world, state)
    world.author = "Nadia P."
    kept = world.orders.sharing.settle(draft_id, Side.MINE)
    assert kept.order_id == draft_id
    assert kept.shared is not None
    assert (kept.shared.parted, kept.shared.told, kept.shared.holder) == (False, False, "Nadia P.")
    (away,) = others_than(world, draft_id)
    assert away.status is Status.CANCELLED
    assert quantities(world, away.order_id) == [("TN1", 30), ("PK5", 10)]
    assert world.orders.get(away.order_id).note == "hers"
    assert world.orders.sharing.conflict(draft_id) is None


def test_over_an_order_nothing_can_be_put(world: DeskWorld) -> None:
    draft_id = parted(world, DraftState.SENT)
    conflict = world.orders.sharing.conflict(draft_id)
    assert conflict is not None
    assert conflict.sides == (Side.BOTH, Side.THEIRS)
    with pytest.raises(ActionNotPossible):
        world.orders.sharing.settle(draft_id, Side.MINE)
    assert quantities(world, draft_id)[0] == ("TN1", 50)


def test_where_nobody_else_changed_it_there_is_nothing_to_settle(world: DeskWorld) -> None:
    draft = world.orders.new_draft()
    assert world.orders.sharing.conflict(draft.order_id) is None
    with pytest.raises(ActionNotPossible):
        world.orders.sharing.settle(draft.order_id, Side.BOTH)


def test_a_dropped_draft_taken_up_again_can_be_shared_again(world: DeskWorld) -> None:
    feed_draft(world, colleagues(state=DraftState.DROPPED))
    session = world.orders.new_draft()
    world.desk.connection.execute("UPDATE orders SET order_id = ? WHERE order_id = ?", (DRAFT_ID, session.order_id))
    world.orders.sharing.share(DRAFT_ID)
    draft = world.orders.sharing._drafts.get(DRAFT_ID)
    assert draft is not None
    assert draft.base is not None
    assert (draft.rev, draft.base.state, draft.told) == (world.version, DraftState.DROPPED, False)
