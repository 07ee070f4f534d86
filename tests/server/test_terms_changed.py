"""Orders whose terms are no longer right: every difference named, and the order as the manufacturer would take it."""

from typing import Any

import httpx

from tests.support import worked_example
from tests.support.shop import Desk, Shop, line, order

PRODUCTS = worked_example.FILES["products.csv"]
HEADER = "sku,name,list_price,vat_rate,family,brand,eco_fee,manufacturer_ref"


def differences(answer: httpx.Response) -> list[tuple[str, str, str, str]]:
    """(pointer, code, yours, ours) of every difference."""
    assert answer.status_code == 409, answer.text
    body = answer.json()
    assert (body["type"], body["retry"]) == ("urn:order-sync:terms-changed", "confirm")
    return [(one["pointer"], one["code"], one.get("yours", ""), one.get("ours", "")) for one in body["errors"]]


def confirmed(document: dict[str, Any], proposal: dict[str, Any], wholesaler: str = "N") -> dict[str, Any]:
    """The next revision, made of the proposal as a desk makes it."""
    lines = [
        line(row["sku"], row["quantity"], row["unit_net"], part["wholesaler"])
        for part in proposal["sub_orders"]
        for row in part["lines"]
    ]
    return document | {
        "revision": document["revision"] + 1,
        "lines": lines,
        "totals": proposal["totals"],
        "terms_version": proposal["terms_version"],
        "catalog_version": proposal["catalog_version"],
    }


def test_a_changed_price_is_named_on_its_line_and_in_the_total(shop: Shop, desk: Desk) -> None:
    shop.take_in(products=PRODUCTS.replace("148.37", "158.37"))
    document = order()
    answer = desk.send(document)
    assert differences(answer) == [
        ("/lines/0/unit_price", "price-changed", "91.6185", "97.7935"),
        ("/totals/total", "total-changed", "2665.59", "2754.51"),
    ]
    proposal = answer.json()["proposal"]
    assert proposal["day"] == "2026-03-10"
    assert proposal["totals"]["total"] == "2754.51"
    assert proposal["catalog_version"] > 11
    assert desk.current("orders") == {}
    accepted = desk.send(confirmed(document, proposal))
    assert accepted.status_code == 201, accepted.text
    assert accepted.json()["revision"] == 2
    assert accepted.json()["totals"]["total"] == "2754.51"


def test_a_desk_cannot_impose_its_price_in_either_direction(desk: Desk) -> None:
    for price in ("0.0000", "0.0001", "91.6184", "91.6186", "999999.0000"):
        answer = desk.send(order(lines=[line("TN1", 12, price), line("MF9", 2), line("BK1", 3)]))
        assert differences(answer) == [("/lines/0/unit_price", "price-changed", price, "91.6185")]
    cheaper = order()
    cheaper["totals"] = {**cheaper["totals"], "total": "1.00"}
    assert differences(desk.send(cheaper)) == [("/totals/total", "total-changed", "1.00", "2665.59")]
    shifted = order()
    shifted["totals"] = {**shifted["totals"], "goods": "2221.41", "vat": {"20": "436.87"}}
    assert differences(desk.send(shifted)) == [
        ("/totals/goods", "total-changed", "2221.41", "2221.40"),
        ("/totals/vat/20", "total-changed", "436.87", "436.88"),
        ("/totals/vat/5.5", "total-changed", "0.00", "2.31"),
    ]


def test_changed_conditions_count_like_changed_prices(shop: Shop, desk: Desk) -> None:
    conditions = worked_example.FILES["conditions.csv"].replace("G35,base,35", "G35,base,36")
    shop.take_in(conditions=conditions)
    found = differences(desk.send(order()))
    assert found[0] == ("/lines/0/unit_price", "price-changed", "91.6185", "90.2090")


def test_carriage_alone_changes_the_total(shop: Shop, desk: Desk) -> None:
    shop.take_in(wholesalers=worked_example.FILES["wholesalers.csv"].replace("N,Grossiste Nord,500", "N,Nord,5000"))
    assert differences(desk.send(order())) == [("/totals/total", "total-changed", "2665.59", "2680.59")]


