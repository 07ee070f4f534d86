"""The file recovery.json: the key of desk.db, sealed so that only the recovery code opens it. The code is not in it."""

from datetime import datetime
from pathlib import Path

import msgspec

from desktop_app.errors import StorageFailed
from desktop_app.whole_file import write_whole

FORMAT = 1


class RecoveryFile(msgspec.Struct, frozen=True):
    """`public` is the raw public key that the code stands for, `desk_key` the sealed key, `made_at` when it was made.

    `client_instance` names the desk: the code means another key at each.
    """

    client_instance: str
    public: bytes
    desk_key: bytes
    made_at: datetime
    version: int = FORMAT


def read_recovery(path: Path) -> RecoveryFile | None:
    """The file, None where this desk has no recovery code. Raises StorageFailed where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=RecoveryFile)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise StorageFailed(
            f"The file {path} cannot be read ({error}). Put it back from a copy, or make a new recovery code while "
            "this desk still opens.",
            reason="recovery-damaged",
            path=str(path),
        ) from error


def write_recovery(path: Path, recovery: RecoveryFile) -> None:
    """Keep the file in place of an earlier one, all or nothing. Raises StorageFailed."""
    try:
        write_whole(path, msgspec.json.format(msgspec.json.encode(recovery), indent=1))
    except OSError as error:
        raise StorageFailed(
            f"The recovery code could not be kept in {path} ({error}).", reason="read-only", path=str(path)
        ) from error
