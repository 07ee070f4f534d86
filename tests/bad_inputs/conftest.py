"""What the screens of these tests stand on is what those of `tests/ui` do, over a catalogue of hostile names."""

import pytest

from tests.bad_inputs.hostile import PRODUCTS, STOCK
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import filled_server, start_server
from tests.ui.conftest import (
    application,
    context,
    desk,
    look,
    navigator,
    now,
    qapp_args,
    qt_warnings,
    widgets_end_in_their_thread,
)

__all__ = (
    "application",
    "context",
    "desk",
    "look",
    "navigator",
    "now",
    "qapp_args",
    "qt_warnings",
    "widgets_end_in_their_thread",
)


@pytest.fixture(scope="session")
def filled_desk(tmp_path_factory: pytest.TempPathFactory) -> TestDesk:
    """A desk of D42, connected and synchronised once; tests work on copies of it."""
    data, files = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("files")
    filled_server(data, files, products=PRODUCTS, stock=STOCK)
    root = tmp_path_factory.mktemp("profile")
    with start_server(data) as server:
        return connected_desk(root, server.url, data)
