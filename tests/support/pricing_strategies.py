"""What Hypothesis draws for the rules of pricing: small worlds, so that ties, thresholds, overlaps and caps are hit."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from msgspec.structs import replace

from desktop_app.domain.agreement import Accrual, Agreement, CountedOrders, Tier, TierMode
from desktop_app.domain.catalog import CarriageRate, DatedPrice, Offer, Product, ProductStatus, Wholesaler
from desktop_app.domain.condition import CONDITION_STEPS, STEPS, Combine, Condition, QtyScope, Step, Unit
from desktop_app.domain.order import Delivery
from desktop_app.domain.party import Address, CreditPolicy, Dealer
from desktop_app.domain.pricing import Terms
from tests.support.second_reading.basket import Circumstances, Wanted
from tests.support.second_reading.prices import Asked, SecondReading
from tests.support.trade import DAY, CatalogInMemory, product

SKUS = ("A", "B", "C")
HOUSES = ("N", "S", "O")
DAYS = [DAY + timedelta(days) for days in (-2, -1, 0, 1)]
PRODUCT_KEYS = ["sku:A", "sku:B", "family:F", "brand:X", "all"]
RATES = [Decimal(rate) for rate in ("20", "20.0", "10", "5.5", "2.1", "0")]
ACCOUNT, GROUP = "D42", "gold"
money = st.decimals("0", "500", places=2)
small_money = st.decimals("0", "30", places=3)


@st.composite
def conditions(draw: st.DrawFn, steps: Sequence[Step] = CONDITION_STEPS) -> Condition:
    """One condition; its id is given in `sets`."""
    step = draw(st.sampled_from(steps))
    unit = draw(st.sampled_from(list(Unit) if step is not Step.DOCUMENT else [Unit.PERCENT, Unit.EUR]))
    return Condition(
        id="",
        step=step,
        value=draw(st.decimals("0", "110" if unit is Unit.PERCENT else "300", places=2)),
        unit=unit,
        buyer=draw(st.sampled_from(["dealer:D42", "group:gold", "all", "dealer:D43"])),
        product=draw(st.sampled_from(PRODUCT_KEYS)),
        wholesaler=draw(st.sampled_from(["", "", "N"])),
        channel=draw(st.sampled_from(["", "", "online", "phone"])),
        start=draw(st.sampled_from([None, *DAYS])),
        end=draw(st.sampled_from([None, None, *DAYS])),
        qty_min=draw(st.sampled_from([0, 0, 1, 5, 10])),
        qty_scope=draw(st.sampled_from(list(QtyScope))),
        end_client=draw(st.sampled_from(["", "", "C1"])),
        combine=draw(st.sampled_from(list(Combine))),
        quota=draw(st.sampled_from([None, None, None, 6, 10])),
        stock_cap=draw(st.sampled_from([None, None, None, 3])),
        stock_used=draw(st.sampled_from([0, 0, 1, 5])),
        amount_min=draw(st.sampled_from([Decimal(amount) for amount in ("0", "0", "50", "100.01")])),
        label=draw(st.sampled_from(["", "Offre"])),
    )


def sets(steps: Sequence[Step] = CONDITION_STEPS, largest: int = 12) -> st.SearchStrategy[list[Condition]]:
    """The conditions of one case."""
    return st.lists(conditions(steps), max_size=largest).map(
        lambda records: [replace(record, id=f"c{number}", rev=number) for number, record in enumerate(records)]
    )


LINE_SETS = sets(STEPS)
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
MATCHED = st.one_of(st.none(), st.fixed_dictionaries({key: st.integers(1, 14) for key in PRODUCT_KEYS}))
USED = st.dictionaries(st.sampled_from([f"c{number}" for number in range(12)]), st.sampled_from([1, 5, 9]), max_size=3)

DATED = st.lists(
    st.builds(
        DatedPrice,
        st.decimals("0", "999", places=2),
        st.sampled_from(["", "N", "S"]),
        st.sampled_from([None, *DAYS]),
        st.sampled_from([None, None, *DAYS]),
        st.sampled_from(["", "Tarif 2026"]),
    ),
    max_size=3,
    unique_by=lambda price: (price.wholesaler, price.start),
).map(tuple)
PRODUCTS = st.lists(
    st.builds(
        Product,
        st.just(""),
        st.just("Article"),
        st.decimals("0", "999", places=3),
        st.sampled_from(RATES),
        brand=st.sampled_from(["", "X", "Y"]),
        family=st.sampled_from(["", "F", "G"]),
        eco_fee=st.sampled_from([Decimal(0), Decimal("0.005"), Decimal("2.50")]),
        pack_multiple=st.sampled_from([1, 1, 1, 3]),
        min_qty=st.sampled_from([1, 1, 1, 4]),
        status=st.sampled_from([ProductStatus.ACTIVE, ProductStatus.ACTIVE, ProductStatus.STOPPED]),
        private_copy_fee=st.sampled_from([Decimal(0), Decimal(0), Decimal("1.005")]),
        weight=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(2)]),
        vat_rate_overseas=st.sampled_from([None, None, Decimal("1.05"), Decimal(0)]),
        prices=DATED,
    ),
    min_size=len(SKUS),
    max_size=len(SKUS),
).map(lambda articles: [replace(article, sku=sku) for article, sku in zip(articles, SKUS, strict=True)])

TABLE = st.lists(
    st.builds(
        CarriageRate,
        st.sampled_from(["*", "FR", "FR-7", "FR-20", "FR-97", "BE", "GP"]),
        small_money,
        st.sampled_from([None, Decimal(1), Decimal(10), Decimal("10.5")]),
        st.none() | small_money,
    ),
    max_size=5,
    unique_by=lambda row: (row.zone, row.weight_max),
).map(tuple)
WHOLESALERS = st.tuples(
    *(
        st.builds(
            Wholesaler,
            st.just(code),
            order_minimum=st.none() | money,
            small_order_fee=st.none() | money,
            free_carriage_from=st.none() | money,
            carriage_fee=small_money,
            carriage_vat_rate=st.sampled_from([Decimal(20), Decimal("5.5"), Decimal(0)]),
            delivery_days=st.none() | st.integers(0, 3),
            express_fee=st.none() | small_money,
            carriage_table=TABLE,
        )
        for code in HOUSES
    )
)
OFFERS = st.lists(
    st.builds(
        Offer,
        st.sampled_from([*HOUSES, "X"]),
        st.sampled_from(SKUS),
        st.integers(0, 12),
        list_price=st.none() | st.decimals("0", "999", places=2),
    ),
    max_size=9,
    unique_by=lambda offer: (offer.wholesaler, offer.sku),
)
LINES = st.lists(
    st.tuples(
        st.sampled_from([*SKUS, "ZZ"]),
        st.sampled_from([1, 2, 4, 6, 7, 10, 0]),
        st.sampled_from(["", "", "N", "S", "X"]),
    ),
    max_size=6,
)
ADDRESSES = st.builds(
    Address,
    postcode=st.sampled_from(["71400", "20000", "97110", "97150", "97300", "98713", "1000", ""]),
    country=st.sampled_from(["FR", "FR", "FR", "FR", "MC", "BE", "GR", "GP", "YT", "PF", "CH"]),
)
DEALERS = st.builds(
    Dealer,
    st.just(ACCOUNT),
    st.just("Dealer"),
    st.just(GROUP),
    address=ADDRESSES,
    credit_limit=st.sampled_from([None, Decimal(0), Decimal(1000)]),
    unpaid=st.sampled_from([None, Decimal("999.99")]),
    online_bonus_percent=st.decimals("0", "3", places=2),
    online_bonus_from=st.sampled_from([None, *DAYS]),
    online_bonus_to=st.sampled_from([None, *DAYS]),
    vat_id=st.sampled_from(["", "BE0123456789", "EL123456789", "FR12345678901", "CHE123"]),
    credit_policy=st.sampled_from(list(CreditPolicy)),
    quota_used=USED,
)
DELIVERIES = st.builds(Delivery, st.none() | ADDRESSES, express=st.booleans())
TIERS = st.lists(
    st.builds(
        Tier,
        st.sampled_from([Decimal(amount) for amount in ("0", "100", "1000.50", "5000")]),
        st.decimals("0", "9", places=2),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda tier: tier.turnover_from,
).map(lambda tiers: tuple(sorted(tiers, key=lambda tier: tier.turnover_from)))
AGREEMENTS = st.builds(
    Agreement,
    st.just("R"),
    st.just("all"),
    st.sampled_from([DAYS[0], DAY, DAYS[3]]),
    st.sampled_from([DAYS[1], DAY, DAYS[3]]),
    TIERS,
    st.sampled_from(list(TierMode)),
    st.sampled_from(list(CountedOrders)),
    include=st.lists(st.sampled_from(PRODUCT_KEYS), max_size=2).map(tuple),
    exclude=st.lists(st.sampled_from(PRODUCT_KEYS[:-1]), max_size=1).map(tuple),
)
ACCRUALS = st.lists(st.builds(Accrual, AGREEMENTS, st.decimals("0", "9", places=2)), max_size=2).map(
    lambda accruals: tuple(
        Accrual(replace(accrual.agreement, id=f"R{number}"), accrual.percent) for number, accrual in enumerate(accruals)
    )
)


class World:
    """One drawn case: a catalogue, conditions, a dealer and his basket, for the engine and for the second reading."""

    def __init__(self, records: list[Condition], about: Circumstances, lines: list[Wanted]) -> None:
        self.records, self.about, self.lines = records, about, lines

    def __repr__(self) -> str:
        about = self.about
        return (
            f"World({self.records}, {vars(about.catalog)}, {about.dealer}, {about.delivery}, {about.accruals}, "
            f"end_client={about.end_client!r}, channel={about.channel!r}, lines={self.lines})"
        )

    def terms(self, records: Sequence[Condition] | None = None) -> Terms:
        """The engine's terms, of these conditions or of others."""
        used = self.about.dealer.quota_used
        return Terms(self.records if records is None else records, ACCOUNT, GROUP, used=used)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A whole case."""
    records = draw(sets())
    dealer = draw(DEALERS)
    about = Circumstances(
        CatalogInMemory(draw(PRODUCTS), draw(WHOLESALERS), draw(OFFERS)),
        SecondReading(records, ACCOUNT, GROUP, dealer.quota_used),
        dealer,
        DAY,
        end_client=draw(st.sampled_from(["", "C1"])),
        channel=draw(st.sampled_from(["online", "online", "phone"])),
        delivery=draw(DELIVERIES),
        accruals=draw(ACCRUALS),
    )
    return World(records, about, draw(LINES))
