"""Work beside the screen: one long calculation at a time in a thread of its own, answered in Qt's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class _Post(QObject):
    """Carries the end of work from its thread to Qt's. The work keeps it, so that it outlives a closed screen."""

    ended = Signal(object)


class Beside(QObject):
    """Runs what it is asked; of several questions the last one alone is answered. Files are not read in `work`.

    `done` carries the object that was asked with. What `work` raises is a defect and is raised again in Qt's thread.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._asked: tuple[object, Future[None]] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    def ask(self, subject: object, work: Callable[[], None]) -> None:
        """Do `work`, then emit `done` with `subject`; what was asked before is not answered any more."""
        from concurrent.futures import ThreadPoolExecutor

        self.forget()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "beside")
        post = _Post()
        post.ended.connect(self._on_ended)
        future = self._pool.submit(work)
        self._asked = subject, future
        # A function, because it keeps the post: a signal alone does not.
        future.add_done_callback(lambda ended: post.ended.emit(ended))

    def forget(self) -> None:
        """Answer nothing of what was asked; what has not begun never will."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked[1].cancel()

    def _on_ended(self, future: "Future[None]") -> None:
        if self._asked is None or self._asked[1] is not future:
            return
        subject, self._asked = self._asked[0], None
        future.result()
        self.done.emit(subject)
