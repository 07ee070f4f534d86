"""The recovery code of a connected desk: made, shown once, kept nowhere. What it opens: `recovery_service`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop_app import sealing
from desktop_app.errors import ActionNotPossible, FileNotWritten, RecoveryCodeInvalid
from desktop_app.profile import Profile
from desktop_app.storage.recovery_file import RecoveryFile, read_recovery, write_recovery
from desktop_app.whole_file import write_whole


class RecoveryCodes:
    """Makes a code and keeps what it opens: the key of desk.db, sealed, in recovery.json.

    A new code takes the place of the earlier one, which opens nothing any more. `kept` is called after that: the second
    copy is then sealed to the new one.
    """

    def __init__(
        self, path: Path, profile: Profile, desk_key: bytes, *, kept: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._path, self._profile, self._desk_key = path, profile, desk_key
        self._kept, self._now = kept, now

    @property
    def possible(self) -> bool:
        """Whether a code is of use: practice has nothing to lose, and its key lies in the open."""
        return not self._profile.practice

    def made_at(self) -> datetime | None:
        """When the code in force was made, None where there is none. Raises StorageFailed for a damaged file."""
        recovery = read_recovery(self._path)
        return None if recovery is None else recovery.made_at

    def propose(self) -> str:
        """A new code to show. It is of no use before `keep` was called with it."""
        if not self.possible:
            raise ActionNotPossible("A practice desk has no recovery code: there is nothing in it to lose.")
        return sealing.RecoveryCode.new().text

    def keep(self, text: str) -> None:
        """Put the code in force. Raises RecoveryCodeInvalid, or StorageFailed, with the earlier one still in force."""
        private = parsed(text).private_key(self._profile.client_instance)
        public = sealing.public_key(private)
        box = sealing.seal_desk_key(self._desk_key, public)
        write_recovery(self._path, RecoveryFile(self._profile.client_instance, public, box, self._now()))
        self._kept()

    def save_sheet(self, path: Path, sheet: str) -> None:
        """Write the sheet with the code where the person wants it. Raises FileNotWritten, and what is there stays."""
        try:
            write_whole(path, sheet.encode())
        except OSError as error:
            raise FileNotWritten(f"{path} cannot be written ({error.strerror or error}).", path=str(path)) from error


def parsed(text: str) -> sealing.RecoveryCode:
    """The code a person typed. Raises RecoveryCodeInvalid."""
    try:
        return sealing.RecoveryCode.parse(text)
    except ValueError as error:
        raise RecoveryCodeInvalid(
            f"This is not a recovery code: {error}. Look at the printed code again.", reason="mistyped"
        ) from error
