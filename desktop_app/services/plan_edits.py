"""What taking a plan does to the lines of a draft, and what moving one line would cost. Doing it: `draft_session`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.domain.money import ZERO
from desktop_app.domain.order import Totals
from desktop_app.domain.plans import Allocation
from desktop_app.errors import ActionNotPossible
from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.plan_views import PlanView

Edits = list[tuple[int, DraftLine | None]]


def plan_edits(lines: DraftLines, plan: PlanView) -> Edits:
    """The lines as the plan places them: moved, split below themselves, merged. Their wholesalers are named.

    Raises ActionNotPossible where the lines are not those the plan was made for.
    """
    keys = set(plan.lines)
    of_line: dict[int, list[Allocation]] = defaultdict(list)
    for allocation in plan.allocations:
        # An allocation of another line tells where that one stays.
        if allocation.key in keys:
            of_line[allocation.key].append(allocation)
    _check(lines, plan.lines, of_line)
    gone: Edits = [(key, None) for key in plan.lines if key not in of_line]
    moved: Edits = []
    new: Edits = []
    for key, allocations in of_line.items():
        line = lines.get(key)
        # The part that stays where the line is keeps its key.
        first, *others = sorted(allocations, key=lambda one: one.wholesaler != lines.priced(key).wholesaler)
        moved.append((key, _placed(line, first)))
        new += _split_off(lines, line, others)
    return [*gone, *moved, *new]


def payable(totals: Totals) -> Decimal:
    """What is to be paid before VAT."""
    return totals.total - sum(totals.vat.values(), ZERO)


def move_cost(lines: DraftLines, key: int, wholesaler: str) -> Decimal | None:
    """What moving line `key` to a wholesaler adds to the payable before VAT; None where he does not list it."""
    line = lines.get(key)
    if wholesaler not in {offer.wholesaler for offer in lines.catalog.offers(line.sku)}:
        return None
    if lines.catalog.wholesaler(wholesaler) is None:
        return None
    after = lines.tried([(key, replace(line, wholesaler=wholesaler))])
    return payable(after) - payable(lines.basket().totals())


def _placed(line: DraftLine, allocation: Allocation) -> DraftLine:
    asked = line.asked if allocation.quantity == line.quantity else None
    return replace(line, wholesaler=allocation.wholesaler, quantity=allocation.quantity, asked=asked)


def _split_off(lines: DraftLines, line: DraftLine, allocations: Sequence[Allocation]) -> Edits:
    """New lines right below a line."""
    if not allocations:
        return []
    keys = lines.in_order()
    below = keys[lines.number(line.key) :][:1]
    room = lines.get(below[0]).place - line.place if below else 1.0
    step = room / (len(allocations) + 1)
    edits: Edits = []
    for number, allocation in enumerate(allocations, start=1):
        new = lines.new_line(line.sku, allocation.quantity, None, allocation.wholesaler)
        edits.append((new.key, replace(new, place=line.place + number * step)))
    return edits


def _check(lines: DraftLines, keys: Sequence[int], of_line: Mapping[int, Sequence[Allocation]]) -> None:
    there: dict[str, int] = defaultdict(int)
    planned: dict[str, int] = defaultdict(int)
    for key in keys:
        if key in lines:
            there[lines.get(key).sku] += lines.get(key).quantity
    for allocation in (one for allocations in of_line.values() for one in allocations):
        planned[allocation.sku] += allocation.quantity
    if there != planned or any(key not in lines for key in keys):
        raise ActionNotPossible("The lines were changed since this plan was made; make the plans again.")
