"""The dealer as the manufacturer describes him, and nobody else."""

from decimal import Decimal

from desktop_app.storage.account_repository import AccountRepository
from tests.support.desk_world import DeskWorld, put


def test_the_dealer_of_this_account(world: DeskWorld) -> None:
    world.dealer |= {"unpaid": "120.50", "unpaid_as_of": "2026-06-08T20:00:00Z", "address": {"city": "Autun"}}
    world.publish_account()
    dealer = AccountRepository(world.desk.connection, "D42").dealer()
    assert (dealer.name, dealer.group, dealer.credit_limit) == ("Bureautique Morvan", "gold", Decimal(60000))
    assert (dealer.unpaid, dealer.address.city, dealer.address.country) == (Decimal("120.50"), "Autun", "FR")


def test_before_the_first_sync_only_the_account_is_known(world: DeskWorld) -> None:
    dealer = AccountRepository(world.desk.connection, "D99").dealer()
    assert (dealer.account, dealer.name, dealer.credit_limit) == ("D99", "D99", None)


def test_a_broken_row_keeps_the_last_good_figures(world: DeskWorld) -> None:
    world.feed(put("account", "D42", {"account": "D42", "name": "X", "credit_limit": "-1"}))
    assert AccountRepository(world.desk.connection, "D42").dealer().credit_limit == Decimal(60000)
