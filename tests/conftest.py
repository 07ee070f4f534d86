"""What every test stands on: no screen unless asked for, one language and time zone, no key store, its own home."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any Qt import. A test that wants a real window system starts one for itself, as a process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.qpa.fonts=false"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["LANGUAGE"] = "en"
# Far from the server's Europe/Paris, so that a mix-up of the two shows.
os.environ["TZ"] = "America/Halifax"
if hasattr(time, "tzset"):
    time.tzset()
# A key store that refuses: a test that needs one brings its own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for name in ("COMPTOIR_TOKEN", "COMPTOIR_DESK_KEY"):
    os.environ.pop(name, None)

settings.register_profile(
    "comptoir", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.register_profile("deep", parent=settings.get_profile("comptoir"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "comptoir"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for each test, so that none reads or writes the profile of who runs the tests."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name.removeprefix("XDG_").lower()))
    return folder
