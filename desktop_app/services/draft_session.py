"""One open draft: every act is saved before it is answered, and can be taken back. Sending it: `order_service`."""

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.domain.order import Delivery, Problem
from desktop_app.errors import ActionNotPossible
from desktop_app.services.draft_lines import Act, DraftLine, DraftLines, check_wholesaler, orderable
from desktop_app.services.draft_terms import differences, moved
from desktop_app.services.draft_views import DraftViews, StockReader
from desktop_app.services.plan_edits import plan_edits
from desktop_app.services.plan_views import PlanView
from desktop_app.services.price_basis import PriceBasis
from desktop_app.services.under_way import GoodsLine, lines_of
from desktop_app.services.views import DraftChange, DraftSummary, LineView, OrderDetails, OrderView
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import LineRow, OrderRow

__all__ = ["DraftChange", "DraftSession", "OrderDetails"]


class DraftSession:
    """One draft, open for editing on one price basis: its prices stay while the catalogue or the terms change.

    Every act is on disk when it returns; where it cannot be written it raises StorageFailed and the draft stays as it
    was. An act on a draft that another program has changed meanwhile raises ActionNotPossible.
    """

    def __init__(
        self,
        order: OrderRow,
        desk: DeskDatabase,
        orders: OrderRepository,
        *,
        basis: Callable[[], PriceBasis],
        stock_view: StockReader,
        now: Callable[[], datetime],
        submit: "Callable[[DraftSession], OrderView]",
    ) -> None:
        self.order_id = order.order_id
        self.desk_no = order.desk_no
        self.created_at = order.created_at
        self.saved_at = order.updated_at
        self.details = OrderDetails(order.reference, order.delivery, order.end_client, order.note)
        self._desk = desk
        self._orders = orders
        self._basis = basis
        self._now = now
        self._submit = submit
        self._views = DraftViews(stock_view)
        rows = orders.lines(order.order_id)
        drawn = [DraftLine(row.key, row.place, row.sku, row.quantity, row.asked, row.wholesaler) for row in rows]
        self._lines = DraftLines(basis(), drawn, order.end_client, order.delivery)
        self._shown = {row.key: row.unit_net for row in rows}
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._fresh: DraftLines | None = None

    # --- reading --------------------------------------------------------------------------------------------------

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def lines(self) -> tuple[LineView, ...]:
        """All lines in their places."""
        return tuple(
            self._views.line(self._lines, key, number, self._was(key))
            for number, key in enumerate(self._lines.in_order(), start=1)
        )

    def line(self, key: int) -> LineView:
        """Line `key`; raises KeyError if there is none."""
        return self._views.line(self._lines, key, self._lines.number(key), self._was(key))

    def summary(self) -> DraftSummary:
        """The sums, carriage per wholesaler, credit and problems."""
        return self._views.summary(self._lines)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is to be seen to, line by line, then the order's."""
        return self._lines.problems()

    def goods(self) -> tuple[GoodsLine, ...]:
        """The net goods of every line, less its share of a document discount."""
        return lines_of(self._lines.basket().sub_orders())

    @property
    def priced(self) -> DraftLines:
        """The lines with their prices, as they are submitted."""
        return self._lines

    # --- acts on lines --------------------------------------------------------------------------------------------

    def add(self, sku: str, quantity: int = 1, wholesaler: str = "") -> DraftChange:
        """Add a line, raised to the next quantity that can be ordered; the same sku and wholesaler joins its line.

        Raises UnknownProduct, UnknownWholesaler or InvalidQuantity.
        """
        return self.add_many([(sku, quantity, wholesaler)])

    def add_many(self, lines: Iterable[tuple[str, int, str]]) -> DraftChange:
        """Add many lines of (sku, quantity, wholesaler or "") as one act, all or none. Raises as `add` does."""
        wanted: list[tuple[int, DraftLine | None]] = []
        rounded: tuple[int, int] | None = None
        for sku, quantity, wholesaler in lines:
            taken, asked = orderable(self._lines.catalog, sku, quantity)
            check_wholesaler(self._lines.catalog, wholesaler)
            line = self._lines.new_line(sku, taken, asked, wholesaler)
            wanted.append((line.key, replace(line, place=line.place + len(wanted))))
            rounded = rounded or (None if asked is None else (asked, taken))
        return self._do(wanted, rounded)

    def put_all(self, lines: Iterable[tuple[str, int, str]], *, round_up: bool) -> DraftChange:
        """Add lines as they are, as one act: what is wrong with them stands in `problems`, not in an error.

        The same sku and wholesaler is one line. With `round_up` quantities are then raised to what can be ordered.
        """
        change = self._do(self._lines.new_lines(lines))
        if round_up:
            self._do(self._lines.raised())
        return change

    def set_quantity(self, key: int, quantity: int) -> DraftChange:
        """Change a quantity, raised to the next one that can be ordered. Raises InvalidQuantity."""
        line = self._lines.get(key)
        taken, asked = orderable(self._lines.catalog, line.sku, quantity)
        rounded = None if asked is None else (asked, taken)
        return self._do([(key, replace(line, quantity=taken, asked=asked))], rounded)

    def set_wholesaler(self, key: int, code: str) -> DraftChange:
        """Name the wholesaler of a line; "" leaves the choice to the sourcing rule. Raises UnknownWholesaler."""
        check_wholesaler(self._lines.catalog, code)
        return self._do([(key, replace(self._lines.get(key), wholesaler=code))])

    def remove(self, *keys: int) -> DraftChange:
        """Take lines out, as one act; raises KeyError if one is not there."""
        for key in keys:
            self._lines.get(key)
        return self._do([(key, None) for key in keys])

    def take_plan(self, plan: PlanView) -> DraftChange:
        """Place the lines as a plan says, as one act; raises ActionNotPossible where it is not for these lines."""
        return self._do(plan_edits(self._lines, plan))

    @property
    def can_undo(self) -> bool:
        """Whether an act on lines can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an act that was taken back can be done again."""
        return bool(self._undone)

    def undo(self) -> DraftChange:
        """Take the last act on lines back; nothing happens where there is none."""
        if not self._done:
            return DraftChange()
        act = self._done[-1]
        change = self._save(act, self._lines.take_back(act), back=True)
        self._undone.append(self._done.pop())
        return change

    def redo(self) -> DraftChange:
        """Do the act again that was taken back last; nothing happens where there is none."""
        if not self._undone:
            return DraftChange()
        act = self._undone[-1]
        change = self._save(act, self._lines.repeat(act))
        self._done.append(self._undone.pop())
        return change

    # --- details, new terms, sending ------------------------------------------------------------------------------

    def set_details(
        self,
        *,
        reference: str | None = None,
        delivery: Delivery | None = None,
        end_client: str | None = None,
        note: str | None = None,
    ) -> DraftChange:
        """Change what is given and save it; another end client may change prices, another delivery VAT and carriage."""
        old = self.details
        details = OrderDetails(
            old.reference if reference is None else reference.strip(),
            old.delivery if delivery is None else delivery,
            old.end_client if end_client is None else end_client.strip(),
            old.note if note is None else note,
        )
        if details == old:
            return DraftChange()
        lines = self._lines
        if details.end_client != old.end_client:
            lines = lines.on(lines.basis, details.end_client)
        changed = set(moved(self._lines, lines))
        now = self._now()
        with contextlib.ExitStack() as unless_written:
            if (details.delivery.address, details.delivery.express) != (old.delivery.address, old.delivery.express):
                changed |= lines.set_delivery(details.delivery)
                unless_written.callback(lines.set_delivery, old.delivery)
            with self._desk.transaction():
                self._put_details(details, now)
                self._put_prices(lines, changed, seen=now, now=now)
            unless_written.pop_all()
        self.saved_at, self.details, self._lines, self._fresh = now, details, lines, None
        return DraftChange(changed=tuple(sorted(changed)))

    @property
    def new_terms_count(self) -> int:
        """How many lines have another price or refusal by what is known now than by what is shown."""
        return len(self.price_differences())

    def price_differences(self) -> tuple[Problem, ...]:
        """Each line whose price or possibility differs: from what was last shown, or by what is known now.

        `params`: sku, name, yours (the price shown, "" for none) and ours (the new one).
        """
        return self.on_current_basis()[1]

    def refresh_terms(self) -> DraftChange:
        """Price every line by what is known now, and save the prices as shown."""
        fresh = self._on_fresh_basis()
        now = self._now()
        with self._desk.transaction():
            shown = [key for key in fresh.in_order() if fresh.unit_net(key) != self._shown.get(key)]
            self._put_prices(fresh, shown, seen=self.saved_at, now=now)
        self.saved_at, self._lines, self._fresh = now, fresh, None
        self._views.forget()
        return DraftChange(changed=tuple(fresh.in_order()))

    def on_current_basis(self) -> tuple[DraftLines, tuple[Problem, ...]]:
        """The lines priced by what is known now, and how they differ: what is submitted where they do not."""
        fresh = self._on_fresh_basis()
        return fresh, differences(self._lines, fresh, self._shown)

    def submit(self) -> OrderView:
        """Queue the order. Raises NewTerms (look, `refresh_terms`, submit again), OrderRefused or StorageFailed."""
        return self._submit(self)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _do(self, wanted: list[tuple[int, DraftLine | None]], rounded: tuple[int, int] | None = None) -> DraftChange:
        act, changed = self._lines.do(wanted)
        if not act:
            return DraftChange(rounded=rounded)
        change = self._save(act, changed)
        self._done.append(act)
        self._undone.clear()
        merged = any(line is not None and key not in self._lines for key, line in wanted)
        into = next((edit.key for edit in act if edit.after is not None), None) if merged else None
        return replace(change, rounded=rounded, merged_into=into)

    def _save(self, act: Act, changed: frozenset[int], *, back: bool = False) -> DraftChange:
        """Write an act that was done in memory; where it cannot be written, memory goes back too."""
        ends = [(edit.key, edit.after, edit.before) if back else (edit.key, edit.before, edit.after) for edit in act]
        edited = {key for key, _, _ in ends}
        now = self._now()
        with contextlib.ExitStack() as unless_written:
            unless_written.callback(self._lines.repeat if back else self._lines.take_back, act)
            with self._desk.transaction():
                self._orders.delete_lines(self.order_id, [key for key, _, after in ends if after is None])
                self._orders.put_lines(self.order_id, [self._row(after) for _, _, after in ends if after is not None])
                others = [
                    key for key in changed if key not in edited and self._shown.get(key) != self._lines.unit_net(key)
                ]
                self._put_prices(self._lines, others, seen=self.saved_at, now=now)
            unless_written.pop_all()
        self.saved_at, self._fresh = now, None
        self._shown |= {key: self._lines.unit_net(key) for key in edited if key in self._lines}
        added = tuple(key for key, before, after in ends if before is None and after is not None)
        removed = tuple(key for key, before, after in ends if before is not None and after is None)
        still = tuple(key for key in sorted(changed | edited) if key in self._lines and key not in added)
        return DraftChange(changed=still, added=added, removed=removed)

    def _put_prices(self, lines: DraftLines, keys: Iterable[int], *, seen: datetime, now: datetime) -> None:
        prices = [(key, lines.unit_net(key)) for key in keys]
        self._orders.put_prices(self.order_id, prices)
        total = lines.basket().totals().total
        self._still_ours(self._orders.put_sums(self.order_id, len(lines), total, seen=seen, now=now))
        self._shown |= dict(prices)

    def _put_details(self, details: OrderDetails, now: datetime) -> None:
        self._still_ours(
            self._orders.put_details(
                self.order_id,
                reference=details.reference,
                end_client=details.end_client,
                note=details.note,
                delivery=details.delivery,
                seen=self.saved_at,
                now=now,
            )
        )

    def _still_ours(self, written: bool) -> None:
        if not written:
            raise ActionNotPossible(
                "This draft was changed by another program meanwhile; open it again.", order_id=self.order_id
            )

    def _row(self, line: DraftLine) -> LineRow:
        price = self._lines.unit_net(line.key)
        return LineRow(line.key, line.place, line.sku, line.quantity, line.asked, line.wholesaler, price)

    def _was(self, key: int) -> Decimal | None:
        shown = self._shown.get(key)
        return None if shown == self._lines.unit_net(key) else shown

    def _on_fresh_basis(self) -> DraftLines:
        """The lines by what is known now; built once per state of catalogue, terms and day."""
        basis = self._basis()
        if basis.stamp == self._lines.basis.stamp:
            return self._lines
        if self._fresh is None or self._fresh.basis.stamp != basis.stamp:
            self._fresh = self._lines.on(basis)
        return self._fresh
