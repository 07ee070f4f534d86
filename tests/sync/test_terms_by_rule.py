"""The dealer's own rule for changed terms, at the real server: taken in the same round and told, or asked about."""

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.order import Status
from desktop_app.events import Notice
from desktop_app.settings import TERMS_POLICY, TOLERANCE_EUR, TOLERANCE_PERCENT
from manufacturer_server.report import report
from manufacturer_server.storage.database import Database
from tests.support.cutting_proxy import CuttingProxy, answer
from tests.support.desks import TestDesk
from tests.support.server import import_files, small_catalogue

PUT = r"^PUT .*/revisions/"
PRODUCTS = "sku,name,list_price,vat_rate,family,brand,eco_fee\nTN1,Toner noir 12k,{0},20,TONER,Xantia,0\n"
BY_RULE = "terms-taken-by-policy"


def revisions(data: Path) -> list[int]:
    """The revisions in the manufacturer's books."""
    with closing(Database.open(data)) as database, database.reading() as connection:
        return [row.revision for row in report(connection).orders]


def list_price(data: Path, folder: Path, price: str) -> None:
    import_files(data, small_catalogue(folder / price, products=PRODUCTS.format(price)), merge=True)


def choose(desk: TestDesk, rule: str, percent: int = 1, euros: int = 5) -> None:
    with desk.opened() as application:
        application.settings.set(TERMS_POLICY, rule)
        application.settings.set(TOLERANCE_PERCENT, percent)
        application.settings.set(TOLERANCE_EUR, euros)


def notices(desk: TestDesk) -> list[dict[str, str]]:
    return [dict(event.params) for event in desk.events if isinstance(event, Notice) and event.code == BY_RULE]


def test_a_price_that_falls_is_taken_in_the_same_round_and_shown(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    order = desk.order(("TN1", 12, ""))
    list_price(data, tmp_path, "140.00")
    done = desk.round()
    assert (done.pushed, done.waiting, done.attention) == (2, 0, 0)
    assert revisions(data) == [2]
    view = desk.show(order.summary.order_id)
    assert (view.summary.status, view.summary.revision) == (Status.ACCEPTED, 2)
    (taken,) = [dict(entry.params) for entry in view.history if entry.code == BY_RULE]
    # 12 x (148.37 - 140.00) at 35 % and 5 % off, or the promotion where that is less.
    assert Decimal(taken["difference"]) == view.totals.goods - Decimal("1099.42")
    (told,) = notices(desk)
    assert told == {"orders": "1", "desk_no": view.summary.desk_no, "difference": taken["difference"]}


def test_a_price_that_rises_is_asked_about(desk: TestDesk, data: Path, tmp_path: Path) -> None:
    order = desk.order(("TN1", 12, ""))
    list_price(data, tmp_path, "148.38")
    assert desk.round().attention == 1
    assert desk.show(order.summary.order_id).summary.status is Status.TO_CONFIRM
    assert (revisions(data), notices(desk)) == ([], [])


@pytest.mark.parametrize(
    ("percent", "euros", "taken"), [(1, 5, True), (1, 4, False), (0, 1000, False)], ids=["both", "euros", "percent"]
)
def test_a_tolerance_takes_a_little_more(
    desk: TestDesk, data: Path, tmp_path: Path, percent: int, euros: int, taken: bool
) -> None:
    choose(desk, "tolerance", percent, euros)
    order = desk.order(("TN1", 12, ""))
    # 12 units at 62 % or less of 60 cents more: about 4.40 euros, 0.4 %.
    list_price(data, tmp_path, "148.97")
    assert desk.round().attention == (0 if taken else 1)
    assert revisions(data) == ([2] if taken else [])
    status = desk.show(order.summary.order_id).summary.status
    assert status is (Status.ACCEPTED if taken else Status.TO_CONFIRM)


def test_a_dealer_who_wants_to_be_asked_is_asked_about_better_prices_too(
    desk: TestDesk, data: Path, tmp_path: Path
) -> None:
    choose(desk, "ask")
    order = desk.order(("TN1", 12, ""))
    list_price(data, tmp_path, "100.00")
    assert desk.round().attention == 1
    assert desk.show(order.summary.order_id).summary.status is Status.TO_CONFIRM
    choose(desk, "better")
    # What already waits follows the rule from the next round on.
    assert (desk.round().attention, revisions(data)) == (0, [2])


def test_what_was_taken_leaves_later_where_the_network_breaks(
    desk: TestDesk, data: Path, network: CuttingProxy, tmp_path: Path
) -> None:
    order = desk.order(("TN1", 12, ""))
    list_price(data, tmp_path, "140.00")
    network.fail(r"^PUT .*/revisions/2", answer("503 Down"))
    first = desk.round()
    assert (first.pushed, first.waiting, first.attention) == (1, 1, 0)
    assert desk.show(order.summary.order_id).summary.revision == 2
    assert desk.round().pushed == 1
    assert revisions(data) == [2]
    assert len(notices(desk)) == 1


def test_a_used_up_special_price_is_always_asked_about_and_may_be_taken(desk: TestDesk, data: Path) -> None:
    choose(desk, "tolerance", 10, 1000)
    first, second = desk.order(("MF9", 12, "")), desk.order(("MF9", 12, ""))
    # The price has a quota of 20: both were priced with it here, only one of them can have it.
    assert desk.round().attention == 1
    assert desk.show(first.summary.order_id).summary.status is Status.ACCEPTED
    terms = desk.show(second.summary.order_id).changed_terms
    assert terms is not None
    difference = terms.differences[0]
    assert (difference.code, difference.field, difference.yours, difference.ours) == (
        "bid-exhausted",
        "unit_price",
        "540.0000",
        "612.0000",
    )
    assert notices(desk) == []
    with desk.opened() as application:
        application.orders.confirm(second.summary.order_id)
    assert (desk.round().attention, sorted(revisions(data))) == (0, [1, 2])
