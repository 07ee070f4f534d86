"""Events of the core as signals, always in the thread of the screens."""

import threading

from PySide6.QtCore import QObject, QThread, SignalInstance
from pytestqt.qtbot import QtBot

from desktop_app.events import (
    CatalogChanged,
    Event,
    EventBus,
    Notice,
    OrderChanged,
    SyncProgress,
    SyncStatusChanged,
    TermsChanged,
)
from ui.event_bridge import EventBridge


def test_each_event_is_a_signal(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    cases: tuple[tuple[Event, SignalInstance, list[object]], ...] = (
        (OrderChanged(("o1",)), bridge.orders_changed, [("o1",)]),
        (CatalogChanged(3), bridge.catalog_changed, [3]),
        (TermsChanged(), bridge.terms_changed, []),
        (SyncStatusChanged(), bridge.sync_status_changed, []),
        (SyncProgress("build", 1, 2), bridge.sync_progress, [SyncProgress("build", 1, 2)]),
        (Notice("k", "c"), bridge.notice_arrived, [Notice("k", "c")]),
    )
    for event, signal, wanted in cases:
        with qtbot.waitSignal(signal) as told:
            bus.publish(event)
        assert told.args == wanted
    bridge.close()


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.threads: list[QThread] = []

    def listen(self, progress: object) -> None:
        self.threads.append(QThread.currentThread())


def test_a_worker_thread_is_heard_in_the_thread_of_the_screens(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge, listener = EventBridge(bus), Listener()
    bridge.sync_progress.connect(listener.listen)
    worker = threading.Thread(target=bus.publish, args=(SyncProgress("build", 1, 2),))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(listener.threads) == 1)
    assert listener.threads[0] is listener.thread()
    bridge.close()


def test_a_closed_bridge_is_silent(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    bridge.close()
    with qtbot.assertNotEmitted(bridge.terms_changed, wait=20):
        bus.publish(TermsChanged())
