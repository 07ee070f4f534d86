"""What a dry run tells of moving prices: for each dealer how many and by how much, the largest, and a file of all."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.money import unit_text
from manufacturer_server.importing.moves import Audience, Move, find_moves
from manufacturer_server.importing.moves_state import Difference, Rows
from manufacturer_server.sheets import write_csv

LARGEST = 10
_NAMED = 5
_BOUNDLESS = Decimal(10**9)
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
    """How the prices of dealers who pay the same move; `from_nothing` counts those that were free before."""

    buyer: str
    accounts: list[str]
    count: int = 0
    dearer: int = 0
    from_nothing: int = 0
    smallest: Decimal | None = None
    largest: Decimal | None = None
    total: Decimal = Decimal(0)
    top: list[Told] = field(default_factory=list)

    @property
    def mean(self) -> Decimal | None:
        """The mean move in per cent."""
        counted = self.count - self.from_nothing
        return self.total / counted if counted else None


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
    for audience, moves in find_moves(difference, today):
        if not audience.accounts:
            continue
        told = DealerMoves(audience.name, audience.accounts)
        largest = _Largest()
        for move in moves:
            _add(told, move)
            largest.add(move)
            if wanted:
                yield _row(audience, move)
        told.top = [_told(audience, move) for move in largest.moves()]
        if told.count:
            found.append(told)


class _Largest:
    """The largest moves, of each product only its own largest; the moves of a product come one after the other."""

    def __init__(self) -> None:
        self._kept: list[tuple[Decimal, Decimal, int, Move]] = []
        self._of_product: tuple[Decimal, Decimal, int, Move] | None = None
        self._count = 0

    def add(self, move: Move) -> None:
        self._count += 1
        size = abs(move.percent) if move.percent is not None else _BOUNDLESS
        entry = (size, abs(move.new - move.old), -self._count, move)
        if self._of_product is not None and self._of_product[3].pair.after.sku == move.pair.after.sku:
            self._of_product = max(self._of_product, entry)
            return
        self._keep()
        self._of_product = entry

    def moves(self) -> list[Move]:
        """The largest first."""
        self._keep()
        self._of_product = None
        return [entry[3] for entry in sorted(self._kept, key=lambda entry: entry[:3], reverse=True)]

    def _keep(self) -> None:
        if self._of_product is not None:
            (heapq.heappush if len(self._kept) < LARGEST else heapq.heappushpop)(self._kept, self._of_product)


def _add(told: DealerMoves, move: Move) -> None:
    told.count += 1
    told.dearer += move.new > move.old
    percent = move.percent
    if percent is None:
        told.from_nothing += 1
        return
    told.total += percent
    told.smallest = percent if told.smallest is None else min(told.smallest, percent)
    told.largest = percent if told.largest is None else max(told.largest, percent)


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