def test_what_is_no_longer_sold_is_left_out_of_the_proposal(shop: Shop, desk: Desk) -> None:
    products = PRODUCTS.replace(HEADER, f"{HEADER},status,replaced_by").replace("106R-TN1", "106R-TN1,stopped,TN2")
    shop.take_in(products=products + "TN2,Toner nouveau,150,20,TONER,Xantia,0,106R-TN2,,\n")
    document = order()
    answer = desk.send(document)
    assert differences(answer) == [("/lines/0", "discontinued", "", "")]
    assert answer.json()["errors"][0]["replaced_by"] == "TN2"
    proposal = answer.json()["proposal"]
    assert [row["sku"] for part in proposal["sub_orders"] for row in part["lines"]] == ["MF9", "BK1"]
    assert desk.send(confirmed(document, proposal)).status_code == 201


def test_what_is_unknown_or_not_listed_there_is_named(shop: Shop, desk: Desk) -> None:
    document = order(
        lines=[
            line("NEW", 1),
            line("MF9", 2, wholesaler="S"),
            line("TN1", 12, wholesaler="GONE"),
            line("BK1", 3),
        ]
    )
    answer = desk.send(document)
    assert [(pointer, code) for pointer, code, _, _ in differences(answer)] == [
        ("/lines/0", "unknown-product"),
        ("/lines/1", "not-listed"),
        ("/lines/2", "unknown-wholesaler"),
    ]
    (part,) = answer.json()["proposal"]["sub_orders"]
    assert [(row["sku"], row["quantity"]) for row in part["lines"]] == [("BK1", 3)]
    gone = desk.send(order(lines=[line("NEW", 1)]))
    assert gone.json()["proposal"]["sub_orders"] == []


def test_quantities_off_the_pack_are_answered_with_the_right_ones(shop: Shop, desk: Desk) -> None:
    products = PRODUCTS.replace(HEADER, f"{HEADER},pack_multiple,min_qty").replace("106R-TN1", "106R-TN1,10,")
    shop.take_in(products=products.replace("XA-MF9", "XA-MF9,,5"))
    document = order()
    answer = desk.send(document)
    assert differences(answer) == [
        ("/lines/0/quantity", "pack-multiple", "12", "20"),
        ("/lines/1/quantity", "min-quantity", "2", "5"),
    ]
    proposal = answer.json()["proposal"]
    assert [(row["sku"], row["quantity"]) for row in proposal["sub_orders"][0]["lines"]] == [
        ("TN1", 20),
        ("MF9", 5),
        ("BK1", 3),
    ]
    accepted = desk.send(confirmed(document, proposal))
    assert accepted.status_code == 201, accepted.text


def test_a_sub_order_below_the_minimum_is_refused_by_name(shop: Shop, desk: Desk) -> None:
    wholesalers = "code,name,order_minimum,small_order_fee\nN,Grossiste Nord,5000,\nS,Grossiste Sud,,\n"
    shop.take_in(wholesalers=wholesalers)
    answer = desk.send(order())
    assert differences(answer) == [("/lines/0/wholesaler", "below-minimum", "2221.40", "5000.00")]
    assert "Grossiste Nord" in answer.json()["errors"][0]["detail"]
    shop.take_in(wholesalers=wholesalers.replace("5000,", "5000,15"))
    fee = desk.send(order())
    assert differences(fee) == [("/totals/total", "total-changed", "2665.59", "2683.59")]


def test_the_pricing_day_is_the_manufacturers(shop: Shop, desk: Desk) -> None:
    """At 23:30 UTC it is already the next day in Paris: what ends today has ended."""
    conditions = worked_example.FILES["conditions.csv"].replace("id,step", "end,id,step")
    rows = [
        row if row.startswith("end") else f"{'2026-03-10' if 'B540' in row else ''},{row}"
        for row in conditions.splitlines()
    ]
    shop.take_in(conditions="\n".join(rows) + "\n")
    assert desk.send(order()).status_code == 201
    shop.clock.forward(hours=14)
    found = differences(desk.send(order()))
    assert found[0] == ("/lines/1/unit_price", "price-changed", "540.0000", "612.0000")


def test_the_refusal_stays_even_when_the_price_comes_back(shop: Shop, desk: Desk) -> None:
    shop.take_in(products=PRODUCTS.replace("148.37", "158.37"))
    document = order()
    first = desk.send(document)
    shop.take_in(products=PRODUCTS)
    assert desk.send(document).content == first.content
    assert desk.send(document | {"revision": 2}).status_code == 201
