"""Work beside the screen: the last question is answered, in Qt's thread, and a defect is not swallowed."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ui.beside import Beside


@pytest.fixture
def beside(qtbot: QtBot) -> Beside:
    return Beside()


def held(gate: threading.Event, ran: list[str], name: str) -> Callable[[], None]:
    def work() -> None:
        assert gate.wait(10)
        ran.append(f"{name} in {threading.current_thread().name}")

    return work


def test_an_answer_comes_back_to_the_thread_of_the_screen(qtbot: QtBot, beside: Beside) -> None:
    ran: list[str] = []
    answered: list[tuple[object, threading.Thread]] = []
    beside.done.connect(lambda subject: answered.append((subject, threading.current_thread())))
    gate = threading.Event()
    beside.ask("first", held(gate, ran, "first"))
    assert beside.busy
    assert not answered
    gate.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert ran == ["first in beside_0"]
    assert answered == [("first", threading.main_thread())]
    assert not beside.busy


def test_of_several_questions_the_last_alone_is_answered(qtbot: QtBot, beside: Beside) -> None:
    ran: list[str] = []
    answered: list[object] = []
    beside.done.connect(answered.append)
    gate = threading.Event()
    for name in ("first", "second", "third"):
        beside.ask(name, held(gate, ran, name))
    gate.set()
    qtbot.waitUntil(lambda: not beside.busy)
    assert answered == ["third"]
    # What nobody waits for any more is not even begun.
    assert ran == ["first in beside_0", "third in beside_0"]


def test_what_is_forgotten_is_not_answered(qtbot: QtBot, beside: Beside) -> None:
    answered: list[object] = []
    beside.done.connect(answered.append)
    gate = threading.Event()
    beside.ask("first", held(gate, [], "first"))
    beside.forget()
    assert not beside.busy
    gate.set()
    qtbot.wait(20)
    assert answered == []


def test_a_defect_in_the_work_is_raised_where_it_is_seen(qtbot: QtBot, beside: Beside) -> None:
    def work() -> None:
        raise ZeroDivisionError("a defect")

    with qtbot.captureExceptions() as raised:
        beside.ask("first", work)
        qtbot.waitUntil(lambda: not beside.busy)
    assert [str(error) for _, error, _ in raised] == ["a defect"]


def test_a_screen_closed_meanwhile_is_left_alone(qtbot: QtBot, beside: Beside) -> None:
    answered: list[object] = []
    gate, ended = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(10)
        ended.set()

    beside.done.connect(answered.append)
    beside.ask("first", work)
    beside.deleteLater()
    qtbot.wait(10)
    gate.set()
    assert ended.wait(10)
    qtbot.wait(10)
    assert answered == []
