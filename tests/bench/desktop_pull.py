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


def main(profile: Path) -> int:
    """Be that desktop."""
    from PySide6.QtCore import Qt, QTimer

    from desktop_app.events import CatalogChanged, Event, SyncStatusChanged
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
    late: list[float] = []
    began = due = perf_counter()
    ready = changed = False

    def say_ready() -> None:
        nonlocal ready
        ready = True
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    def tick() -> None:
        nonlocal due
        now = perf_counter()
        late.append(max(0.0, now - due) * 1_000)
        due = now + TICK_MS / 1_000

    def on_event(event: Event) -> None:
        nonlocal began, changed
        if isinstance(event, SyncStatusChanged) and not changed:
            # Another round begins or ends: what was before it does not count.
            late.clear()
            began = perf_counter()
        elif ready and isinstance(event, CatalogChanged) and not changed:
            changed = True
            QTimer.singleShot(AFTER_MS, end)

    def end() -> None:
        took = (perf_counter() - began) * 1_000 - AFTER_MS
        told = {"p50": percentile(late, 50), "p99": percentile(late, 99), "worst": max(late), "ms": took}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        window.close()

    application.events.subscribe(on_event)
    probe = QTimer(window)
    probe.setTimerType(Qt.TimerType.PreciseTimer)
    probe.timeout.connect(tick)
    probe.start(TICK_MS)
    QTimer.singleShot(AT_REST_MS, say_ready)
    return run_until_complete(app, desktop.run)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
