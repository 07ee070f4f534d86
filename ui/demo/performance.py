"""A whole performance: a desktop on a fresh folder, the main job played on it, everything closed after it."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ui.async_bridge import run_until_complete
from ui.demo.hand import Hand, Stuck
from ui.demo.main_job import Stage, play_main_job
from ui.desktop import Desktop, DesktopOptions
from ui.formats import Formats
from ui.qt_application import qt_application

_PICTURE_SIZE = (1440, 900)


def play(out: Path, *, language: str, theme: str) -> int:
    """Play the main job on a fresh practice desk and leave one numbered PNG per step in `out`.

    Tells on stdout what happens. Returns 0, or 1 where a step did not come about (said on stderr) or `out` cannot be
    written. Pictures of an earlier performance in `out` are replaced.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as error:
        print(f"The pictures cannot be written to {out}: {error.strerror}.", file=sys.stderr)
        return 1
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    handler = qInstallMessageHandler(_tell_qt)
    app = qt_application()
    folder = Path(tempfile.mkdtemp(prefix="comptoir-demo-"))
    options = DesktopOptions(root=folder / "desk", own_folder=True, language=language, theme=theme)
    try:
        return run_until_complete(app, lambda: _perform(Desktop(options), options, out))
    finally:
        qInstallMessageHandler(handler)
        shutil.rmtree(folder, ignore_errors=True)


async def _perform(desktop: Desktop, options: DesktopOptions, out: Path) -> int:
    if not desktop.open(options.root, practice=False):
        return 1
    assert desktop.window is not None
    assert desktop.application is not None
    desktop.window.resize(*_PICTURE_SIZE)
    hand = Hand(desktop.window, out)
    stage = Stage(desktop.window, desktop.application, hand, _say, Formats(options.language))
    try:
        number = await play_main_job(stage)
    except Stuck as stuck:
        hand.picture("stuck")
        print(f"The demonstration got stuck waiting for {stuck}; see {hand.pictures[-1]}.", file=sys.stderr)
        return 1
    finally:
        await desktop.close()
    print(f"{number}: {len(hand.pictures)} PNG, {out}", flush=True)
    return 0


def _tell_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt says, on stderr; but not that a platform without a screen cannot raise the windows it raises itself."""
    if kind is not QtMsgType.QtDebugMsg and not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _say(words: str) -> None:
    print(words, flush=True)
