"""The entry point: a sub-command never loads a screen; the rest is the desktop's."""

import subprocess
import sys
from pathlib import Path

import pytest

from ui import main

WITHOUT_A_SCREEN = """
import sys
from ui.main import main
code = main({arguments!r})
loaded = sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "qasync", "qtawesome"))
print(code, loaded)
"""


@pytest.mark.parametrize("arguments", [["doctor", "--json"], ["--profile", "nowhere", "queue", "--json"]])
def test_a_sub_command_loads_no_qt(arguments: list[str], tmp_path: Path) -> None:
    script = WITHOUT_A_SCREEN.format(arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(main.__file__).parents[1]), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1].endswith(" []"), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ""),
        (["--practice"], ""),
        (["--lang", "fr", "--theme", "dark"], ""),
        (["--profile", "sync", "--practice"], ""),
        (["--profile", "somewhere", "sync", "--json"], "sync"),
        (["demo", "--out", "build"], "demo"),
        (["order", "show", "B-1"], "order"),
    ],
)
def test_options_are_not_taken_for_commands(arguments: list[str], command: str) -> None:
    assert main._command(arguments) == command


def test_wrong_options_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["--theme", "pink"])
    assert ended.value.code == 2
    assert "--theme" in capsys.readouterr().err
