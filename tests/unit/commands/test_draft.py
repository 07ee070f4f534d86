"""`comptoir draft`: what is shared, taken over and settled without a screen."""

from desktop_app.contract.drafts import DraftLineDoc
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld
from tests.support.drafts import DRAFT_ID, acknowledged, announce_drafts, colleagues, feed_back, feed_draft
from tests.unit.commands.conftest import Comptoir


def test_the_drafts_of_the_account_are_listed(comptoir: Comptoir, world: DeskWorld) -> None:
    announce_drafts(world)
    feed_draft(world, colleagues())
    own = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    world.orders.new_draft("not shared")
    world.orders.sharing.share(own.order_id)
    mine, hers = comptoir("draft", "list", "--json").json["drafts"]
    assert (mine["order_id"], mine["shared"]["here"], mine["shared"]["told"]) == (own.order_id, True, False)
    assert (hers["order_id"], hers["lines"], hers["total"]) == (DRAFT_ID, 2, "1369.88")
    assert hers["shared"]["holder"] == "Sophie Morel"
    assert hers["shared"]["here"] is False


def test_out_of_reach_a_draft_is_shared_and_taken_over_all_the_same(comptoir: Comptoir, world: DeskWorld) -> None:
    announce_drafts(world)
    feed_draft(world, colleagues())
    own = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    shared = comptoir("draft", "share", own.desk_no)
    assert (shared.json["shared"]["here"], shared.json["shared"]["told"]) == (True, False)
    assert "no connection" in shared.stderr
    taken = comptoir("draft", "take", DRAFT_ID).json
    assert (taken["order_id"], taken["shared"]["here"], taken["status"]) == (DRAFT_ID, True, "draft")
    assert comptoir("draft", "take", DRAFT_ID, expect=1).stderr


def test_two_versions_are_compared_and_settled(comptoir: Comptoir, world: DeskWorld) -> None:
    announce_drafts(world)
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    comptoir("draft", "compare", session.order_id, expect=1)
    world.orders.sharing.share(session.order_id)
    acknowledged(world, session.order_id)
    session.set_quantity(session.lines()[0].key, 50)
    feed_back(world, session.order_id, holder="Sophie", lines=[DraftLineDoc(1, 1.0, "TN1", 30)])
    both = comptoir("draft", "compare", session.order_id).json
    assert (both["holder"], both["choices"]) == ("Sophie", ["keep-both", "take-theirs", "put-mine-over"])
    assert both["lines"][0] == {"sku": "TN1", "wholesaler": "", "mine": 50, "theirs": 30}
    kept = comptoir("draft", "keep-both", session.order_id).json
    assert kept["order_id"] != session.order_id
    assert (kept["status"], kept["shared"]) == ("draft", None)
