"""Several people of one account at one desk: one queue, and each order says who began it and who let it leave."""

from pathlib import Path

import msgspec
import pytest

from desktop_app.errors import ActionNotPossible
from desktop_app.events import PersonChanged
from desktop_app.services.order_service import OrderService
from desktop_app.services.people import LONGEST_NAME, People
from desktop_app.settings import AUTHOR, Settings
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def people(world: DeskWorld, settings: Settings) -> People:
    return People(world.desk.connection, settings, world.bus, now=world.now)


@pytest.fixture
def orders(world: DeskWorld, people: People) -> OrderService:
    """The orders of a desk where `people` says who is here."""
    return OrderService(
        world.desk,
        basis=world.basis,
        stock_view=world.stock_view,
        events=world.bus,
        now=world.now,
        new_id=world.new_id,
        author=lambda: people.here,
    )


def test_each_draft_has_its_author_and_the_journal_says_who_let_it_leave(people: People, orders: OrderService) -> None:
    people.sit_down("Nadia Perrot")
    of_nadia = orders.new_order(WORKED_EXAMPLE, round_up=False)
    people.sit_down("Paul Leroy")
    of_paul = orders.new_order([("BK1", 3, "")], round_up=False)
    view = of_nadia.submit()
    assert (view.author, view.summary.author) == ("Nadia Perrot", "Nadia Perrot")
    assert dict(view.history[-1].params) == {"revision": "1", "by": "Paul Leroy"}
    assert of_paul.submit().author == "Paul Leroy"
    people.sit_down("Nadia Perrot")
    held = orders.hold(of_paul.order_id)
    assert (held.author, held.history[-1].code, dict(held.history[-1].params)) == (
        "Paul Leroy",
        "held",
        {"by": "Nadia Perrot"},
    )


def test_both_orders_are_in_one_queue_with_their_authors_in_the_document(
    world: DeskWorld, people: People, orders: OrderService
) -> None:
    for name in ("Nadia Perrot", "Paul Leroy"):
        people.sit_down(name)
        orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
    assert [msgspec.json.decode(row.body)["author"] for row in world.outbox.rows()] == ["Nadia Perrot", "Paul Leroy"]


def test_the_list_has_everybody_once_by_name(people: People, settings: Settings) -> None:
    settings.set(AUTHOR, "Nadia Perrot")
    assert [(one.name, one.here) for one in people.everybody()] == [("Nadia Perrot", True)]
    assert people.sit_down("  paul   Leroy ") == "paul Leroy"
    assert people.sit_down("Nadia perrot") == "Nadia Perrot"
    assert people.sit_down("PAUL LEROY") == "paul Leroy"
    people.add("Zoé Abel")
    assert [(one.name, one.here) for one in people.everybody()] == [
        ("Nadia Perrot", False),
        ("paul Leroy", True),
        ("Zoé Abel", False),
    ]


def test_whoever_sits_down_is_kept_and_told(world: DeskWorld, people: People, settings: Settings) -> None:
    people.sit_down("Paul Leroy")
    people.sit_down("Paul Leroy")
    people.sit_down("")
    assert [event for event in world.events if isinstance(event, PersonChanged)] == [
        PersonChanged("Paul Leroy"),
        PersonChanged(""),
    ]
    assert settings.get(AUTHOR) == ""
    assert [one.name for one in people.everybody()] == ["Paul Leroy"]


def test_a_program_may_act_for_somebody_who_does_not_sit_here(people: People, tmp_path: Path) -> None:
    people.sit_down("Nadia Perrot")
    people.act_as("Paul Leroy")
    assert people.here == "Paul Leroy"
    assert Settings(tmp_path / "settings.json").get(AUTHOR) == "Nadia Perrot"


def test_a_forgotten_name_stays_on_its_orders(people: People, orders: OrderService) -> None:
    people.sit_down("Paul Leroy")
    order = orders.new_draft()
    with pytest.raises(ActionNotPossible, match="sits at this desk"):
        people.forget("Paul Leroy")
    people.sit_down("Nadia Perrot")
    people.forget("paul leroy")
    assert [one.name for one in people.everybody()] == ["Nadia Perrot"]
    assert orders.get(order.order_id).author == "Paul Leroy"
    with pytest.raises(ActionNotPossible, match="Nobody called"):
        people.forget("Paul Leroy")


def test_a_name_without_end_is_refused(people: People) -> None:
    with pytest.raises(ActionNotPossible, match="at most"):
        people.sit_down("x" * (LONGEST_NAME + 1))
    assert people.everybody() == ()
