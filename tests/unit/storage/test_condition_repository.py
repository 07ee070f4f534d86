"""Conditions come out of the feed's rows as the price engine needs them."""

from decimal import Decimal

from desktop_app.domain.condition import Combine, Step, Unit
from desktop_app.storage.condition_repository import ConditionRepository
from tests.support.desk_world import DeskWorld, put


def test_conditions_come_with_their_meaning_and_revision(world: DeskWorld) -> None:
    conditions = {one.id: one for one in ConditionRepository(world.desk.connection).conditions()}
    assert set(conditions) == {"G30", "G35", "Q10", "P38", "N612", "B540"}
    net = conditions["N612"]
    assert (net.step, net.unit, net.combine, net.value) == (Step.NET, Unit.NET, Combine.REPLACE, Decimal("612.00"))
    assert conditions["G30"].combine is Combine.CASCADE
    assert conditions["P38"].combine is Combine.BEST
    assert net.rev > 0


def test_a_document_written_another_way_than_ours_is_read_all_the_same(world: DeskWorld) -> None:
    plain = {"id": "X", "step": "base", "value": "61", "unit": "NET", "buyer": "all", "product": "sku:X"}
    world.feed(put("terms", "X", {**plain, "combine": None, "start": None, "quota": None, "rev": "of another server"}))
    found = {one.id: one for one in ConditionRepository(world.desk.connection).conditions()}["X"]
    assert (found.value, found.combine, found.start) == (Decimal(61), Combine.REPLACE, None)
    assert found.rev == {one.id: one.rev for one in ConditionRepository(world.desk.connection).conditions()}["X"] > 0


def test_terms_are_built_once_until_the_rows_change(world: DeskWorld) -> None:
    repository = ConditionRepository(world.desk.connection)
    terms = repository.terms("D42", "gold")
    assert repository.terms("D42", "gold") is terms
    assert repository.terms("D42", "silver") is not terms
    world.feed(
        put("terms", "NEW", {"id": "NEW", "step": "base", "value": "1", "unit": "%", "buyer": "all", "product": "all"})
    )
    assert repository.terms("D42", "gold") is not terms


def test_a_broken_version_leaves_the_good_one_in_force_and_is_named(world: DeskWorld) -> None:
    repository = ConditionRepository(world.desk.connection)
    world.feed(
        put(
            "terms", "G30", {"id": "G30", "step": "base", "value": "NaN", "unit": "%", "buyer": "all", "product": "all"}
        )
    )
    assert {one.id: one.value for one in repository.conditions()}["G30"] == Decimal(30)
    ((name, reason),) = repository.defects()
    assert (name, "value" in reason) == ("G30", True)
