"""Widgets that are garbage end in the thread of the screen, whoever works beside it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import collector
from ui.collector import Collector

MANY = 20_000  # containers: more than enough for Python to look for garbage where it does so by itself


class Knot(QWidget):
    """A widget that only a search for garbage can end."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def working(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    monkeypatch.setattr(collector, "EVERY_MS", 1)
    gc.collect()
    gc.enable()
    working = Collector()
    working.start()
    yield working
    working.stop()


def test_a_widget_ends_in_its_own_thread(working: Collector, qtbot: QtBot) -> None:
    ended: list[int] = []
    kept: list[list[int]] = []
    weakref.finalize(Knot(), lambda: ended.append(threading.get_ident()))
    other = threading.Thread(target=lambda: kept.extend([number] for number in range(MANY)))
    other.start()
    other.join()
    assert len(kept) == MANY
    assert ended == []
    qtbot.waitUntil(lambda: ended == [threading.get_ident()])


def test_without_a_screen_python_looks_by_itself_again(working: Collector) -> None:
    assert not gc.isenabled()
    working.stop()
    assert gc.isenabled()
