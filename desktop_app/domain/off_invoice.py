"""From the unit net to the real cost: what comes back off the invoice, row by row."""

from collections.abc import Iterable
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.condition import Step, Unit
from desktop_app.domain.money import ZERO, round_unit
from desktop_app.domain.order import TraceStep
from desktop_app.domain.party import Dealer


def off_invoice(
    unit_net: Decimal, bonus_percent: Decimal, dealer: Dealer, accruals: Iterable[Accrual]
) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """The real cost per unit at 4 decimals, and its rows: the online bonus, then one per agreement that counts.

    All rates are per cent of the unit net; `price_after` is what the unit still costs after each.
    """
    rows: list[TraceStep] = []
    if bonus_percent:
        row = TraceStep(Step.BONUS, "", True, ZERO, ZERO, "", bonus_percent, Unit.PERCENT)
        rows.append(replace(row, start=dealer.online_bonus_from, end=dealer.online_bonus_to))
    for accrual in accruals:
        one = accrual.agreement
        if accrual.percent > ZERO:
            row = TraceStep(Step.RFA, one.id, True, ZERO, ZERO, one.label, accrual.percent, Unit.PERCENT)
            dates = replace(row, start=one.start, end=one.end)
            rows.append(replace(dates, contract_ref=one.contract_ref, version=one.rev))
    if not rows:
        return unit_net, ()
    left, shown = Decimal(100), unit_net
    for place, row in enumerate(rows):
        left -= row.value
        after = round_unit(unit_net * left / 100)
        rows[place] = replace(row, price_after=after, delta=after - shown)
        shown = after
    return shown, tuple(rows)
