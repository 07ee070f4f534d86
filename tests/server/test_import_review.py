"""The review after an import: what was taken but looks wrong is told in words a manufacturer understands."""

import random
import time
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.documents import AccountDoc, ConditionDoc
from manufacturer_server.cli import main
from manufacturer_server.importing.review_state import Remark
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import dealer_scope, read_one, save
from tests.support import worked_example
from tests.support.server import import_files
from tests.support.shop import Desk, Shop

FILES = worked_example.FILES
HEAD = "id,step,value,unit,buyer,product,wholesaler,start,end,qty_min,amount_min,quota,stock_cap,combine\n"
GOOD = HEAD + "G30,base,30,%,group:gold,all,,,,,,,,\n"


def remarks(shop: Shop, **files: str) -> list[str]:
    return [str(remark) for remark in shop.take_in(**files).remarks]


def conditions(shop: Shop, *rows: str) -> list[str]:
    return remarks(shop, conditions=GOOD + "".join(f"{row}\n" for row in rows))


def test_files_in_order_leave_nothing_to_remark(shop: Shop) -> None:
    folder = worked_example.write_files(shop.files)
    assert import_files(shop.data, folder, now=shop.clock).remarks == []


def test_equal_conditions(shop: Shop) -> None:
    (said,) = conditions(shop, "G31,base,31,%,group:gold,all,,,,,,,,")
    assert said.startswith("conditions.csv:2: Conditions G30, G31 say different things about the same case")


def test_products_families_brands_and_groups_that_nobody_has(shop: Shop) -> None:
    found = conditions(
        shop,
        "A,base,1,%,all,sku:NOPE,,,,,,,,",
        "B,base,1,%,all,family:NOPE,,,,,,,,",
        "B2,base,1,%,group:gold,family:NOPE,,,,,,,,",
        "C,base,1,%,all,brand:xantia,,,,,,,,",
        "D,base,1,%,all,family:MFP,,,,,,,,",
        "E,base,1,%,group:platin,all,,,,,,,,",
    )
    assert found == [
        "conditions.csv:6: 'xantia' is no brand of any product: C can never count for it",
        "conditions.csv:4: 'NOPE' is no family of any product: B, B2 can never count for it",
        "conditions.csv:3: 'NOPE' is no product: A can never count for it",
        "conditions.csv:8: no dealer is in the group 'platin': E for nobody",
    ]


def test_net_prices_above_the_list_price_of_their_day(shop: Shop) -> None:
    prices = "sku,wholesaler,list_price,start\nTN1,S,120,\nMF9,,1000,2026-07-01\n"
    assert remarks(shop, prices=prices) == []
    found = conditions(
        shop,
        "A,net,148.37,NET,all,sku:TN1,N,,,,,,,",
        "B,bid,130,NET,all,sku:TN1,,,,,,,,",
        "C,net,950,NET,all,sku:MF9,,2026-07-01,,,,,,",
        "D,net,950,NET,all,sku:MF9,,2026-03-01,2026-06-30,,,,,",
        "E,net,950,NET,all,sku:MF9,,,2026-01-31,,,,,",
        "F,promo,20,NET,all,family:BOOK,,,,,,,,",
    )
    assert [said for said in found if "above" in said] == [
        "conditions.csv:4: B: the net price 130 is above the list price 120 of TN1 at S",
        "conditions.csv:6: D: the net price 950 is above the list price 879 of MF9 at N",
        "conditions.csv:8: F: the net price 20 is above the list price 19.99 of BK1 at N",
    ]
    assert remarks(shop, prices="sku,list_price,start\nBK1,21,\nMF9,949,2026-07-01\n") == [
        "stored conditions: C: the net price 950 is above the list price 949 of MF9 at N",
        "stored conditions: D: the net price 950 is above the list price 879 of MF9 at N",
    ]


def test_scales_that_rise(shop: Shop) -> None:
    found = conditions(
        shop,
        "Q5,qty,8,%,all,family:TONER,,,,5,,,,",
        "Q10,qty,6,%,all,family:TONER,,,,10,,,,",
        "Q50,qty,9,%,all,family:TONER,,,,50,,,,",
        "N1,net,100,NET,dealer:D42,sku:TN1,,,,,,,,",
        "N10,net,101,NET,dealer:D42,sku:TN1,,,,10,,,,",
        "O5,qty,8,%,all,family:MFP,,,2026-06-30,5,,,,",
        "O10,qty,6,%,all,family:MFP,,2026-07-01,,10,,,,",
        "T1,document,2,%,all,all,,,,,1000,,,",
        "T2,document,1,%,all,all,,,,,2000,,,",
    )
    assert found == [
        "conditions.csv:3: the scale rises: Q10 (6 % from 10) is dearer than Q5 (8 % from 5), which needs less",
        "conditions.csv:6: the scale rises: N10 (101 net from 10) is dearer than N1 (100 net from 0), which needs less",
        "conditions.csv:10: the scale rises: T2 (1 % from 2000 EUR) is dearer than T1 (2 % from 1000 EUR), "
        "which needs less",
    ]


