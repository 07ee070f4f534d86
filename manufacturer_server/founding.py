"""Making a new server in a folder, with or without the practice set."""

from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from manufacturer_server.errors import FolderTaken, ServerRefusal, StorageUnusable
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import Identity, found

DEFAULT_NAME = "Manufacturer"
PRACTICE_NAME = "Practice manufacturer"


def found_server(
    folder: Path,
    *,
    name: str = DEFAULT_NAME,
    time_zone: str = "Europe/Paris",
    order_prefix: str = "MF",
    practice: bool = False,
    client_minimum: str = "",
    new_id: Callable[[], str],
) -> Identity:
    """Make a new server in `folder`, which must be absent or empty. Raises FolderTaken, StorageUnusable."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ServerRefusal(f"{time_zone!r} is not a time zone; one looks like Europe/Paris.") from error
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderTaken(f"{folder} is not empty; a new server needs a folder of its own.")
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be read: {error.strerror}.") from error
    database = Database.create(folder)
    try:
        with database.writing() as connection:
            return found(
                connection,
                name=name,
                time_zone=time_zone,
                order_prefix=order_prefix,
                practice=practice,
                client_minimum=client_minimum,
                new_id=new_id,
            )
    finally:
        database.close()


def practice_folder() -> Traversable:
    """Where the practice set lies in this installation."""
    return resources.files("resources") / "practice"
