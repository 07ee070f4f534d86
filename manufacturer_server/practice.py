"""The practice manufacturer: a clock that can be hurried, and the hand that moves accepted orders along with it.

What happens to an order is drawn in `practice_plan`. The clock decides when; the history says the real moment.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from desktop_app.contract.documents import StockDoc
from desktop_app.contract.orders import OrderRecord
from desktop_app.domain.order import Status
from manufacturer_server import status
from manufacturer_server.practice_plan import PlannedStep, plan_for
from manufacturer_server.progress import Reported
from manufacturer_server.storage.documents import SHARED, read
from manufacturer_server.storage.identity import read_setting, write_setting
from manufacturer_server.storage.schema import orders, practice_plans

MAX_SPEED = 100_000
MAX_ADVANCE_MINUTES = 60 * 24 * 366
_SETTING = "practice_clock"
_OVER = (Status.CANCELLED.value, Status.REFUSED.value, Status.INVOICED.value)


class ClockState(msgspec.Struct, frozen=True):
    """The practice clock as it was last set: at the moment `real` it showed `shown`; it runs `speed` times as fast."""

    real: datetime
    shown: datetime
    speed: float


class ClockView(msgspec.Struct, frozen=True):
    """`GET /v1/practice/clock`: what the practice clock shows, and how many times as fast as ours it runs."""

    now: datetime
    speed: float


class ClockChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`POST /v1/practice/clock`: another speed (0 stops it), or minutes to put it forward."""

    speed: float | None = None
    advance_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class PracticeClock:
    """The clock at one real moment."""

    state: ClockState
    real_now: datetime

    @property
    def now(self) -> datetime:
        """What it shows."""
        elapsed = max(self.real_now - self.state.real, timedelta(0))
        return self.state.shown + elapsed * self.state.speed

    def changed(self, change: ClockChange) -> "PracticeClock":
        """The clock set anew, from what it shows now."""
        ahead = timedelta(minutes=change.advance_minutes or 0)
        speed = self.state.speed if change.speed is None else change.speed
        return replace(self, state=ClockState(self.real_now, self.now + ahead, speed))


def read_clock(connection: Connection, real_now: datetime) -> PracticeClock:
    """The practice clock; one never set shows the real time."""
    written = read_setting(connection, _SETTING)
    state = ClockState(real_now, real_now, 1.0) if written is None else msgspec.json.decode(written, type=ClockState)
    return PracticeClock(state, real_now)


def set_clock(connection: Connection, change: ClockChange, real_now: datetime) -> PracticeClock:
    """Change the clock, having done what was due before and doing what is due then."""
    move_orders(connection, real_now)
    clock = read_clock(connection, real_now).changed(change)
    write_setting(connection, _SETTING, msgspec.json.encode(clock.state).decode())
    move_orders(connection, real_now)
    return clock


def is_due(connection: Connection, real_now: datetime) -> bool:
    """Whether there is anything to do: an order without a plan, or a step whose time has come."""
    if connection.execute(_unplanned().limit(1)).first() is not None:
        return True
    now = read_clock(connection, real_now).now
    return any(_due(plan, now) for plan in _open_plans(connection))


def move_orders(connection: Connection, real_now: datetime) -> None:
    """Plan the orders that have no plan yet, and record every step whose time has come."""
    now = read_clock(connection, real_now).now
    for order in connection.execute(_unplanned()).all():
        record = status.read_record(connection, order.account, order.order_id)
        steps = plan_for(record, _stock_for(connection, record))
        connection.execute(
            insert(practice_plans).values(
                order_no=order.order_no, started_at=now, steps=msgspec.json.encode(steps), done=0, finished=0
            )
        )
    for plan in _open_plans(connection):
        _follow(connection, plan, now, real_now)


def _follow(connection: Connection, plan: Row[tuple[object, ...]], now: datetime, real_now: datetime) -> None:
    order = connection.execute(select(orders).where(orders.c.order_no == plan.order_no)).one()
    due = [] if order.status in _OVER else _due(plan, now)
    for step in due:
        facts = [
            Reported(
                fact.wholesaler,
                fact.sku,
                fact.state,
                fact.quantity,
                real_now,
                fact.tracking,
                fact.invoice_no,
                fact.invoice_total,
            )
            for fact in step.facts
        ]
        if facts := _as_ordered(connection, order, facts):
            status.add_facts(connection, order.order_no, facts)
    done = plan.done + len(due)
    if due:
        status.refresh(connection, order.account, order.order_id)
    finished = order.status in _OVER or done == len(_steps(plan))
    if due or finished:
        connection.execute(
            update(practice_plans)
            .where(practice_plans.c.order_no == plan.order_no)
            .values(done=done, finished=int(finished))
        )


def plan_anew(connection: Connection, order_no: str) -> None:
    """The order has changed: what was planned for it, and not begun, is given up."""
    mine = (practice_plans.c.order_no == order_no) & (practice_plans.c.done == 0)
    connection.execute(delete(practice_plans).where(mine))


def _as_ordered(connection: Connection, order: Row[tuple[object, ...]], facts: list[Reported]) -> list[Reported]:
    """The facts without the units that are not ordered any more, where the order was changed after its plan began."""
    record = status.read_record(connection, order.account, order.order_id)
    left: dict[tuple[str, ...], int] = {}
    ordered = {(part.wholesaler, line.sku): line.quantity for part in record.sub_orders for line in part.lines}
    for known in status.facts_of(connection, order.order_no).values():
        key = (*known.line, known.state)
        left[key] = left.get(key, ordered.get(known.line, 0)) - known.quantity
    fitting = [
        replace(fact, quantity=min(fact.quantity, left.get((*fact.line, fact.state), ordered.get(fact.line, 0))))
        for fact in facts
    ]
    return [fact for fact in fitting if fact.quantity > 0]


def _unplanned() -> Select[Any]:
    planned = select(practice_plans.c.order_no)
    return select(orders).where(orders.c.order_no.not_in(planned), orders.c.status.not_in(_OVER))


def _open_plans(connection: Connection) -> list[Row[tuple[object, ...]]]:
    return list(connection.execute(select(practice_plans).where(practice_plans.c.finished == 0)).all())


def _steps(plan: Row[tuple[object, ...]]) -> list[PlannedStep]:
    return msgspec.json.decode(plan.steps, type=list[PlannedStep])


def _due(plan: Row[tuple[object, ...]], now: datetime) -> list[PlannedStep]:
    elapsed = (now - plan.started_at) / timedelta(minutes=1)
    return [step for step in _steps(plan)[plan.done :] if step.after_minutes <= elapsed]


def _stock_for(connection: Connection, record: OrderRecord) -> dict[tuple[str, str], int]:
    ids = [f"{part.wholesaler}/{line.sku}" for part in record.sub_orders for line in part.lines]
    stored = read(connection, "stock", SHARED, ids).values()
    docs = [msgspec.json.decode(row.body, type=StockDoc) for row in stored]
    return {(doc.wholesaler, doc.sku): doc.available for doc in docs}
