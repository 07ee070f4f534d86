"""One desktop per profile: the second start raises the first."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.single_instance import SingleInstance, raise_running


def test_the_second_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "profile")
    with qtbot.waitSignal(first.raised):
        assert raise_running(tmp_path / "profile")
    first.close()


def test_another_profile_is_another_desk(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "one")
    assert not raise_running(tmp_path / "two")
    first.close()


def test_after_the_first_has_ended_nobody_is_raised(qtbot: QtBot, tmp_path: Path) -> None:
    SingleInstance(tmp_path / "profile").close()
    assert not raise_running(tmp_path / "profile")


def test_a_socket_left_behind_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    left = SingleInstance(tmp_path / "profile")
    again = SingleInstance(tmp_path / "profile")
    with qtbot.waitSignal(again.raised):
        assert raise_running(tmp_path / "profile")
    left.close()
    again.close()
