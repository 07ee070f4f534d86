"""The files beside the catalogue: dated prices, carriage tables, agreements, turnover; what each leaves alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from manufacturer_server.importing.kinds import KIND_BY_NAME, LEANS_ON
from manufacturer_server.importing.reader import read_table
from manufacturer_server.importing.sources import Source, in_order
from manufacturer_server.importing.table import Table
from tests.support import worked_example
from tests.support.server import import_files
from tests.support.shop import Desk, Shop

FILES = worked_example.FILES
PRICES = (
    "sku,wholesaler,list_price,start,end,label\n"
    "TN1,,150,2026-01-01,2026-12-31,Tarif 2026\n"
    "TN1,,156,2027-01-01,,Tarif 2027\n"
    "TN1,N,149,2026-06-01,,Nord\n"
    "MF9,,900,2027-01-01,,Tarif 2027\n"
)
CARRIAGE = "wholesaler,zone,fee,weight_max,express_fee\nN,fr,8.90,5,\nN,FR,14.00,,20\nN,FR-20,30,,\nS,*,9,,\n"
AGREEMENTS = (
    "id,buyer,start,end,tier_from,tier_percent,mode,base,include,exclude,gate_paid,gate_growth\n"
    "RFA,group:gold,2026-01-01,2026-12-31,50000,3,total,all,,family:MFP | sku:BK1,oui,5 %\n"
    "RFA,group:gold,2026-01-01,2026-12-31,20000,2 %,total,all,,family:MFP|sku:BK1,oui,5\n"
    "OWN,dealer:D42,2026-01-01,2026-12-31,0,1,,,,,,\n"
)


def taken(kind: str, text: str) -> Table:
    return read_table(f"{kind}.csv", text.encode(), KIND_BY_NAME[kind])


def defects(kind: str, text: str) -> list[str]:
    return [str(defect) for defect in taken(kind, text).defects]


def merged(shop: Shop, **texts: str) -> None:
    for kind, text in texts.items():
        path = shop.files / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert import_files(shop.data, path, merge=True, now=shop.clock).exit_code == 0


def test_dated_prices_live_in_their_products_and_only_prices_says_what_they_are(shop: Shop, desk: Desk) -> None:
    report = shop.take_in(prices=PRICES)
    assert (report.exit_code, len(report.files[0].changes.added)) == (0, 4)
    prices = desk.current("products")["TN1"]["prices"]
    assert [(price.get("wholesaler"), price["list_price"]) for price in prices] == [
        (None, "150"),
        (None, "156"),
        ("N", "149"),
    ]
    assert shop.take_in(products=FILES["products.csv"].replace("148.37", "1")).exit_code == 0
    product = desk.current("products")["TN1"]
    assert (product["list_price"], product["prices"]) == ("1", prices)
    again = shop.take_in(prices=PRICES).files[0].changes
    assert (again.any, again.unchanged) == (False, 4)
    changes = shop.take_in(prices=PRICES.replace("MF9,,900", "BK1,,21").replace("149", "148")).files[0].changes
    assert changes.added == ("BK1//2027-01-01",)
    assert changes.changed == ("TN1/N/2026-06-01",)
    assert changes.withdrawn == ("MF9//2027-01-01",)
    assert "prices" not in desk.current("products")["MF9"]


def test_merged_prices_touch_only_the_keys_they_name(shop: Shop, desk: Desk) -> None:
    shop.take_in(prices=PRICES)
    merged(shop, prices="sku,list_price,start\nTN1,157,2027-01-01\nBK1,20,\n")
    held = desk.current("products")
    assert [price["list_price"] for price in held["TN1"]["prices"]] == ["150", "157", "149"]
    assert held["BK1"]["prices"] == [{"list_price": "20"}]
    assert held["MF9"]["prices"][0]["list_price"] == "900"


def test_a_bad_price_keeps_the_earlier_one(shop: Shop, desk: Desk) -> None:
    shop.take_in(prices=PRICES)
    report = shop.take_in(prices=PRICES.replace("156", "x") + "NOPE,,1,,,\nTN1,Z,1,,,\nTN1,,2,2026-01-01,,\n")
    assert [str(defect) for defect in report.defects] == [
        "prices.csv:3:list_price: 'x' is not a number of at most 12 digits and 8 decimals",
        "prices.csv:6:sku: there is no product 'NOPE'",
        "prices.csv:7:wholesaler: there is no wholesaler 'Z'",
        "prices.csv:8:start: TN1//2026-01-01 is already in line 2; this line is not taken",
    ]
    assert [price["list_price"] for price in desk.current("products")["TN1"]["prices"]] == ["150", "156", "149"]


def test_a_row_whose_start_or_weight_cannot_be_read_takes_nothing_away(shop: Shop, desk: Desk) -> None:
    shop.take_in(prices=PRICES, carriage=CARRIAGE)
    before = desk.current("products")["TN1"], desk.current("wholesalers")["N"]
    report = shop.take_in(
        prices=PRICES.replace("2026-01-01", "01/01/2026"), carriage=CARRIAGE.replace("8.90,5", "8.90,5 kg")
    )
    assert [(defect.line, defect.column) for defect in report.defects] == [(2, "weight_max"), (2, "start")]
    assert [file.changes.withdrawn for file in report.files] == [(), ()]
    assert (desk.current("products")["TN1"], desk.current("wholesalers")["N"]) == before
    assert sum("could not be told apart" in note for note in report.notes) == 2


def test_losing_more_than_half_of_the_prices_needs_consent(shop: Shop, tmp_path: Path) -> None:
    shop.take_in(prices=PRICES)
    path = tmp_path / "prices.csv"
    path.write_text("\n".join(PRICES.splitlines()[:2]), encoding="utf-8")
    report = import_files(shop.data, path, now=shop.clock)
    assert "would withdraw 3 of 4 prices" in report.defects[0].reason


def test_carriage_tables_live_in_their_wholesalers(shop: Shop, desk: Desk) -> None:
    assert shop.take_in(carriage=CARRIAGE).exit_code == 0
    table = desk.current("wholesalers")["N"]["carriage_table"]
    assert table == [
        {"zone": "FR", "fee": "8.9", "weight_max": "5"},
        {"zone": "FR", "fee": "14", "express_fee": "20"},
        {"zone": "FR-20", "fee": "30"},
    ]
    text = FILES["wholesalers.csv"].replace("delivery_days", "delivery_days,express_fee,stock_shelf_hours")
    assert shop.take_in(wholesalers=text.replace("12.50,1", "12.50,1,15,48")).exit_code == 0
    wholesaler = desk.current("wholesalers")["N"]
    assert (wholesaler["carriage_table"], wholesaler["express_fee"], wholesaler["stock_shelf_hours"]) == (
        table,
        "15",
        48,
    )
    changes = shop.take_in(carriage="wholesaler,zone,fee,weight_max\nN,FR,9,5.0\n").files[0].changes
    assert (changes.changed, changes.withdrawn) == (("N/FR/5",), ("N/FR-20/", "N/FR/", "S/*/"))
    assert "carriage_table" not in desk.current("wholesalers")["S"]


def test_zones_of_carriage_tables() -> None:
    head = "wholesaler,zone,fee,weight_max\n"
    assert defects("carriage", head + "N,France,1,\nN,FR-,1,\nN,FR,1,5\nN,fr,2,5.0\n") == [
        "carriage.csv:2:zone: 'France' is no zone: one is *, FR or FR-20",
        "carriage.csv:3:zone: 'FR-' is no zone: one is *, FR or FR-20",
        "carriage.csv:5:weight_max: N/FR/5 is already in line 4; this line is not taken",
    ]


def test_an_agreement_is_all_of_its_rows(shop: Shop, desk: Desk) -> None:
    assert shop.take_in(agreements=AGREEMENTS).exit_code == 0
    held = desk.current("agreements")
    assert held["RFA"] == {
        "id": "RFA",
        "buyer": "group:gold",
        "start": "2026-01-01",
        "end": "2026-12-31",
        "tiers": [
            {"turnover_from": "20000", "percent": "2"},
            {"turnover_from": "50000", "percent": "3"},
        ],
        "exclude": ["family:MFP", "sku:BK1"],
        "gate_paid": True,
        "gate_growth": "5",
    }
    assert set(held) == {"RFA", "OWN"}
    assert shop.desk("D43").current("agreements") == {}


def test_an_agreement_with_one_bad_row_keeps_its_earlier_version(shop: Shop, desk: Desk) -> None:
    shop.take_in(agreements=AGREEMENTS)
    before = desk.current("agreements")
    report = shop.take_in(agreements=AGREEMENTS.replace("20000,2 %", "20000,200"))
    assert [str(defect) for defect in report.defects] == [
        "agreements.csv:2: RFA is not taken, because one of its rows is not good",
        "agreements.csv:3:tier_percent: '200' is more than 100 per cent",
    ]
    assert desk.current("agreements") == before


def test_rows_of_an_agreement_that_contradict_each_other() -> None:
    assert defects("agreements", AGREEMENTS.replace("2026-12-31,20000", "2026-06-30,20000")) == [
        "agreements.csv:3:end: differs from line 2 of the same agreement"
    ]
    assert defects("agreements", AGREEMENTS.replace("20000", "50000.00")) == [
        "agreements.csv:3:tier_from: 50000 is already in line 2"
    ]
    assert defects("agreements", AGREEMENTS.replace("dealer:D42,2026-01-01", "dealer:D42,2027-01-01")) == [
        "agreements.csv:4:end: 2026-12-31 lies before start, 2027-01-01"
    ]
    assert defects("agreements", AGREEMENTS.replace("family:MFP", "MFP")) == [
        f"agreements.csv:{line}:exclude: 'MFP' is neither all nor brand:..., family:..., sku:..." for line in (2, 3)
    ] + ["agreements.csv:2: RFA is not taken, because one of its rows is not good"]
    assert defects("agreements", AGREEMENTS.replace(",oui,5 %", ",maybe,5 %").replace("group:gold", "dealer:X"))[0] == (
        "agreements.csv:2:gate_paid: 'maybe' is neither yes nor no"
    )


def test_turnover_is_the_dealers_own_and_goes_with_its_agreement(shop: Shop, desk: Desk) -> None:
    shop.take_in(agreements=AGREEMENTS)
    text = (
        "account,agreement,turnover,as_of,reference,overdue\n"
        "D42,RFA,41 250.10,2026-03-09,39000,0\n"
        "D43,RFA,1,2026-03-09,,\nD42,NONE,1,2026-03-09,,\nD99,RFA,1,2026-03-09,,\nD42,OWN,1.234,2026-03-09,,\n"
    )
    report = shop.take_in(turnover=text)
    assert [str(defect) for defect in report.defects] == [
        "turnover.csv:3:agreement: the agreement 'RFA' is for group:gold, not for 'D43'",
        "turnover.csv:4:agreement: there is no agreement 'NONE'",
        "turnover.csv:5:account: there is no dealer 'D99'",
        "turnover.csv:6:turnover: '1.234' has more than 2 decimals",
    ]
    held = {
        "agreement": "RFA",
        "turnover": "41250.1",
        "as_of": "2026-03-09T11:00:00Z",
        "reference": "39000",
        "overdue": "0",
    }
    assert desk.current("turnover") == {"RFA": held}
    assert shop.take_in(agreements="\n".join(AGREEMENTS.splitlines()[:1])).exit_code == 0
    assert (desk.current("agreements"), desk.current("turnover")) == ({}, {})


def test_stock_is_as_old_as_its_file_says(shop: Shop, desk: Desk) -> None:
    assert desk.current("stock_dates")["N"] == {"wholesaler": "N", "as_of": "2026-03-10T09:30:00Z"}
    shop.clock.forward(hours=5)
    head = "wholesaler,sku,available,as_of\n"
    rows = "N,TN1,1,2026-03-10T08:00\nN,MF9,1,2026-03-10T07:00:00+01:00\nN,BK1,1,\nS,TN1,1,2027-01-01\n"
    assert shop.take_in(stock=head + rows).exit_code == 0
    dates = desk.current("stock_dates")
    assert dates["N"]["as_of"] == "2026-03-10T06:00:00Z"
    assert dates["S"]["as_of"] == "2026-03-10T14:30:00Z", "no later than the import"
    shop.clock.forward(hours=1)
    merged(shop, stock="wholesaler,sku,available\nS,TN1,2\n")
    later = (shop.clock.moment - timedelta(0)).isoformat().replace("+00:00", "Z")
    assert desk.current("stock_dates") == {"N": dates["N"], "S": {"wholesaler": "S", "as_of": later}}
    one = "".join(FILES["wholesalers.csv"].splitlines(keepends=True)[:2])
    shop.take_in(wholesalers=one)
    assert set(desk.current("stock_dates")) == {"N"}


def test_what_dealers_agree_on_beside_prices(shop: Shop, desk: Desk) -> None:
    extra = ",vat_id,credit_policy,payment_days,payment_month_end,early_payment_percent,early_payment_days\n"
    head, one, two = FILES["dealers.csv"].splitlines()
    text = f"{head}{extra}{one},fr 32 123456789,Hold,45,after-days,2 %,10\n{two},,,,,,\n"
    assert shop.take_in(dealers=text).exit_code == 0
    account = desk.current("account")["D42"]
    assert account["vat_id"] == "FR32123456789"
    assert (account["credit_policy"], account["payment_days"], account["payment_month_end"]) == (
        "hold",
        45,
        "after-days",
    )
    assert (account["early_payment_percent"], account["early_payment_days"]) == ("2", 10)
    head = "account,name,payment_days,payment_month_end,early_payment_percent,early_payment_days,vat_id\n"
    assert defects("dealers", head + "A,a,,after-days,,,\nB,b,30,,,10,\nC,c,,,,,123\n") == [
        "dealers.csv:2:payment_month_end: without payment_days it says nothing",
        "dealers.csv:3:early_payment_days: without early_payment_percent it says nothing",
        "dealers.csv:4:vat_id: '123' is no VAT number like FR32123456789",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("10,NET,,,,,,", "unit: a whole sub-order has no net price: the step document takes % or EUR"),
        ("2,%,10,,,,,", "qty_min: amount_min is what the step document begins at"),
        ("2,%,,match,,,,", "qty_scope: the step document counts no quantity"),
        ("2,%,,,best,,,", "combine: the step document always comes after all others"),
        ("2,%,,,,5,,", "quota: the step document has no quota"),
        ("2,%,,,,,5,", "stock_cap: the step document has no stock"),
        ("20 %,EUR,,,,,,", "value: 20 % is a percentage, but the unit is EUR"),
    ],
)
def test_a_document_discount_has_rules_of_its_own(cells: str, said: str) -> None:
    head = "id,step,buyer,product,value,unit,qty_min,qty_scope,combine,quota,stock_cap,amount_min\n"
    assert defects("conditions", f"{head}D,document,all,all,{cells}\n") == [f"conditions.csv:2:{said}"]
    assert defects("conditions", head + "D,document,all,all,2 %,%,,,cascade,,,1500\n") == []
    assert defects("conditions", head + "D,base,all,all,2,%,,,,,,1500\n") == [
        "conditions.csv:2:amount_min: only the step document counts euros; the others have qty_min"
    ]


def test_files_that_lean_on_each_other_come_in_order() -> None:
    def source(*kinds: str) -> Source:
        return Source("+".join(kinds), [Table(kind, KIND_BY_NAME[kind]) for kind in kinds])

    found = in_order([source("turnover"), source("products", "conditions"), source("stock"), source("dealers")])
    assert [one.file for one in found] == ["dealers", "products+conditions", "stock", "turnover"]
    in_a_circle = in_order([source("dealers", "stock"), source("conditions", "products")])
    assert len(in_a_circle) == 2
    assert set(LEANS_ON) <= set(KIND_BY_NAME)
