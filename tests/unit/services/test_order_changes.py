"""What a person may ask to be changed of an accepted order, and the exact wish that is queued for it."""

from datetime import date

import msgspec
import pytest

from desktop_app.contract.orders import AmendLine, AmendRequest, RecordLine, RecordSubOrder
from desktop_app.domain.order import Status
from desktop_app.domain.outcome import MessageKind
from desktop_app.errors import ActionNotPossible, UnknownOrder
from desktop_app.events import OrderChanged
from desktop_app.services.order_changes import Change, Less
from tests.support.desk_world import DeskWorld, put


@pytest.fixture
def order_id(world: DeskWorld) -> str:
    """An accepted order of two wholesalers: 12 TN1 from N and 2 from S, 20 PK5 in packs of 5 from N."""
    lines = [("TN1", 12, "N"), ("TN1", 2, "S"), ("PK5", 20, "N")]
    session = world.orders.new_order(lines, reference="BC-7", round_up=False)
    session.submit()
    assert world.accept(session.order_id)
    tell(world, session.order_id)
    return session.order_id


def tell(world: DeskWorld, order_id: str, status: Status = Status.ACCEPTED) -> None:
    """The manufacturer tells how he has the order."""
    document = msgspec.json.decode(world.outbox.get_order(order_id, 1).body)  # type: ignore[union-attr]
    sums = {name: document["totals"][name] for name in ("goods", "eco", "carriage", "fees", "vat", "total")}
    parts = {
        code: [
            RecordLine(line["sku"], "", line["quantity"], line["unit_price"], "1.00")
            for line in document["lines"]
            if line["wholesaler"] == code
        ]
        for code in ("N", "S")
    }
    told = [RecordSubOrder(code, lines, **sums, online_bonus="0.00") for code, lines in parts.items()]
    record = {
        "order_id": order_id,
        "order_no": "4500001",
        "revision": 1,
        "status": status,
        "received_at": world.now(),
        "sub_orders": told,
        "totals": sums,
        "online_bonus": "0.00",
        "account": "D42",
    }
    world.feed(put("orders", order_id, record))


def wish(world: DeskWorld, order_id: str, change: Change) -> AmendRequest:
    world.orders.changes.ask(order_id, change, "why")
    (message,) = world.outbox.rows()
    assert (message.kind, message.subject, message.revision) == (MessageKind.AMEND, order_id, 1)
    return msgspec.json.decode(message.body, type=AmendRequest)


def test_the_wish_names_only_what_shall_be_otherwise(world: DeskWorld, order_id: str) -> None:
    change = Change(date(2026, 3, 20), reference="BC-7", note=" Ring twice ", lines=(Less("TN1", 11, "N"),))
    asked = wish(world, order_id, change)
    assert (asked.wanted_date, asked.reference, asked.note) == (date(2026, 3, 20), None, "Ring twice")
    assert asked.lines == [AmendLine("TN1", "N", 11)]
    assert (asked.order_id, asked.author, asked.reason) == (order_id, "Nadia Perrot", "why")
    assert OrderChanged((order_id,)) in world.events
    view = world.orders.get(order_id)
    assert view.change is not None
    assert (view.change.state, view.change.lines) == ("waiting", (("TN1", "N", 11),))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Less("TN1", 1), "ordered from N, S: name one"),
        (Less("MF9", 1), "no line of this order"),
        (Less("TN1", 2, "S"), "only become less"),
        (Less("PK5", 12), "12 cannot be ordered, 15 can"),
        (Less("PK5", 19), "19 cannot be ordered"),
    ],
)
def test_a_line_that_cannot_become_so_is_said_at_once(world: DeskWorld, order_id: str, line: Less, words: str) -> None:
    with pytest.raises(ActionNotPossible, match=words):
        world.orders.changes.ask(order_id, Change(lines=(line,)))
    assert world.outbox.rows() == []


def test_packs_and_whole_lines_can_go(world: DeskWorld, order_id: str) -> None:
    asked = wish(world, order_id, Change(lines=(Less("PK5", 10), Less("TN1", 0, "S"))))
    assert asked.lines == [AmendLine("PK5", "N", 10), AmendLine("TN1", "S", 0)]


def test_a_line_named_twice_counts_as_it_was_named_last(world: DeskWorld, order_id: str) -> None:
    assert wish(world, order_id, Change(lines=(Less("PK5", 10), Less("PK5", 15)))).lines == [AmendLine("PK5", "N", 15)]


def test_what_has_left_or_is_not_accepted_cannot_be_changed(world: DeskWorld, order_id: str) -> None:
    with pytest.raises(UnknownOrder):
        world.orders.changes.ask("nobody", Change(note="x"))
    draft = world.orders.new_draft()
    with pytest.raises(ActionNotPossible, match="it is draft"):
        world.orders.changes.ask(draft.order_id, Change(note="x"))
    tell(world, order_id, Status.PARTLY_SHIPPED)
    with pytest.raises(ActionNotPossible, match="it is partly_shipped"):
        world.orders.changes.ask(order_id, Change(note="x"))
    tell(world, order_id, Status.CONFIRMED)
    world.orders.changes.ask(order_id, Change(note="x"))
