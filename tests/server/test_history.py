"""Yesterday's conditions can be looked at and yesterday's prices explained; the runs of import are listed."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.money import unit_text
from manufacturer_server.cli import main
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.history import TermsThen, then
from manufacturer_server.price_words import Question, explain, price_lines
from manufacturer_server.storage.database import Database
from tests.support import worked_example
from tests.support.server import import_files, new_server
from tests.support.shop import Shop

FILES = worked_example.FILES
QUESTION = Question("TN1", 12, "N")


def unit_net(shop: Shop, at: str, question: Question = QUESTION, account: str = "D42") -> str:
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        found = TermsThen(connection, account, then(connection, at, shop.clock()))
        return unit_text(explain(found, question)[1][0].unit_net)


def words(shop: Shop, at: str = "", question: Question = QUESTION) -> list[str]:
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        return list(price_lines(TermsThen(connection, "D42", then(connection, at, shop.clock())), question))


def command(shop: Shop, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    name, *rest = arguments
    assert main([name, "--data", str(shop.data), *rest]) == 0
    return capsys.readouterr().out


def in_force(shop: Shop, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    told = json.loads(command(shop, capsys, "conditions", "--dealer", "D42", "--json", *arguments))
    return [condition["id"] for condition in told["conditions"]]


def test_each_change_of_terms_prices_and_groups_leaves_the_past_as_it_was(shop: Shop) -> None:
    shop.clock.forward(days=1)  # 11 March
    shop.take_in(conditions=FILES["conditions.csv"].replace("base,35", "base,40"))
    shop.clock.forward(days=1)  # 12 March
    shop.take_in(products=FILES["products.csv"].replace("148.37", "200"))
    shop.clock.forward(days=1)  # 13 March
    shop.take_in(
        stock=FILES["stock.csv"].replace("available", "available,list_price").replace("N,TN1,140", "N,TN1,140,100")
    )
    shop.clock.forward(days=1)  # 14 March
    shop.take_in(dealers=FILES["dealers.csv"].replace("gold", "silver"))
    shop.clock.forward(days=1)  # 15 March
    shop.take_in(conditions=FILES["conditions.csv"].replace("P38,promo,38", "P38,promo,50"))
    assert [unit_net(shop, f"2026-03-{day}") for day in (10, 11, 12, 13, 14, 15)] == [
        "91.6185",
        "84.5709",
        "114.0000",
        "57.0000",
        "62.0000",
        "50.0000",
    ]
    assert unit_net(shop, "") == "50.0000"
    assert unit_net(shop, "2026-03-11T09:00") == "91.6185", "the import was at 10:30 in Paris"
    assert unit_net(shop, "2026-03-11T09:31:00Z") == "84.5709"


def test_what_went_or_moved_to_another_buyer_is_there_in_the_past(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.clock.forward(days=1)
    text = FILES["conditions.csv"].replace("group:gold,family:TONER,10", "dealer:D43,family:TONER,10")
    shop.take_in(conditions="".join(line for line in text.splitlines(True) if not line.startswith("P38")))
    ids = ["G30", "G35", "Q10", "Q50", "P38", "N612", "B540"]
    assert sorted(in_force(shop, capsys, "--at", "2026-03-10")) == sorted(ids)
    assert sorted(in_force(shop, capsys)) == sorted(set(ids) - {"Q10", "P38"})
    assert unit_net(shop, "2026-03-10", QUESTION, "D43") == "91.9894"


@pytest.mark.parametrize("at", ["20260310", "2026-W11-2", "2026-069", "10/03/2026", "2026-03-10T"])
def test_a_day_written_otherwise_is_not_taken_for_its_first_moment(shop: Shop, at: str) -> None:
    with pytest.raises(ServerRefusal, match="is neither a day like"):
        unit_net(shop, at)


def test_conditions_of_a_day_and_of_a_product(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = FILES["conditions.csv"].splitlines()
    text = "\n".join([f"{head},start,end", *(f"{row},2026-06-01,2026-06-30" for row in rows)]) + "\n"
    shop.clock.forward(hours=1)
    shop.take_in(conditions=text)
    assert in_force(shop, capsys, "--at", "2026-05-31") == []
    assert len(in_force(shop, capsys, "--at", "2026-06-30")) == 7
    assert in_force(shop, capsys, "--at", "2026-06-15", "--product", "BK1") == ["G30"]
    agreements = (
        "id,buyer,start,end,tier_from,tier_percent\nR,all,2026-01-01,2026-12-31,0,1\nR,all,2026-01-01,2026-12-31,9,2\n"
    )
    shop.take_in(agreements=agreements)
    lines = command(shop, capsys, "conditions", "--dealer", "D42", "--at", "2026-06-15").splitlines()
    assert lines[0].split() == ["id", "step", "value", "for", "product", "from", "to", "begins", "at", "quota", "label"]
    assert any(line.startswith("G35") and "35 %" in line and "family:TONER" in line for line in lines)
    assert any(line.startswith("R") and "1 % from 0; 2 % from 9" in line for line in lines)
    assert lines[-1] == "7 conditions and 1 agreements in force for D42 Bureautique Morvan on 2026-06-15."


def test_a_price_is_explained_in_words(shop: Shop) -> None:
    assert words(shop) == [
        "12 x TN1 Toner noir 12k, on 2026-03-10",
        "for D42 Bureautique Morvan, group gold",
        "at N: 91.6185 each, 1099.42 before VAT",
        "  list        148.3700",
        "  base         96.4405  35 % off, G35, Remise Or toners 35 %",
        "  qty          91.6185  5 % off, Q10, Des 10 : 5 %",
        "  promo                 38 % off, P38, Promo 38 %, it alone would make 91.9894; set aside: less favourable",
    ]
    shop.clock.forward(hours=1)
    shop.take_in(prices="sku,list_price,start,end,label\nTN1,150,2026-04-01,2026-12-31,Tarif 2026\n")
    assert words(shop, "2026-04-01")[3] == "  list        150.0000  Tarif 2026, from 2026-04-01 to 2026-12-31"
    assert words(shop, question=Question("MF9", 21))[2:] == [
        "at N: 612.0000 each, 12852.00 before VAT",
        "  list        879.0000",
        "  net         612.0000  net price, N612, Prix net contrat",
        "  bid                   net price, B540, Derogation, it alone would make 540.0000; "
        "set aside: more than is left of its quota",
        "besides, eco-participation 2.5 each",
    ]


def test_questions_that_have_no_answer(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = {
        ("D42", "2026-02-30"): "neither a day",
        ("D42", "yesterday"): "neither a day",
        ("D42", "9999-12-31"): "neither a day",
        ("D42", "2026-03-09"): "Nothing had been imported by 2026-03-09",
        ("D99", ""): "no dealer 'D99'",
    }
    for (account, at), said in refused.items():
        with pytest.raises(ServerRefusal, match=said):
            unit_net(shop, at, account=account)
    for question, said in (
        (Question("NOPE", 1), "no product 'NOPE'"),
        (Question("MF9", 1, "S"), "Nobody offered 'MF9' at 'S'"),
    ):
        with pytest.raises(ServerRefusal, match=said):
            words(shop, question=question)
    assert main(["conditions", "--data", str(shop.data), "--dealer", "D99"]) == 1
    assert "no dealer 'D99'" in capsys.readouterr().err
    for quantity in ("0", "-1", "1.5", "1000000", "x", "²"):
        with pytest.raises(SystemExit):
            main(["price", "--data", str(shop.data), "--dealer", "D42", "--product", "TN1", "--quantity", quantity])


def test_the_command_prints_a_price(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    said = command(shop, capsys, "price", "--dealer", "D42", "--product", "TN1", "--quantity", "12")
    assert "at N: 91.6185 each" in said
    assert "at S: " in said


def test_the_runs_are_listed_with_their_files(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.clock.forward(days=1)
    report = shop.take_in(conditions=FILES["conditions.csv"].replace("base,35", "base,x"), stock=FILES["stock.csv"])
    assert report.exit_code == 3
    import_files(shop.data, shop.files / "stock.csv", dry_run=True, now=shop.clock)
    latest, first = json.loads(command(shop, capsys, "imports", "--json"))
    assert (latest["number"], latest["at"], latest["merge"]) == (2, "2026-03-11T09:30:00Z", False)
    assert latest["files"][1] == {
        "file": "conditions.csv",
        "kind": "conditions",
        "added": 0,
        "changed": 0,
        "withdrawn": 0,
        "unchanged": 6,
        "refused": 1,
    }
    assert (first["number"], len(first["files"])) == (1, 6)
    lines = command(shop, capsys, "imports").splitlines()
    assert lines[1].split()[:4] == ["2", "2026-03-11", "09:30:00", "stock.csv"]
    assert main(["imports", "--data", str(new_server(tmp_path / "new"))]) == 0
    assert capsys.readouterr().out == "Nothing has been imported yet.\n"
