"""What the engine made of a basket against what the second reading made of it, in words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from desktop_app.domain.order import Delivery, PricedLine, SubOrder, Totals, TraceStep
from desktop_app.domain.party import Address
from desktop_app.domain.pricing import Basket, Terms
from tests.support.second_reading.basket import AMOUNTS, Circumstances, Figures, Line, Priced, Read, Wanted, read_basket
from tests.support.second_reading.discount import Discount
from tests.support.second_reading.figures import as_decimal, half_up, shown
from tests.support.second_reading.prices import Row


def engine_basket(wanted: Sequence[Wanted], about: Circumstances, terms: Terms, way: Random | None = None) -> Basket:
    """The engine's basket of the same lines in the same circumstances; `terms` are of the reading's conditions.

    With `way` it comes about by a way round, which must not be seen: other quantities and wholesalers first, lines
    that leave again, another destination, everything asked for on the way.
    """
    basket = Basket(
        about.catalog,
        terms,
        about.dealer,
        about.day,
        end_client=about.end_client,
        channel=about.channel,
        delivery=about.delivery if way is None else Delivery(Address(country="CH"), express=True),
        accruals=about.accruals,
    )
    if way is not None:
        _wander(basket, wanted, way)
        basket.set_delivery(about.delivery)
    for key, (sku, quantity, wholesaler) in enumerate(wanted):
        basket.put(key, sku, quantity, wholesaler)
    return basket


def _wander(basket: Basket, wanted: Sequence[Wanted], way: Random) -> None:
    """Leave the basket with the lines that are wanted, in their order, but with other quantities and wholesalers."""
    for key, (sku, _, _) in enumerate(wanted):
        basket.put(key, sku, way.choice((1, 5, 10, 50)), way.choice(("", "N", "S")))
    extra = len(wanted)
    for sku, quantity, wholesaler in way.sample(list(wanted), len(wanted)):
        basket.put(extra, sku, quantity, wholesaler)
        basket.priced()
        extra += 1
    for key in way.sample(range(len(wanted), extra), extra - len(wanted)):
        basket.remove(key)


def differences(wanted: Sequence[Wanted], about: Circumstances, terms: Terms, way: Random | None = None) -> list[str]:
    """Price a basket twice; where the two part, in words. Empty where every cent, row and problem is the same."""
    basket = engine_basket(wanted, about, terms, way)
    read = read_basket(wanted, about)
    left_out = sorted(name for conflict in terms.conflicts for name in conflict.ids)
    found = list(_parts("conditions left out", left_out, sorted(about.reading.left_out)))
    for number, (mine, theirs) in enumerate(zip(read.lines, basket.lines(), strict=True), start=1):
        found += _line(f"line {number} ({mine.sku} x {mine.quantity})", mine, theirs)
    found += _sums(basket, read)
    problems = {
        (problem.code, problem.params.get("wholesaler", ""), problem.blocking) for problem in basket.order_problems()
    }
    found += _parts("problems of the order", sorted(problems), sorted(read.order_problems))
    return found


def _parts(what: str, engine: Any, reading: Any) -> Iterator[str]:
    if engine != reading:
        yield f"{what}: engine {engine}, second reading {reading}"


def _line(what: str, mine: Line, theirs: Any) -> Iterator[str]:
    yield from _parts(f"{what} wholesaler", theirs.wholesaler, mine.wholesaler)
    codes = [problem.code for problem in theirs.problems]
    yield from _parts(f"{what} problems", sorted(codes), sorted(mine.problems))
    if mine.priced is None or theirs.priced is None:
        yield from _parts(f"{what} priced", theirs.priced is not None, mine.priced is not None)
        return
    for name, reading in line_figures(mine.priced).items():
        yield from _parts(f"{what} {name}", getattr(theirs.priced, name), reading)
    for place, (row, other) in enumerate(zip(mine_trace(mine.priced), engine_trace(theirs.priced), strict=False)):
        yield from _parts(f"{what} trace row {place}", other, row)
    yield from _parts(f"{what} trace rows", len(theirs.priced.trace), 1 + len(mine.priced.rows))
    off = [(row.step, row.condition, row.price_after, row.delta) for row in theirs.priced.off_invoice]
    yield from _parts(f"{what} off invoice", off, mine_off_invoice(mine.priced))


def line_figures(mine: Priced) -> dict[str, Decimal]:
    """The figures of a line as decimals, by their names in `PricedLine`."""
    return {
        "list_price": shown(Fraction(mine.tarif)),
        "unit_net": as_decimal(mine.unit_net, 4),
        "line_total": as_decimal(mine.total, 2),
        "eco": as_decimal(mine.eco, 2),
        "private_copy": as_decimal(mine.private_copy, 2),
        "vat_rate": mine.rate,
        "real_cost": as_decimal(mine.real_cost, 4),
    }


def mine_trace(mine: Priced) -> list[tuple[Any, ...]]:
    """The rows of "why this price", the list price first."""
    tarif = shown(Fraction(mine.tarif))
    dated = (mine.dated.label, mine.dated.start, mine.dated.end) if mine.dated else ("", None, None)
    rows: list[tuple[Any, ...]] = [("list", "", True, tarif, Decimal(0), None, "", *dated)]
    before = tarif
    for row in mine.rows:
        after = shown(row.price)
        rows.append(_row(row, after, after - before))
        before = after
    return rows


def _row(row: Row, after: Decimal, delta: Decimal) -> tuple[Any, ...]:
    made = None if row.applied else shown(row.made)
    record = row.record
    says = (record.label, record.start, record.end, record.value, record.unit, record.combine, record.contract_ref)
    return (row.step, record.id, row.applied, after, delta, made, row.note, *says, record.rev)


def engine_trace(priced: PricedLine) -> list[tuple[Any, ...]]:
    """The engine's rows in the same form."""
    return [_engine_row(row) for row in priced.trace]


