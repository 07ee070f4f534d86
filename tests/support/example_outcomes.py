"""What comes out of a published example: from the engine, and from the second reading of the rules."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop_app.contract.orders import rate_key
from desktop_app.domain.agreement import Accrual, Turnover
from desktop_app.domain.back_margin import accrual, meter
from desktop_app.domain.list_price import next_price
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import Problem, SubOrder, Totals, TraceStep
from desktop_app.domain.payment import due_date, early_payment
from desktop_app.domain.pricing import Basket, BasketLine, Terms
from tests.support.pricing_examples import (
    Example,
    Expected,
    ExpectedLine,
    Gate,
    MeterOut,
    NextPrice,
    Payment,
    Sums,
    TraceRow,
)
from tests.support.second_reading import back_margin as second
from tests.support.second_reading.basket import AMOUNTS, Circumstances, Figures, Line, read_basket
from tests.support.second_reading.clauses import due, early, first_change, orderable
from tests.support.second_reading.compare import line_figures, mine_off_invoice, mine_trace
from tests.support.second_reading.discount import Discount
from tests.support.second_reading.figures import as_decimal, half_up
from tests.support.second_reading.prices import SecondReading

STATES = {True: "open", False: "shut", None: "unknown"}


def engine_basket_of(example: Example) -> tuple[Basket, Terms]:
    """The engine's basket of an example."""
    dealer = example.dealer.to_domain()
    terms = Terms(example.records(), dealer.account, dealer.group, dealer.quota_used)
    basket = Basket(
        example.catalog(),
        terms,
        dealer,
        example.day,
        end_client=example.end_client,
        channel=example.channel,
        delivery=example.delivery.to_domain(),
        accruals=tuple(accrual(agreement, known) for agreement, known in example.counted()),
    )
    for key, line in enumerate(example.lines):
        basket.put(key, line.sku, line.quantity, line.wholesaler)
    return basket, terms


def engine_outcome(example: Example) -> Expected:
    """What the engine makes of it; problems in the order of their codes."""
    basket, terms = engine_basket_of(example)
    payment = example.dealer.to_domain().payment
    total = basket.totals().total
    due_on = None
    if example.invoice_day is not None:
        reduced = early_payment(payment, total, example.invoice_day)
        due_on = Payment(
            due_date(payment, example.invoice_day),
            "" if reduced is None else amount_text(reduced[0]),
            None if reduced is None else reduced[1],
        )
    return Expected(
        lines=[_line(line, example) for line in basket.lines()],
        sub_orders=[_sub_order(part) for part in basket.sub_orders()],
        totals=_sums(basket.totals()),
        problems=sorted(_of_the_order(problem) for problem in basket.order_problems()),
        conflicts=[list(conflict.ids) for conflict in terms.conflicts],
        meters=[_meter(agreement.id, meter(agreement, known)) for agreement, known in example.counted()],
        payment=due_on,
    )


def _line(line: BasketLine, example: Example) -> ExpectedLine:
    problems = sorted(problem.code for problem in line.problems)
    suggestions = [problem.params["suggestion"] for problem in line.problems if "suggestion" in problem.params]
    priced = line.priced
    if priced is None:
        return ExpectedLine(line.sku, line.wholesaler, problems=problems)
    product = next(one for one in example.products if one.sku == line.sku).to_domain(0)
    offer = next(one for one in example.stock if (one.wholesaler, one.sku) == (line.wholesaler, line.sku)).to_domain()
    ahead = next_price(product, offer, example.day)
    return ExpectedLine(
        sku=line.sku,
        wholesaler=line.wholesaler,
        unit_net=unit_text(priced.unit_net),
        line_total=amount_text(priced.line_total),
        eco=amount_text(priced.eco),
        private_copy=amount_text(priced.private_copy) if product.private_copy_fee else "",
        vat_rate="" if priced.vat_rate == product.vat_rate else rate_key(priced.vat_rate),
        real_cost=unit_text(priced.real_cost),
        trace=[_row(row) for row in priced.trace],
        off_invoice=[_row(row) for row in priced.off_invoice],
        next_price=None if ahead is None else NextPrice(ahead[0], unit_text(ahead[1])),
        suggestion=int(suggestions[0]) if suggestions else 0,
        problems=problems,
    )


