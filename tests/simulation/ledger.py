"""The memory outside: what a person was told, what reached the server, what it answered. Judging it: `checkers`."""

import hashlib
from decimal import Decimal

from msgspec import Struct, field

from desktop_app.services.views import OrderView

Line = tuple[str, int, Decimal]


class Promise(Struct, frozen=True):
    """A revision as the person saw it when it was queued. `certain` False: the desk crashed while saying so."""

    desk: str
    order_id: str
    revision: int
    lines: tuple[Line, ...]
    total: Decimal
    certain: bool


class Received(Struct, frozen=True):
    """A document that reached the server, and what it answered; status 0 where it never came to answer.

    `life` counts how often the server had been put back before.
    """

    desk: str
    order_id: str
    revision: int
    body: bytes
    status: int
    answer: bytes
    life: int


class Settled(Struct, frozen=True):
    """The messages a desk had written down as answered while it knew that epoch, and which of them were done."""

    epoch: str
    answers: dict[tuple[str, str], bytes]
    done: frozenset[tuple[str, str]]


class Ledger(Struct):
    """Everything noted in one run. `violations` begin with the name of what was broken: K0 to K9.

    Of orders by id: `wanted_cancelled`, `wishes` (those that still count), `drafted`, `held`, `left` and `taken_out`
    are what persons did; `numbers` are those that a desk was told. `renewed` are the desks that lost their file.
    `settled` is what a desk last had written down as done; `uncompared` are the answers that a desk has to compare with
    a server of a new epoch before anything new may leave.
    """

    promises: dict[tuple[str, int], list[Promise]] = {}
    received: list[Received] = field(default_factory=list)
    wanted_cancelled: set[str] = field(default_factory=set)
    wishes: set[str] = field(default_factory=set)
    drafted: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    numbers: dict[str, str] = {}
    lives: int = 0
    renewed: set[str] = field(default_factory=set)
    settled: dict[str, "Settled"] = {}
    uncompared: dict[str, set[tuple[str, int]]] = {}
    violations: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"requests": 0, "faults": 0, "crashes": 0, "orders": 0})

    def tell(self, at: float, text: str) -> None:
        """Note what happened, for the story and for the digest of the run."""
        self.story.append(f"{at:12.3f} s  {text}")

    def broken(self, rule: str, text: str) -> None:
        """Note that a rule was broken."""
        complaint = f"{rule}: {text}"
        if complaint not in self.violations:
            self.violations.append(complaint)

    def count(self, what: str) -> None:
        """One more."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def put_back(self) -> None:
        """The server lost what came after a backup: what it had answered may be answered anew."""
        self.lives += 1

    def put_back_desk(self, desk: str) -> None:
        """A desk lost its file: of what was answered it knows only what its backup, or the manufacturer, tells it."""
        self.settled.pop(desk, None)
        self.uncompared.pop(desk, None)
        self.wishes = {order_id for order_id in self.wishes if not order_id.startswith(desk)}

    def receive(self, desk: str, order_id: str, revision: int, body: bytes, status: int, answer: bytes) -> None:
        """A document reached the server."""
        self.received.append(Received(desk, order_id, revision, body, status, answer, self.lives))

    def promise(self, desk: str, view: OrderView, *, certain: bool) -> None:
        """The person was told that this order is queued as it is shown; after a crash it may be as it was before."""
        summary = view.summary
        lines = sorted((line.sku, line.quantity, line.unit_net) for part in view.sub_orders for line in part.lines)
        key = (summary.order_id, summary.revision)
        earlier = [] if certain else self.promises.get(key, [])
        self.promises[key] = [*earlier, Promise(desk, *key, tuple(lines), view.totals.total, certain)]
        self.held.discard(summary.order_id)
        self.wishes.discard(summary.order_id)
        if certain:
            self.drafted.discard(summary.order_id)
        self.count("orders")

    def last_accepted(self, path: str) -> bytes:
        """The last answer that accepted an order that `path` does not name, empty where there is none yet."""
        others = (one for one in reversed(self.received) if one.order_id not in path)
        return next((one.answer for one in others if one.status == 201), b"")

    @property
    def digest(self) -> str:
        """The run in sixteen digits: equal for the same schedule and the same engine."""
        return hashlib.sha256("\n".join([*self.story, *self.violations]).encode()).hexdigest()[:16]
