"""What becomes of a draft held here when the feed says otherwise. With a server between two desks: `sync`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.contract.drafts import DraftLineDoc, DraftState
from desktop_app.contract.wire import Del
from desktop_app.domain.order import Status
from desktop_app.errors import UnknownOrder
from desktop_app.services.views import DraftShare
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld, put
from tests.support.drafts import DRAFT_ID, acknowledged, announce_drafts, colleagues, feed_back, feed_draft

OTHER = [DraftLineDoc(1, 1.0, "TN1", 99)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    world = DeskWorld(tmp_path)
    announce_drafts(world)
    yield world
    world.close()


@pytest.fixture
def held(world: DeskWorld) -> str:
    """A draft of this desk that the server has as it is here."""
    session = world.orders.new_order(WORKED_EXAMPLE, reference="BC-7", round_up=False)
    world.orders.sharing.share(session.order_id)
    acknowledged(world, session.order_id)
    return session.order_id


def worked_on(world: DeskWorld, draft_id: str) -> None:
    session = world.orders.open_draft(draft_id)
    session.set_quantity(session.lines()[0].key, 50)


def share_of(world: DeskWorld, draft_id: str) -> DraftShare:
    share = world.orders.summary(draft_id).shared
    assert share is not None
    return share


def is_here(world: DeskWorld, draft_id: str) -> bool:
    try:
        world.orders.summary(draft_id)
    except UnknownOrder:
        return False
    return True


def record(draft_id: str, quantity: int, **changes: Any) -> dict[str, Any]:
    amounts = {"goods": "1.00", "eco": "0.00", "carriage": "0.00", "fees": "0.00", "vat": {}, "total": "1.00"}
    line = {"sku": "TN1", "name": "", "quantity": quantity, "unit_net": "1.0000", "line_total": "1.00"}
    part = {"wholesaler": "N", "lines": [line], **amounts, "online_bonus": "0.00"}
    return {
        "order_id": draft_id,
        "order_no": "MF-1",
        "revision": 1,
        "status": "accepted",
        "received_at": "2026-06-09T08:00:00Z",
        "sub_orders": [part],
        "totals": amounts,
        "online_bonus": "0.00",
        **changes,
    }


@pytest.mark.parametrize("state", list(DraftState))
def test_where_nothing_was_done_here_the_draft_goes_with_the_colleague(
    world: DeskWorld, held: str, state: DraftState
) -> None:
    feed_back(world, held, holder="Sophie", lines=OTHER, state=state)
    assert not is_here(world, held)
    assert len(world.orders.sharing.colleagues()) == (state is DraftState.OPEN)


@pytest.mark.parametrize("state", list(DraftState))
def test_what_was_done_here_stays_beside_theirs(world: DeskWorld, held: str, state: DraftState) -> None:
    worked_on(world, held)
    feed_back(world, held, holder="Sophie", lines=OTHER, state=state)
    share = share_of(world, held)
    assert (share.parted, share.other, share.mine) == (True, "Sophie", True)
    assert world.orders.open_draft(held).lines()[0].quantity == 50
    conflict = world.orders.sharing.conflict(held)
    assert conflict is not None
    assert conflict.state.value == state.value


def test_the_same_work_sent_by_the_colleague_leaves_nothing_to_ask(world: DeskWorld, held: str) -> None:
    worked_on(world, held)
    feed_back(world, held, holder="Sophie", state=DraftState.SENT)
    assert not is_here(world, held)


def test_a_newer_version_of_theirs_is_shown(world: DeskWorld, held: str) -> None:
    worked_on(world, held)
    feed_back(world, held, holder="Sophie", lines=OTHER)
    feed_back(world, held, holder="Léa", lines=OTHER)
    assert share_of(world, held).other == "Léa"


def test_a_claim_takes_what_the_holder_does_meanwhile_but_yields_to_another_holder(world: DeskWorld) -> None:
    feed_draft(world, colleagues())
    world.orders.sharing.take(DRAFT_ID)
    feed_draft(world, colleagues(lines=OTHER))
    assert world.orders.open_draft(DRAFT_ID).lines()[0].quantity == 99
    assert (share_of(world, DRAFT_ID).told, share_of(world, DRAFT_ID).mine) == (False, True)
    feed_draft(world, colleagues(lines=OTHER, holder="Léa"))
    assert not is_here(world, DRAFT_ID)


def test_a_draft_that_the_server_has_lost_is_shared_anew(world: DeskWorld, held: str) -> None:
    world.feed(Del("drafts", held))
    draft = world.orders.sharing._drafts.get(held)
    assert draft is not None
    assert (draft.rev, draft.told, draft.theirs) == (0, False, None)
    assert is_here(world, held)


def test_an_order_made_of_it_elsewhere_never_takes_the_lines_of_this_desk(world: DeskWorld, held: str) -> None:
    world.feed(put("orders", held, record(held, 99)))
    assert world.orders.summary(held).status is Status.DRAFT
    assert share_of(world, held).parted
    assert [line.quantity for line in world.orders.open_draft(held).lines()] == [12, 2, 3]


def test_an_order_made_of_what_stands_here_takes_its_place(world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 12, "")], reference="BC-7", round_up=False)
    world.orders.sharing.share(session.order_id)
    acknowledged(world, session.order_id)
    world.feed(put("orders", session.order_id, record(session.order_id, 12, reference="BC-7")))
    assert world.orders.summary(session.order_id).status is Status.ACCEPTED
    assert world.orders.sharing._drafts.get(session.order_id) is None


def test_the_order_of_this_desk_follows_its_own_record(world: DeskWorld, held: str) -> None:
    world.orders.submit(held)
    world.accept(held)
    feed_back(world, held, holder="Sophie", lines=OTHER)
    world.feed(put("orders", held, record(held, 12)))
    assert world.orders.summary(held).status is Status.ACCEPTED
    assert world.orders.summary(held).shared is None


def test_a_dropped_draft_that_goes_on_elsewhere_is_no_longer_among_the_cancelled(world: DeskWorld, held: str) -> None:
    world.orders.cancel(held)
    acknowledged_end(world, held)
    assert world.orders.summary(held).status is Status.CANCELLED
    feed_draft(world, colleagues(draft_id=held))
    assert not is_here(world, held)
    assert [one.order_id for one in world.orders.sharing.colleagues()] == [held]


def acknowledged_end(world: DeskWorld, draft_id: str) -> None:
    drafts = world.orders.sharing._drafts
    draft = drafts.get(draft_id)
    assert draft is not None
    document = drafts.document(draft)
    assert document is not None
    drafts.acknowledge(draft_id, draft.rev + 1, document)
    assert drafts.get(draft_id) is None
