"""Which server and account a profile belongs to: the file profile.json. Its secrets live elsewhere: `credentials`."""

import os
from pathlib import Path

import msgspec

from desktop_app.errors import StorageFailed


class Profile(msgspec.Struct, frozen=True, omit_defaults=True):
    """One connected desk. `key` (64 hexadecimal digits) and `token` are filled for practice only: it has no secrets."""

    server_url: str
    server_id: str
    account: str
    dealer: str
    manufacturer: str
    client_instance: str
    practice: bool = False
    time_zone: str = "Europe/Paris"
    key: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"Profile({self.account!r} at {self.server_url!r})"


def read_profile(path: Path) -> Profile | None:
    """The profile, or None where this desk was never connected. Raises StorageFailed for a file that is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Profile)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise StorageFailed(
            f"The file {path} cannot be read ({error}). Orders in this folder are untouched; "
            "put the file back from a backup, or connect again in another folder.",
            reason="damaged",
            path=str(path),
        ) from error


def write_profile(path: Path, profile: Profile) -> None:
    """Keep the profile, all or nothing, readable by its owner only. Raises StorageFailed."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(profile), indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageFailed(
            f"The profile could not be kept in {path} ({error}).", reason="read-only", path=str(path)
        ) from error
