"""What a person relies on while a draft is open: each act is on disk, can be taken back, and prices stay as shown."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.order import Delivery, DeliveryMode
from desktop_app.domain.party import Address
from desktop_app.errors import (
    ActionNotPossible,
    InvalidQuantity,
    NewTerms,
    StorageFailed,
    UnknownProduct,
    UnknownWholesaler,
)
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.views import OrderDetails
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld, put


def shown(session: DraftSession) -> list[tuple[str, int, str]]:
    return [(line.sku, line.quantity, line.wholesaler) for line in session.lines()]


def reopened(world: DeskWorld, session: DraftSession) -> DraftSession:
    """The draft as another start of the program finds it."""
    world.restart()
    return world.orders.open_draft(session.order_id)


def example(world: DeskWorld) -> DraftSession:
    session = world.orders.new_draft("BC-7")
    for sku, quantity, wholesaler in WORKED_EXAMPLE:
        session.add(sku, quantity, wholesaler)
    return session


def test_the_worked_example_adds_up_while_it_is_typed(world: DeskWorld) -> None:
    session = example(world)
    assert [line.priced.unit_net for line in session.lines() if line.priced] == [
        Decimal("91.6185"),
        Decimal("540.0000"),
        Decimal("13.9930"),
    ]
    summary = session.summary()
    assert (summary.totals.total, summary.totals.goods) == (Decimal("2665.59"), Decimal("2221.40"))
    assert (summary.lines, summary.pieces, summary.problems) == (3, 17, ())
    (carriage,) = summary.carriage
    assert (carriage.letter, carriage.carriage, carriage.missing) == ("N", Decimal(0), Decimal(0))
    assert summary.credit.left == Decimal("60000") - Decimal("2665.59")


def test_every_act_is_on_disk_when_it_returns(world: DeskWorld) -> None:
    session = example(world)
    session.set_quantity(1, 20)
    session.remove(3)
    session.set_wholesaler(1, "S")
    session.set_details(reference=" BC-8 ", note="vite", end_client="Lycée")
    again = reopened(world, session)
    assert shown(again) == [("TN1", 20, "S"), ("MF9", 2, "N")]
    assert again.details == OrderDetails("BC-8", Delivery(), "Lycée", "vite")
    assert (again.desk_no, again.saved_at) == ("B-2026-0001", session.saved_at)
    assert again.summary().totals == session.summary().totals


def test_details_keep_address_date_and_mode(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    wanted = Delivery(Address("Lycée", "1 rue Haute", "71400", "Autun"), world.today(), DeliveryMode.COMPLETE)
    session.set_details(delivery=wanted)
    assert reopened(world, session).details.delivery == wanted


def test_a_quantity_is_raised_to_the_pack_and_says_so(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    change = session.add("PK5", 12)
    assert change.rounded == (12, 15)
    line = session.line(change.added[0])
    assert (line.quantity, line.asked, line.pack_multiple) == (15, 12, 5)
    assert session.set_quantity(line.key, 3).rounded == (3, 10)
    assert session.set_quantity(line.key, 20).rounded is None
    assert session.line(line.key).asked is None
    assert reopened(world, session).lines()[0].quantity == 20


def test_the_same_product_from_the_same_wholesaler_is_one_line(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    first = session.add("TN1", 2).added[0]
    change = session.add("TN1", 3)
    assert (change.added, change.merged_into) == ((), first)
    session.add("TN1", 1, "N")
    assert shown(session) == [("TN1", 6, "N")]
    assert session.line(first).chosen
    session.add("TN1", 1, "S")
    assert shown(session) == [("TN1", 6, "N"), ("TN1", 1, "S")]
    other = session.lines()[1].key
    change = session.set_wholesaler(other, "N")
    assert change.removed == (other,)
    assert shown(reopened(world, session)) == [("TN1", 7, "N")]


def test_undo_and_redo_restore_lines_places_and_prices_exactly(world: DeskWorld) -> None:
    session = example(world)
    states = [session.lines()]
    session.set_quantity(1, 50)
    states.append(session.lines())
    session.remove(1)
    states.append(session.lines())
    session.add("TN1", 4)
    states.append(session.lines())
    session.add("TN1", 4)
    states.append(session.lines())
    for state in reversed(states[:-1]):
        session.undo()
        assert session.lines() == state
    for state in states[1:]:
        session.redo()
        assert session.lines() == state
    assert not session.can_redo
    session.undo()
    assert shown(reopened(world, session)) == [(line.sku, line.quantity, line.wholesaler) for line in states[-2]]


def test_a_new_act_ends_what_could_be_redone(world: DeskWorld) -> None:
    session = example(world)
    session.remove(1)
    session.undo()
    assert session.can_redo
    session.set_quantity(2, 3)
    assert not session.can_redo
    assert session.redo().changed == ()


def test_many_lines_come_as_one_act(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    change = session.add_many([("TN1", 1, ""), ("PK5", 12, "S"), ("TN1", 2, "")])
    assert len(change.added) == 2
    assert shown(session) == [("TN1", 3, "N"), ("PK5", 15, "S")]
    session.undo()
    assert session.line_count == 0
    with pytest.raises(UnknownProduct):
        session.add_many([("TN1", 1, ""), ("NOPE", 1, "")])
    assert session.line_count == 0


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000, 10**9])
def test_impossible_quantities_are_refused_and_nothing_changes(world: DeskWorld, quantity: int) -> None:
    session = example(world)
    before = session.lines()
    with pytest.raises(InvalidQuantity, match="1 to 999999"):
        session.set_quantity(1, quantity)
    with pytest.raises(InvalidQuantity):
        session.add("BK1", quantity)
    assert session.lines() == before


def test_unknown_names_are_refused_by_name(world: DeskWorld) -> None:
    session = world.orders.new_draft()
    with pytest.raises(UnknownProduct, match="NOPE"):
        session.add("NOPE")
    with pytest.raises(UnknownWholesaler, match="Q"):
        session.add("TN1", 1, "Q")
    key = session.add("TN1").added[0]
    with pytest.raises(UnknownWholesaler):
        session.set_wholesaler(key, "Q")
    assert shown(session) == [("TN1", 1, "N")]


def test_a_wholesaler_without_the_product_is_a_problem_of_the_line(world: DeskWorld) -> None:
    session = example(world)
    session.set_wholesaler(2, "S")
    assert [(problem.code, problem.line) for problem in session.problems()] == [("not-listed", 2)]
    assert session.summary().problems == session.problems()
    assert session.line(2).priced is None


def test_problems_carry_the_line_numbers_on_screen(world: DeskWorld) -> None:
    session = example(world)
    session.remove(1)
    session.add("OLD", 5)
    session.undo()
    session.undo()
    session.add("OLD", 5)
    assert [(problem.code, problem.line) for problem in session.problems()] == [("discontinued", 4), ("stock-short", 4)]
    assert session.lines()[3].problems == session.problems()


def test_prices_stay_as_shown_while_the_catalogue_changes_under_the_draft(world: DeskWorld) -> None:
    session = example(world)
    before = session.lines()
    world.products["TN1"]["list_price"] = "158.37"
    world.publish_catalog()
    assert session.lines() == before
    assert session.new_terms_count == 1
    (difference,) = session.price_differences()
    assert difference.line == 1
    assert (difference.params["yours"], difference.params["ours"]) == ("91.6185", "97.7935")
    with pytest.raises(NewTerms, match=r"TN1 was 91\.6185 and is 97\.7935 now"):
        session.submit()
    session.refresh_terms()
    assert session.new_terms_count == 0
    assert session.lines()[0].priced is not None
    assert session.submit().summary.total == session.summary().totals.total


def test_new_conditions_are_new_terms_too(world: DeskWorld) -> None:
    session = example(world)
    world.terms["B540"]["value"] = "550.00"
    world.publish_account()
    assert session.new_terms_count == 1
    del world.terms["Q10"]
    world.publish_account()
    assert session.new_terms_count == 2


def test_a_product_that_is_stopped_meanwhile_is_told_before_it_is_sent(world: DeskWorld) -> None:
    session = example(world)
    world.products["BK1"]["status"] = "stopped"
    world.publish_catalog()
    assert [problem.code for problem in session.price_differences()] == ["discontinued"]
    with pytest.raises(NewTerms):
        session.submit()


def test_news_that_changes_no_price_stop_nothing(world: DeskWorld) -> None:
    session = example(world)
    world.stock["N/TN1"] = 500
    world.products["TN1"]["description"] = "plus noir"
    world.publish_catalog()
    assert session.new_terms_count == 0
    document_versions = session.submit()
    assert document_versions.summary.status == "submitted"


def test_a_draft_opened_on_new_prices_shows_the_old_ones_beside_them(world: DeskWorld) -> None:
    session = example(world)
    world.products["TN1"]["list_price"] = "158.37"
    world.publish_catalog()
    again = reopened(world, session)
    assert [line.was for line in again.lines()] == [Decimal("91.6185"), None, None]
    with pytest.raises(NewTerms):
        again.submit()
    again.refresh_terms()
    assert [line.was for line in again.lines()] == [None, None, None]
    assert [line.was for line in reopened(world, again).lines()] == [None, None, None]


def test_midnight_is_a_new_price_day(world: DeskWorld) -> None:
    world.terms["P50"] = {
        "id": "P50",
        "step": "promo",
        "value": "50",
        "unit": "%",
        "buyer": "all",
        "product": "sku:BK1",
        "end": world.today().isoformat(),
    }
    world.publish_account()
    session = example(world)
    world.time += timedelta(days=1)
    assert session.new_terms_count == 1


def test_an_act_that_cannot_be_written_changes_nothing(world: DeskWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    session = example(world)
    before = (session.lines(), session.saved_at)
    world.desk.connection.execute("PRAGMA query_only = ON")
    acts: list[Callable[[], object]] = [lambda: session.add("TN1", 5), lambda: session.remove(2), session.undo]
    for act in acts:
        with pytest.raises(StorageFailed):
            act()
        assert (session.lines(), session.saved_at) == before
    world.desk.connection.execute("PRAGMA query_only = OFF")
    session.remove(1)
    world.desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed):
        session.undo()
    world.desk.connection.execute("PRAGMA query_only = OFF")
    assert shown(session) == shown(reopened(world, session))


def test_two_programs_cannot_change_the_same_draft_unseen(world: DeskWorld) -> None:
    session = example(world)
    other = world.orders.open_draft(session.order_id)
    other.set_quantity(1, 20)
    with pytest.raises(ActionNotPossible, match="changed by another program"):
        session.remove(2)
    with pytest.raises(ActionNotPossible):
        session.set_details(note="x")
    assert shown(session)[0] == ("TN1", 12, "N")
    assert shown(world.orders.open_draft(session.order_id)) == [("TN1", 20, "N"), ("MF9", 2, "N"), ("BK1", 3, "N")]


def test_another_end_client_brings_its_own_prices(world: DeskWorld) -> None:
    world.terms["BID"] = {
        "id": "BID",
        "step": "bid",
        "value": "500.00",
        "unit": "NET",
        "buyer": "dealer:D42",
        "product": "sku:MF9",
        "end_client": "Lycée",
    }
    del world.terms["B540"]
    world.publish_account()
    session = example(world)
    change = session.set_details(end_client="Lycée")
    assert change.changed == (2,)
    priced = session.line(2).priced
    assert priced is not None
    assert priced.unit_net == Decimal("500.0000")
    assert session.set_details(end_client="Lycée").changed == ()


def test_goods_sent_overseas_bear_its_vat_and_the_total_is_kept(world: DeskWorld) -> None:
    session = example(world)
    before = session.summary().totals
    change = session.set_details(delivery=Delivery(Address("Sté", "1 rue", "97100", "Basse-Terre")))
    after = session.summary()
    assert change.changed == (1, 2, 3)
    assert after.territory == "overseas"
    assert after.totals.vat == {Decimal("8.5"): Decimal("185.68"), Decimal("2.1"): Decimal("0.88")}
    assert after.totals.goods == before.goods
    (row,) = world.orders.drafts()
    assert row.total == after.totals.total
    assert reopened(world, session).summary() == after


def test_goods_sent_out_of_the_country_bear_none_and_the_reason_is_told(world: DeskWorld) -> None:
    session = example(world)
    session.set_details(delivery=Delivery(Address("AG", "1 Weg", "8001", "Zürich", "CH")))
    totals = session.summary().totals
    assert (totals.vat, totals.vat_reason) == ({Decimal(0): Decimal("0.00")}, "VATEX-EU-G")
    document = session.submit()
    assert document.totals.vat_reason == "VATEX-EU-G"


def test_express_costs_its_surcharge_and_is_refused_where_there_is_none(world: DeskWorld) -> None:
    world.wholesalers["N"]["express_fee"] = "9.00"
    world.publish_catalog()
    session = example(world)
    (north,) = session.summary().carriage
    assert (north.carriage, north.express_fee) == (Decimal("0.00"), Decimal("9.00"))
    session.set_details(delivery=Delivery(express=True))
    (north,) = session.summary().carriage
    assert (north.carriage, north.missing) == (Decimal("9.00"), Decimal(0))
    session.add("TN1", 1, "S")
    refused = [problem for problem in session.problems() if problem.blocking]
    assert [(problem.code, problem.params["wholesaler"]) for problem in refused] == [("express-unavailable", "S")]


def test_a_delivery_that_cannot_be_written_changes_no_sum(world: DeskWorld) -> None:
    session = example(world)
    before = session.summary()
    world.desk.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed):
        session.set_details(delivery=Delivery(Address("Sté", "1 rue", "97100", "Basse-Terre")))
    assert session.summary() == before
    world.desk.connection.execute("PRAGMA query_only = OFF")
    assert reopened(world, session).summary() == before


def test_a_document_discount_and_the_copy_fee_stand_in_the_sums(world: DeskWorld) -> None:
    world.products["MF9"]["private_copy_fee"] = "1.20"
    world.publish_catalog()
    world.terms["DOC"] = {
        "id": "DOC", "step": "document", "value": "10", "unit": "%", "buyer": "all", "product": "all",
        "amount_min": "2000",
    }  # fmt: skip
    world.publish_account()
    session = example(world)
    totals = session.summary().totals
    assert (totals.goods, totals.discount, totals.private_copy) == (
        Decimal("2221.40"),
        Decimal("222.14"),
        Decimal("2.40"),
    )
    view = session.submit()
    assert (view.totals.discount, view.totals.private_copy) == (totals.discount, totals.private_copy)
    assert sum(line.amount for line in session.goods()) == totals.goods - totals.discount


def test_the_real_cost_holds_the_back_margin_reached(world: DeskWorld) -> None:
    tiers = [{"turnover_from": "0", "percent": "2"}]
    agreement = {"id": "A", "buyer": "all", "start": "2026-01-01", "end": "2026-12-31", "tiers": tiers}
    world.feed(put("agreements", "A", agreement | {"exclude": ["sku:BK1"]}))
    session = example(world)
    first, _, book = (line.priced for line in session.lines())
    assert first is not None
    assert book is not None
    # 91.6185 less 0.5 % and 2 %.
    assert first.real_cost == Decimal("89.3280")
    assert [row.step for row in book.off_invoice] == ["bonus"]
