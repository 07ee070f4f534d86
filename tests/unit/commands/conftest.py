"""A profile on disk, and the headless front end run on it in this process."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from tests.support.desk_world import DeskWorld


@dataclass(frozen=True)
class Answer:
    """What a sub-command printed and how it ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        return json.loads(self.stdout)


Comptoir = Callable[..., Answer]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    """The desk whose folder the sub-commands work on, open as a desktop beside them would have it."""
    world = DeskWorld(tmp_path)
    # Commands look at the real clock: what they write comes after what this desk wrote.
    world.time = datetime.now(UTC)
    world.write_profile()
    yield world
    world.close()


@pytest.fixture
def comptoir(world: DeskWorld, capsys: pytest.CaptureFixture[str]) -> Comptoir:
    """Run one sub-command; fails where the exit code is not `expect`."""

    def run(*words: str | Path, expect: int = 0) -> Answer:
        code = cli.main(["--profile", str(world.folder), *map(str, words)])
        out, err = capsys.readouterr()
        assert code == expect, f"{words}: exit {code}\n{out}\n{err}"
        return Answer(code, out, err)

    return run


@pytest.fixture
def lines_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a file of order lines."""

    def write(text: str = "sku,quantity\nTN1,12\nMF9,2\nBK1,3\n") -> Path:
        path = tmp_path / "lines.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write
