"""Work beside the screen: one long calculation at a time in a thread of its own, answered in Qt's thread."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class _Post(QObject):
    """Carries one end of work from its thread to Qt's. It belongs to the thread, so it outlives a closed screen."""

    ended = Signal(object)


class Beside(QObject):
    """Runs what it is asked; of several questions the last one alone is answered. Files are not read in `work`.

    `done` carries the object that was asked with. What `work` raises is a defect and is raised again in Qt's thread.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._asked: tuple[object, Callable[[], None]] | None = None
        self._next: tuple[object, Callable[[], None]] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running

    def ask(self, subject: object, work: Callable[[], None]) -> None:
        """Do `work`, then emit `done` with `subject`; what was asked before is not answered any more."""
        self._next = (subject, work)
        if not self._running:
            self._begin()

    def forget(self) -> None:
        """Answer nothing of what was asked."""
        self._asked = self._next = None

    def _begin(self) -> None:
        asked, self._next = self._next, None
        if asked is None:
            return
        self._asked, self._running = asked, True
        post = _Post()
        post.ended.connect(self._on_ended)

        def run(work: Callable[[], None] = asked[1]) -> None:
            error: BaseException | None = None
            try:
                work()
            except BaseException as raised:
                error = raised
            post.ended.emit(error)

        threading.Thread(target=run, name="beside", daemon=True).start()

    def _on_ended(self, error: BaseException | None) -> None:
        self._running = False
        asked, self._asked = self._asked, None
        if self._next is not None:
            self._begin()
        elif asked is not None:
            if error is not None:
                raise error
            self.done.emit(asked[0])
