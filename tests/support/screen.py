"""A real window system for a test: Xvfb with a window manager, ended with the test."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

SIZE = "1600x1000x24"


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment that leads to a screen of its own, with openbox so that windows get the focus."""
    missing = [name for name in ("Xvfb", "openbox") if shutil.which(name) is None]
    assert not missing, f"{missing} not installed: run `make test`, which installs them"
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        display = f":{answer.readline().strip()}"
    env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"], env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield env
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)
