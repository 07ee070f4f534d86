"""The child process: how its start, its end and its failures are noticed. The real one: tests/sync/test_practice.py."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.errors import ActionNotPossible
from desktop_app.services.practice_server import PracticeServer, server_program

LISTENS = "print('listening on http://127.0.0.1:4711', flush=True); import sys; sys.stdin.read()"
FOUNDS = "import pathlib, sys; pathlib.Path(sys.argv[3]).mkdir(); print('done')"
CODE = "print('for D101: ABCD-EFGH')"


def server(tmp_path: Path, script: str) -> PracticeServer:
    return PracticeServer(tmp_path / "manufacturer", (sys.executable, "-c", script))


def test_it_is_there_once_it_says_so_and_gone_once_told(tmp_path: Path) -> None:
    practice = server(tmp_path, LISTENS)
    assert not practice.running
    assert practice.start() == "http://127.0.0.1:4711"
    assert practice.running
    practice.stop()
    practice.stop()
    assert not practice.running


@pytest.mark.parametrize(
    "script", ["raise SystemExit(1)", "print('no port', flush=True); import sys; sys.stdin.read()"]
)
def test_a_server_that_does_not_start_is_a_refusal(tmp_path: Path, script: str) -> None:
    practice = server(tmp_path, script)
    with pytest.raises(ActionNotPossible):
        practice.start()
    assert not practice.running


def test_a_server_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.services.practice_server.STOP_TIMEOUT_S", 0.2)
    practice = server(tmp_path, LISTENS + "\nimport time; time.sleep(60)")
    practice.start()
    practice.stop()
    assert not practice.running


def test_founding_is_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "manufacturer.part").mkdir()
    practice = server(tmp_path, "import sys; print('disk full', file=sys.stderr); raise SystemExit(1)")
    with pytest.raises(ActionNotPossible, match="disk full"):
        practice.found()
    assert not practice.founded
    practice = server(tmp_path, FOUNDS)
    practice.found()
    assert practice.founded
    practice.remove()
    assert not practice.founded


def test_the_code_is_the_last_word(tmp_path: Path) -> None:
    assert server(tmp_path, CODE).joining_code("D101") == "ABCD-EFGH"


def test_in_a_checkout_it_runs_as_a_module() -> None:
    done = subprocess.run([*server_program(), "init", "--help"], capture_output=True, text=True, check=True)
    assert "--practice" in done.stdout


@pytest.mark.parametrize("suffix", ["", ".exe"])
def test_a_packaged_desk_takes_the_server_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"comptoir{suffix}"))
    assert server_program() == (str(tmp_path / f"comptoir-server{suffix}"),)
