"""The lines of an open draft in memory: merging, rounding, places, undo. Saving them: `draft_session`."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from desktop_app.domain.basket import ANYHOW
from desktop_app.domain.catalog import CatalogReader
from desktop_app.domain.order import Delivery, Problem, Totals
from desktop_app.domain.pricing import Basket, BasketLine
from desktop_app.domain.validation import check_quantity, round_up
from desktop_app.errors import InvalidQuantity, UnknownProduct, UnknownWholesaler
from desktop_app.services.price_basis import PriceBasis, RememberedCatalog


class DraftLine(Struct, frozen=True):
    """One line as the person left it. `wholesaler` is "" where nobody named one; `place` orders the lines."""

    key: int
    place: float
    sku: str
    quantity: int
    asked: int | None = None
    wholesaler: str = ""


class LineEdit(Struct, frozen=True):
    """One line before and after one act; None where it is not there."""

    key: int
    before: DraftLine | None
    after: DraftLine | None


Act = tuple[LineEdit, ...]


class _Numbered(Struct, frozen=True):
    """The problems of a line as the basket has them, and as they are told with the line's number."""

    number: int
    problems: tuple[Problem, ...]
    told: tuple[Problem, ...]


class DraftLines:
    """Lines with their prices on one price basis. Each act is a tuple of edits that can be taken back exactly.

    The same sku from the same wholesaler is one line: what an act makes equal is merged into the upper line.
    """

    def __init__(
        self, basis: PriceBasis, lines: Iterable[DraftLine], end_client: str = "", delivery: Delivery = ANYHOW
    ) -> None:
        self.basis = basis
        self.catalog = RememberedCatalog(basis.catalog)
        self._end_client, self._delivery = end_client, delivery
        self._basket = Basket(
            self.catalog,
            basis.terms,
            basis.dealer,
            basis.day,
            end_client=end_client,
            delivery=delivery,
            accruals=basis.accruals(),
        )
        self._lines: dict[int, DraftLine] = {}
        self._order: list[tuple[float, int]] = []
        self._keys_of: dict[str, set[int]] = {}
        self._numbered: dict[int, _Numbered] = {}
        first = list(lines)
        self._next_key = max((line.key for line in first), default=0) + 1
        self.catalog.read_ahead(line.sku for line in first)
        for line in first:
            self._set(line.key, line)

    # --- reading --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, key: int) -> bool:
        return key in self._lines

    def get(self, key: int) -> DraftLine:
        """Line `key`; raises KeyError if there is none."""
        return self._lines[key]

    def priced(self, key: int) -> BasketLine:
        """Line `key` with its price and problems; raises KeyError if there is none."""
        return self._basket.line(key)

    def unit_net(self, key: int) -> Decimal | None:
        """The unit price of line `key` at 4 decimals, None where it has none."""
        priced = self._basket.line(key).priced
        return None if priced is None else priced.unit_net

    def in_order(self) -> list[int]:
        """The keys of all lines in their places."""
        return [key for _, key in self._order]

    def number(self, key: int) -> int:
        """The 1-based place of line `key`; raises KeyError if there is none."""
        return bisect_left(self._order, (self._lines[key].place, key)) + 1

    def all(self) -> list[DraftLine]:
        """All lines in their places."""
        return [self._lines[key] for _, key in self._order]

    def all_priced(self) -> list[BasketLine]:
        """All lines in their places with their prices and problems."""
        rows = {row.key: row for row in self._basket.lines()}
        return [rows[key] for _, key in self._order]

    def problems(self) -> tuple[Problem, ...]:
        """Every problem: those of the lines with their numbers, then those of the whole order.

        A line whose number and problems are as they were is not written anew: of a thousand lines that is most.
        """
        found = self._basket.line_problems()
        numbered: dict[int, _Numbered] = {}
        for number, (_, key) in enumerate(self._order, start=1):
            problems = found.get(key)
            if problems is None:
                continue
            kept = self._numbered.get(key)
            if kept is None or kept.number != number or kept.problems is not problems:
                told = tuple(replace(problem, line=number) for problem in problems)
                kept = _Numbered(number, problems, told)
            numbered[key] = kept
        self._numbered = numbered
        of_lines = (problem for kept in numbered.values() for problem in kept.told)
        return (*of_lines, *self._basket.order_problems())

    def basket(self) -> Basket:
        """The basket behind the lines, for sums; its order of lines is not the draft's."""
        return self._basket

    def on(self, basis: PriceBasis, end_client: str | None = None) -> "DraftLines":
        """The same lines on another basis, or for another end client."""
        client = self._end_client if end_client is None else end_client
        lines = DraftLines(basis, self.all(), client, self._delivery)
        lines._next_key = self._next_key
        return lines

    @property
    def end_client(self) -> str:
        """Whom the goods are for, "" where nobody said."""
        return self._end_client

    @property
    def delivery(self) -> Delivery:
        """Where, when and how the goods are to arrive."""
        return self._delivery

    def set_delivery(self, delivery: Delivery) -> frozenset[int]:
        """Send the goods elsewhere or in another way: VAT and carriage follow; the keys that look different."""
        self._delivery = delivery
        return self._basket.set_delivery(delivery)

    # --- acts -----------------------------------------------------------------------------------------------------

    def new_line(self, sku: str, quantity: int, asked: int | None, wholesaler: str) -> DraftLine:
        """A line not yet put, below all others."""
        key = self._next_key
        self._next_key += 1
        place = self._order[-1][0] + 1.0 if self._order else 1.0
        return DraftLine(key, place, sku, quantity, asked, wholesaler)

    def new_lines(self, lines: Iterable[tuple[str, int, str]]) -> list[tuple[int, DraftLine | None]]:
        """Lines of (sku, quantity, wholesaler or "") not yet put, below all others; their products are read at once."""
        wanted: list[tuple[int, DraftLine | None]] = []
        for sku, quantity, wholesaler in lines:
            line = self.new_line(sku, quantity, None, wholesaler)
            wanted.append((line.key, replace(line, place=line.place + len(wanted))))
        self.catalog.read_ahead(line.sku for _, line in wanted if line is not None)
        return wanted

    def raised(self) -> list[tuple[int, DraftLine | None]]:
        """The lines whose quantity is not one that can be ordered, with the next one that is."""
        higher = [raised(self.catalog, line) for line in self.all()]
        return [(line.key, line) for line in higher if line is not None]

    def do(self, wanted: Sequence[tuple[int, DraftLine | None]]) -> tuple[Act, frozenset[int]]:
        """Set these lines (None removes one) and merge what became equal: the act, and the keys that look different."""
        before: dict[int, DraftLine | None] = {}
        changed: set[int] = set()
        for key, line in wanted:
            before.setdefault(key, self._lines.get(key))
            changed |= self._set(key, line)
            if line is not None:
                changed |= self._merge(key, before)
        act = tuple(LineEdit(key, old, self._lines.get(key)) for key, old in before.items())
        return tuple(edit for edit in act if edit.before != edit.after), self._still_here(changed)

    def tried(self, wanted: Sequence[tuple[int, DraftLine | None]]) -> Totals:
        """The sums there would be if these lines were set; everything is as before afterwards."""
        act, _ = self.do(wanted)
        try:
            return self._basket.totals()
        finally:
            self.take_back(act)

    def take_back(self, act: Act) -> frozenset[int]:
        """Make an act undone; the keys that look different."""
        return self._still_here(key for edit in reversed(act) for key in self._set(edit.key, edit.before))

    def repeat(self, act: Act) -> frozenset[int]:
        """Do an act again that was taken back; the keys that look different."""
        return self._still_here(key for edit in act for key in self._set(edit.key, edit.after))

    # --- inside ---------------------------------------------------------------------------------------------------

    def _still_here(self, keys: Iterable[int]) -> frozenset[int]:
        # All is set first: what one edit touches another may remove.
        return frozenset(key for key in set(keys) if key in self._lines)

    def _set(self, key: int, line: DraftLine | None) -> frozenset[int]:
        old = self._lines.get(key)
        if old is not None and (line is None or line.place != old.place):
            self._order.remove((old.place, key))
        if old is not None and (line is None or line.sku != old.sku):
            self._keys_of[old.sku].discard(key)
        if line is None:
            if old is None:
                return frozenset()
            del self._lines[key]
            return self._basket.remove(key)
        if old is None or line.place != old.place:
            insort(self._order, (line.place, key))
        self._lines[key] = line
        self._keys_of.setdefault(line.sku, set()).add(key)
        return self._basket.put(key, line.sku, line.quantity, line.wholesaler)

    def _merge(self, key: int, before: dict[int, DraftLine | None]) -> set[int]:
        """Merge line `key` with one of the same sku and wholesaler, and the result likewise, until none is left."""
        changed: set[int] = set()
        while (twin := self._twin(key)) is not None:
            upper, lower = sorted((self._lines[key], self._lines[twin]), key=lambda line: (line.place, line.key))
            asked = None if upper.asked is None and lower.asked is None else _asked(upper) + _asked(lower)
            merged = replace(
                upper,
                quantity=upper.quantity + lower.quantity,
                asked=asked,
                wholesaler=upper.wholesaler or lower.wholesaler,
            )
            for line in (upper, lower):
                before.setdefault(line.key, line)
            changed |= self._set(lower.key, None)
            changed |= self._set(upper.key, merged)
            key = upper.key
        return changed

    def _twin(self, key: int) -> int | None:
        """Another line of the same sku that goes to the same wholesaler, or where nobody named one for either."""
        line = self._basket.line(key)
        for rival in sorted(self._keys_of[line.sku] - {key}):
            other = self._basket.line(rival)
            if other.wholesaler == line.wholesaler or not (other.chosen or line.chosen):
                return rival
        return None


