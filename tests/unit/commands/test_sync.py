"""`comptoir sync` where nobody answers. With a server: tests/e2e."""

import json
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.paths import ProfilePaths
from desktop_app.sync.lock import SyncLock
from tests.support.desk_world import WORKED_EXAMPLE
from tests.support.offline_desk import KEY, TOKEN, offline_desk


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with one order in its queue and a server address where nobody listens."""
    monkeypatch.setenv("COMPTOIR_TOKEN", TOKEN)
    monkeypatch.setenv("COMPTOIR_DESK_KEY", KEY.hex())
    desk = offline_desk(tmp_path / "desk")
    desk.orders.new_order(WORKED_EXAMPLE, round_up=False).submit()
    desk.close_files()
    path = tmp_path / "desk" / "profile.json"
    path.write_text(path.read_text().replace("https://orders.example.com", "http://127.0.0.1:9"))
    return tmp_path / "desk"


def test_unreached_is_exit_one_with_the_reason(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(profile), "sync", "--json"]) == 1
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer == {"pulled": {}, "pushed": 0, "waiting": 1, "attention": 0, "reason": "offline", "reconciled": {}}
    assert "127.0.0.1:9" in captured.err


def test_beside_an_open_desktop_the_work_is_left_to_it(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desktop = SyncLock(ProfilePaths(profile).lock)
    assert desktop.acquire()
    assert main(["--profile", str(profile), "sync", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["reason"] == "left-to-other"
    assert "is open on this profile" in captured.err
    desktop.release()


def test_before_it_is_connected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(tmp_path / "desk"), "sync"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "not connected" in captured.err
