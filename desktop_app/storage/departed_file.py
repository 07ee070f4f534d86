"""The file departed.json: the manufacturer has shut out this desk, and it has handed over what had not left."""

from datetime import datetime
from pathlib import Path

import msgspec

from desktop_app.errors import StorageFailed
from desktop_app.whole_file import write_whole


class Departed(msgspec.Struct, frozen=True):
    """`at` is when it handed over its `messages`, `reason` what the manufacturer said, "" where nothing.

    `client_instance` names the desk: one that begins in its place is another. `key_deleted` once nobody can open its
    desk.db any more.
    """

    client_instance: str
    at: datetime
    messages: int
    reason: str = ""
    key_deleted: bool = False


def read_departed(path: Path) -> Departed | None:
    """The file, None where this desk was not shut out for good. Raises StorageFailed where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Departed)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise StorageFailed(f"The file {path} cannot be read ({error}).", reason="damaged", path=str(path)) from error


def write_departed(path: Path, departed: Departed) -> None:
    """Keep the file, all or nothing. Raises StorageFailed."""
    try:
        write_whole(path, msgspec.json.format(msgspec.json.encode(departed), indent=1))
    except OSError as error:
        raise StorageFailed(
            f"{path} cannot be written ({error.strerror or error}).", reason="read-only", path=str(path)
        ) from error
