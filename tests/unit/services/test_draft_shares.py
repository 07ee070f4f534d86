"""Who holds the shared drafts, as the list of orders shows it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.draft_shares import DraftShares
from tests.support.desk_world import START, WORKED_EXAMPLE, DeskWorld
from tests.support.drafts import DRAFT_ID, acknowledged, announce_drafts, colleagues, feed_draft


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    world = DeskWorld(tmp_path)
    announce_drafts(world)
    yield world
    world.close()


def test_a_colleagues_draft_is_a_row_like_any_other(world: DeskWorld) -> None:
    feed_draft(world, colleagues())
    (row,) = DraftShares(world.desk.connection).colleagues()
    assert (row.order_id, row.desk_no, row.reference) == (DRAFT_ID, "B-2026-0031", "BC-31")
    assert (row.lines, row.total, row.created_at) == (2, Decimal("1369.88"), START)
    assert (row.status, row.delivery_state) == (Status.DRAFT, DeliveryState.NONE)
    assert row.shared is not None
    assert (row.shared.holder, row.shared.since, row.shared.mine) == ("Sophie Morel", START, False)
    # Whoever tells no total has one that is not known.
    feed_draft(world, colleagues(total=""))
    assert DraftShares(world.desk.connection).colleagues()[0].total == 0


def test_what_the_others_do_not_know_yet_is_told_apart(world: DeskWorld) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    assert world.orders.summary(session.order_id).shared is None
    shared = world.orders.sharing.share(session.order_id).shared
    assert shared is not None
    assert (shared.mine, shared.told, shared.holder) == (True, False, "Nadia Perrot")
    acknowledged(world, session.order_id)
    (row,) = world.orders.list()
    assert row.shared is not None
    assert row.shared.told
    assert world.orders.get(session.order_id).summary.shared == row.shared
    session.set_details(reference="another")
    (row,) = world.orders.list()
    assert row.shared is not None
    assert not row.shared.told
