"""Which forms of an order are taken, until when, and that what is not taken leaves no trace."""

from datetime import date

import pytest

from manufacturer_server import schemas
from manufacturer_server.schemas import KnownSchema
from tests.support.shop import Desk, Shop, order

# The shop's clock shows 10 March 2026.
TABLE = (
    KnownSchema("order/1"),
    KnownSchema("order/0.9", date(2025, 11, 1)),
    KnownSchema("order/0.8", date(2024, 3, 10)),
    KnownSchema("order/0.7", date(2024, 3, 9)),
)
PLACE = {"terms_version": 20, "catalog_version": 11}


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "KNOWN", TABLE)


@pytest.mark.parametrize(
    ("last_issued", "until"),
    [(None, None), (date(2024, 3, 10), date(2026, 3, 10)), (date(2024, 2, 29), date(2026, 3, 1))],
)
def test_a_form_is_taken_for_two_years_after_the_last_of_it(last_issued: date | None, until: date | None) -> None:
    assert KnownSchema("x", last_issued).until == until


@pytest.mark.usefixtures("known")
def test_discovery_says_which_forms_are_taken_and_until_when(shop: Shop) -> None:
    assert shop.http.get("/.well-known/order-sync").json()["order_schemas"] == [
        {"schema": "order/1", "until": None},
        {"schema": "order/0.9", "until": "2027-11-01"},
        {"schema": "order/0.8", "until": "2026-03-10"},
    ]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("schema", ["order/1", "order/0.9", "order/0.8"])
def test_every_listed_form_is_taken(desk: Desk, schema: str) -> None:
    assert desk.send(order(schema=schema, **PLACE)).status_code == 201


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("schema", ["order/0.7", "order/2", ""])
def test_another_form_is_refused_and_leaves_no_trace(shop: Shop, desk: Desk, schema: str) -> None:
    document = order(schema=schema, fields_of_a_later_form=[1], **PLACE)
    refused = desk.send(document)
    assert (refused.status_code, refused.json()["type"]) == (426, "urn:order-sync:schema-unknown")
    assert refused.json()["retry"] == "upgrade"
    assert "outcome-receipt" not in refused.headers
    asked = {"ids": [{"order_id": document["order_id"], "revision": 1}]}
    assert desk.http.post(f"{desk.path}/orders:outcomes", json=asked).json() == {"outcomes": [None]}
    del document["fields_of_a_later_form"]
    assert desk.send(document | {"schema": "order/1"}).status_code == 201


@pytest.mark.usefixtures("known")
def test_a_copy_of_a_recorded_order_is_answered_when_its_form_is_taken_no_longer(shop: Shop, desk: Desk) -> None:
    document = order(schema="order/0.8", **PLACE)
    accepted = desk.send(document)
    shop.clock.forward(days=1)
    copy = desk.send(document)
    assert (copy.status_code, copy.content) == (200, accepted.content)
    assert desk.send(order(schema="order/0.8", **PLACE)).status_code == 426
