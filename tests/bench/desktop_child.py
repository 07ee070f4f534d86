"""A process that is measured: a bare Qt window, or the desktop up to the moment when typed text has results on screen.

`python -m tests.bench.desktop_child window|search STARTED [PROFILE]` prints one JSON object; STARTED is the parent's
`time.monotonic()`.
"""

import json
import re
import sys
import time
from pathlib import Path

TEXT = "logitech mx"
SIZE = (1440, 900)
LIMIT_S = 60.0


def report(started: float) -> None:
    """Print how long it took and, on Linux, the most memory this process held."""
    elapsed_ms = (time.monotonic() - started) * 1000
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    sys.stdout.write(json.dumps({"ms": elapsed_ms, "peak_mb": int(peak[1]) / 1024 if peak else None}) + "\n")
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


def desktop(started: float, profile: Path) -> int:
    """The desktop as `comptoir` opens it: to the catalogue, a text typed, its results painted."""
    import asyncio

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QKeyEvent, Qt
    from PySide6.QtWidgets import QApplication

    from ui.async_bridge import run_until_complete
    from ui.desktop import Desktop, DesktopOptions
    from ui.page import Room

    class Painted(QObject):
        """Hears the first picture of the results after the text was typed."""

        heard = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.heard = self.heard or event.type() is QEvent.Type.Paint
            return super().eventFilter(watched, event)

    async def play() -> int:
        opened = Desktop(DesktopOptions(root=profile, language="fr", theme="light"))
        if not opened.open(profile, practice=False) or opened.window is None:
            return 1
        window, painted = opened.window, Painted()
        window.resize(*SIZE)
        window.open_room(Room.CATALOGUE)
        page = window.page
        for letter in TEXT:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(page.search.edit, event)  # type: ignore[attr-defined]
        page.grid.viewport().installEventFilter(painted)  # type: ignore[attr-defined]
        while not (painted.heard and page.model.rowCount()):  # type: ignore[attr-defined]
            if time.monotonic() - started > LIMIT_S:
                return 1
            await asyncio.sleep(0)
        report(started)
        await opened.close()
        return 0

    return run_until_complete(QApplication([]), play)


def main() -> int:
    """Do what the arguments say."""
    kind, started, *profile = sys.argv[1:]
    if kind == "window":
        bare_window(float(started))
        return 0
    return desktop(float(started), Path(profile[0]))


if __name__ == "__main__":
    sys.exit(main())
