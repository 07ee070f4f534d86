"""Agreements and turnover come out of the feed's rows, and the orders that may not be counted yet are found."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from desktop_app.domain.agreement import CountedOrders, TierMode
from desktop_app.storage.agreement_repository import AgreementRepository
from tests.support.desk_world import DeskWorld, put

Q2 = (date(2026, 4, 1), date(2026, 6, 30))


def agreement(name: str, buyer: str, **more: Any) -> dict[str, Any]:
    tiers = [{"turnover_from": "100000", "percent": "2"}, {"turnover_from": "50000", "percent": "1.5"}]
    return {"id": name, "buyer": buyer, "start": "2026-04-01", "end": "2026-06-30", "tiers": tiers, **more}


def test_agreements_are_the_dealers_his_groups_and_everybodys(world: DeskWorld) -> None:
    buyers = {"A": "dealer:D42", "B": "group:gold", "C": "all", "D": "dealer:D43", "E": "group:silver"}
    world.feed(*(put("agreements", name, agreement(name, buyer)) for name, buyer in buyers.items()))
    repository = AgreementRepository(world.desk.connection)
    assert [one.id for one in repository.agreements("D42", "gold")] == ["A", "B", "C"]
    assert [one.id for one in repository.agreements("D42")] == ["A", "C"]


def test_an_agreement_comes_with_its_meaning(world: DeskWorld) -> None:
    more = {"mode": "marginal", "base": "online", "exclude": ["family:TONER"], "gate_growth": "5"}
    world.feed(put("agreements", "A", agreement("A", "all", **more)))
    (found,) = AgreementRepository(world.desk.connection).agreements("D42")
    assert (found.mode, found.base, found.exclude) == (TierMode.MARGINAL, CountedOrders.ONLINE, ("family:TONER",))
    assert [tier.turnover_from for tier in found.tiers] == [Decimal(50000), Decimal(100000)]
    assert found.rev > 0


def test_turnover_stands_under_its_agreement_and_moves_the_stamp(world: DeskWorld) -> None:
    repository = AgreementRepository(world.desk.connection)
    before = repository.stamp()
    row = {"agreement": "A", "turnover": "128460.00", "as_of": "2026-06-08T18:00:00Z", "overdue": "0"}
    applied = world.feed(put("turnover", "A", row))
    assert applied.terms_changed
    assert repository.stamp() != before
    counted = repository.turnover()["A"]
    assert (counted.turnover, counted.overdue, counted.reference) == (Decimal("128460.00"), Decimal(0), None)
    assert counted.as_of == datetime(2026, 6, 8, 18, tzinfo=UTC)


def test_orders_that_may_not_be_counted_yet_are_found(world: DeskWorld) -> None:
    sent = world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
    world.orders.new_order([("TN1", 2, "")], round_up=False)
    gone = world.orders.new_order([("TN1", 3, "")], round_up=False).submit().summary.order_id
    world.orders.cancel(gone)
    repository = AgreementRepository(world.desk.connection)
    (found,) = repository.perhaps_under_way(*Q2, None)
    assert (found.order_id, found.revision) == (sent, 1)
    assert world.time - found.sent < timedelta(minutes=1)
    world.accept(sent)
    (moved,) = repository.perhaps_under_way(*Q2, None)
    assert moved.news != found.news
    assert repository.perhaps_under_way(date(2026, 1, 1), date(2026, 3, 31), None) == []


def test_an_order_invoiced_before_the_count_is_not_looked_at(world: DeskWorld) -> None:
    sent = world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
    world.desk.connection.execute("UPDATE orders SET status = 'invoiced' WHERE order_id = ?", (sent,))
    repository = AgreementRepository(world.desk.connection)
    assert len(repository.perhaps_under_way(*Q2, world.time)) == 1
    assert repository.perhaps_under_way(*Q2, world.time + timedelta(days=2)) == []
