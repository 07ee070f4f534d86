"""`comptoir doctor`: what it says of a fresh, a healthy and a broken profile."""

import json
from pathlib import Path

import pytest

from desktop_app.cli import main
from tests.support.offline_desk import KEY, TOKEN, offline_desk


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPTOIR_TOKEN", TOKEN)
    monkeypatch.setenv("COMPTOIR_DESK_KEY", KEY.hex())


def test_a_fresh_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(tmp_path / "desk"), "doctor", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["connected"], answer["problems"]) == (False, [])
    assert not (tmp_path / "desk").exists()


def test_a_healthy_profile_without_its_secrets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offline_desk(tmp_path / "desk").close_files()
    assert main(["--profile", str(tmp_path / "desk"), "doctor", "--json"]) == 0
    printed = capsys.readouterr().out
    answer = json.loads(printed)
    assert (answer["desk_integrity"], answer["catalogue_integrity"], answer["wal_safe"]) == ("ok", "ok", True)
    assert answer["queue"] == {"waiting": 0, "held": 0, "attention": 0}
    assert answer["ages"]["products"]["rows"] == 8
    assert TOKEN not in printed
    assert KEY.hex() not in printed


def test_a_key_that_does_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    offline_desk(tmp_path / "desk").close_files()
    monkeypatch.setenv("COMPTOIR_DESK_KEY", KEY[::-1].hex())
    assert main(["--profile", str(tmp_path / "desk"), "doctor", "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["problems"]
    assert "key does not fit" in captured.err


def test_a_folder_that_another_program_syncs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offline_desk(tmp_path / "synced" / "desk").close_files()
    (tmp_path / "synced" / ".stfolder").touch()
    assert main(["--profile", str(tmp_path / "synced" / "desk"), "doctor", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert ["Syncthing" in problem for problem in answer["problems"]] == [True]
    assert answer["desk_integrity"] == "ok"