def test_breaks_nobody_can_order(shop: Shop) -> None:
    text = FILES["products.csv"].replace("manufacturer_ref", "manufacturer_ref,pack_multiple,min_qty")
    text = text.replace("106R-TN1", "106R-TN1,6,10").replace("XA-MF9", "XA-MF9,1,1").replace("BK-001", "BK-001,,")
    shop.take_in(products=text)
    found = conditions(
        shop,
        "A,qty,5,%,all,sku:TN1,,,,10,,,,",
        "B,qty,6,%,all,sku:TN1,,,,12,,,,",
        "C,qty,6,%,all,family:TONER,,,,2,,,,",
        "D,qty,6,%,all,brand:Xantia,,,,2,,,,",
    )
    assert found == [
        "conditions.csv:3: A: it begins at 10, but sku:TN1 can only be ordered from 12 on",
        "conditions.csv:5: C: it begins at 2, but family:TONER can only be ordered from 12 on",
    ]


def test_gaps_and_overlaps_of_conditions(shop: Shop) -> None:
    found = conditions(
        shop,
        "A,base,31,%,group:gold,family:MFP,,2026-01-01,2026-03-31,,,,,",
        "B,base,32,%,group:gold,family:MFP,,2026-04-02,2026-06-30,,,,,",
        "C,base,33,%,group:gold,family:MFP,,2026-06-30,,,,,,",
        "D,base,34,%,group:gold,family:MFP,,2027-01-01,,,,,,",
        "P1,promo,5,%,all,all,,2026-01-01,2026-01-31,,,,,",
        "P2,promo,5,%,all,all,,2026-02-10,2026-02-28,,,,,",
        "S1,base,5,%,all,sku:TN1,,2026-01-01,2026-03-31,,,,,",
        "S2,base,5,%,all,sku:TN1,,2026-06-01,,,,,,",
    )
    assert found == [
        "conditions.csv:4: on 2026-04-01 neither A nor B holds",
        "conditions.csv:4: B and C both hold on 2026-06-30: C, which began later, counts",
    ]


def test_gaps_and_overlaps_of_list_prices(shop: Shop) -> None:
    prices = (
        "sku,wholesaler,list_price,start,end\n"
        "TN1,,150,2026-01-01,2026-06-30\nTN1,,151,2026-08-01,2026-12-31\nTN1,,152,2026-12-01,\n"
        "MF9,N,900,,2026-06-30\nMF9,N,901,2026-07-02,\nBK1,,20,2026-01-01,\nBK1,,21,2027-01-01,\n"
    )
    assert remarks(shop, prices=prices) == [
        "prices.csv:3: TN1 has no dated list price from 2026-07-01 to 2026-07-31: the price without dates, 148.37, "
        "holds then",
        "prices.csv:6: MF9 has no dated list price of its own at N on 2026-07-01",
        "prices.csv:3: TN1 has two list prices from 2026-12-01 to 2026-12-31: 152, which began later, holds",
    ]


def test_agreements_that_fall_or_overlap(shop: Shop) -> None:
    head = "id,buyer,start,end,tier_from,tier_percent,include,exclude\n"
    rows = (
        "A,group:gold,2026-01-01,2026-12-31,0,2,,\nA,group:gold,2026-01-01,2026-12-31,1000,1,,\n"
        "B,group:gold,2026-12-01,2027-01-31,0,2,family:MFP,\nC,group:gold,2026-01-01,2026-12-31,0,2,family:X,\n"
        "D,group:gold,2025-01-01,2025-12-31,0,2,,\nE,all,2026-01-01,2026-12-31,0,1,,\n"
    )
    assert remarks(shop, agreements=head + rows) == [
        "agreements.csv:5: 'X' is no family of any product: C can never count for it",
        "agreements.csv:2: A: the tiers fall: 1 % from 1000 EUR after 2 % from 0 EUR",
        "agreements.csv:2: A and C for group:gold both count purchases from 2026-01-01 to 2026-12-31",
        "agreements.csv:2: A and B for group:gold both count purchases from 2026-12-01 to 2026-12-31",
    ]


def test_payment_terms_beyond_the_law(shop: Shop) -> None:
    text = (
        "account,name,group,payment_days,payment_month_end\n"
        "D42,a,gold,61,\nD43,b,silver,46,before-days\nD44,c,,60,\nD45,d,,45,after-days\n"
    )
    found = remarks(shop, dealers=text)
    assert [said.split(" is later")[0] for said in found] == [
        "dealers.csv:2: D42: payment after 61 days",
        "dealers.csv:3: D43: payment after 46 days end of month",
    ]


