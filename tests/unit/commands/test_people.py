"""`comptoir people`, and orders entered for somebody who does not sit at the desk."""

from collections.abc import Callable
from pathlib import Path

from tests.support.desk_world import DeskWorld
from tests.unit.commands.conftest import Comptoir

Write = Callable[..., Path]


def names(comptoir: Comptoir, *words: str) -> list[str]:
    return [person["name"] for person in comptoir("people", *words).json["people"]]


def test_people_are_added_and_forgotten(comptoir: Comptoir) -> None:
    assert names(comptoir) == []
    assert names(comptoir, "--add", "Paul Leroy") == ["Paul Leroy"]
    assert names(comptoir, "--add", "Nadia Perrot", "--forget", "paul leroy") == ["Nadia Perrot"]
    assert "Nobody called" in comptoir("people", "--forget", "Paul Leroy", expect=1).stderr


def test_an_order_is_entered_by_one_and_sent_by_another(
    comptoir: Comptoir, world: DeskWorld, lines_file: Write
) -> None:
    made = comptoir("order", "new", "--file", lines_file(), "--author", "Paul Leroy").json
    assert made["author"] == "Paul Leroy"
    sent = comptoir("order", "send", made["desk_no"], "--author", "Nadia Perrot").json
    assert (sent["author"], sent["status"]) == ("Paul Leroy", "submitted")
    history = comptoir("order", "show", made["desk_no"]).json["history"]
    (entry,) = [one for one in history if one["code"] == "submitted"]
    assert entry["params"]["by"] == "Nadia Perrot"
    assert [one["desk_no"] for one in comptoir("order", "list", "--author", "Paul Leroy").json["orders"]] == [
        made["desk_no"]
    ]
    assert comptoir("order", "list", "--author", "Nadia Perrot").json["orders"] == []
    assert names(comptoir) == ["Nadia Perrot", "Paul Leroy"]
