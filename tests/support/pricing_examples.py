"""The published pricing examples (`docs/pricing_examples`): their format, and reading them.

The format is described in `docs/pricing.md`; the rows are the documents of the feed. What comes out of one:
`example_outcomes`.
"""

from datetime import date
from pathlib import Path

import msgspec

from desktop_app.contract.documents import (
    AccountDoc,
    AgreementDoc,
    ConditionDoc,
    ProductDoc,
    StockDoc,
    TurnoverDoc,
    WholesalerDoc,
)
from desktop_app.contract.orders import DeliveryDoc
from desktop_app.domain.agreement import Agreement, Turnover
from desktop_app.domain.condition import Condition
from tests.support.trade import CatalogInMemory

FOLDER = Path(__file__).parents[2] / "docs" / "pricing_examples"


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line that is ordered; without a wholesaler the sourcing rule takes one."""

    sku: str
    quantity: int
    wholesaler: str = ""


class TraceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of "why this price". `candidate` and `note` where a step was set aside or stopped; `label` and dates on
    the row `list` where the price is a dated one.
    """

    step: str
    condition: str
    price_after: str
    delta: str
    applied: bool = True
    candidate: str = ""
    note: str = ""
    label: str = ""
    start: date | None = None
    end: date | None = None


class NextPrice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first day on which the list price is another one, and that price."""

    day: date
    list_price: str


class ExpectedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line as it must come out. A line without a price has no figures, only problems.

    `vat_rate` where it is not the product's own, `private_copy`, `off_invoice`, `next_price` and `suggestion` (the
    quantity that could be ordered instead) where there is such a thing.
    """

    sku: str
    wholesaler: str = ""
    unit_net: str = ""
    line_total: str = ""
    eco: str = ""
    private_copy: str = ""
    vat_rate: str = ""
    real_cost: str = ""
    trace: list[TraceRow] = []
    off_invoice: list[TraceRow] = []
    next_price: NextPrice | None = None
    suggestion: int = 0
    problems: list[str] = []


class Sums(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The figures of one sub-order, or of the basket where `wholesaler` is empty; `trace` is its document discount."""

    wholesaler: str = ""
    goods: str = "0.00"
    discount: str = "0.00"
    eco: str = "0.00"
    private_copy: str = "0.00"
    carriage: str = "0.00"
    fees: str = "0.00"
    vat: dict[str, str] = {}
    vat_reason: str = ""
    total: str = "0.00"
    online_bonus: str = "0.00"
    rfa: str = "0.00"
    trace: list[TraceRow] = []


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A gate of an agreement, `open`, `shut` or `unknown`; `reached` against `needed`."""

    kind: str
    state: str
    reached: str = ""
    needed: str = ""


class MeterOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an agreement stands with what the manufacturer counted alone, before this order."""

    agreement: str
    accrued: str
    percent: str
    missing: str = ""
    gain: str = ""
    gates: list[Gate] = []


class Payment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When an invoice of `invoice_day` falls due; what paying the whole order early takes off, and until when."""

    due: date | None = None
    early_discount: str = ""
    early_until: date | None = None


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must come out: lines as ordered, sub-orders by wholesaler, sums, other problems, conditions left out."""

    lines: list[ExpectedLine]
    sub_orders: list[Sums]
    totals: Sums
    problems: list[str] = []
    conflicts: list[list[str]] = []
    meters: list[MeterOut] = []
    payment: Payment | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One file."""

    title: str
    title_fr: str
    reasoning: list[str]
    day: date
    dealer: AccountDoc
    products: list[ProductDoc]
    wholesalers: list[WholesalerDoc]
    stock: list[StockDoc]
    conditions: list[ConditionDoc]
    lines: list[Wanted]
    expected: Expected
    agreements: list[AgreementDoc] = []
    turnover: list[TurnoverDoc] = []
    end_client: str = ""
    channel: str = "online"
    delivery: DeliveryDoc = DeliveryDoc()
    invoice_day: date | None = None

    def catalog(self) -> CatalogInMemory:
        """Its products, wholesalers and stock."""
        return CatalogInMemory(
            [document.to_domain(0) for document in self.products],
            [document.to_domain() for document in self.wholesalers],
            [document.to_domain() for document in self.stock],
        )

    def records(self) -> list[Condition]:
        """Its conditions."""
        return [document.to_domain(0) for document in self.conditions]

    def wanted(self) -> list[tuple[str, int, str]]:
        """Its lines as (sku, quantity, wholesaler or "")."""
        return [(line.sku, line.quantity, line.wholesaler) for line in self.lines]

    def counted(self) -> list[tuple[Agreement, Turnover | None]]:
        """Its agreements, each with what the manufacturer has counted for it."""
        known = {document.agreement: document.to_domain() for document in self.turnover}
        return [(document.to_domain(0), known.get(document.id)) for document in self.agreements]


def read(text: bytes) -> Example:
    """An example from the bytes of its file; raises for a field that the format does not know."""
    return msgspec.json.decode(text, type=Example)
