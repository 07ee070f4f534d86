"""The whole engine: the worked example to the cent, and the properties that always hold, against a second reading."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop_app.contract.orders import rate_key
from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.condition import Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.order import PricedBasket, SubOrder
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms, price_basket
from tests.support import worked_example
from tests.support.second_reading import Asked, SecondReading, as_decimal, read_basket
from tests.support.trade import DAY, CatalogInMemory, condition, product, wholesaler

# ---------------------------------------------------------------- the worked example

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


# ---------------------------------------------------------------- what may come

SKUS = ["A", "B", "C"]
DAYS = [DAY + timedelta(days) for days in (-2, -1, 0, 1)]
money = st.decimals("0", "500", places=2)
PRODUCTS = st.lists(
    st.builds(
        Product,
        st.just(""),
        st.just("Article"),
        st.decimals("0", "999", places=3),
        st.sampled_from([Decimal(20), Decimal("5.5"), Decimal("2.1"), Decimal("20.0")]),
        brand=st.sampled_from(["", "X", "Y"]),
        family=st.sampled_from(["", "F", "G"]),
        eco_fee=st.decimals("0", "3", places=3),
    ),
    min_size=len(SKUS),
    max_size=len(SKUS),
).map(lambda articles: [replace(article, sku=sku) for article, sku in zip(articles, SKUS, strict=True)])


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    unit = draw(st.sampled_from(list(Unit)))
    return Condition(
        id="",
        step=draw(st.sampled_from([step for step in Step if step is not Step.LIST])),
        value=draw(st.decimals("0", "110" if unit is Unit.PERCENT else "300", places=2)),
        unit=unit,
        buyer=draw(st.sampled_from(["dealer:D42", "group:gold", "all", "dealer:D43"])),
        product=draw(st.sampled_from(["sku:A", "sku:B", "family:F", "brand:X", "all"])),
        wholesaler=draw(st.sampled_from(["", "", "N"])),
        channel=draw(st.sampled_from(["", "", "online", "phone"])),
        start=draw(st.sampled_from([None, *DAYS])),
        end=draw(st.sampled_from([None, None, *DAYS])),
        qty_min=draw(st.sampled_from([0, 0, 1, 5, 10])),
        qty_scope=draw(st.sampled_from(list(QtyScope))),
        end_client=draw(st.sampled_from(["", "", "C1"])),
        combine=draw(st.sampled_from(list(Combine))),
        quota=draw(st.sampled_from([None, None, None, 6])),
        stock_cap=draw(st.sampled_from([None, None, None, 3])),
    )


SETS = st.lists(conditions(), max_size=12).map(
    lambda records: [replace(record, id=f"c{number}") for number, record in enumerate(records)]
)
ASKED = st.builds(
    Asked,
    st.builds(product, st.sampled_from(SKUS), family=st.sampled_from(["", "F"]), brand=st.sampled_from(["", "X"])),
    st.sampled_from(["N", "S"]),
    st.decimals("0", "999", places=3),
    st.sampled_from([1, 3, 4, 5, 6, 7, 10, 12]),
    st.sampled_from(DAYS),
    st.sampled_from(["", "C1"]),
    st.sampled_from(["online", "phone"]),
)
MATCHED = st.one_of(
    st.none(),
    st.fixed_dictionaries({key: st.integers(1, 14) for key in ("sku:A", "sku:B", "family:F", "brand:X", "all")}),
)


def ask(terms: Terms, asked: Asked, matched: dict[str, int] | None = None) -> Any:
    return terms.unit_price(
        asked.product,
        asked.wholesaler,
        asked.list_price,
        asked.quantity,
        asked.day,
        matched=matched,
        end_client=asked.end_client,
        channel=asked.channel,
    )


# ---------------------------------------------------------------- properties of one price


@given(SETS, ASKED, MATCHED)
@settings(max_examples=400, deadline=None)
def test_a_price_is_what_a_second_reading_of_the_rules_gives(
    records: list[Condition], asked: Asked, matched: dict[str, int] | None
) -> None:
    terms, reading = Terms(records, "D42", "gold"), SecondReading(records, "D42", "gold")
    price = ask(terms, asked, matched)
    rows = reading.price(asked, matched)
    assert [(row.step, row.condition, row.applied) for row in price.trace[1:]] == [
        (row.step, row.condition, row.applied) for row in rows
    ]
    assert price.unit_net == as_decimal(reading.unit_net(asked, matched), 4)
    assert {name for conflict in terms.conflicts for name in conflict.ids} == reading.left_out


@given(SETS, ASKED, MATCHED, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_records_is_irrelevant(
    records: list[Condition], asked: Asked, matched: dict[str, int] | None, random: Any
) -> None:
    shuffled = random.sample(records, len(records))
    terms, other = Terms(records, "D42", "gold"), Terms(shuffled, "D42", "gold")
    assert ask(terms, asked, matched) == ask(other, asked, matched)
    assert terms.conflicts == other.conflicts


@given(SETS, conditions(), ASKED, MATCHED)
@settings(max_examples=200, deadline=None)
def test_a_record_that_wins_nothing_changes_nothing(
    records: list[Condition], added: Condition, asked: Asked, matched: dict[str, int] | None
) -> None:
    before = Terms(records, "D42", "gold")
    after = Terms([*records, replace(added, id="added")], "D42", "gold")
    assume(before.conflicts == after.conflicts)
    price = ask(after, asked, matched)
    assume(all(row.condition != "added" for row in price.trace))
    assert price == ask(before, asked, matched)


@given(SETS, ASKED, MATCHED)
@settings(max_examples=100, deadline=None)
def test_the_deltas_add_up_and_no_price_is_below_zero(
    records: list[Condition], asked: Asked, matched: dict[str, int] | None
) -> None:
    price = ask(Terms(records, "D42", "gold"), asked, matched)
    first, *rows = price.trace
    assert sum(row.delta for row in rows) == price.unit_net - first.price_after
    assert all(row.price_after >= 0 for row in price.trace)
    assert all(row.delta == 0 and row.note and row.candidate is not None for row in rows if not row.applied)


@given(
    SETS,
    ASKED,
    st.lists(st.integers(1, 60), min_size=1, max_size=4, unique=True),
    st.lists(st.decimals("0", "100", places=1), min_size=4, max_size=4),
    st.sampled_from(["%", "EUR", "NET"]),
    st.integers(1, 80),
    st.integers(1, 80),
)
@settings(max_examples=200, deadline=None)
def test_more_quantity_never_costs_more_per_unit_where_a_scale_falls(
    records: list[Condition], asked: Asked, starts: list[int], values: list[Decimal], unit: str, few: int, many: int
) -> None:
    others = [replace(one, qty_min=0, quota=None, stock_cap=None) for one in records if one.step is not Step.QTY]
    falling = sorted(values, reverse=unit == "NET")
    scale = [
        condition(
            f"Q{start}", "qty", str(value), unit, buyer="dealer:D42", product=f"sku:{asked.product.sku}", qty_min=start
        )
        for start, value in zip(sorted(starts), falling, strict=False)
    ]
    first = condition("Q0", "qty", "1000" if unit == "NET" else "0", unit, buyer="dealer:D42", product=scale[0].product)
    terms = Terms([*others, first, *scale], "D42", "gold")
    low, high = sorted((few, many))
    dear, cheap = (ask(terms, dataclasses.replace(asked, quantity=quantity)).unit_net for quantity in (low, high))
    assert cheap <= dear


# ---------------------------------------------------------------- properties of a basket

HOUSES = st.tuples(
    *(
        st.builds(
            Wholesaler,
            st.just(code),
            order_minimum=st.none() | money,
            small_order_fee=st.none() | money,
            free_carriage_from=st.none() | money,
            carriage_fee=st.decimals("0", "30", places=3),
            carriage_vat_rate=st.sampled_from([Decimal(20), Decimal("5.5"), Decimal(0)]),
            delivery_days=st.none() | st.integers(0, 3),
        )
        for code in "NSO"
    )
)
OFFERS = st.lists(
    st.builds(
        Offer,
        st.sampled_from(["N", "S", "O", "X"]),
        st.sampled_from(SKUS),
        st.integers(0, 12),
        list_price=st.none() | st.decimals("0", "999", places=2),
    ),
    max_size=9,
    unique_by=lambda offer: (offer.wholesaler, offer.sku),
)
LINES = st.lists(
    st.tuples(
        st.sampled_from([*SKUS, "ZZ"]), st.sampled_from([1, 2, 4, 7, 10, 0]), st.sampled_from(["", "", "N", "S", "X"])
    ),
    max_size=6,
)
DEALERS = st.builds(
    Dealer,
    st.just("D42"),
    st.just("Dealer"),
    st.just("gold"),
    online_bonus_percent=st.decimals("0", "3", places=2),
    online_bonus_from=st.sampled_from([None, *DAYS]),
    online_bonus_to=st.sampled_from([None, *DAYS]),
)


@given(PRODUCTS, HOUSES, OFFERS, SETS, DEALERS, LINES, st.sampled_from(["", "C1"]))
@settings(max_examples=250, deadline=None)
def test_a_basket_is_what_a_second_reading_of_the_rules_gives(
    products: list[Product],
    houses: Sequence[Wholesaler],
    offers: list[Offer],
    records: list[Condition],
    dealer: Dealer,
    lines: list[tuple[str, int, str]],
    end_client: str,
) -> None:
    catalog = CatalogInMemory(products, houses, offers)
    terms, reading = Terms(records, "D42", "gold"), SecondReading(records, "D42", "gold")
    priced = price_basket(lines, catalog, terms, dealer, DAY, end_client=end_client)
    figures, prices = read_basket(lines, catalog, reading, dealer, DAY, end_client)
    expected = {
        code: [
            (sku, quantity, as_decimal(price[1], 4))
            for (sku, quantity, _), price in zip(lines, prices, strict=True)
            if price is not None and price[0] == code
        ]
        for code in sorted(figures)
    }
    assert {
        part.wholesaler: [(line.sku, line.quantity, line.unit_net) for line in part.lines] for part in priced.sub_orders
    } == expected
    for part in priced.sub_orders:
        read = figures[part.wholesaler]
        for name in ("goods", "eco", "carriage", "fees", "total", "online_bonus"):
            assert getattr(part.totals, name) == as_decimal(getattr(read, name), 2), name
        assert dict(part.totals.vat) == {rate: as_decimal(amount, 2) for rate, amount in read.vat.items()}
    assert_totals_are_invoices(priced, {house.code: house for house in houses})


def assert_totals_are_invoices(priced: PricedBasket, houses: dict[str, Wholesaler]) -> None:
    """Rules BR-CO-10 to BR-CO-17 of EN 16931 on each sub-order: eco, carriage and fees are its document charges."""
    for part in priced.sub_orders:
        totals = part.totals
        line_sum = sum((line.line_total for line in part.lines), Decimal(0))
        assert totals.goods == line_sum, "BR-CO-10"
        charges = totals.eco + totals.carriage + totals.fees
        assert totals.eco == sum((line.eco for line in part.lines), Decimal(0)), "BR-CO-12"
        without_vat = line_sum + charges  # BR-CO-11, 13: there are no document allowances
        vat = sum(totals.vat.values(), Decimal(0))  # BR-CO-14
        assert totals.total == without_vat + vat, "BR-CO-15, BR-CO-16"
        bases = dict.fromkeys(totals.vat, Decimal(0))
        for line in part.lines:
            bases[line.vat_rate] += line.line_total + line.eco
        if totals.carriage + totals.fees:
            bases[houses[part.wholesaler].carriage_vat_rate] += totals.carriage + totals.fees
        assert sum(bases.values(), Decimal(0)) == without_vat
        for rate, amount in totals.vat.items():
            assert abs(amount - bases[rate] * rate / 100) <= Decimal("0.005"), "BR-CO-17"
    basket = priced.totals
    for name in ("goods", "eco", "carriage", "fees", "total", "online_bonus"):
        parts = (getattr(part.totals, name) for part in priced.sub_orders)
        assert getattr(basket, name) == sum(parts, Decimal(0)), name
    assert basket.total == basket.goods + basket.eco + basket.carriage + basket.fees + sum(basket.vat.values())


def test_terms_hold_on_their_days_only() -> None:
    promo = condition("P", "promo", "10", start=date(2026, 3, 1), end=date(2026, 3, 31))
    terms = Terms([promo], "D42", "gold")
    for day, net in (("2026-02-28", 100), ("2026-03-01", 90), ("2026-03-31", 90), ("2026-04-01", 100)):
        assert terms.unit_net(product("A"), "N", Decimal(100), 1, date.fromisoformat(day)) == net
