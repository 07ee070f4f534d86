"""A desk with the worked example's data, for the repositories of desk.db."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk_world import DeskWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DeskWorld]:
    """A desk with the worked example's catalogue and terms."""
    world = DeskWorld(tmp_path)
    yield world
    world.close()
