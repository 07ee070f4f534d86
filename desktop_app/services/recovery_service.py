"""Putting a desk back that does not open any more: its key with the recovery code, its file from a backup, and what had
not left from the second copy. Nothing is ever deleted: what is replaced is put aside.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from desktop_app import sealing
from desktop_app.contract.sealed import Sealed, UnsentOrder
from desktop_app.credentials import Credentials
from desktop_app.errors import (
    ActionNotPossible,
    ComptoirError,
    NotConnected,
    RecoveryCodeInvalid,
    StorageFailed,
    VaultUnavailable,
)
from desktop_app.paths import ProfilePaths
from desktop_app.profile import Profile, read_profile
from desktop_app.services.recovery_codes import parsed
from desktop_app.services.second_folder import PREFIX, copies_in
from desktop_app.settings import SECOND_FOLDER, Settings
from desktop_app.storage.database import copy_database, remove_database, replace_durably, storage_errors
from desktop_app.storage.desk_database import DeskDatabase, backups, settle
from desktop_app.storage.recovery_file import read_recovery
from desktop_app.storage.sealed_journal import SealedJournal
from desktop_app.storage.unsent_rows import UnsentRows
from desktop_app.sync.departure import departed_error, has_departed
from desktop_app.sync.lock import SyncLock
from desktop_app.world import World

# What is wrong with a desk.db that is put back. Anything else (locked, full, a newer version) is mended elsewhere.
LOST = frozenset({"desk-damaged", "desk-missing", "not-a-database"})
_STAMP = "%Y-%m-%dT%H-%M-%S-%f"
_logger = logging.getLogger(__name__)


class Findings(Struct, frozen=True):
    """What there is to put a desk back with. `trouble` is why it does not open, None where it does.

    `backups` come newest first, each with when it was made; `copies` is the number of messages in the second copy;
    `needs_code` whether the key can only be had with the recovery code, `has_code` whether this desk has one.
    """

    trouble: ComptoirError | None
    backups: tuple[tuple[Path, datetime], ...]
    copies: int
    needs_code: bool
    has_code: bool


class Recovered(Struct, frozen=True):
    """What was put back: the key, the backup ("" where none was needed, or there was none), and `orders` messages of
    the second copy. `aside` is where the file lies that did not open; `anew` whether an empty one was begun.

    `held` orders of the backup had not left when it was made and are not in the second copy: they were answered or
    taken back since, and wait for a person. So do those of the `elsewhere` messages that only the second folder had,
    which may have been behind. `unreadable` records of the second copy are sealed to other keys.
    """

    key: bool = False
    backup: str = ""
    aside: str = ""
    anew: bool = False
    orders: int = 0
    held: int = 0
    elsewhere: int = 0
    unreadable: int = 0


class RecoveryService:
    """Works on a profile that nobody has open. Everything is prepared beside the old file, which goes last."""

    def __init__(self, root: Path, *, credentials: Credentials | None = None, world: World | None = None) -> None:
        self._paths = ProfilePaths(root)
        self._credentials, self._world = credentials or Credentials(), world or World()
        self._prepared = self._paths.desk.with_name("desk.db.put-back")
        self._journal = SealedJournal(self._paths.unsent, self._world.new_id)

    @property
    def folder(self) -> Path:
        """The folder of the profile."""
        return self._paths.root

    def helps(self, error: ComptoirError) -> bool:
        """Whether a desk that did not open with this error can be put back here."""
        reason = error.params.get("reason")
        if isinstance(error, VaultUnavailable):
            return reason == "missing" and self._paths.recovery.exists()
        return isinstance(error, StorageFailed) and reason in LOST

    def findings(self) -> Findings:
        """Look at what there is; changes nothing. Raises NotConnected, DeskDeparted (it was shut out for good), or
        StorageFailed for an unreadable folder.
        """
        profile = self._profile()
        trouble: ComptoirError | None = None
        needs_code = False
        try:
            trouble = self._trouble(self._credentials.read(profile).key)
        except VaultUnavailable as error:
            trouble, needs_code = error, error.params.get("reason") == "missing"
        with storage_errors(self._paths.backup):
            made = [(path, _made_at(path)) for path in reversed(backups(self._paths.desk))]
        copies = len(self._journal.records()) + sum(len(one) for one in self._elsewhere(None).values())
        return Findings(trouble, tuple(made), copies, needs_code, self._paths.recovery.exists())

    def recover(self, *, backup: Path | None = None, code: str = "", folder: Path | None = None) -> Recovered:
        """Put back what is lost: with `backup` that one, else the newest that is whole.

        From the second folder `folder`, of this desk or of another one of the same account whose recovery code `code`
        is, comes what is nowhere else; that of this desk is read by itself where the second copy is gone or damaged.
        Raises RecoveryCodeInvalid, VaultUnavailable (the key is not to be had), ActionNotPossible (the program is open,
        or there is nothing that a backup could replace) or StorageFailed; what there was is then as it was.
        """
        profile = self._profile()
        with self._alone():
            elsewhere = self._elsewhere(folder)
            key, put_back = self._key(profile, code, of_another=set(elsewhere) - {profile.client_instance})
            trouble = self._trouble(key)
            if trouble is None and backup is not None:
                raise ActionNotPossible("The file with the orders of this desk is whole: no backup takes its place.")
            if trouble is not None and trouble.params.get("reason") not in LOST:
                raise trouble
            privates = [sealing.own_private_key(key), *_private_keys(code, profile.client_instance)]
            orders, unreadable = _opened(profile, self._journal.records(), privates)
            for instance, records in elsewhere.items():
                found, closed = _opened(profile, records, [*privates, *_private_keys(code, instance)])
                orders += [(replace(record, held=True), order) for record, order in found]
                unreadable += closed
            recovered = Recovered(key=put_back, unreadable=unreadable)
            if trouble is None:
                return self._fill(self._paths.desk, key, orders, recovered, from_backup=False)
            recovered = self._prepare(key, trouble, backup, orders, recovered)
            return self._change_places(recovered)

    # --- the key --------------------------------------------------------------------------------------------------

    def _key(self, profile: Profile, code: str, *, of_another: Collection[str]) -> tuple[bytes, bool]:
        """The key of desk.db, and whether it had to be put back into the key store.

        The code may be that `of_another` desk: then the key store must have the key.
        """
        private = None if not code else parsed(code).private_key(profile.client_instance)
        recovery = read_recovery(self._paths.recovery)
        if private is not None and recovery is not None and sealing.public_key(private) != recovery.public:
            if of_another:
                return self._credentials.read(profile).key, False
            raise RecoveryCodeInvalid(
                "This is not the recovery code of this desk, or a newer one has taken its place.", reason="other-code"
            )
        try:
            return self._credentials.read(profile).key, False
        except VaultUnavailable as error:
            # A locked key store has the key: only one that answers and has none is given it again.
            if error.params.get("reason") != "missing" or private is None or recovery is None:
                raise
        try:
            key = sealing.open_desk_key(recovery.desk_key, private)
        except sealing.CannotOpen as error:
            raise StorageFailed(
                f"The file {self._paths.recovery} was changed: the code fits, what it should open is damaged.",
                reason="recovery-damaged",
                path=str(self._paths.recovery),
            ) from error
        self._credentials.put_back_key(profile.client_instance, key)
        return key, True

    # --- the file -------------------------------------------------------------------------------------------------

    def _trouble(self, key: bytes) -> StorageFailed | None:
        """Why desk.db does not open, None where it does and is whole."""
        try:
            settle(self._paths.desk, self._paths.founded_desk)
            self._open(self._paths.desk, key)
        except StorageFailed as error:
            return error
        return None

    def _open(self, path: Path, key: bytes) -> None:
        """Open a file and read it through. Raises StorageFailed where it is not whole."""
        desk = DeskDatabase(path, key, now=self._world.now)
        try:
            desk.prove_whole()
        finally:
            desk.close()

    def _prepare(
        self,
        key: bytes,
        trouble: StorageFailed,
        backup: Path | None,
        orders: Sequence[tuple[Sealed, UnsentOrder]],
        recovered: Recovered,
    ) -> Recovered:
        """Make the file that is to take the place of desk.db, beside it."""
        chosen = self._copied(key, [backup] if backup is not None else list(reversed(backups(self._paths.desk))))
        if chosen is None:
            if backup is not None or (trouble.params["reason"] == "not-a-database" and not orders):
                # Nothing proves that the key is the right one: the file may be whole.
                raise trouble
            remove_database(self._prepared)
        recovered = replace(recovered, backup="" if chosen is None else str(chosen), anew=chosen is None)
        return self._fill(self._prepared, key, orders, recovered, from_backup=chosen is not None)

    def _copied(self, key: bytes, candidates: Sequence[Path]) -> Path | None:
        """Copy the first backup that is whole to where the new file is made; None where none is."""
        for candidate in candidates:
            remove_database(self._prepared)
            try:
                copy_database(candidate, self._prepared)
                self._open(self._prepared, key)
            except StorageFailed as error:
                _logger.warning("backup %s: %s", candidate, error.message)
            else:
                return candidate
        return None

    def _fill(
        self,
        path: Path,
        key: bytes,
        orders: Sequence[tuple[Sealed, UnsentOrder]],
        recovered: Recovered,
        *,
        from_backup: bool,
    ) -> Recovered:
        """Put what had not left into the file at `path`."""
        desk = DeskDatabase(path, key, now=self._world.now)
        try:
            rows, now = UnsentRows(desk.connection), self._world.now()
            with desk.transaction():
                live = {record.key for record, _ in orders}
                held = rows.after_backup(live, now) if from_backup else []
                # In a file that is whole, what was taken back since it was copied is not put back; and the second
                # folder may have been behind.
                back = [
                    record.key
                    for record, order in orders
                    if (path == self._prepared and self._journal.knows(record.key))
                    or not (rows.is_settled(record.key, record.at) or rows.had(order))
                    if rows.put_back(order, held=record.held, now=now)
                ]
        finally:
            desk.close()
        elsewhere = sum(not self._journal.knows(key) for key in back)
        return replace(recovered, orders=len(back), held=len(held), elsewhere=elsewhere)

    def _change_places(self, recovered: Recovered) -> Recovered:
        """Put the old file aside, with what lies beside it, and the new one into its place."""
        stamp = self._world.now().astimezone(UTC).strftime(_STAMP)
        aside = self._paths.root / "damaged" / f"desk-replaced-{stamp}.db"
        desk = self._paths.desk
        with storage_errors(desk):
            if desk.exists():
                aside.parent.mkdir(exist_ok=True)
                for suffix in ("-wal", ""):
                    file = desk.with_name(desk.name + suffix)
                    if file.exists():
                        replace_durably(file, aside.with_name(aside.name + suffix))
                recovered = replace(recovered, aside=str(aside))
            desk.with_name(desk.name + "-shm").unlink(missing_ok=True)
            replace_durably(self._prepared, desk)
        return recovered

    # --- the second copy ------------------------------------------------------------------------------------------

    def _elsewhere(self, folder: Path | None) -> dict[str, list[Sealed]]:
        """What only the second folder has, by the id of the desk that wrote it."""
        if folder is None:
            health, chosen = self._journal.health(), Settings(self._paths.settings).get(SECOND_FOLDER)
            if not chosen or (health.files and not health.damaged_bytes):
                return {}
            folder = Path(chosen) / (PREFIX + self._profile().client_instance)
            if not folder.is_dir():
                return {}
        found = copies_in(folder, self._world.new_id)
        self._journal.refresh()
        return {
            instance: [record for record in records if not self._journal.knows(record.key)]
            for instance, records in found.items()
        }

    # --- inside ---------------------------------------------------------------------------------------------------

    def _profile(self) -> Profile:
        profile = read_profile(self._paths.profile)
        if profile is None:
            raise NotConnected(f"No desk was ever connected in {self._paths.root}: there is nothing to put back.")
        if (departed := has_departed(self._paths, profile)) is not None:
            raise departed_error(profile, departed)
        return profile

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """With the program closed: two that write to the folder would undo each other's work."""
        lock = SyncLock(self._paths.lock)
        if not lock.acquire():
            raise ActionNotPossible("Comptoir is open on this folder. Close it first, then put the desk back.")
        try:
            yield
        finally:
            lock.release()


def _opened(
    profile: Profile, records: Iterable[Sealed], privates: Sequence[bytes]
) -> tuple[list[tuple[Sealed, UnsentOrder]], int]:
    """What the records hold of this desk's account, and how many of them no key opens."""
    found: list[tuple[Sealed, UnsentOrder]] = []
    unreadable = 0
    for record in records:
        order = _opened_with(record, privates)
        if order is None:
            unreadable += 1
        elif (order.server_id, order.account) == (profile.server_id, profile.account):
            found.append((record, order))
    return found, unreadable


def _private_keys(code: str, instance: str) -> list[bytes]:
    """The key that a recovery code, if any, means at the desk `instance`."""
    return [parsed(code).private_key(instance)] if code else []


def _opened_with(record: Sealed, privates: Sequence[bytes]) -> UnsentOrder | None:
    for private in privates:
        try:
            return sealing.open_sealed(record, private)
        except sealing.CannotOpen as error:
            _logger.debug("second copy: %s: %s", record.key, error)
    return None


def _made_at(backup: Path) -> datetime:
    """When a backup was made, as its name says, else as the file system does."""
    try:
        return datetime.strptime(backup.stem.removeprefix("desk-"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(backup.stat().st_mtime, UTC)