def test_what_is_used_up_is_told_and_survives_the_files(shop: Shop, desk: Desk) -> None:
    rows = ("B,bid,1,NET,dealer:D42,sku:TN1,,,,,,20,,", "P,promo,5,%,all,sku:TN1,,,,,,,100,")
    assert conditions(shop, *rows) == []
    with closing(Database.open(shop.data)) as database, database.writing() as connection:
        stored = read_one(connection, "terms", "all", "P")
        assert stored is not None
        used = msgspec.structs.replace(msgspec.json.decode(stored.body, type=ConditionDoc), stock_used=100)
        save(connection, "terms", "all", {"P": msgspec.json.encode(used)})
        stored = read_one(connection, "account", dealer_scope("D42"), "D42")
        assert stored is not None
        account = msgspec.structs.replace(msgspec.json.decode(stored.body, type=AccountDoc), quota_used={"B": 20})
        save(connection, "account", dealer_scope("D42"), {"D42": msgspec.json.encode(account)})
    assert conditions(shop, *(row.replace("promo,5", "promo,6") for row in rows)) == [
        "conditions.csv:3: B: its quota of 20 is used up by D42",
        "conditions.csv:4: P: its stock cap of 100 is used up (100 ordered)",
    ]
    shop.take_in(dealers=FILES["dealers.csv"].replace("60000", "50000"))
    assert desk.current("terms")["P"]["stock_used"] == 100
    assert desk.current("account")["D42"]["quota_used"] == {"B": 20}


def test_a_merge_speaks_of_what_its_file_names_only(shop: Shop, tmp_path: Path) -> None:
    assert len(conditions(shop, "A,base,1,%,all,sku:NOPE,,,,,,,,")) == 1
    path = tmp_path / "conditions.csv"
    path.write_text(HEAD + "B,base,1,%,all,sku:NEVER,,,,,,,,\n", encoding="utf-8")
    report = import_files(shop.data, path, merge=True, now=shop.clock)
    assert report.remarks == [
        Remark("unknown-sku", "conditions.csv", 2, "'NEVER' is no product: B can never count for it")
    ]


def test_the_command_tells_a_few_of_each_sort_and_writes_all(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "conditions.csv"
    rows = "".join(f"A{number},base,1,%,all,sku:NOPE{number},,,,,,,,\n" for number in range(30))
    path.write_text(GOOD + rows + "Z,base,x,%,all,=1+1,,,,,,,,\n", encoding="utf-8")
    written = tmp_path / "defects.csv"
    assert main(["import", "--data", str(shop.data), str(path), "--yes", "--defects", str(written)]) == 3
    said = capsys.readouterr().err.splitlines()
    assert "conditions.csv:33:value: 'x' is not a number of at most 12 digits and 8 decimals" in said
    assert len([line for line in said if "is no product" in line]) == 20
    assert "remark: 10 more of this sort (unknown-sku); --defects FILE.csv writes all" in said
    lines = written.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "severity,file,line,column,sort,reason"
    assert len(lines) == 1 + 2 + 30
    assert lines[1].startswith("refused,conditions.csv,33,value,,")
    assert lines[-1].startswith("remark,conditions.csv,32,,unknown-sku,")


def test_a_large_catalogue_is_reviewed_in_a_few_seconds(shop: Shop, tmp_path: Path) -> None:
    rng = random.Random(5)
    products = "sku,name,list_price,vat_rate,family,brand,pack_multiple\n" + "".join(
        f"P{n},Product {n},{rng.randint(5, 900)}.5,20,F{n % 300},B{n % 40},{rng.choice((1, 1, 6))}\n"
        for n in range(35_000)
    )
    products_of = [f"sku:P{rng.randrange(36_000)}" for _ in range(6_000)] + [f"family:F{n % 320}" for n in range(4_000)]
    conditions_text = HEAD + "".join(
        f"C{n},{rng.choice(('base', 'qty', 'promo'))},{rng.randint(1, 60)},%,"
        f"{rng.choice(('all', 'group:gold', 'dealer:D42'))},{product},,2026-0{rng.randint(1, 9)}-01,,"
        f"{rng.randint(0, 50)},,,,\n"
        for n, product in enumerate(products_of)
    )
    shop.take_in(products=products)
    path = tmp_path / "conditions.csv"
    path.write_text(conditions_text, encoding="utf-8")
    began = time.perf_counter()
    report = import_files(shop.data, path, consent=True, now=shop.clock)
    assert time.perf_counter() - began < 15, "a few seconds on a quiet machine"
    assert {remark.code for remark in report.remarks} >= {"unknown-sku", "scale-rises", "break-below-pack"}
