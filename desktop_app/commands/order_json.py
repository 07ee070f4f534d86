"""Orders as the JSON that scripts read: amounts with 2 decimals, unit prices with 4, VAT rates as `20`, `5.5`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from desktop_app.contract.orders import rate_key
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.domain.order import PricedLine, Problem, SubOrder, Totals, TraceStep
from desktop_app.services.order_terms import as_problems
from desktop_app.services.views import (
    ChangeView,
    DuplicateWarning,
    JournalEntry,
    LineProgress,
    OrderSummary,
    OrderView,
    SubOrderProgress,
)

Json = dict[str, object]
_PROGRESS = ("confirmed", "backorder", "shipped", "invoiced", "refused")


def order_json(view: OrderView, warnings: Iterable[DuplicateWarning] = ()) -> Json:
    """One order: as priced at this desk, or as the manufacturer tells it where it was made at another one."""
    problems = [problem_json(problem) for problem in view.problems]
    if view.changed_terms is not None:
        problems += [problem_json(problem) for problem in as_problems(view.changed_terms)]
    reached = {(part.wholesaler, line.sku): line for part in view.progress for line in part.lines}
    return {
        **summary_json(view.summary),
        "sub_orders": [_part_json(part, reached) for part in view.sub_orders or view.progress],
        "totals": totals_json(view.totals),
        "online_bonus": amount_text(view.totals.online_bonus),
        "ways_out": list(view.ways_out),
        "change": None if view.change is None else change_json(view.change),
        "problems": problems + [_duplicate_json(warning) for warning in warnings],
    }


def change_json(change: ChangeView) -> Json:
    """The change that was asked for last; what it leaves as it was is null."""
    return {
        "state": change.state,
        "at": change.at.isoformat(),
        "lines": [
            {"sku": sku, "wholesaler": wholesaler, "quantity": quantity} for sku, wholesaler, quantity in change.lines
        ],
        "wanted_date": None if change.wanted_date is None else change.wanted_date.isoformat(),
        "no_date": change.no_date,
        "reference": change.reference,
        "note": change.note,
        "code": change.code,
        "detail": change.detail,
    }


def summary_json(order: OrderSummary) -> Json:
    """What is said of an order everywhere: its numbers and its two states."""
    return {
        "order_id": order.order_id,
        "desk_no": order.desk_no,
        "revision": order.revision,
        "status": order.status,
        "delivery_state": order.delivery_state,
        "order_no": order.order_no or None,
        "reference": order.reference,
        "author": order.author,
        "created_at": order.created_at.isoformat(),
        "reason": order.reason,
    }


def list_json(order: OrderSummary) -> Json:
    """One row of the list; `lines` is their number, `total` TTC."""
    return {**summary_json(order), "lines": order.lines, "total": amount_text(order.total)}


def price_json(line: PricedLine) -> Json:
    """The price of one line and why."""
    return {
        "sku": line.sku,
        "quantity": line.quantity,
        "wholesaler": line.wholesaler,
        "list_price": unit_text(line.list_price),
        "unit_net": unit_text(line.unit_net),
        "line_total": amount_text(line.line_total),
        "real_cost": unit_text(line.real_cost),
        "trace": [trace_json(row) for row in line.trace],
        "off_invoice": [trace_json(row) for row in line.off_invoice],
    }


def trace_json(row: TraceStep) -> Json:
    """One row of "why this price", with the document it comes from."""
    return {
        "step": row.step,
        "condition": row.condition,
        "applied": row.applied,
        "price_after": unit_text(row.price_after),
        "delta": unit_text(row.delta),
        "label": row.label,
        "candidate": None if row.candidate is None else unit_text(row.candidate),
        "note": row.note,
        "value": f"{row.value:f}",
        "unit": row.unit,
        "combine": row.combine,
        "contract_ref": row.contract_ref,
        "start": day_json(row.start),
        "end": day_json(row.end),
        "version": row.version,
    }


def day_json(day: date | None) -> str | None:
    """A calendar day in ISO 8601, null where it is open."""
    return None if day is None else day.isoformat()


def totals_json(totals: Totals) -> Json:
    """The sums of an order; as on the wire, what an order has not (copie privée, discount, reason) is left out."""
    seldom: Json = {
        "private_copy": amount_text(totals.private_copy) if totals.private_copy else "",
        "discount": amount_text(totals.discount) if totals.discount else "",
        "vat_reason": totals.vat_reason,
    }
    return {
        "goods": amount_text(totals.goods),
        "eco": amount_text(totals.eco),
        "carriage": amount_text(totals.carriage),
        "fees": amount_text(totals.fees),
        "vat": _vat_json(totals.vat),
        "total": amount_text(totals.total),
        **{name: text for name, text in seldom.items() if text},
    }


def problem_json(problem: Problem) -> Json:
    """One thing to know about an order; `line` is null for the whole of it."""
    return {
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "blocking": problem.blocking,
        "params": dict(problem.params),
    }


def history_json(history: Iterable[JournalEntry]) -> list[Json]:
    """What happened to an order, oldest first."""
    return [
        {"at": entry.at.isoformat(), "source": entry.source, "code": entry.code, "params": dict(entry.params)}
        for entry in history
    ]


def moment_json(moment: datetime | None) -> str | None:
    """A moment in ISO 8601, null where there is none."""
    return None if moment is None else moment.isoformat()


def _part_json(part: SubOrder | SubOrderProgress, reached: Mapping[tuple[str, str], LineProgress]) -> Json:
    return {
        "wholesaler": part.wholesaler,
        "lines": [_line_json(line, reached.get((part.wholesaler, line.sku))) for line in part.lines],
        **totals_json(part.totals),
        "online_bonus": amount_text(part.totals.online_bonus),
    }


def _line_json(line: PricedLine | LineProgress, reached: LineProgress | None) -> Json:
    """One line; once the order is accepted also how many of its units are how far at the manufacturer."""
    said: Json = {
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_net": unit_text(line.unit_net),
        "line_total": amount_text(line.line_total),
    }
    return said if reached is None else said | {name: getattr(reached, name) for name in _PROGRESS}


def _vat_json(vat: Mapping[Decimal, Decimal]) -> Json:
    return {rate_key(rate): amount_text(amount) for rate, amount in vat.items()}


def _duplicate_json(warning: DuplicateWarning) -> Json:
    words = {
        "same-reference": f"{warning.desk_no} has the same customer reference.",
        "same-lines": f"{warning.desk_no} was sent within 24 hours with the same lines.",
    }
    return {
        "line": None,
        "code": warning.code,
        "message": words[warning.code],
        "blocking": False,
        "params": {"order_id": warning.order_id, "desk_no": warning.desk_no},
    }
