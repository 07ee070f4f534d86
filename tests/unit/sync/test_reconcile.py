"""What each answer means. A message leaves the queue only by a recorded outcome that names it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop_app.contract.orders import Accepted, Outcome, RequestAnswer, TotalsDoc
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import AnsweredMessage, LossDecision, MessageKind, QueuedMessage
from desktop_app.remote.failures import Answer, problem_of
from desktop_app.sync.reconcile import (
    Trial,
    after_loss,
    from_answer,
    from_outcome,
    interrupted,
    is_cancelled,
    not_taken,
    recorded_status,
    unreachable,
)

NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)
TRIAL = Trial(NOW, NOW + timedelta(seconds=7))
LOOKED_UP = Trial(NOW, NOW + timedelta(seconds=7), unrecorded=True)
TOTALS = TotalsDoc("1.00", "0.00", "0.00", "0.00", {"20": "0.20"}, "1.20")
ORDER = QueuedMessage("o/1", "o", 1, MessageKind.ORDER, DeliveryState.PENDING, b"{}", "abc", NOW - timedelta(days=1))
OLD = NOW - timedelta(hours=1)


def message(**changes: Any) -> QueuedMessage:
    values = {name: getattr(ORDER, name) for name in QueuedMessage.__struct_fields__}
    return QueuedMessage(**{**values, **changes})


CANCEL = message(id="r1", kind=MessageKind.CANCEL)


def accepted(order_id: str = "o", revision: int = 1, order_no: str = "MF-1") -> bytes:
    return msgspec.json.encode(Accepted(order_id, order_no, revision, NOW, 3, [], TOTALS, "0.00"))


def problem(slug: str, status: int, **members: Any) -> bytes:
    return msgspec.json.encode({"type": f"urn:order-sync:{slug}", "title": "T", "status": status, **members})


def answer(status: int, body: bytes = b"") -> Answer:
    return Answer(status, body, problem_of(body) if status >= 400 else None)


@pytest.mark.parametrize("status", [200, 201])
def test_accepted(status: int) -> None:
    decision = from_answer(ORDER, answer(status, accepted()), TRIAL)
    assert (decision.delivery_state, decision.status, decision.order_no) == (
        DeliveryState.DONE,
        Status.ACCEPTED,
        "MF-1",
    )
    assert decision.answer == accepted()
    assert decision.journal == (("accepted", (("order_no", "MF-1"),)),)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"<html>",
        b"[" * 50_000,
        accepted("other"),
        accepted(revision=2),
        accepted(order_no=""),
        accepted()[:-5],
    ],
)
@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_success_that_does_not_name_this_order_proves_nothing(status: int, body: bytes) -> None:
    decision = from_answer(ORDER, answer(status, body), TRIAL)
    assert (decision.delivery_state, decision.answer, decision.status) == (DeliveryState.IN_DOUBT, None, None)
    assert decision.next_try == TRIAL.retry_at


def test_changed_terms_wait_for_a_person() -> None:
    body = problem("terms-changed", 409, retry="confirm", errors=[{"pointer": "/lines/0", "code": "price-changed"}])
    decision = from_answer(ORDER, answer(409, body), TRIAL)
    assert (decision.delivery_state, decision.status) == (DeliveryState.ATTENTION, Status.TO_CONFIRM)
    assert (decision.answer, decision.next_try) == (body, None)


def test_rejected_is_final_and_says_why() -> None:
    decision = from_answer(ORDER, answer(422, problem("rejected", 422, detail="No such line.")), TRIAL)
    assert (decision.delivery_state, decision.status) == (DeliveryState.DONE, Status.REFUSED)
    assert decision.journal == (("refused", (("detail", "No such line."),)),)


@pytest.mark.parametrize(
    ("status", "slug", "retry"),
    [
        (400, "malformed", "never"),
        (404, "not-found", "never"),
        (413, "too-large", ""),
        (415, "media-type", ""),
        (428, "epoch-missing", "resync"),
        (422, "key-reused", "never"),
        (409, "superseded", "never"),
        (409, "something-new", "confirm"),
        (418, "teapot", ""),
        (405, "not-allowed", ""),
        (503, "never-again", "never"),
    ],
)
def test_what_no_retry_changes_needs_a_person_at_once(status: int, slug: str, retry: str) -> None:
    decision = from_answer(ORDER, answer(status, problem(slug, status, retry=retry)), TRIAL)
    assert (decision.delivery_state, decision.answer, decision.next_try) == (DeliveryState.ATTENTION, None, None)
    assert decision.reason == slug


FOREIGN = (b"", b"{}", b'{"blocked": true}', b'{"type": "about:blank", "title": "Blocked", "status": 400}')


@pytest.mark.parametrize("body", FOREIGN)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 412, 413, 418, 422])
def test_a_refusal_that_is_not_the_server_s_own_proves_nothing(status: int, body: bytes) -> None:
    decision = from_answer(ORDER, answer(status, body), TRIAL)
    assert (decision.delivery_state, decision.next_try) == (DeliveryState.IN_DOUBT, TRIAL.retry_at)
    assert (decision.never_left, decision.status, decision.reason) == (False, None, f"status-{status}")


@pytest.mark.parametrize("slug", ["terms-changed", "rejected"])
def test_an_answer_in_foreign_words_settles_nothing(slug: str) -> None:
    body = problem(slug, 409).replace(b"urn:order-sync:", b"urn:other:")
    assert from_answer(ORDER, answer(409, body), TRIAL).answer is None
    assert from_answer(ORDER, answer(200, body), TRIAL).answer is None


@pytest.mark.parametrize("status", [400, 404, 413, 415, 428])
def test_what_the_server_cannot_use_is_corrected_once_it_is_certain_that_it_never_took_it(status: int) -> None:
    told = answer(status, problem("malformed", status, retry="never"))
    assert from_answer(ORDER, told, TRIAL).never_left
    tried = message(first_try_at=OLD)
    in_doubt = from_answer(tried, told, TRIAL)
    assert (in_doubt.delivery_state, in_doubt.never_left) == (DeliveryState.IN_DOUBT, False)
    certain = from_answer(tried, told, LOOKED_UP)
    assert (certain.delivery_state, certain.never_left) == (DeliveryState.ATTENTION, True)
    once_accepted = from_answer(message(first_try_at=OLD, earlier=b"{}"), told, LOOKED_UP)
    assert (once_accepted.delivery_state, once_accepted.never_left) == (DeliveryState.ATTENTION, False)
    cancel = from_answer(message(kind=MessageKind.CANCEL, first_try_at=OLD), told, TRIAL)
    assert cancel.delivery_state is DeliveryState.ATTENTION


def test_terms_the_server_never_gave_are_read_anew_once_and_then_shown_to_a_person() -> None:
    told = answer(409, problem("terms-unknown", 409, retry="resync"))
    assert from_answer(ORDER, told, TRIAL).delivery_state is DeliveryState.WAITING
    again = message(attempts=1, first_try_at=OLD)
    assert from_answer(again, told, TRIAL).delivery_state is DeliveryState.IN_DOUBT
    decision = from_answer(again, told, LOOKED_UP)
    assert (decision.delivery_state, decision.never_left) == (DeliveryState.ATTENTION, True)


def test_what_was_tried_too_often_can_be_corrected_where_the_server_never_took_it() -> None:
    tired = message(attempts=5, first_try_at=OLD)
    assert not from_outcome(tired, None, TRIAL).never_left
    decision = from_outcome(tired, None, LOOKED_UP)
    assert (decision.delivery_state, decision.never_left) == (DeliveryState.ATTENTION, True)
    assert not from_outcome(message(attempts=5, first_try_at=OLD, earlier=b"{}"), None, LOOKED_UP).never_left


@pytest.mark.parametrize(
    ("status", "slug", "retry"),
    [
        (408, "timeout", "later"),
        (409, "busy", "later"),
        (409, "terms-unknown", "resync"),
        (429, "", ""),
        (500, "", ""),
        (503, "busy", "later"),
        (599, "", ""),
    ],
)
def test_what_may_pass_later_waits(status: int, slug: str, retry: str) -> None:
    body = problem(slug, status, retry=retry) if slug else b"<html>"
    decision = from_answer(ORDER, answer(status, body), TRIAL)
    assert (decision.delivery_state, decision.attempts) == (DeliveryState.WAITING, 1)
    assert (decision.next_try, decision.never_left) == (TRIAL.retry_at, False)


def test_after_too_many_tries_a_person_is_asked_and_it_is_tried_once_a_day() -> None:
    tired = message(attempts=4, first_try_at=OLD)
    decision = not_taken(tired, "status-500", TRIAL)
    assert (decision.delivery_state, decision.next_try) == (DeliveryState.ATTENTION, NOW + timedelta(days=1))


@pytest.mark.parametrize("status", [401, 403, 426])
def test_a_refused_sign_in_account_or_version_is_never_the_message_s_fault(status: int) -> None:
    body = problem("account-suspended", status, retry="never")
    decision = from_answer(message(attempts=99, first_try_at=OLD), answer(status, body), TRIAL)
    assert (decision.delivery_state, decision.attempts) == (DeliveryState.PENDING, 99)
    assert not decision.never_left
    assert from_answer(ORDER, answer(401, problem("unauthorized", 401)), TRIAL).never_left


def test_an_order_in_a_form_of_long_ago_is_a_person_s_and_looked_up_first_where_it_was_tried() -> None:
    refused = answer(426, problem("schema-unknown", 426, retry="upgrade"))
    decision = from_answer(ORDER, refused, TRIAL)
    assert (decision.delivery_state, decision.never_left) == (DeliveryState.ATTENTION, True)
    assert from_answer(message(first_try_at=OLD), refused, TRIAL).delivery_state is DeliveryState.IN_DOUBT


def test_a_new_epoch_puts_what_was_tried_before_in_doubt() -> None:
    body = problem("epoch-changed", 412, retry="resync", epoch="e2")
    assert from_answer(ORDER, answer(412, body), TRIAL).delivery_state is DeliveryState.PENDING
    tried = from_answer(message(first_try_at=OLD), answer(412, body), TRIAL)
    assert (tried.delivery_state, tried.next_try) == (DeliveryState.IN_DOUBT, None)


def test_another_revision_in_the_books_is_shown_with_its_number() -> None:
    body = problem("already-accepted", 409, retry="never", order_no="MF-9", revision=1)
    decision = from_answer(ORDER, answer(409, body), TRIAL)
    assert (decision.delivery_state, decision.order_no, decision.settled) == (DeliveryState.ATTENTION, "MF-9", False)


def test_what_never_left_may_be_corrected() -> None:
    assert unreachable(ORDER, "network").never_left
    assert not unreachable(message(first_try_at=OLD), "network").never_left


def test_a_broken_connection_is_looked_up_later() -> None:
    decision = interrupted(ORDER, "timeout", TRIAL)
    assert (decision.delivery_state, decision.next_try) == (DeliveryState.IN_DOUBT, TRIAL.retry_at)
    assert not decision.never_left


def outcome(status: int, body: bytes, sha256: str = "abc", order_id: str = "o", revision: int = 1) -> Outcome:
    return Outcome(order_id, revision, status, sha256, msgspec.Raw(body))


def test_looked_up() -> None:
    doubtful = message(state=DeliveryState.IN_DOUBT, first_try_at=OLD)
    assert from_outcome(doubtful, outcome(201, accepted()), TRIAL).status is Status.ACCEPTED
    changed = from_outcome(doubtful, outcome(409, problem("terms-changed", 409)), TRIAL)
    assert changed.status is Status.TO_CONFIRM
    refused = from_outcome(doubtful, outcome(422, problem("rejected", 422)), TRIAL)
    assert refused.status is Status.REFUSED
    never_seen = from_outcome(doubtful, None, TRIAL)
    assert (never_seen.delivery_state, never_seen.never_left) == (DeliveryState.PENDING, False)


@pytest.mark.parametrize(
    "found",
    [
        outcome(201, accepted(), order_id="other"),
        outcome(201, accepted(), revision=2),
        outcome(201, b"{}"),
        outcome(500, b"{}"),
        outcome(409, problem("busy", 409)),
        outcome(201, accepted(), sha256="of other bytes"),
    ],
)
def test_a_look_up_that_does_not_fit_needs_a_person(found: Outcome) -> None:
    decision = from_outcome(message(state=DeliveryState.IN_DOUBT, first_try_at=OLD), found, TRIAL)
    assert decision.delivery_state in (DeliveryState.ATTENTION, DeliveryState.IN_DOUBT)
    assert not decision.settled


def test_a_message_that_never_arrives_is_poison_too() -> None:
    tired = message(state=DeliveryState.IN_DOUBT, first_try_at=OLD, attempts=5, reason="interrupted")
    decision = from_outcome(tired, None, TRIAL)
    assert (decision.delivery_state, decision.reason) == (DeliveryState.ATTENTION, "interrupted")


def request_answer(result: str, status: Status, request_id: str = "r1") -> bytes:
    return msgspec.json.encode(RequestAnswer(request_id, "o", result, status, "too late"))


def test_a_cancellation() -> None:
    done = from_answer(CANCEL, answer(200, request_answer("done", Status.CANCELLED)), TRIAL)
    assert (done.delivery_state, done.status, done.reason) == (DeliveryState.DONE, Status.CANCELLED, "")
    refused = from_answer(CANCEL, answer(200, request_answer("refused", Status.SHIPPED)), TRIAL)
    assert (refused.delivery_state, refused.status, refused.reason) == (
        DeliveryState.DONE,
        Status.SHIPPED,
        "cancel-refused",
    )
    other = from_answer(CANCEL, answer(200, request_answer("done", Status.CANCELLED, "r2")), TRIAL)
    assert other.delivery_state is DeliveryState.IN_DOUBT
    assert from_answer(CANCEL, answer(200, accepted()), TRIAL).delivery_state is DeliveryState.IN_DOUBT
    rejected = from_answer(CANCEL, answer(422, problem("rejected", 422, detail="no")), TRIAL)
    assert (rejected.status, rejected.settled) == (None, True)


@given(st.integers(200, 599), st.binary(max_size=60), st.sampled_from([None, OLD]), st.integers(0, 9))
def test_no_answer_settles_a_message_unless_it_is_recorded(
    status: int, body: bytes, first: datetime | None, attempts: int
) -> None:
    decision = from_answer(message(first_try_at=first, attempts=attempts), answer(status, body), TRIAL)
    assert not decision.settled
    assert decision.status is None
    assert decision.delivery_state is not DeliveryState.DONE


# --- after the server lost its history ----------------------------------------------------------------------------

REFUSED = problem("rejected", 422)
CHANGED = problem("terms-changed", 409)
DONE = msgspec.json.encode(RequestAnswer("r1", "o", "done", Status.CANCELLED))
NOT_DONE = msgspec.json.encode(RequestAnswer("r1", "o", "refused", Status.SHIPPED))
UNDER_WAY = (Status.CONFIRMED, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED)


def held(answer: bytes, status: Status, kind: MessageKind = MessageKind.ORDER) -> AnsweredMessage:
    return AnsweredMessage("o/1", "o", 1, kind, "abc", b"{}", answer, "", OLD, status)


def known(body: bytes, sha256: str = "abc") -> Outcome:
    return Outcome("o", 1, 201, sha256, msgspec.Raw(body))


@pytest.mark.parametrize(
    ("answer", "status", "outcome", "decision"),
    [
        (accepted(), Status.ACCEPTED, known(accepted()), "agrees"),
        (accepted(), Status.SHIPPED, known(accepted()), "agrees"),
        (REFUSED, Status.REFUSED, known(REFUSED), "agrees"),
        (accepted(), Status.ACCEPTED, None, "send_again"),
        *[(accepted(), status, None, "person") for status in UNDER_WAY],
        (accepted(), Status.CANCELLED, None, "agrees"),
        (accepted(), Status.REFUSED, None, "agrees"),
        (REFUSED, Status.REFUSED, None, "tell_again"),
        (CHANGED, Status.TO_CONFIRM, None, "tell_again"),
        (CHANGED, Status.ACCEPTED, None, "tell_again"),
        (accepted(), Status.ACCEPTED, known(accepted(order_no="MF-2")), "take_theirs"),
        (accepted(), Status.SHIPPED, known(accepted(order_no="MF-2")), "take_theirs"),
        (accepted(), Status.ACCEPTED, known(CHANGED), "take_theirs"),
        (accepted(), Status.SHIPPED, known(CHANGED), "person"),
        (REFUSED, Status.REFUSED, known(accepted()), "take_theirs"),
        (REFUSED, Status.REFUSED, known(CHANGED), "take_theirs"),
        (accepted(), Status.ACCEPTED, known(accepted(), sha256="other"), "person"),
    ],
)
def test_what_becomes_of_an_answer_after_the_server_s_history_was_lost(
    answer: bytes, status: Status, outcome: Outcome | None, decision: str
) -> None:
    assert after_loss(held(answer, status), outcome) == LossDecision(decision)


@pytest.mark.parametrize(
    ("answer", "outcome", "decision"),
    [
        (DONE, known(accepted()), "send_again"),
        (DONE, None, "agrees"),
        (DONE, known(CHANGED), "agrees"),
        (NOT_DONE, known(accepted()), "agrees"),
    ],
)
def test_a_request_is_repeated_where_its_order_stands(answer: bytes, outcome: Outcome | None, decision: str) -> None:
    assert after_loss(held(answer, Status.CANCELLED, MessageKind.CANCEL), outcome) == LossDecision(decision)


def test_a_cancelled_order_that_is_not_known_comes_back_where_its_acceptance_and_cancellation_can_be_proved() -> None:
    order = replace(held(accepted(), Status.CANCELLED), receipt="v1.proof")
    cancel = held(DONE, Status.CANCELLED, MessageKind.CANCEL)
    assert is_cancelled([order, cancel])
    for message in (order, cancel):
        assert after_loss(message, None, cancelled_here=True) is LossDecision.SEND_AGAIN
    for answers in (
        [order],
        [cancel],
        [replace(order, receipt=""), cancel],
        [replace(order, answer=REFUSED), cancel],
        [order, replace(cancel, answer=NOT_DONE)],
    ):
        assert not is_cancelled(answers)
    assert after_loss(replace(cancel, answer=NOT_DONE), None, cancelled_here=True) is LossDecision.AGREES


def test_the_status_of_a_recorded_answer_is_that_of_its_first_time() -> None:
    assert [recorded_status(body) for body in (accepted(), REFUSED, CHANGED)] == [201, 422, 409]


@pytest.mark.parametrize("body", [REFUSED, CHANGED])
def test_what_was_accepted_once_is_never_undone_unasked(body: bytes) -> None:
    again = message(earlier=accepted(), receipt="v1.first", first_try_at=OLD)
    for decision in (from_answer(again, answer(409, body), TRIAL), from_outcome(again, known(body), TRIAL)):
        assert (decision.delivery_state, decision.status, decision.reason) == (
            DeliveryState.ATTENTION,
            None,
            "answer-changed",
        )
        assert (decision.answer, decision.receipt) == (accepted(), "v1.first")
        assert decision.journal[0] == ("answer-changed", ())


def test_an_acceptance_given_again_says_so_and_tells_a_new_number() -> None:
    again = message(earlier=accepted(), receipt="v1.first", first_try_at=OLD)
    decision = from_answer(again, answer(201, accepted()), TRIAL)
    assert decision.journal == (("sent-again", (("order_no", "MF-1"),)),)
    renumbered = msgspec.json.decode(accepted(order_no="MF-9")) | {"renumbered_from": "MF-1"}
    decision = from_answer(again, answer(201, msgspec.json.encode(renumbered)), TRIAL)
    assert (decision.order_no, decision.journal[1]) == (
        "MF-9",
        ("renumbered", (("order_no", "MF-9"), ("renumbered_from", "MF-1"))),
    )


def test_the_receipt_is_kept_with_the_answer() -> None:
    body = accepted()
    assert from_answer(ORDER, Answer(201, body, receipt="v1.r"), TRIAL).receipt == "v1.r"
    looked_up = Outcome("o", 1, 201, "abc", msgspec.Raw(body), "v1.s")
    assert from_outcome(ORDER, looked_up, TRIAL).receipt == "v1.s"
