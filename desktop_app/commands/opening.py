"""Opening the profile a sub-command works on, and closing it whatever happens."""

import contextlib
from argparse import Namespace
from collections.abc import Iterator

from desktop_app.application import Application


@contextlib.contextmanager
def opened(arguments: Namespace) -> Iterator[Application]:
    """The application of `arguments.profile`. Raises StorageFailed or VaultUnavailable where it cannot be opened."""
    application = Application.open(arguments.profile)
    try:
        yield application
    finally:
        application.close_files()
