"""Which server and account a profile belongs to: the file profile.json. Its secrets live elsewhere: `credentials`."""

from pathlib import Path

import msgspec

from desktop_app.errors import StorageFailed
from desktop_app.whole_file import write_whole


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
    try:
        write_whole(path, msgspec.json.format(msgspec.json.encode(profile), indent=1))
    except OSError as error:
        raise StorageFailed(
            f"The profile could not be kept in {path} ({error}).", reason="read-only", path=str(path)
        ) from error
