"""Conditions with only so many units, and dealers over their credit: reserved, released, held, let go."""

import threading
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from manufacturer_server.cli import main
from tests.support import worked_example
from tests.support.shop import Desk, Shop, line, order

QUOTA = 20


def fits(units: int, **more: Any) -> dict[str, Any]:
    """An order of so many MF9 at the bid of 540.00."""
    return priced(units, 540, **more)


def priced(units: int, price: int, **more: Any) -> dict[str, Any]:
    goods, eco = units * price * 100, units * 250
    vat = (goods + eco) // 5
    return order(
        lines=[line("MF9", units, f"{price}.0000")],
        totals={
            "goods": cents(goods),
            "eco": cents(eco),
            "carriage": "0.00",
            "fees": "0.00",
            "vat": {"20": cents(vat)},
            "total": cents(goods + eco + vat),
        },
        **more,
    )


def cents(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def used(desk: Desk) -> dict[str, int]:
    return dict(desk.current("account")[desk.account].get("quota_used", {}))


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


def test_units_of_a_bid_are_reserved_and_every_desk_sees_what_is_gone(shop: Shop, desk: Desk) -> None:
    assert desk.send(fits(12)).status_code == 201
    assert used(desk) == {"B540": 12}
    assert used(shop.desk("D42")) == {"B540": 12}
    assert used(shop.desk("D43")) == {}


def test_more_than_is_left_gets_the_price_without_the_bid_and_the_reason(desk: Desk) -> None:
    desk.send(fits(12))
    answer = desk.send(fits(9))
    assert answer.status_code == 409
    (price, _) = answer.json()["errors"]
    assert (price["pointer"], price["code"]) == ("/lines/0/unit_price", "bid-exhausted")
    assert (price["yours"], price["ours"]) == ("540.0000", "612.0000")
    assert "8 units left" in price["detail"]
    assert used(desk) == {"B540": 12}
    assert desk.send(fits(8)).status_code == 201
    assert used(desk) == {"B540": QUOTA}


def test_a_cancelled_order_gives_its_units_back_once(desk: Desk) -> None:
    document = fits(12)
    desk.send(document)
    request = str(uuid.uuid4())
    for _ in range(2):
        assert desk.cancel(document["order_id"], request).json()["result"] == "done"
        assert used(desk) == {}
    assert desk.send(fits(QUOTA)).status_code == 201


def test_units_the_wholesaler_refuses_are_given_back(shop: Shop, desk: Desk) -> None:
    number = desk.send(fits(12)).json()["order_no"]
    header = "order_no,wholesaler,sku,state,quantity,date\n"
    shop.take_in(status=f"{header}{number},N,MF9,refused,5,2026-03-11\n")
    assert used(desk) == {"B540": 7}


def test_orders_at_the_same_moment_never_share_the_last_units(shop: Shop) -> None:
    desks = [shop.desk("D42") for _ in range(6)]
    answers: list[int] = []

    def send(desk: Desk) -> None:
        answers.append(desk.send(fits(7)).status_code)

    threads = [threading.Thread(target=send, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201, 201, 409, 409, 409, 409]
    assert used(desks[0]) == {"B540": 14}


def test_a_quota_is_each_dealers_own_and_a_stock_cap_all_dealers_together(shop: Shop, desk: Desk) -> None:
    header = "id,step,value,unit,buyer,product,quota,stock_cap\n"
    shop.take_in(conditions=f"{header}P,promo,700,NET,all,sku:MF9,10,15\n")
    other = shop.desk("D43")
    assert desk.send(priced(10, 700)).status_code == 201
    assert (used(desk), used(other)) == ({"P": 10}, {})
    assert other.current("terms")["P"]["stock_used"] == 10
    refused = other.send(priced(6, 700))
    assert codes(refused)[0] == ("/lines/0/unit_price", "bid-exhausted")
    assert other.send(priced(5, 700)).status_code == 201
    assert desk.current("terms")["P"]["stock_used"] == 15


def test_what_is_gone_survives_a_new_file_of_conditions_and_of_dealers(shop: Shop, desk: Desk) -> None:
    desk.send(fits(12))
    shop.take_in(
        conditions=worked_example.FILES["conditions.csv"].replace("Derogation", "Dérogation"),
        dealers=worked_example.FILES["dealers.csv"].replace("Autun", "Nevers"),
    )
    assert used(desk) == {"B540": 12}
    assert desk.send(fits(9)).status_code == 409


def with_policy(policy: str) -> str:
    first, *rows = worked_example.FILES["dealers.csv"].splitlines()
    return "\n".join([f"{first},credit_policy", *(f"{row},{policy}" for row in rows), ""]).replace("60000", "1000")


def test_an_order_over_the_credit_may_be_held_until_it_is_let_go(
    shop: Shop, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.take_in(dealers=with_policy("hold"))
    document = fits(2)
    answer = desk.send(document)
    assert answer.status_code == 201
    assert [problem["code"] for problem in answer.json()["problems"]] == ["credit-hold"]
    number = answer.json()["order_no"]
    data = ["--data", str(shop.data)]
    assert main(["export", *data, "--out", str(tmp_path / "out")]) == 0
    assert not list(tmp_path.glob("out/orders-*"))
    assert main(["release", *data, number, "--reason", "paid"]) == 0
    assert main(["export", *data, "--out", str(tmp_path / "out")]) == 0
    assert len(list(tmp_path.glob("out/orders-*"))) == 1
    history = [entry["state"] for entry in desk.current("orders")[document["order_id"]]["history"]]
    assert history == ["accepted", "credit-hold", "credit-released"]
    header = "order_no,wholesaler,sku,state,quantity,date\n"
    shop.take_in(status=f"{header}{number},N,MF9,confirmed,2,2026-03-11\n")
    history = [entry["state"] for entry in desk.current("orders")[document["order_id"]]["history"]]
    # by the time each happened: the command takes the real clock, the shop's stands in March
    assert history == ["accepted", "credit-hold", "confirmed", "credit-released"]
    capsys.readouterr()
    assert main(["release", *data, number]) != 0
    assert "not held back" in capsys.readouterr().err


def test_a_held_order_that_is_cancelled_is_not_let_go(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.take_in(dealers=with_policy("hold"))
    document = fits(2)
    number = desk.send(document).json()["order_no"]
    desk.cancel(document["order_id"], str(uuid.uuid4()))
    assert main(["release", "--data", str(shop.data), number]) != 0
    assert "cancelled" in capsys.readouterr().err


def test_an_order_over_the_credit_may_be_refused(shop: Shop, desk: Desk) -> None:
    shop.take_in(dealers=with_policy("refuse"))
    answer = desk.send(fits(2))
    assert answer.status_code == 409
    assert codes(answer) == [("/totals/total", "credit-limit")]


def test_an_order_that_became_dearer_may_pass_the_credit(shop: Shop, desk: Desk) -> None:
    shop.take_in(dealers=with_policy("refuse").replace("1000", "1302"))
    shop.take_in(conditions=worked_example.FILES["conditions.csv"].replace("540.00", "540.01"))
    answer = desk.send(fits(2))  # 1,302.00 of 1,302.00
    found = {one["code"]: one for one in answer.json()["errors"]}
    assert set(found) == {"price-changed", "total-changed", "credit-limit"}
    assert (found["credit-limit"]["yours"], found["credit-limit"]["ours"]) == ("1302.02", "-0.02")


def test_without_a_line_that_is_gone_an_order_may_fit_the_credit_and_miss_the_minimum(shop: Shop, desk: Desk) -> None:
    head, *rows = worked_example.FILES["wholesalers.csv"].splitlines()
    products, *of_products = worked_example.FILES["products.csv"].splitlines()
    shop.take_in(
        wholesalers="\n".join([f"{head},order_minimum", *(f"{row},1100" for row in rows), ""]),
        products="\n".join([f"{products},status", *(f"{row},active" for row in of_products), ""]).replace(
            "BK-001,active", "BK-001,stopped"
        ),
        dealers=with_policy("refuse").replace("1000", "1340"),
    )
    answer = desk.send(order(lines=[line("TN1", 12), line("BK1", 3)]))  # 1,141.40, with VAT 1,363.59
    assert codes(answer) == [("/lines/0/wholesaler", "below-minimum"), ("/lines/1", "discontinued")]
    assert answer.json()["errors"][0]["yours"] == "1099.42"
    assert answer.json()["proposal"]["totals"]["total"] == "1319.30"


def test_express_where_there_is_none_and_goods_overseas(shop: Shop, desk: Desk) -> None:
    document = fits(2, delivery={"express": True})
    answer = desk.send(document)
    assert codes(answer) == [("/delivery/express", "express-unavailable")]
    taken = document | {"revision": 2, "delivery": {}, "totals": answer.json()["proposal"]["totals"]}
    assert desk.send(taken).status_code == 201
    place = {"name": "Run", "street": "1 rue", "postcode": "97400", "city": "Saint-Denis", "country": "FR"}
    answer = desk.send(fits(2, delivery={"address": place}))
    assert codes(answer) == [("/totals/total", "total-changed")]
    assert answer.json()["proposal"]["totals"]["vat"] == {"8.5": "92.23"}  # 1,085.00 x 8.5 %


def test_where_one_wholesaler_has_no_express_the_whole_proposal_is_without(shop: Shop, desk: Desk) -> None:
    head, north, south = worked_example.FILES["wholesalers.csv"].splitlines()
    shop.take_in(wholesalers=f"{head},express_fee\n{north},15\n{south},\n")
    document = order(lines=[line("MF9", 2), line("TN1", 1, "91.9894", "S")], delivery={"express": True})
    answer = desk.send(document)
    assert ("/delivery/express", "express-unavailable") in codes(answer)
    proposal = answer.json()["proposal"]
    assert proposal["totals"]["carriage"] == "9.90"
    taken = document | {"revision": 2, "delivery": {}, "totals": proposal["totals"]}
    assert desk.send(taken).status_code == 201


def test_a_document_discount_is_in_what_is_accepted(shop: Shop, desk: Desk) -> None:
    header = "id,step,value,unit,buyer,product,amount_min\n"
    shop.take_in(
        conditions=f"{header}B540,bid,540,NET,all,sku:MF9,\nD2,document,2,%,all,all,1000\n",
    )
    document = fits(2)
    # 1,080.00 - 21.60 + eco 5.00 = 1,063.40; VAT 212.68
    document["totals"] |= {"discount": "21.60", "vat": {"20": "212.68"}, "total": "1276.08"}
    answer = desk.send(document)
    assert answer.status_code == 201, answer.text
    assert answer.json()["totals"]["discount"] == "21.60"


def test_lines_that_together_take_more_than_is_left_leave_a_proposal_that_can_be_taken(shop: Shop, desk: Desk) -> None:
    stock = worked_example.FILES["stock.csv"] + "S,MF9,20\n"
    shop.take_in(stock=stock)
    document = order(lines=[line("MF9", 12), line("MF9", 12, wholesaler="S")])
    answer = desk.send(document)
    assert {code for _, code in codes(answer)} == {"bid-exhausted"}
    proposal = answer.json()["proposal"]
    assert [(part["wholesaler"], row["quantity"]) for part in proposal["sub_orders"] for row in part["lines"]] == [
        ("N", 12)
    ]
    taken = document | {"revision": 2, "lines": [line("MF9", 12)], "totals": proposal["totals"]}
    assert desk.send(taken).status_code == 201
