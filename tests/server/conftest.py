"""Fixtures for the tests of the server: the worked example's manufacturer, served on a socket."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import filled_server
from tests.support.shop import Desk, Shop, StandingClock


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server's folder with the worked example in it, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    return filled_server(folder / "data", folder / "files", now=StandingClock())


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    """A server's data folder with the worked example, this test's own."""
    return Path(shutil.copytree(founded, tmp_path / "data"))


@pytest.fixture
def shop(data: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Shop]:
    served = Shop(data, tmp_path / "files", clock)
    yield served
    served.close()


@pytest.fixture
def desk(shop: Shop) -> Desk:
    """A desk of the dealer of the worked example."""
    return shop.desk("D42")