def orderable(catalog: CatalogReader, sku: str, quantity: int) -> tuple[int, int | None]:
    """The quantity to take for one that was typed, and the typed one where they differ.

    Raises UnknownProduct or InvalidQuantity.
    """
    product = catalog.product(sku)
    if product is None:
        raise UnknownProduct(f"No product has the number {sku}.", sku=sku)
    taken = round_up(product, quantity)
    wrong = check_quantity(product, taken)
    if wrong is not None:
        raise InvalidQuantity(wrong.message, sku=sku, quantity=str(quantity))
    return taken, None if taken == quantity else quantity


def raised(catalog: CatalogReader, line: DraftLine) -> DraftLine | None:
    """The line with the next quantity that can be ordered, None where it has one already."""
    product = catalog.product(line.sku)
    taken = line.quantity if product is None else round_up(product, line.quantity)
    return None if taken == line.quantity else replace(line, quantity=taken, asked=line.quantity)


def check_wholesaler(catalog: CatalogReader, code: str) -> None:
    """Raises UnknownWholesaler for a code that nobody has; "" is nobody in particular."""
    if code and catalog.wholesaler(code) is None:
        raise UnknownWholesaler(f"There is no wholesaler {code}.", wholesaler=code)


def _asked(line: DraftLine) -> int:
    return line.quantity if line.asked is None else line.asked
