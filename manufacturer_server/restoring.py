"""Putting a backup in the place of the server's file: a new epoch begins before anybody can be served from it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from manufacturer_server.errors import ServerRefusal, StorageUnusable
from manufacturer_server.exported import adopt_files
from manufacturer_server.lineage import note_lost, renew_epoch
from manufacturer_server.sole_use import sole_use
from manufacturer_server.storage import copies
from manufacturer_server.storage.copies import Known
from manufacturer_server.storage.database import FILE_NAME, Database

_STAGED = "restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the file before lies (None: there was none), the new epoch, who must join again.

    `joined_since` are the accounts of desks that joined after the backup was made, as far as can be known.
    """

    aside: Path | None
    epoch: str
    joined_since: list[str]


def restore(
    folder: Path, backup: Path, now: datetime, new_id: Callable[[], str], *, exported: Path | None = None
) -> Restored:
    """Put `backup` in the place of the server's file in `folder`, which is kept beside. Raises ServerRefusal.

    Where the file before can still be read, all counters go on above its own, too. `exported` is the folder of the
    exports: what left in files that the backup does not know of is not to leave again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with sole_use(folder):
            staged = folder / _STAGED
            # Of an attempt that was cut short; the folder then still has its file of before.
            shutil.rmtree(staged, ignore_errors=True)
            copies.copy_file(backup, staged / FILE_NAME)
            before = copies.read_known(folder)
            epoch = _begin_epoch(staged, backup, before, now, new_id, exported)
            after = copies.read_known(staged)
            aside = folder / f"replaced-{now:%Y%m%d-%H%M%S-%f}"
            replaced = copies.put_in_place(staged, folder, aside)
    except OSError as error:
        raise StorageUnusable(f"{folder} cannot be written: {error.strerror}.") from error
    gone = before.desks - after.desks if before is not None and after is not None else frozenset()
    return Restored(aside if replaced else None, epoch, sorted({account for account, _ in gone}))


def _begin_epoch(
    staged: Path, backup: Path, before: Known | None, now: datetime, new_id: Callable[[], str], exported: Path | None
) -> str:
    database = Database.open(staged)
    try:
        known = copies.read_known(staged)
        if known is None:
            raise ServerRefusal(f"{backup} is not the backup of a server.")
        if before is not None and before.server_id != known.server_id:
            raise ServerRefusal(f"{backup} is the backup of another server than the one in this folder.")
        with database.writing() as connection:
            for epoch in before.epochs if before is not None else ():
                note_lost(connection, epoch, now)
            seen = before.counters if before is not None else {}
            fresh = renew_epoch(connection, f"restored from {backup.name}", now, new_id, seen=seen)
            if exported is not None:
                adopt_files(connection, exported, now)
            return fresh.epoch
    finally:
        database.close()
