"""`comptoir connect` where it is refused. With a server: tests/e2e."""

from pathlib import Path

import pytest

from desktop_app.cli import main


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["http://orders.example.com", "--code", "X"], 1, "unencrypted"),
        (["http://127.0.0.1:9", "--code", "X"], 1, "Nothing answers"),
        (["http://127.0.0.1:9"], 2, "--code"),
        ([], 2, "URL"),
    ],
)
def test_refusals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    assert main(["--profile", str(tmp_path / "desk"), "connect", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert not (tmp_path / "desk").exists()
