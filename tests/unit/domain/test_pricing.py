"""The whole engine: the worked example to the cent. What holds for every case: `test_pricing_properties`."""

from datetime import date
from decimal import Decimal

from desktop_app.contract.orders import rate_key
from desktop_app.domain.order import SubOrder
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms, price_basket
from tests.support import worked_example
from tests.support.trade import DAY, CatalogInMemory, condition, product, wholesaler

GOLD_TERMS = [
    condition("G30", "base", "30", buyer="group:gold"),
    condition("G35", "base", "35", buyer="group:gold", product="family:TONER"),
    condition("Q10", "qty", "5", buyer="group:gold", product="family:TONER", qty_min=10),
    condition("Q50", "qty", "8", buyer="group:gold", product="family:TONER", qty_min=50),
    condition("P38", "promo", "38", product="sku:TN1", combine="best"),
    condition("N612", "net", "612.00", "NET", buyer="dealer:D42", product="sku:MF9"),
    condition("B540", "bid", "540.00", "NET", buyer="dealer:D42", product="sku:MF9", quota=20),
]
EXAMPLE = CatalogInMemory(
    [
        product("TN1", "148.37", family="TONER"),
        product("MF9", "879.00", family="MFP", eco_fee="2.50"),
        product("BK1", "19.99", "5.5", family="BOOK"),
    ],
    [wholesaler("N", free_carriage_from="500", carriage_fee="12.50", delivery_days=1)],
)
D42 = Dealer("D42", "Bureautique Morvan", "gold", online_bonus_percent=Decimal("0.5"))


def worked() -> SubOrder:
    terms = Terms(GOLD_TERMS, "D42", "gold")
    priced = price_basket([("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, "")], EXAMPLE, terms, D42, DAY)
    (sub_order,) = priced.sub_orders
    assert priced.problems == ()
    assert priced.totals == sub_order.totals
    return sub_order


def test_the_worked_example_has_these_lines() -> None:
    lines = worked().lines
    assert {line.sku: str(line.unit_net) for line in lines} == worked_example.UNIT_NETS
    assert {line.sku: str(line.line_total) for line in lines} == worked_example.LINE_TOTALS
    assert [str(line.eco) for line in lines] == ["0.00", "5.00", "0.00"]
    assert [str(line.real_cost) for line in lines] == ["91.1604", "537.3000", "13.9230"]


def test_the_worked_example_explains_its_prices() -> None:
    toner, printer, book = (
        [(row.condition, row.applied, str(row.price_after), row.note) for row in line.trace] for line in worked().lines
    )
    assert toner == [
        ("", True, "148.3700", ""),
        ("G35", True, "96.4405", ""),
        ("Q10", True, "91.6185", ""),
        ("P38", False, "91.6185", "less-favourable"),
    ]
    assert worked().lines[0].trace[3].candidate == Decimal("91.9894")
    assert printer == [("", True, "879.0000", ""), ("N612", True, "612.0000", ""), ("B540", True, "540.0000", "")]
    assert book == [("", True, "19.9900", ""), ("G30", True, "13.9930", "")]


def test_the_worked_example_adds_up_to_the_cent() -> None:
    totals = worked().totals
    for name, amount in worked_example.TOTALS.items():
        assert getattr(totals, name) == Decimal(amount), name
    assert {rate_key(rate): str(amount) for rate, amount in totals.vat.items()} == worked_example.VAT
    assert str(totals.online_bonus) == worked_example.BONUS


def test_terms_hold_on_their_days_only() -> None:
    promo = condition("P", "promo", "10", start=date(2026, 3, 1), end=date(2026, 3, 31))
    terms = Terms([promo], "D42", "gold")
    for day, net in (("2026-02-28", 100), ("2026-03-01", 90), ("2026-03-31", 90), ("2026-04-01", 100)):
        assert terms.unit_net(product("A"), "N", Decimal(100), 1, date.fromisoformat(day)) == net
