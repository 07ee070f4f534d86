"""Whatever persons, programs and answers do to the queue in whatever order, it is as a plain model says it must be."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop_app.contract.orders import CancelRequest
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision, QueuedMessage
from desktop_app.errors import ActionNotPossible
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.order_rows import OrderRow
from desktop_app.storage.outbox import Outbox
from tests.support.desk_world import KEY, START

MINUTE = timedelta(minutes=1)
CAP = timedelta(minutes=15)
HELD, PENDING, IN_FLIGHT = DeliveryState.HELD, DeliveryState.PENDING, DeliveryState.IN_FLIGHT
IN_DOUBT, WAITING, ATTENTION, DONE = (
    DeliveryState.IN_DOUBT,
    DeliveryState.WAITING,
    DeliveryState.ATTENTION,
    DeliveryState.DONE,
)
# So few that each meets much.
ORDERS = st.sampled_from(("o1", "o2"))
PROGRAMS = st.sampled_from((0, 1))
MINUTES = st.integers(0, 60)


@cache
def empty_desk() -> bytes:
    """The file of a new desk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        DeskDatabase(path, KEY, now=lambda: START).close()
        return path.read_bytes()


@dataclass
class Message:
    """A message as it must be."""

    id: str
    order_id: str
    kind: MessageKind
    body: bytes
    state: DeliveryState = PENDING
    next_try: datetime | None = None
    left: datetime | None = None
    answer: bytes | None = None
    receipt: str = ""
    earlier: bytes | None = None

    @property
    def open(self) -> bool:
        """Nobody has answered yet."""
        return self.answer is None and self.state is not DONE

    @property
    def mine(self) -> bool:
        """A person may still take it back: no byte can have left."""
        return self.open and self.left is None and self.kind is MessageKind.ORDER

    def due(self, now: datetime) -> bool:
        """The worker may take it up now."""
        came = self.next_try is not None and self.next_try <= now
        return self.open and (
            self.state is PENDING
            or (self.state in (WAITING, IN_DOUBT) and (self.next_try is None or came))
            or (self.state is ATTENTION and came)
        )


@dataclass
class Order:
    """An order as it must be; `wish`: a cancellation waits for its outcome."""

    status: Status = Status.SUBMITTED
    wish: bool = False
    messages: list[Message] = field(default_factory=list)


