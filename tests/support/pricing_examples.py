"""The published pricing examples (`docs/pricing_examples`): reading them, and what the engine makes of one.

The format is described in `docs/pricing.md`; the rows are the documents of the feed.
"""

from datetime import date
from pathlib import Path

import msgspec

from desktop_app.contract.documents import AccountDoc, ConditionDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.contract.orders import rate_key
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import PricedLine, Problem, Totals, TraceStep
from desktop_app.domain.pricing import Basket, BasketLine, Terms
from tests.support.trade import CatalogInMemory

FOLDER = Path(__file__).parents[2] / "docs" / "pricing_examples"


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line that is ordered; without a wholesaler the sourcing rule takes one."""

    sku: str
    quantity: int
    wholesaler: str = ""


class TraceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of "why this price"; `candidate` and `note` where a step was set aside or stopped at zero."""

    step: str
    condition: str
    price_after: str
    delta: str
    applied: bool = True
    candidate: str = ""
    note: str = ""


class ExpectedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line as it must come out. A line without a price has no figures, only problems."""

    sku: str
    wholesaler: str = ""
    unit_net: str = ""
    line_total: str = ""
    eco: str = ""
    real_cost: str = ""
    trace: list[TraceRow] = []
    problems: list[str] = []


class Sums(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The figures of one sub-order, or of the basket where `wholesaler` is empty."""

    wholesaler: str = ""
    goods: str = "0.00"
    eco: str = "0.00"
    carriage: str = "0.00"
    fees: str = "0.00"
    vat: dict[str, str] = {}
    total: str = "0.00"
    online_bonus: str = "0.00"


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must come out: lines as ordered, sub-orders by wholesaler, sums, other problems, conditions left out."""

    lines: list[ExpectedLine]
    sub_orders: list[Sums]
    totals: Sums
    problems: list[str] = []
    conflicts: list[list[str]] = []


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file."""

    title: str
    reasoning: list[str]
    day: date
    dealer: AccountDoc
    products: list[ProductDoc]
    wholesalers: list[WholesalerDoc]
    stock: list[StockDoc]
    conditions: list[ConditionDoc]
    lines: list[Wanted]
    expected: Expected
    end_client: str = ""

    def catalog(self) -> CatalogInMemory:
        """Its products, wholesalers and stock."""
        return CatalogInMemory(
            [document.to_domain(0) for document in self.products],
            [document.to_domain() for document in self.wholesalers],
            [document.to_domain() for document in self.stock],
        )


def read(text: bytes) -> Example:
    """An example from the bytes of its file; raises for a field that the format does not know."""
    return msgspec.json.decode(text, type=Example)


def outcome(example: Example) -> Expected:
    """What the engine makes of it."""
    dealer = example.dealer.to_domain()
    terms = Terms((document.to_domain(0) for document in example.conditions), dealer.account, dealer.group)
    basket = Basket(example.catalog(), terms, dealer, example.day, end_client=example.end_client)
    for key, line in enumerate(example.lines):
        basket.put(key, line.sku, line.quantity, line.wholesaler)
    priced = basket.priced()
    return Expected(
        lines=[_line(line) for line in basket.lines()],
        sub_orders=[_sums(part.totals, part.wholesaler) for part in priced.sub_orders],
        totals=_sums(priced.totals),
        problems=[_of_the_order(problem) for problem in priced.problems if problem.line is None],
        conflicts=[list(conflict.ids) for conflict in terms.conflicts],
    )


def _line(line: BasketLine) -> ExpectedLine:
    problems = [problem.code for problem in line.problems]
    priced: PricedLine | None = line.priced
    if priced is None:
        return ExpectedLine(line.sku, line.wholesaler, problems=problems)
    return ExpectedLine(
        sku=line.sku,
        wholesaler=line.wholesaler,
        unit_net=unit_text(priced.unit_net),
        line_total=amount_text(priced.line_total),
        eco=amount_text(priced.eco),
        real_cost=unit_text(priced.real_cost),
        trace=[_row(row) for row in priced.trace],
        problems=problems,
    )


def _row(row: TraceStep) -> TraceRow:
    candidate = "" if row.candidate is None else unit_text(row.candidate)
    delta = unit_text(row.delta)
    return TraceRow(row.step, row.condition, unit_text(row.price_after), delta, row.applied, candidate, row.note)


def _sums(totals: Totals, wholesaler: str = "") -> Sums:
    return Sums(
        wholesaler=wholesaler,
        goods=amount_text(totals.goods),
        eco=amount_text(totals.eco),
        carriage=amount_text(totals.carriage),
        fees=amount_text(totals.fees),
        vat={rate_key(rate): amount_text(amount) for rate, amount in totals.vat.items()},
        total=amount_text(totals.total),
        online_bonus=amount_text(totals.online_bonus),
    )


def _of_the_order(problem: Problem) -> str:
    wholesaler = problem.params.get("wholesaler", "")
    return f"{problem.code} {wholesaler}" if wholesaler else problem.code
