"""One desktop per profile: the second start raises the first."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.single_instance import SingleInstance, raise_running

Start = Callable[[Path], SingleInstance]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Starts listening desktops; all are closed at the end."""
    started: list[SingleInstance] = []

    def begin(profile: Path) -> SingleInstance:
        started.append(SingleInstance(profile))
        assert started[-1].claim()
        started[-1].listen()
        return started[-1]

    yield begin
    for instance in started:
        instance.close()


def test_the_second_raises_the_first(qtbot: QtBot, tmp_path: Path, start: Start) -> None:
    first = start(tmp_path / "profile")
    with qtbot.waitSignal(first.raised):
        assert not SingleInstance(tmp_path / "profile").claim()


def test_another_profile_is_another_desk(tmp_path: Path, start: Start) -> None:
    start(tmp_path / "one")
    assert not raise_running(tmp_path / "two")
    start(tmp_path / "two")


def test_after_the_first_has_ended_nobody_is_raised(tmp_path: Path, start: Start) -> None:
    start(tmp_path / "profile").close()
    assert not raise_running(tmp_path / "profile")
    start(tmp_path / "profile")


def test_a_first_that_lets_go_while_it_is_asked_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = SingleInstance(tmp_path / "profile")
    assert first.claim()
    monkeypatch.setattr("ui.single_instance.QThread.msleep", lambda milliseconds: first.close())
    second = SingleInstance(tmp_path / "profile")
    assert second.claim()
    second.close()


def test_a_socket_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path, start: Start) -> None:
    left = start(tmp_path / "profile")
    left._lock.unlock()
    again = SingleInstance(tmp_path / "profile")
    again.listen()
    with qtbot.waitSignal(again.raised):
        assert raise_running(tmp_path / "profile")
    again.close()
