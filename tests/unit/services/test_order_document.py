"""The document that leaves: complete, the same bytes for the same order, never past the published limits."""

from typing import Any

import msgspec
import pytest

from desktop_app.contract.orders import OrderDocument
from desktop_app.contract.wire import Limits
from desktop_app.domain.order import Delivery, DeliveryMode
from desktop_app.domain.party import Address
from desktop_app.errors import OrderRefused
from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.order_document import document_bytes, priced_order, product_facts
from desktop_app.services.views import OrderDetails
from tests.support.desk_world import START, DeskWorld

LINES = [DraftLine(1, 1.0, "BK1", 3), DraftLine(2, 2.0, "TN1", 1, None, "S"), DraftLine(3, 3.0, "MF9", 2)]
DETAILS = OrderDetails(
    "BC-7", Delivery(Address("Lycée", "1 rue", "71400", "Autun"), None, DeliveryMode.COMPLETE), "L", "n"
)


def written(world: DeskWorld, **changed: Any) -> bytes:
    given: dict[str, Any] = {
        "order_id": "o1",
        "revision": 2,
        "desk_no": "B-2026-0001",
        "created_at": START,
        "author": "Nadia",
        "limits": Limits(),
    }
    return document_bytes(priced_order(DraftLines(world.basis(), LINES)), DETAILS, **(given | changed))


def test_the_document_says_everything_in_the_order_it_was_entered(world: DeskWorld) -> None:
    document = msgspec.json.decode(written(world), type=OrderDocument)
    assert [(line.sku, line.wholesaler) for line in document.lines] == [("BK1", "N"), ("TN1", "S"), ("MF9", "N")]
    assert (document.schema, document.revision, document.created_at) == ("order/1", 2, START)
    assert (document.end_client, document.note, document.author) == ("L", "n", "Nadia")
    assert document.delivery.to_domain() == DETAILS.delivery
    assert list(document.totals.vat) == ["20", "5.5"]


def test_the_same_order_gives_the_same_bytes(world: DeskWorld) -> None:
    first = written(world)
    world.restart()
    assert written(world) == first


@pytest.mark.parametrize("limits", [Limits(order_lines=2), Limits(order_bytes=100)])
def test_published_limits_are_kept(world: DeskWorld, limits: Limits) -> None:
    with pytest.raises(OrderRefused) as refused:
        written(world, limits=limits)
    assert [problem.code for problem in refused.value.problems] == ["too-many-lines"]


def test_facts_of_products_leave_out_what_is_gone(world: DeskWorld) -> None:
    names, revs = product_facts(world.catalog, ["TN1", "GONE", "TN1"])
    assert (names, list(revs)) == ({"TN1": "Toner noir 12k"}, ["TN1"])
