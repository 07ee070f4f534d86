"""A desktop that takes in what the manufacturer has changed while its screen is probed sixty times a second.

`python -m tests.bench.desktop_pull PROFILE` prints `ready` once it is at rest, and one JSON object when it has taken in
a change of the catalogue, which a desk of a practice manufacturer looks for every other second: how late each tick of
that round was.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.bench.figure import percentile
from tests.support.programs import environment

TICK_MS = 16
AT_REST_MS, AFTER_MS = 5_000, 500


def pauses(profile: Path, change: Callable[[], object]) -> dict[str, float]:
    """The lateness of the ticks in milliseconds (`p50`, `p99`, `worst`) and `ms` of the whole, `change` being made
    at the manufacturer while the desktop is at rest.
    """
    command = [sys.executable, "-m", "tests.bench.desktop_pull", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            change()
            answer: dict[str, float] = json.loads(process.stdout.readline())
        finally:
            process.terminate()
    return answer


class Probe:
    """Counts how late the ticks of one round are, and tells it at its end."""

    def __init__(self, close: Callable[[], object]) -> None:
        self._close = close
        self._late: list[float] = []
        self._began = self._due = perf_counter()
        self._ready = self._changed = False

    def be_ready(self) -> None:
        """From now on a change counts."""
        self._ready = True
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    def tick(self) -> None:
        """Called by a timer of `TICK_MS`."""
        now = perf_counter()
        self._late.append(max(0.0, now - self._due) * 1_000)
        self._due = now + TICK_MS / 1_000

    def on_event(self, event: object) -> None:
        """Called with each event of the application."""
        from PySide6.QtCore import QTimer

        from desktop_app.events import CatalogChanged, SyncStatusChanged

        if self._changed:
            return
        if isinstance(event, SyncStatusChanged):
            # Another round begins or ends: what was before it does not count.
            self._late.clear()
            self._began = perf_counter()
        elif self._ready and isinstance(event, CatalogChanged):
            self._changed = True
            QTimer.singleShot(AFTER_MS, self._tell)

    def _tell(self) -> None:
        late = self._late
        took = (perf_counter() - self._began) * 1_000 - AFTER_MS
        told = {"p50": percentile(late, 50), "p99": percentile(late, 99), "worst": max(late), "ms": took}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        self._close()


def main(profile: Path) -> int:
    """Be that desktop."""
    from PySide6.QtCore import Qt, QTimer

    from ui.async_bridge import run_until_complete
    from ui.desktop import Desktop, DesktopOptions
    from ui.page import Room
    from ui.qt_application import qt_application

    app = qt_application()
    desktop = Desktop(DesktopOptions(root=profile, own_folder=True, language="fr", theme="light"))
    desktop.claim()
    desktop.open(profile, practice=False)
    desktop.show_first_picture()
    window, application = desktop.window, desktop.application
    assert window is not None
    assert application is not None
    window.open_room(Room.CATALOGUE)
    probe = Probe(window.close)
    application.events.subscribe(probe.on_event)
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(probe.tick)
    timer.start(TICK_MS)
    QTimer.singleShot(AT_REST_MS, probe.be_ready)
    return run_until_complete(app, desktop.run)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
