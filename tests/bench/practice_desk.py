"""A desk of the practice manufacturer for the benches: connected and filled once per run, copied for each bench."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.support.programs import ServerProcess, connect, joining_code, run

ACCOUNT = "D101"


def own_copy(name: str) -> Path:
    """A profile folder of its own for the bench `name`, with the 47,551 products; its server is not running."""
    target = _folder() / name
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(_filled(), target)
    return target


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="comptoir-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _filled() -> Path:
    data, profile = _folder() / "server", _folder() / "profile"
    run("comptoir-server", "init", "--data", data, "--practice")
    with ServerProcess(data) as server:
        desk = connect(profile, server.url, joining_code(data, ACCOUNT))
    os.environ.update(desk.secrets)
    return profile
