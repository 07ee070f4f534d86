"""A decision is settled by a recorded answer and by nothing else."""

import pytest

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision, note


@pytest.mark.parametrize("state", list(DeliveryState))
def test_only_a_recorded_answer_settles(state: DeliveryState) -> None:
    open_ = OutcomeDecision("o/1", MessageKind.ORDER, "o", 1, state, status=Status.ACCEPTED, order_no="MF-1")
    assert not open_.settled
    assert OutcomeDecision("o/1", MessageKind.ORDER, "o", 1, state, answer=b"{}").settled


def test_a_note_keeps_its_parameters_in_order() -> None:
    assert note("accepted", [("order_no", "MF-1"), ("at", "now")]) == (
        "accepted",
        (("order_no", "MF-1"), ("at", "now")),
    )
    assert note("held") == ("held", ())
