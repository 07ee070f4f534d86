"""A real manufacturer's server on loopback, a network that can fail in between, and desks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cutting_proxy import CuttingProxy
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import RunningServer, filled_server, start_server


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server with the files of the worked example, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("founded")
    return filled_server(folder / "server", folder / "files")


@pytest.fixture
def data(tmp_path: Path, founded: Path) -> Path:
    """The folder of a server with the files of the worked example."""
    return Path(shutil.copytree(founded, tmp_path / "server"))


@pytest.fixture
def server(data: Path) -> Iterator[RunningServer]:
    """The server, running."""
    with start_server(data) as server:
        yield server


@pytest.fixture
def network(server: RunningServer) -> Iterator[CuttingProxy]:
    """The way to the server."""
    with CuttingProxy(server.url) as network:
        yield network


@pytest.fixture
def desk(tmp_path: Path, data: Path, network: CuttingProxy) -> TestDesk:
    """A connected desk of D42, reached through `network`."""
    return connected_desk(tmp_path / "desk", network.url, data)
