"""The headless front end itself: which arguments are whose, exit codes, and what it must not load."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import cli


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], ""),
        (["--practice"], ""),
        (["--profile", "order"], ""),
        (["--profile=order"], ""),
        (["--profile", "x", "order", "list"], "order"),
        (["demo", "--out", "x"], "demo"),
    ],
)
def test_the_sub_command_is_found_behind_the_profile(words: list[str], command: str) -> None:
    assert cli.command_in(words) == command


@pytest.mark.parametrize("words", [[], ["sing"], ["--what"], ["sync", "--what"], ["--profile"]])
def test_wrong_usage_is_2_and_says_how(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: comptoir" in err


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_every_sub_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert cli.COMMANDS[command] in " ".join(capsys.readouterr().out.split())


def test_help_names_every_sub_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in cli.COMMANDS)


def test_a_fresh_profile_is_refused_in_words_and_stays_untouched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = tmp_path / "fresh"
    for words in (["order", "list"], ["queue"], ["search", "x"], ["price", "x"]):
        assert cli.main(["--profile", str(profile), *words]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "not connected" in err
    assert not profile.exists()


def test_starting_it_loads_no_screen_and_nothing_slow() -> None:
    code = "import desktop_app.cli, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"msgspec", "httpx", "sqlcipher3", "sqlite_utils", "keyring", "desktop_app.application"} & set(loaded)


def test_a_sub_command_needs_no_network_library_to_list_orders() -> None:
    code = "import desktop_app.commands.order, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "sqlite_utils", "keyring"} & set(loaded)
    assert not [name for name in loaded if name.startswith("PySide")]
