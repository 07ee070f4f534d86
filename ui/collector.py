"""Garbage is looked for in the thread of the screen only.

Python looks for it in whichever thread happens to allocate. A widget in a cycle that ends in another thread than its
own crashes Qt, at that moment or later.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Collector(QObject):
    """Takes the place of Python's own collector from `start` to `stop`, by its counts and thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_itself = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """From now on only this thread looks, between two events."""
        self._by_itself = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """No screen is left: Python looks again by itself, where it did before."""
        self._timer.stop()
        if self._by_itself:
            gc.enable()

    def _look(self) -> None:
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return
