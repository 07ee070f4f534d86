"""What a person may do with an order in its present state, first things first. Doing it: `order_page`."""

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import OrderSummary
from desktop_app.services.ways_out import ANOTHER_IN_THE_BOOKS

translate = QCoreApplication.translate

_NOT_LEFT = (DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.ATTENTION)


# There is nothing to cancel before the person has said what the order is.
_DECIDED_FIRST = ("history-lost", "answer-changed", *ANOTHER_IN_THE_BOOKS)


class Act(StrEnum):
    """The acts on an order."""

    OPEN = "open"
    DECIDE = "decide"
    CORRECT = "correct"
    HOLD = "hold"
    RELEASE = "release"
    CANCEL = "cancel"
    CHANGE = "change"
    TRY = "try"


class Action(Struct, frozen=True):
    """An act with the words and key of its button; `first` for the petrol one."""

    act: Act
    words: str
    keys: str
    icon: str = ""
    first: bool = False


def actions_for(summary: OrderSummary) -> tuple[Action, ...]:
    """The buttons of a dossier, left to right."""
    correct = Action(Act.CORRECT, translate("OrderActions", "Correct"), "Ctrl+E", "note-pencil")
    cancel = Action(Act.CANCEL, translate("OrderActions", "Cancel"), "Ctrl+Del")
    match summary.status:
        case Status.DRAFT:
            go_on = Action(Act.OPEN, translate("OrderActions", "Go on"), "Return", "note-pencil", first=True)
            return (Action(Act.CANCEL, translate("OrderActions", "Discard the draft"), "Ctrl+Del"), go_on)
        case Status.SUBMITTED | Status.ACCEPTED | Status.CONFIRMED if summary.reason in _DECIDED_FIRST:
            return ()
        case Status.SUBMITTED:
            return (cancel, *_before_leaving(summary, correct))
        case Status.TO_CONFIRM:
            decide = Action(Act.DECIDE, translate("OrderActions", "Decide"), "Return", "", first=True)
            return (cancel, correct, decide)
        case Status.REFUSED:
            return (Action(Act.CORRECT, correct.words, correct.keys, correct.icon, first=True),)
        case Status.ACCEPTED | Status.CONFIRMED if summary.delivery_state is DeliveryState.DONE:
            return (cancel, Action(Act.CHANGE, translate("OrderActions", "Change"), "Ctrl+E", "note-pencil"))
        case Status.ACCEPTED | Status.CONFIRMED:
            # What was asked last waits for its answer.
            return (cancel,)
        case Status.CANCELLED if summary.delivery_state is DeliveryState.NONE:
            return (
                Action(Act.CORRECT, translate("OrderActions", "Take up again"), "Ctrl+E", "note-pencil", first=True),
            )
        case _:
            return ()


def _before_leaving(summary: OrderSummary, correct: Action) -> tuple[Action, ...]:
    state = summary.delivery_state
    if state is DeliveryState.HELD:
        release = Action(Act.RELEASE, translate("OrderActions", "Let it go"), "Ctrl+H", "paper-plane-tilt", first=True)
        return (correct, release)
    if state not in _NOT_LEFT:
        return ()
    if state is DeliveryState.WAITING:
        again = Action(Act.TRY, translate("OrderActions", "Try now"), "Alt+R")
        return (correct, Action(Act.HOLD, translate("OrderActions", "Hold back"), "Ctrl+H", "hand-palm"), again)
    return (correct, Action(Act.HOLD, translate("OrderActions", "Hold back"), "Ctrl+H", "hand-palm"))