class QueueMachine(RuleBasedStateMachine):
    """Two programs with one desk.db, and the model of its queue."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "desk.db").write_bytes(empty_desk())
        self.time, self.answers_given = START, 0
        self.messages: list[Message] = []
        self.model: dict[str, Order] = {}
        self.programs = [self.opened(), self.opened()]
        self.submit(0, "o1", b"1")
        self.submit(1, "o2", b"2")
        self.hold(0, "o2")

    def teardown(self) -> None:
        for desk in self.programs:
            desk.close()
        shutil.rmtree(self.folder)

    def opened(self) -> DeskDatabase:
        return DeskDatabase(self.folder / "desk.db", KEY, now=lambda: START)

    def outbox(self, program: int) -> Outbox:
        return Outbox(self.programs[program].connection)

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def last(self, order_id: str) -> Message | None:
        """The last message of an order that is in the queue."""
        messages = self.model[order_id].messages
        return messages[-1] if messages else None

    # --- persons --------------------------------------------------------------------------------------------------

    @rule(program=PROGRAMS, order_id=ORDERS, body=st.binary(max_size=20))
    def submit(self, program: int, order_id: str, body: bytes) -> None:
        if order_id in self.model and self.model[order_id].messages:
            return
        now = self.now()
        with self.programs[program].transaction() as connection:
            if order_id not in self.model:
                row = OrderRow(order_id, f"B-{order_id}", now, now, status=Status.SUBMITTED)
                OrderRepository(connection).create(row)
            queued = Outbox(connection).add_order(order_id, 1, body, now)
        message = Message(queued.id, order_id, MessageKind.ORDER, body)
        self.model.setdefault(order_id, Order()).messages.append(message)
        self.messages.append(message)

    @rule(program=PROGRAMS, order_id=ORDERS)
    def hold(self, program: int, order_id: str) -> None:
        message = self.last(order_id)
        self.try_to(
            message is not None and message.mine and message.state in (PENDING, WAITING, HELD, ATTENTION),
            lambda: self.outbox(program).hold(order_id),
            lambda: self.move(message, HELD),
        )

    @rule(program=PROGRAMS, order_id=ORDERS)
    def release(self, program: int, order_id: str) -> None:
        message = self.last(order_id)
        self.try_to(
            message is not None and message.state is HELD,
            lambda: self.outbox(program).release(order_id),
            lambda: self.move(message, PENDING),
        )

    @rule(program=PROGRAMS, order_id=ORDERS)
    def withdraw(self, program: int, order_id: str) -> None:
        message = self.last(order_id)

        def gone() -> None:
            assert message is not None
            self.messages.remove(message)
            self.model[order_id].messages.remove(message)

        self.try_to(
            message is not None and message.mine and message.state in (PENDING, WAITING, HELD, ATTENTION),
            lambda: self.outbox(program).withdraw(order_id),
            gone,
        )

    @rule(program=PROGRAMS, order_id=ORDERS)
    def wish_to_cancel(self, program: int, order_id: str) -> None:
        message = self.last(order_id)
        if message is None or not message.open or message.left is None or message.kind is not MessageKind.ORDER:
            return
        now = self.now()
        request = CancelRequest(order_id, f"cancel-{order_id}", now)
        OrderRepository(self.programs[program].connection).wish_cancelled(order_id, msgspec.json.encode(request), now)
        self.model[order_id].wish = True

    @rule(program=PROGRAMS, order_id=st.just("") | ORDERS)
    def try_now(self, program: int, order_id: str) -> None:
        self.outbox(program).try_now(order_id)
        for message in self.messages:
            if message.open and order_id in ("", message.order_id) and message.state in (WAITING, IN_DOUBT, ATTENTION):
                message.next_try = None
                if message.state is ATTENTION:
                    message.state = PENDING if message.left is None else IN_DOUBT

    # --- the worker -----------------------------------------------------------------------------------------------

    @rule(program=PROGRAMS, order_id=ORDERS)
    def a_byte_leaves(self, program: int, order_id: str) -> None:
        message = self.last(order_id)
        if message is None:
            assert not self.outbox(program).mark_in_flight(order_id, f"{order_id}/1", self.now())
            return
        now = self.now()
        assert self.outbox(program).mark_in_flight(order_id, message.id, now) is (
            message.open and message.state is not HELD
        )
        if message.open and message.state is not HELD:
            message.state, message.left = IN_FLIGHT, message.left or now

    @rule(
        program=PROGRAMS,
        order_id=ORDERS,
        state=st.sampled_from((PENDING, WAITING, IN_DOUBT, ATTENTION)),
        wait=st.none() | MINUTES,
        never_left=st.booleans(),
    )
    def no_answer(self, program: int, order_id: str, state: DeliveryState, wait: int | None, never_left: bool) -> None:
        """The try ended without a recorded outcome."""
        message = self.last(order_id)
        if message is None:
            return
        next_try = None if wait is None or state is PENDING else self.time + wait * MINUTE
        never_left = never_left and state is not IN_DOUBT
        decided = self.decide(program, message, state, next_try=next_try, never_left=never_left)
        assert decided is message.open
        if decided:
            message.state, message.next_try = state, next_try
            message.left = None if never_left else message.left

    @rule(
        program=PROGRAMS,
        order_id=ORDERS,
        status=st.sampled_from((Status.ACCEPTED, Status.REFUSED, Status.TO_CONFIRM)),
        receipt=st.sampled_from(("", "r1", "r2")),
    )
    def an_answer(self, program: int, order_id: str, status: Status, receipt: str) -> None:
        """The manufacturer's record settles the last message."""
        message = self.last(order_id)
        if message is None:
            return
        self.answers_given += 1
        order, answer = self.model[order_id], f"answer {self.answers_given}".encode()
        state = ATTENTION if status is Status.TO_CONFIRM and message.kind is MessageKind.ORDER else DONE
        told = status if message.kind is MessageKind.ORDER else Status.CANCELLED
        was_open = message.open
        assert self.decide(program, message, state, status=told, answer=answer, receipt=receipt) is was_open
        if not was_open:
            return
        message.state, message.answer, message.receipt = state, answer, receipt
        message.earlier, message.next_try, order.status = None, None, told
        if message.kind is MessageKind.ORDER and order.wish:
            self.grant(order, message)

    def grant(self, order: Order, message: Message) -> None:
        """What becomes of the wish to cancel: sent where the order arrived, done at once where nobody has it."""
        order.wish = False
        if order.status is Status.TO_CONFIRM:
            message.state, order.status = DONE, Status.CANCELLED
        elif order.status is Status.ACCEPTED:
            queued = self.found(f"cancel-{message.order_id}")
            request = Message(queued.id, message.order_id, MessageKind.CANCEL, queued.body)
            assert msgspec.json.decode(queued.body, type=CancelRequest).request_id == queued.id
            order.messages.append(request)
            self.messages.append(request)

    @rule(program=PROGRAMS, order_id=ORDERS, receipt=st.sampled_from(("", "r1")))
    def the_server_lost_it(self, program: int, order_id: str, receipt: str) -> None:
        message, now = self.last(order_id), self.now()
        if message is None:
            return
        earlier = message.answer if receipt else None
        again = self.outbox(program).queue_again(order_id, message.id, earlier, receipt, now)
        assert again is (message.answer is not None)
        if again:
            message.state, message.answer, message.next_try = PENDING, None, None
            message.earlier, message.receipt, message.left = earlier, receipt, message.left or now

    # --- time and ends --------------------------------------------------------------------------------------------

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.time += minutes * MINUTE

    @rule(program=PROGRAMS, days=st.integers(1, 400))
    def the_clock_is_set_back(self, program: int, days: int) -> None:
        self.time -= timedelta(days=days)
        self.outbox(program).clamp_due(self.time, CAP, CAP)
        for message in self.messages:
            if message.next_try is not None and message.state in (WAITING, IN_DOUBT, ATTENTION):
                message.next_try = min(message.next_try, self.time + CAP)

    @rule(program=PROGRAMS)
    def a_program_starts_again(self, program: int) -> None:
        """It takes the lock of the one that talks to the server: what is in flight was cut off."""
        self.programs[program].close()
        self.programs[program] = self.opened()
        flying = [message for message in self.messages if message.state is IN_FLIGHT]
        found = self.outbox(program).recover_in_doubt()
        assert sorted(found) == sorted(message.order_id for message in flying)
        for message in flying:
            message.state, message.next_try = IN_DOUBT, None

    # --- what must be so ------------------------------------------------------------------------------------------

    @invariant()
    def both_programs_see_the_queue_of_the_model(self) -> None:
        for program in (0, 1):
            outbox = self.outbox(program)
            wanted = [message for message in self.messages if message.state is not DONE]
            assert [plain(row) for row in outbox.rows()] == [modelled(message) for message in wanted]
            assert [header.message_id for header in outbox.headers()] == [message.id for message in wanted]
            due = [message.id for message in wanted if message.due(self.time)]
            found = outbox.due(self.time)
            assert [row.id for row in found] == due
            assert [place for place, _ in outbox.due_places(self.time)] == [row.seq for row in found]
            assert outbox.next_moment() == min((m.next_try for m in wanted if m.next_try is not None), default=None)

    @invariant()
    def every_answer_is_kept(self) -> None:
        kept = {row.id: (row.answer, row.receipt, row.body) for rows in self.answers() for row in rows}
        assert kept == {m.id: (m.answer, m.receipt, m.body) for m in self.messages if m.answer is not None}

    @invariant()
    def every_order_is_where_its_answers_have_brought_it(self) -> None:
        repository = OrderRepository(self.programs[0].connection)
        for order_id, order in self.model.items():
            row = repository.get(order_id)
            assert row is not None
            assert (row.status, row.cancel_wished) == (order.status, order.wish)

    # --- inside ---------------------------------------------------------------------------------------------------

    def answers(self) -> Any:
        return self.outbox(0).answered_since(datetime.min.replace(tzinfo=UTC))

    def found(self, message_id: str) -> QueuedMessage:
        return next(row for row in self.outbox(0).rows() if row.id == message_id)

    @staticmethod
    def move(message: Message | None, state: DeliveryState) -> None:
        assert message is not None
        message.state, message.next_try = state, None

    @staticmethod
    def try_to(possible: bool, act: Any, then: Any) -> None:
        """Where it is not possible the act is refused, and changes nothing."""
        if possible:
            act()
            then()
        else:
            with pytest.raises(ActionNotPossible):
                act()

    def decide(self, program: int, message: Message, state: DeliveryState, **more: Any) -> bool:
        decision = OutcomeDecision(message.id, message.kind, message.order_id, 1, state, **more)
        return OrderRepository(self.programs[program].connection).apply_outcome(decision, self.now())


def plain(row: QueuedMessage) -> tuple[object, ...]:
    """What is compared of a row."""
    return row.id, row.kind, row.body, row.state, row.next_try, row.first_try_at, row.earlier


def modelled(message: Message) -> tuple[object, ...]:
    """The same of a message of the model."""
    return message.id, message.kind, message.body, message.state, message.next_try, message.left, message.earlier


QueueMachine.TestCase.settings = settings(stateful_step_count=50)
TestQueue = QueueMachine.TestCase
