"""A process that is measured: a bare Qt window, or the desktop up to the moment when typed text has results on screen
(`work`: and on until the first round with the manufacturer is over).

`python -m tests.bench.desktop_child window|search|work STARTED [PROFILE]` prints one JSON object; STARTED is the
parent's `time.monotonic()`.
"""

import json
import re
import sys
import time
from functools import partial
from pathlib import Path

TEXT = "logitech mx"
SIZE = (1440, 900)
LINGER_MS = 3_000


def report(started: float) -> None:
    """Print how long it took, on the clock and of the processor, and on Linux the most memory this process held."""
    elapsed_ms = (time.monotonic() - started) * 1000
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    facts = {
        "ms": elapsed_ms,
        "cpu_ms": time.process_time() * 1000,
        "peak_mb": int(peak[1]) / 1024 if peak else None,
    }
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def bare_window(started: float) -> None:
    """The least a Qt program does: one empty window, painted."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            application.quit()

    application = QApplication([])
    window = Bare()
    window.resize(*SIZE)
    window.show()
    application.exec()
    report(started)


def desktop(started: float, profile: Path, linger_ms: int) -> int:
    """The desktop as `comptoir` starts it: a text typed into the catalogue as soon as there is a window, its results
    painted, the window closed. `linger_ms` lets it work on before the report: the network's parts come then.
    """  # fmt: skip
    from ui.quick_start import import_plainly, pause_collector

    pause_collector()
    import_plainly()
    from PySide6.QtCore import QTimer

    from ui.desktop import DesktopOptions, start
    from ui.qt_application import qt_application

    qt_application()
    QTimer.singleShot(0, partial(type_text, started, linger_ms))
    return start(DesktopOptions(root=profile, own_folder=True, language="fr", theme="light"))


def type_text(started: float, linger_ms: int) -> None:
    """What a person does at once; the report follows when the results of the whole text are painted."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QDialog

    from ui.page import Room
    from ui.qt_application import qt_application
    from ui.shell.window import ShellWindow

    app = qt_application()
    window = next(widget for widget in app.topLevelWidgets() if isinstance(widget, ShellWindow))
    window.resize(*SIZE)
    window.open_room(Room.CATALOGUE)
    page = window.page

    class Painted(QObject):
        """Hears the first picture of the results after the text was typed."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and page.model.query.text == TEXT and page.model.rowCount():  # type: ignore[attr-defined]
                watched.removeEventFilter(self)
                if linger_ms:
                    QTimer.singleShot(linger_ms, end)
                else:
                    end()
            return False

    def end() -> None:
        report(started)
        window.close()
        # Where orders wait it asks first.
        for question in window.findChildren(QDialog):
            question.accept()

    page.grid.viewport().installEventFilter(Painted(window))  # type: ignore[attr-defined]
    for letter in TEXT:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        app.sendEvent(page.search.edit, event)  # type: ignore[attr-defined]


def main() -> int:
    """Do what the arguments say."""
    kind, started, *profile = sys.argv[1:]
    if kind == "window":
        bare_window(float(started))
        return 0
    return desktop(float(started), Path(profile[0]), LINGER_MS if kind == "work" else 0)


if __name__ == "__main__":
    sys.exit(main())
