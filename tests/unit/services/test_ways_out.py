"""Every stuck state has a way out, and the safest comes first."""

import pytest

from desktop_app.domain.outcome import MessageKind
from desktop_app.services.ways_out import ways_out
from desktop_app.storage.stuck_messages import StuckMessage


@pytest.mark.parametrize(
    ("reason", "answered", "kind", "in_the_books", "ways"),
    [
        ("history-lost", True, "order", False, ["leave", "resend"]),
        ("answer-changed", True, "order", True, ["leave", "take-theirs"]),
        ("key-reused", False, "order", True, ["take-theirs", "as-new"]),
        ("already-accepted", False, "order", True, ["take-theirs", "as-new"]),
        ("superseded", False, "order", False, ["as-new"]),
        ("status-500", False, "order", False, ["resend"]),
        ("not-found", False, "cancel", True, ["resend", "leave"]),
    ],
)
def test_ways_out_of_a_stuck_message(
    reason: str, answered: bool, kind: str, in_the_books: bool, ways: list[str]
) -> None:
    stuck = StuckMessage("o/1", "o", MessageKind(kind), reason, answered)
    assert [way.value for way in ways_out(stuck, lost_copy=False, in_the_books=in_the_books)] == ways


def test_what_is_not_stuck_needs_none_and_a_lost_order_of_another_desk_can_be_made_again() -> None:
    assert ways_out(None, lost_copy=False, in_the_books=True) == ()
    assert [way.value for way in ways_out(None, lost_copy=True, in_the_books=False)] == ["as-new"]