def _row(row: TraceStep) -> TraceRow:
    candidate = "" if row.candidate is None else unit_text(row.candidate)
    dated = (row.label, row.start, row.end) if row.step == "list" else ("", None, None)
    after, delta = unit_text(row.price_after), unit_text(row.delta)
    return TraceRow(row.step, row.condition, after, delta, row.applied, candidate, row.note, *dated)


def _sub_order(part: SubOrder) -> Sums:
    rows = [
        TraceRow(row.step, row.condition, amount_text(row.price_after), amount_text(row.delta), note=row.note)
        for row in part.trace
    ]
    return _sums(part.totals, part.wholesaler, rows)


def _sums(totals: Totals, wholesaler: str = "", trace: Iterable[TraceRow] = ()) -> Sums:
    amounts = {name: amount_text(getattr(totals, name)) for name in AMOUNTS}
    vat = {rate_key(rate): amount_text(amount) for rate, amount in totals.vat.items()}
    return Sums(wholesaler=wholesaler, vat=vat, vat_reason=totals.vat_reason, trace=list(trace), **amounts)


def _of_the_order(problem: Problem) -> str:
    wholesaler = problem.params.get("wholesaler", "")
    return _problem(problem.code, wholesaler, problem.blocking)


def _problem(code: str, wholesaler: str, blocking: bool) -> str:
    """A problem of the order: its code, the wholesaler, and `refused` where a credit limit stops the order."""
    refused = "refused" if code == "credit-limit" and blocking else ""
    return " ".join(word for word in (code, wholesaler, refused) if word)


def _meter(name: str, stands: Any) -> MeterOut:
    return MeterOut(
        name,
        amount_text(stands.accrued),
        rate_key(stands.percent),
        "" if stands.missing is None else amount_text(stands.missing),
        "" if stands.gain is None else amount_text(stands.gain),
        [Gate(gate.kind, STATES[gate.open], _known(gate.reached), _known(gate.needed)) for gate in stands.gates],
    )


def _known(amount: Decimal | None) -> str:
    return "" if amount is None else amount_text(amount)


# ---------------------------------------------------------------- the second reading


def circumstances_of(example: Example) -> Circumstances:
    """An example as the second reading takes it."""
    dealer = example.dealer.to_domain()
    accruals = []
    for agreement, known in example.counted():
        rate = second.rate_at(agreement, known.turnover if known else Decimal(0))
        accruals.append(Accrual(agreement, Decimal(rate.numerator) / rate.denominator))
    return Circumstances(
        example.catalog(),
        SecondReading(example.records(), dealer.account, dealer.group, dealer.quota_used),
        dealer,
        example.day,
        end_client=example.end_client,
        channel=example.channel,
        delivery=example.delivery.to_domain(),
        accruals=tuple(accruals),
    )


def second_outcome(example: Example) -> Expected:
    """What the second reading makes of it; problems in the order of their codes."""
    about = circumstances_of(example)
    read = read_basket(example.wanted(), about)
    payment = None
    if example.invoice_day is not None:
        terms = about.dealer.payment
        off = early(terms, read.totals.total)
        until = example.invoice_day + timedelta(terms.early_days) if off else None
        payment = Payment(due(terms, example.invoice_day), _amount(off) if off else "", until)
    return Expected(
        lines=[_second_line(line, example, about) for line in read.lines],
        sub_orders=[_second_sums(read.figures[code], code, read.discounts.get(code)) for code in sorted(read.figures)],
        totals=_second_sums(read.totals),
        problems=sorted(_problem(*problem) for problem in read.order_problems),
        conflicts=[sorted(group) for group in about.reading.left_out_together()],
        meters=[_second_meter(agreement, known) for agreement, known in example.counted()],
        payment=payment,
    )


