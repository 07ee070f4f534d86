"""What a dry run tells of moving prices: for each dealer how many and by how much, the largest, and a file of all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.money import unit_text
from manufacturer_server.importing.moves import Audience, Move, find_moves
from manufacturer_server.importing.moves_state import Difference, Rows
from manufacturer_server.importing.moves_sums import MoveSums
from manufacturer_server.sheets import write_csv

LARGEST = 10
_NAMED = 5
COLUMNS = (
    "buyer",
    "dealers",
    "sku",
    "product",
    "wholesaler",
    "end_client",
    "day",
    "quantity",
    "old_unit_net",
    "new_unit_net",
    "difference",
    "percent",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One of the largest moves, in words."""

    sku: str
    product: str
    wholesaler: str
    end_client: str
    day: date
    quantity: int
    old: Decimal
    new: Decimal
    percent: Decimal | None
    reason: str


@dataclass(slots=True)
class DealerMoves:
    """How the prices of dealers who pay the same move; percentages, None where all were free before."""

    buyer: str
    accounts: list[str]
    count: int
    dearer: int
    smallest: Decimal | None
    mean: Decimal | None
    largest: Decimal | None
    top: list[Told]


def tell_moves(before: Rows, after: Rows, today: date, report: Path | None) -> list[DealerMoves]:
    """Find all moves; `report` takes one row for each. Raises ServerRefusal where it cannot be written."""
    found: list[DealerMoves] = []
    rows = _rows(Difference(before, after, today), today, found, wanted=report is not None)
    if report is not None:
        write_csv(report, COLUMNS, rows)
    else:
        for _ in rows:
            pass
    return found


def _rows(
    difference: Difference, today: date, found: list[DealerMoves], *, wanted: bool
) -> Iterator[tuple[object, ...]]:
    """The rows of the report while the sums in `found` are made; none where they are not `wanted`."""
    sums: dict[int, MoveSums] = {}
    kept: dict[int, dict[str, list[Move]]] = {}
    for audience, products, group, own in find_moves(difference, today):
        mine, moves_of = MoveSums(), dict[str, list[Move]]()
        if group is None:
            sums[id(audience)], kept[id(audience)] = mine, moves_of
        for sku, moves in products:
            mine.add(sku, moves)
            if wanted:
                moves_of[sku] = moves
        if group is not None:
            moves_of |= {sku: moves for sku, moves in kept[id(group)].items() if sku not in own}
            mine.inherit(sums[id(group)], own)
        if audience.accounts and mine.whole.count:
            found.append(_dealer_moves(audience, mine))
            for moves in moves_of.values():
                for move in moves:
                    yield _row(audience, move)


def _dealer_moves(audience: Audience, sums: MoveSums) -> DealerMoves:
    whole = sums.whole
    return DealerMoves(
        audience.name,
        audience.accounts,
        whole.count,
        whole.dearer,
        whole.smallest,
        whole.mean,
        whole.largest,
        [_told(audience, move) for move in sums.largest(LARGEST)],
    )


def _told(audience: Audience, move: Move) -> Told:
    product, (day, end_client) = move.pair.after, move.when
    return Told(
        product.sku,
        product.name,
        move.pair.offer_after.wholesaler,
        end_client,
        day,
        move.quantity,
        move.old,
        move.new,
        move.percent,
        audience.reason(move),
    )


def _row(audience: Audience, move: Move) -> tuple[object, ...]:
    told = _told(audience, move)
    return (
        audience.name,
        len(audience.accounts),
        told.sku,
        told.product,
        told.wholesaler,
        told.end_client,
        told.day,
        told.quantity,
        unit_text(told.old),
        unit_text(told.new),
        Decimal(unit_text(told.new - told.old)),
        "" if told.percent is None else Decimal(f"{told.percent:.2f}"),
        told.reason,
    )


def move_lines(found: list[DealerMoves]) -> Iterator[str]:
    """The moves in words, dealer by dealer."""
    if not found:
        yield "No price of any dealer moves."
    for one in found:
        yield f"{_whose(one)}: {one.count:,} prices move, {one.dearer:,} of them up; {_span(one)}"
        for told in one.top:
            client = f" for {told.end_client}" if told.end_client else ""
            yield (
                f"  {_percent(told.percent):>9}  {told.sku} {told.product[:40]} at {told.wholesaler}{client}, "
                f"from {told.quantity:,} on {told.day}: {unit_text(told.old)} -> {unit_text(told.new)}; {told.reason}"
            )


def _whose(one: DealerMoves) -> str:
    names = ", ".join(one.accounts[:_NAMED])
    more = f" and {len(one.accounts) - _NAMED:,} more" if len(one.accounts) > _NAMED else ""
    return f"{names}{more} ({one.buyer})" if not one.buyer.startswith("dealer:") else names


def _span(one: DealerMoves) -> str:
    if one.smallest is None or one.largest is None or one.mean is None:
        return "all of them were free before"
    return f"smallest {_percent(one.smallest)}, mean {_percent(one.mean)}, largest {_percent(one.largest)}"


def _percent(value: Decimal | None) -> str:
    return "was free" if value is None else f"{value:+.2f} %"
