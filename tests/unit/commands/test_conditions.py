"""`comptoir conditions`: all of them, narrowed, as of a day, and what becomes dearer."""

import csv
from datetime import timedelta
from pathlib import Path

from desktop_app.contract.wire import Del
from tests.support.desk_world import DeskWorld, put
from tests.unit.commands.conftest import Comptoir


def test_searched_and_narrowed(comptoir: Comptoir) -> None:
    answer = comptoir("conditions", "toner", "--json").json
    assert [row["id"] for row in answer["conditions"]] == ["G35", "Q10", "P38"]
    assert (answer["total"], answer["known_since"] is not None) == (3, True)
    assert [row["id"] for row in comptoir("conditions", "--product", "MF9").json["conditions"]] == [
        "G30", "N612", "B540",
    ]  # fmt: skip
    (bid,) = comptoir("conditions", "b540").json["conditions"]
    assert (bid["value"], bid["quota_left"], bid["product_name"]) == ("540.00", 20, "Multifonction A4")


def test_what_changed_and_how_it_stood(world: DeskWorld, comptoir: Comptoir) -> None:
    world.feed(put("terms", "G30", {**world.terms["G30"], "value": "25"}), Del("terms", "Q10"))
    # Before this desk looked there is only what it saw first.
    stood = comptoir("conditions", "--as-of", "2020-01-01").json["conditions"]
    assert {row["id"]: row["value"] for row in stood}["G30"] == "30"
    assert "Q10" in {row["id"] for row in stood}
    changed = {row["id"]: row for row in comptoir("conditions", "--changed").json["conditions"]}
    assert (changed["G30"]["change"], changed["G30"]["value_before"], changed["Q10"]["change"]) == (
        "changed", "30", "gone",
    )  # fmt: skip


def test_what_would_be_passed_over_is_wrong_usage(comptoir: Comptoir) -> None:
    for words in (["toner"], ["--product", "TN1"], ["--family", "TONER"], ["--as-of", "2026-01-01"]):
        assert "cannot be narrowed" in comptoir("conditions", "--dearer", *words, expect=2).stderr
    assert "--dearer" in comptoir("conditions", "--until", "2026-12-31", expect=2).stderr


def test_days_at_the_ends_of_the_calendar(comptoir: Comptoir) -> None:
    for day in ("0001-01-01", "0001-01-08", "9999-12-31"):
        for view in ("--changed", "--ending", "--ahead", "--conflicts"):
            assert "conditions" in comptoir("conditions", view, "--as-of", day).json


def test_what_becomes_dearer(world: DeskWorld, comptoir: Comptoir) -> None:
    end = world.today() + timedelta(days=5)
    world.feed(put("terms", "B540", {**world.terms["B540"], "end": end.isoformat()}))
    answer = comptoir("conditions", "--dearer").json
    (row,) = answer["dearer"]
    assert (answer["found"], answer["looked_at"], answer["complete"]) == (1, 1, True)
    assert (row["sku"], row["net_now"], row["net_then"], row["reason"]) == (
        "MF9", "540.0000", "612.0000", "condition-ends",
    )  # fmt: skip
    assert comptoir("conditions", "--dearer", "--until", end.isoformat()).json["dearer"] == []


def test_one_view_at_a_time(comptoir: Comptoir) -> None:
    comptoir("conditions", "--changed", "--ahead", expect=2)


def test_into_a_file(comptoir: Comptoir, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    assert comptoir("conditions", "toner", "--csv", path).json == {"file": str(path), "conditions": 3}
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["G35", "Q10", "P38"]
    assert comptoir("conditions", "--dearer", "--csv", path).json["dearer"] == 0
    told = comptoir("conditions", "--csv", tmp_path / "none" / "x.csv", expect=1).stderr
    assert "The file could not be written" in told


def test_the_history_of_one(world: DeskWorld, comptoir: Comptoir, tmp_path: Path) -> None:
    world.feed(put("terms", "G30", {**world.terms["G30"], "value": "25"}))
    answer = comptoir("conditions", "--history", "G30").json
    newest, oldest = answer["versions"]
    assert (newest["changed"], newest["until"], oldest["until"]) == (["value"], None, newest["since"])
    assert (newest["condition"]["value"], oldest["condition"]["value"], answer["id"]) == ("25", "30", "G30")
    assert comptoir("conditions", "--history", "NEVER").json["versions"] == []
    comptoir("conditions", "--history", "G30", "--csv", tmp_path / "x.csv", expect=2)
