"""What if: another quantity, day, wholesaler or client; what comes ahead; no order is touched."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.agreement import Accrual, Agreement, Tier
from desktop_app.services.condition_views import PriceQuestion
from desktop_app.services.price_service import PriceService
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.condition_repository import ConditionRepository
from tests.support.desk_world import ACCOUNT, DeskWorld, put

RFA = Agreement("R1", "all", date(2026, 1, 1), date(2026, 12, 31), (Tier(Decimal(0), Decimal(2)),))


@pytest.fixture
def service(world: DeskWorld) -> PriceService:
    connection = world.desk.connection
    return PriceService(
        lambda: world.catalog,
        ConditionRepository(connection),
        dealer=AccountRepository(connection, ACCOUNT).dealer,
        today=world.today,
        stock_view=world.stock_view,
        accruals=lambda: (Accrual(RFA, Decimal(2)),),
    )


def test_the_price_down_to_the_real_cost(service: PriceService) -> None:
    answer = service.what_if(PriceQuestion("TN1", 12))
    assert answer.priced is not None
    assert answer.product is not None
    assert (answer.priced.unit_net, answer.priced.line_total) == (Decimal("91.6185"), Decimal("1099.42"))
    # 0.5 % online bonus and 2 % of the agreement.
    assert answer.priced.real_cost == Decimal("89.3280")
    assert [row.step.value for row in answer.priced.off_invoice] == ["bonus", "rfa"]
    assert [one.qty_min for one in answer.breaks] == [1, 10]
    assert (answer.day, answer.problems) == (date(2026, 6, 9), ())
    assert {one.wholesaler for one in answer.stock} == {"N", "S", "M"}


def test_quantity_day_wholesaler_and_client_move_it(world: DeskWorld, service: PriceService) -> None:
    world.products["TN1"]["prices"] = [{"list_price": "200", "start": "2026-07-01", "label": "Tarif 2026-07"}]
    world.publish_catalog()
    bid = {"id": "BX", "step": "bid", "value": "50", "unit": "NET", "buyer": "all", "product": "sku:TN1"}
    world.feed(put("terms", "BX", {**bid, "end_client": "Mairie"}))

    def unit_net(**question: object) -> Decimal:
        priced = service.what_if(PriceQuestion("TN1", **{"quantity": 1, **question})).priced  # type: ignore[arg-type]
        assert priced is not None
        return priced.unit_net

    assert unit_net() == Decimal("91.9894")
    assert unit_net(quantity=10) == Decimal("91.6185")
    assert unit_net(day=date(2026, 7, 1)) == Decimal("124.0000")
    assert unit_net(end_client="Mairie") == Decimal("50.0000")
    south = service.what_if(PriceQuestion("TN1", 1, "S"))
    assert south.priced is not None
    assert south.priced.wholesaler == "S"
    assert south.end_clients == ("Mairie",)
    assert [(one.day, one.list_price, one.unit_net, one.label) for one in south.ahead] == [
        (date(2026, 7, 1), Decimal(200), Decimal("124.0000"), "Tarif 2026-07")
    ]


def test_conditions_that_end_or_start_are_ahead_too(world: DeskWorld, service: PriceService) -> None:
    world.feed(put("terms", "P38", {**world.terms["P38"], "end": "2026-06-30", "label": "Été"}))
    g40 = {**world.terms["G35"], "id": "G40", "value": "40", "start": "2026-08-01", "contract_ref": "CT-8"}
    world.feed(put("terms", "G40", g40))
    ahead = service.what_if(PriceQuestion("TN1", 1)).ahead
    assert [(one.day, one.unit_net, one.label) for one in ahead] == [
        (date(2026, 7, 1), Decimal("96.4405"), "Été"),
        (date(2026, 8, 1), Decimal("89.0220"), "CT-8"),
    ]


def test_a_question_without_a_price_says_why(service: PriceService) -> None:
    unknown = service.what_if(PriceQuestion("NOPE", 1))
    assert (unknown.product, unknown.priced, unknown.ahead, unknown.end_clients) == (None, None, (), ())
    assert [problem.code for problem in unknown.problems] == ["unknown-product"]
    nowhere = service.what_if(PriceQuestion("REG", 1))
    assert nowhere.priced is None
    assert nowhere.problems
    nothing = service.what_if(PriceQuestion("TN1", 0, "N"))
    assert (nothing.priced, nothing.ahead) == (None, ())


def test_no_order_is_touched(world: DeskWorld, service: PriceService) -> None:
    before = world.desk.connection.total_changes
    service.what_if(PriceQuestion("MF9", 2, day=date(2027, 1, 1)))
    assert world.desk.connection.total_changes == before
