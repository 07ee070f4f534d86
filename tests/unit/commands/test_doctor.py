"""`comptoir doctor`: what it says of a fresh, a healthy and a broken profile."""

import json
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.storage.set_aside import SetAside
from tests.support.desk_world import START
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


def test_rows_that_could_not_be_read_are_a_problem_until_they_are_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    application = offline_desk(tmp_path / "desk")
    assert application._desk is not None
    aside = SetAside(application._desk.database.connection)
    aside.put("journal", "o/1", {"params": "no"}, "ValueError: no object", START)
    application.close_files()
    doctor = ["--profile", str(tmp_path / "desk"), "doctor"]
    assert main(doctor) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["set_aside"][0]["reason"] == "ValueError: no object"
    assert "could not be read" in err
    assert main([*doctor, "--set-aside", str(tmp_path / "rows.json")]) == 0
    assert json.loads((tmp_path / "rows.json").read_text())[0]["key"] == "o/1"


def test_a_second_folder_that_is_away_is_no_problem_one_that_cannot_be_written_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stick := tmp_path / "stick").mkdir()
    application = offline_desk(tmp_path / "desk")
    application.second_copy.use_folder(str(stick))
    application.close_files()
    doctor = ["--profile", str(tmp_path / "desk"), "doctor"]

    def state(code: int) -> str:
        assert main(doctor) == code
        return str(json.loads(capsys.readouterr().out)["second_folder"]["state"])

    assert state(0) == "in-step"
    (mine,) = stick.iterdir()
    stick.rename(tmp_path / "drawer")
    assert state(0) == "absent"
    (tmp_path / "drawer").rename(stick)
    mine.rmdir()
    mine.write_bytes(b"in the way")
    assert state(1) == "failed"