def _engine_row(row: TraceStep) -> tuple[Any, ...]:
    short = (row.step, row.condition, row.applied, row.price_after, row.delta, row.candidate, row.note)
    dated = (row.label, row.start, row.end)
    if row.step == "list":
        return (*short, *dated)
    return (*short, *dated, row.value, row.unit, row.combine, row.contract_ref, row.version)


def mine_off_invoice(mine: Priced) -> list[tuple[str, str, Decimal, Decimal]]:
    """The rows from unit net to real cost."""
    rows = []
    before = as_decimal(mine.unit_net, 4)
    for row in mine.off_invoice:
        after = shown(row.price)
        rows.append((row.step, row.name, after, after - before))
        before = after
    return rows


def _sums(basket: Basket, read: Read) -> Iterator[str]:
    sub_orders = basket.sub_orders()
    yield from _parts("sub-orders", [part.wholesaler for part in sub_orders], sorted(read.figures))
    for part in sub_orders:
        if part.wholesaler in read.figures:
            figures = read.figures[part.wholesaler]
            yield from _totals(part.wholesaler, part.totals, figures)
            yield from _document(part, figures, read.discounts.get(part.wholesaler))
            skus = [line.sku for line in read.lines if line.priced and line.wholesaler == part.wholesaler]
            yield from _parts(f"{part.wholesaler} lines", [line.sku for line in part.lines], skus)
    yield from _totals("basket", basket.totals(), read.totals)


def _totals(what: str, totals: Totals, figures: Figures) -> Iterator[str]:
    for name in AMOUNTS:
        yield from _parts(f"{what} {name}", getattr(totals, name), as_decimal(getattr(figures, name), 2))
    vat = {rate: as_decimal(amount, 2) for rate, amount in figures.vat.items()}
    yield from _parts(f"{what} VAT", dict(totals.vat), vat)
    yield from _parts(f"{what} VAT reason", totals.vat_reason, figures.vat_reason)


def _document(part: SubOrder, figures: Figures, discount: Discount | None) -> Iterator[str]:
    rows = [(row.condition, row.applied, row.price_after, row.delta, row.note) for row in part.trace]
    wanted = []
    if discount is not None:
        taken = as_decimal(half_up(discount.amount, 2), 2)
        after = as_decimal(figures.goods - discount.amount, 2)
        note = "floor" if discount.floor else ""
        wanted.append((discount.record.id, True, after, -taken, note))
    yield from _parts(f"{part.wholesaler} document discount", rows, wanted)
