"""A desk of the practice manufacturer for the benches: connected and filled once per run, copied for each bench."""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from desktop_app.paths import ProfilePaths
from desktop_app.profile import read_profile
from manufacturer_server.storage.database import FILE_NAME
from tests.support.programs import ServerProcess, connect, joining_code, run

ACCOUNT = "D101"


def own_copy(name: str) -> Path:
    """A profile folder of its own for the bench `name`, with the 47,551 products; its server is not running."""
    target = _folder() / name
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(_filled(), target)
    return target


@contextmanager
def served(name: str) -> Iterator[Path]:
    """The same folder while its server runs, on a copy of its own of the data, where the desk looks for it.

    It is a server like any other: it does not move the orders along by itself as a practice manufacturer does.
    """
    profile = own_copy(name)
    data = _folder() / f"{name}-server"
    shutil.copytree(_folder() / "server", data)
    with closing(sqlite3.connect(data / FILE_NAME)) as file:
        file.execute("UPDATE settings SET value = '0' WHERE name = 'practice'")
        file.commit()
    found = read_profile(ProfilePaths(profile).profile)
    assert found is not None
    with ServerProcess(data, urlsplit(found.server_url).port or 0):
        yield profile


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