def _amount(value: Fraction) -> str:
    return f"{as_decimal(half_up(value, 2), 2):f}"


def _second_line(line: Line, example: Example, about: Circumstances) -> ExpectedLine:
    priced = line.priced
    if priced is None:
        return ExpectedLine(line.sku, line.wholesaler, problems=sorted(line.problems))
    figures = line_figures(priced)
    texts = {name: f"{figures[name]:f}" for name in ("unit_net", "line_total", "eco", "real_cost")}
    offer = next(one for one in about.catalog.offers(line.sku) if one.wholesaler == line.wholesaler)
    ahead = first_change(priced.article, offer, example.day)
    rows = []
    for step, condition, applied, after, delta, made, note, *says in mine_trace(priced):
        dated = tuple(says) if step == "list" else ("", None, None)
        candidate = "" if made is None else f"{made:f}"
        rows.append(TraceRow(step, condition, f"{after:f}", unit_text(delta), applied, candidate, note, *dated))
    wrong = {"min-quantity", "pack-multiple"}.intersection(line.problems)
    return ExpectedLine(
        sku=line.sku,
        wholesaler=line.wholesaler,
        private_copy=f"{figures['private_copy']:f}" if priced.article.private_copy_fee else "",
        vat_rate="" if priced.rate == priced.article.vat_rate else rate_key(priced.rate),
        trace=rows,
        off_invoice=[
            TraceRow(step, name, f"{after:f}", f"{delta:f}") for step, name, after, delta in mine_off_invoice(priced)
        ],
        next_price=None if ahead is None else NextPrice(ahead[0], unit_text(ahead[1])),
        suggestion=orderable(priced.article, line.quantity) if wrong else 0,
        problems=sorted(line.problems),
        **texts,
    )


def _second_sums(figures: Figures, wholesaler: str = "", discount: Discount | None = None) -> Sums:
    amounts = {name: _amount(getattr(figures, name)) for name in AMOUNTS}
    vat = {rate_key(rate): _amount(figures.vat[rate]) for rate in sorted(figures.vat, reverse=True)}
    rows = []
    if discount is not None:
        taken = f"-{_amount(discount.amount)}" if discount.amount else "0.00"
        note = "floor" if discount.floor else ""
        rows.append(
            TraceRow("document", discount.record.id, _amount(figures.goods - discount.amount), taken, note=note)
        )
    return Sums(wholesaler=wholesaler, vat=vat, vat_reason=figures.vat_reason, trace=rows, **amounts)


def _second_meter(agreement: Any, known: Turnover | None) -> MeterOut:
    turnover = known.turnover if known else Decimal(0)
    now = half_up(second.accrued(agreement, turnover), 2)
    ahead = second.next_tier(agreement, turnover)
    gates = []
    if agreement.gate_paid:
        overdue = known.overdue if known else None
        state = STATES[None if overdue is None else overdue == 0]
        gates.append(Gate("paid", state, _known(overdue), "0.00"))
    if agreement.gate_growth is not None:
        growth = None
        if known and known.reference:
            growth = (Fraction(turnover) / Fraction(known.reference) - 1) * 100
        state = STATES[None if growth is None else growth >= Fraction(agreement.gate_growth)]
        gates.append(Gate("growth", state, "" if growth is None else _amount(growth), _known(agreement.gate_growth)))
    percent = second.rate_at(agreement, turnover)
    return MeterOut(
        agreement.id,
        _amount(now),
        rate_key(Decimal(percent.numerator) / percent.denominator),
        "" if ahead is None else _amount(Fraction(ahead.turnover_from) - Fraction(turnover)),
        "" if ahead is None else _amount(half_up(second.accrued(agreement, ahead.turnover_from), 2) - now),
        gates,
    )
