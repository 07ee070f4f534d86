"""A real key store for a test: gnome-keyring on a session bus of its own, ended with the test."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BACKEND = "keyring.backends.SecretService.Keyring"


@contextmanager
def unlocked_key_store(folder: Path) -> Iterator[dict[str, str]]:
    """Start bus and key store, unlocked with a password of no worth; yields the environment that leads to them."""
    config = folder / "bus.conf"
    config.write_text(
        "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN' "
        "'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'><busconfig><type>session</type>"
        f"<listen>unix:dir={folder}</listen><policy context='default'><allow send_destination='*' eavesdrop='true'/>"
        "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>",
        encoding="utf-8",
    )
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    assert bus.stdout is not None
    env = {
        "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHON_KEYRING_BACKEND": BACKEND,
    }
    store = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **env},
    )
    try:
        assert store.stdin is not None
        store.stdin.write(b"practice\n")
        store.stdin.close()
        yield env
    finally:
        for process in (store, bus):
            process.terminate()
            process.wait(10)
        bus.stdout.close()


@pytest.fixture
def key_store(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a real, unlocked key store."""
    missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if shutil.which(name) is None]
    assert not missing, f"{missing} not installed: run `make test`, which installs them"
    # Paths of sockets are short: the test's own folder may not be.
    folder = Path(f"/tmp/ct-{os.getpid()}-{abs(hash(tmp_path)) % 99999}")
    folder.mkdir(mode=0o700)
    try:
        with unlocked_key_store(folder) as env:
            yield env
    finally:
        shutil.rmtree(folder, ignore_errors=True)
