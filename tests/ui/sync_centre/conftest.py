"""Orders in every state, made by real services; nothing is sent unless a test starts a server."""

from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.application import Application
from desktop_app.errors import ComptoirError


@pytest.fixture
def navigator(navigator: Any) -> Any:
    """A refusal becomes a line among what was asked."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        except ComptoirError as error:
            navigator.asked.append(("refused", error.code))
            return None

    navigator.run = run
    return navigator


@pytest.fixture
def make_order(application: Application) -> Callable[..., str]:
    """An order of the worked example, submitted unless asked otherwise; returns its id."""

    def make(reference: str = "", *, send: bool = True) -> str:
        lines = [("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, "")]
        session = application.orders.new_order(lines, reference=reference, round_up=False)
        if send:
            session.submit()
        return session.order_id

    return make
