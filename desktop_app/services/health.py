"""The health of an open desk, for the doctor and for the settings: what its files are read with and whether they are
whole. Nobody is asked, and nothing is changed, except that a damaged catalogue is noted as to be fetched again.
"""

from pathlib import Path

from msgspec import Struct

from desktop_app.errors import StorageFailed
from desktop_app.services.second_copy import SecondCopy
from desktop_app.storage.catalog_shelf import CatalogShelf
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.inspection import Engine, FileCheck, check_open_file, check_plain_file, engine
from desktop_app.storage.sealed_journal import JournalHealth


class Health(Struct, frozen=True):
    """What was found. `unreadable_rows` are rows of the server that could not be read; backups come oldest first.

    `unsent` are the files of the second copy, `uncopied` the messages that have not left and are not in it.
    """

    engine: Engine
    desk: FileCheck
    catalogue: FileCheck
    generation: int
    unreadable_rows: int
    backups: tuple[Path, ...]
    unsent: JournalHealth
    uncopied: int

    def problems(self) -> tuple[str, ...]:
        """What is wrong, in English sentences; empty where all is well."""
        found = []
        if self.desk.damage:
            found.append(f"The file with the orders is damaged: {self.desk.damage}.")
        if self.catalogue.damage:
            found.append(f"The catalogue file is damaged ({self.catalogue.damage}); it is fetched again.")
        if self.unsent.damaged_bytes:
            found.append(f"{self.unsent.damaged_bytes} bytes of the second copy of unsent orders are damaged.")
        if self.uncopied:
            found.append(f"{self.uncopied} orders that have not left have no second copy.")
        if not self.engine.wal_safe:
            found.append(f"SQLite {self.engine.sqlite} has a bug in write-ahead logging; it is not used.")
        return tuple(found)


def examine(database: DeskDatabase, shelf: CatalogShelf, second_copy: SecondCopy) -> Health:
    """Look the open files of a desk over. Raises StorageFailed where not even that is possible."""
    catalogue = check_plain_file(shelf.path())
    if catalogue.damage:
        shelf.condemn(StorageFailed(catalogue.damage, reason="damaged"))
    return Health(
        engine=engine(database.connection),
        desk=check_open_file(database.connection, database.path),
        catalogue=catalogue,
        generation=shelf.generation,
        unreadable_rows=0 if catalogue.damage else len(shelf.repository().bad_rows()),
        backups=tuple(database.backups()),
        unsent=second_copy.health(),
        uncopied=second_copy.missing(),
    )
