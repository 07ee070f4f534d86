"""The stored words of an order's two states, and values that cannot be altered behind somebody's back."""

import pytest

from desktop_app.domain.order import Delivery, DeliveryMode, DeliveryState, Problem, Status, Totals


def test_the_business_states_are_stored_under_these_words() -> None:
    assert [status.value for status in Status] == [
        "draft",
        "submitted",
        "to_confirm",
        "accepted",
        "confirmed",
        "partly_shipped",
        "shipped",
        "invoiced",
        "refused",
        "cancelled",
    ]


def test_the_delivery_states_are_stored_under_these_words() -> None:
    assert [state.value for state in DeliveryState] == [
        "none",
        "held",
        "pending",
        "in_flight",
        "in_doubt",
        "waiting",
        "attention",
        "done",
    ]


def test_an_order_goes_to_the_dealer_in_parts_unless_said_otherwise() -> None:
    assert (Delivery().address, Delivery().mode) == (None, DeliveryMode.PARTIAL)


def test_a_problem_stops_the_order_unless_said_otherwise() -> None:
    assert Problem("not-listed", "Nobody lists A.").blocking
    assert Problem("not-listed", "Nobody lists A.").line is None


def test_totals_are_frozen_and_start_at_nothing() -> None:
    totals = Totals()
    assert totals.total == 0
    assert totals.vat == {}
    with pytest.raises(AttributeError):
        totals.total = totals.goods + 1  # type: ignore[misc]
