"""From the list prices of a whole order to what it costs, kind by kind, added up from its priced lines.

The lines may be a draft's or those stored with a sent order: nothing is looked up and nothing is priced here. How a
single line came to its price is in its own trace.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from desktop_app.domain.condition import STEPS, Step
from desktop_app.domain.money import ZERO, round_amount
from desktop_app.domain.order import PricedLine, SubOrder, Totals, TraceStep


class StoryRow(Struct, frozen=True):
    """One row. `amount` is what it adds (below zero: takes off), `after` the sum reached, both in euros.

    `kind`: `list`, `step` (a kind of condition, named in `step`), `rounding`, `goods`, `document` (a document
    discount), `discounted` (goods after it), `eco`, `private-copy`, `carriage`, `fees`, `before-vat`, `vat`, `total`;
    then, counted from the goods, `bonus`, `rfa` and `real`. Rows of a kind that reaches a sum (`goods`, `discounted`,
    `before-vat`, `total`, `real`) add nothing themselves.

    `lines` is how many lines a step changed, `aside` how many it was set aside on; `documents` are the documents
    (contract_ref) it stands in; `label`, `rate` (per cent) and `wholesaler` are filled in where a row has one. `trace`
    is the row of the trace that a document discount or an agreement left.
    """

    kind: str
    amount: Decimal
    after: Decimal
    step: Step | None = None
    lines: int = 0
    aside: int = 0
    documents: tuple[str, ...] = ()
    label: str = ""
    rate: Decimal | None = None
    wholesaler: str = ""
    trace: TraceStep | None = None


def order_story(sub_orders: Sequence[SubOrder], totals: Totals) -> tuple[StoryRow, ...]:
    """The rows of an order, first to last. `totals` are its sums; without `sub_orders` the goods come first."""
    rows: list[StoryRow] = []
    lines = [line for part in sub_orders for line in part.lines]
    if lines:
        rows += _down_to_goods(lines, totals.goods)
    rows.append(StoryRow("goods", ZERO, totals.goods, lines=len(lines)))
    reached = totals.goods
    for row in _document_discounts(sub_orders, totals):
        reached += row.amount
        rows.append(replace(row, after=reached))
    net_goods = reached
    if totals.discount:
        rows.append(StoryRow("discounted", ZERO, net_goods))
    for row in _passed_on(sub_orders, totals):
        reached += row.amount
        rows.append(replace(row, after=reached))
    rows.append(StoryRow("before-vat", ZERO, reached, label=totals.vat_reason))
    for rate, amount in sorted(totals.vat.items(), reverse=True):
        reached += amount
        rows.append(StoryRow("vat", amount, reached, rate=rate))
    rows.append(StoryRow("total", ZERO, totals.total))
    return (*rows, *_after_invoice(lines, totals, net_goods))


def _down_to_goods(lines: Iterable[PricedLine], goods: Decimal) -> Iterable[StoryRow]:
    """The list total and what each kind of condition takes off it.

    Each amount is the difference of two rounded sums, so that what is shown adds up to the cent.
    """
    lines = list(lines)
    exact = sum((line.list_price * line.quantity for line in lines), ZERO)
    reached = round_amount(exact)
    yield StoryRow("list", reached, reached, lines=len(lines), documents=_labels(lines))
    for step in STEPS:
        found = [(line, row) for line in lines for row in line.trace if row.step is step]
        if not found:
            continue
        applied = [(line, row) for line, row in found if row.applied]
        exact += sum((row.delta * line.quantity for line, row in applied), ZERO)
        amount = round_amount(exact) - reached
        reached += amount
        told = applied or found
        yield StoryRow(
            "step",
            amount,
            reached,
            step=step,
            lines=len(applied),
            aside=len(found) - len(applied),
            documents=tuple(sorted({row.contract_ref for _, row in told if row.contract_ref})),
        )
    if reached != goods:
        yield StoryRow("rounding", goods - reached, goods)


def _document_discounts(sub_orders: Iterable[SubOrder], totals: Totals) -> Iterable[StoryRow]:
    told = ZERO
    for part in sub_orders:
        rows = [row for row in part.trace if row.step is Step.DOCUMENT]
        applied = next((row for row in rows if row.applied), None)
        told += part.totals.discount
        if part.totals.discount:
            yield _document(applied, -part.totals.discount, part.wholesaler)
        for row in rows:
            if not row.applied:
                yield _document(row, ZERO, part.wholesaler)
    if told != totals.discount:
        yield _document(None, told - totals.discount, "")


def _document(row: TraceStep | None, amount: Decimal, wholesaler: str) -> StoryRow:
    aside = 1 if row is not None and not row.applied else 0
    documents = () if row is None or not row.contract_ref else (row.contract_ref,)
    label = "" if row is None else row.label
    return StoryRow("document", amount, ZERO, Step.DOCUMENT, 0, aside, documents, label, None, wholesaler, row)


def _passed_on(sub_orders: Iterable[SubOrder], totals: Totals) -> Iterable[StoryRow]:
    """What is added to the goods before VAT: levies, then carriage and fees wholesaler by wholesaler."""
    for kind, amount in (("eco", totals.eco), ("private-copy", totals.private_copy)):
        if amount:
            yield StoryRow(kind, amount, ZERO)
    parts = list(sub_orders)
    for kind, amount, of_part in (
        ("carriage", totals.carriage, [(part.wholesaler, part.totals.carriage) for part in parts]),
        ("fees", totals.fees, [(part.wholesaler, part.totals.fees) for part in parts]),
    ):
        if sum((share for _, share in of_part), ZERO) == amount:
            yield from (StoryRow(kind, share, ZERO, wholesaler=code) for code, share in of_part if share)
        elif amount:
            yield StoryRow(kind, amount, ZERO)


def _after_invoice(lines: Sequence[PricedLine], totals: Totals, net_goods: Decimal) -> Iterable[StoryRow]:
    """Bonus and back-margins off the goods, and the real cost: without levies, carriage and VAT, as that of a line."""
    if not totals.online_bonus and not totals.rfa:
        return
    reached = net_goods
    if totals.online_bonus:
        reached -= totals.online_bonus
        row = _first(lines, Step.BONUS)
        yield StoryRow("bonus", -totals.online_bonus, reached, step=Step.BONUS, trace=row)
    for trace, amount in _by_agreement(lines, totals.rfa):
        reached -= amount
        documents = (trace.contract_ref,) if trace is not None and trace.contract_ref else ()
        label = "" if trace is None else trace.label
        yield StoryRow("rfa", -amount, reached, step=Step.RFA, documents=documents, label=label, trace=trace)
    yield StoryRow("real", ZERO, reached)


def _by_agreement(lines: Iterable[PricedLine], rfa: Decimal) -> Iterable[tuple[TraceStep | None, Decimal]]:
    """The accrued back-margin shared over its agreements, by what each earns on the lines; to the cent in sum."""
    if not rfa:
        return
    earned: dict[str, tuple[TraceStep, Decimal]] = {}
    for line in lines:
        for row in line.off_invoice:
            if row.step is Step.RFA and row.applied:
                before = earned.get(row.condition, (row, ZERO))[1]
                earned[row.condition] = (row, before - row.delta * line.quantity)
    whole = sum((amount for _, amount in earned.values()), ZERO)
    if whole <= 0:
        yield None, rfa
        return
    counted = shared = ZERO
    for row, amount in earned.values():
        counted += amount
        share = round_amount(rfa * counted / whole) - shared
        shared += share
        yield row, share


def _first(lines: Iterable[PricedLine], step: Step) -> TraceStep | None:
    return next((row for line in lines for row in line.off_invoice if row.step is step and row.applied), None)


def _labels(lines: Iterable[PricedLine]) -> tuple[str, ...]:
    """The price lists that the lines' list prices stand in."""
    found = {row.label for line in lines for row in line.trace if row.step is Step.LIST and row.label}
    return tuple(sorted(found))
