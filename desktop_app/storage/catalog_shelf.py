"""Which catalogue file is in force: opened for reading once, exchanged for the next generation, old ones removed."""

from collections.abc import Callable, Mapping
from pathlib import Path

from desktop_app.durable import make_folder
from desktop_app.errors import StorageFailed
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.database import DAMAGED, remove_database
from desktop_app.storage.sync_state import SyncState

_UNUSABLE = DAMAGED | {"cannot-open", "failed", "other-version"}


class CatalogShelf:
    """The catalogue files of one profile. Before the first one arrives, an empty one stands in: generation 0.

    A file found damaged while it is read stays in use, as far as it goes, until a new one is fetched; `on_damage` is
    called when that is found out.
    """

    def __init__(
        self,
        folder: Path,
        path_of: Callable[[int], Path],
        state: SyncState,
        on_damage: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder, self._path_of, self._state, self._on_damage = folder, path_of, state, on_damage
        self._open: tuple[int, CatalogRepository] | None = None

    @property
    def generation(self) -> int:
        """The number of the file in force, 0 while there is no catalogue."""
        return self._open[0] if self._open is not None else self._state.generation

    def repository(self) -> CatalogRepository:
        """The catalogue in force; one that cannot be read counts as none, to be fetched again. Raises StorageFailed."""
        if self._open is None:
            self._open = self._opened(self._state.generation)
        return self._open[1]

    @property
    def damaged(self) -> bool:
        """Whether the file in force was found damaged: it is to be fetched anew."""
        return self.generation != 0 and self._state.damaged_generation == self.generation

    def condemn(self, failure: StorageFailed) -> bool:
        """Note that the file in force is damaged; False where `failure` says something else of it."""
        if failure.params.get("reason") not in DAMAGED or self.generation == 0:
            return False
        if not self.damaged:
            self._state.damaged_generation = self.generation
            self._on_damage()
        return True

    def counts(self) -> Mapping[str, int]:
        """The rows of each collection in the file in force; none where it is too damaged to say."""
        try:
            return self.repository().counts()
        except StorageFailed as failure:
            if not self.condemn(failure):
                raise
            return {}

    def refresh(self) -> bool:
        """Turn to the file in force where another program has exchanged it; True if so."""
        if self._open is None or self._open[0] == self._state.generation:
            return False
        self._turn_to(self._state.generation)
        return True

    def path(self) -> Path:
        """The file in force."""
        return self._path_of(self.generation)

    def next(self) -> tuple[int, Path]:
        """The number and the file of the next generation, which does not exist yet."""
        number = self._state.generation + 1
        make_folder(self._folder)
        while self._path_of(number).exists() and not remove_database(self._path_of(number)):
            number += 1
        return number, self._path_of(number)

    def put_in_force(self, number: int) -> None:
        """Readers get the file of that generation from now on; the old one is deleted. Raises StorageFailed."""
        self._state.generation = number
        self._turn_to(number)

    def forget(self) -> None:
        """The file in force cannot be used: readers get an empty catalogue until the next one is there."""
        self.put_in_force(0)

    def close(self) -> None:
        """Close the file in force."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _turn_to(self, number: int) -> None:
        self.close()
        self._open = self._opened(number)
        self._remove_others()

    def _opened(self, number: int) -> tuple[int, CatalogRepository]:
        path = self._path_of(number)
        if number and path.exists():
            try:
                return number, CatalogRepository(path, self.condemn)
            except StorageFailed as error:
                if error.params.get("reason") not in _UNUSABLE:
                    raise
        if self._state.generation:
            self._state.generation = 0
        path = self._path_of(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with CatalogBuilder(path) as builder:
                builder.finish(FeedState("", "", 0))
        return 0, CatalogRepository(path)

    def _remove_others(self) -> None:
        """Delete the files nobody reads any more; one still open elsewhere goes next time."""
        for file in self._folder.glob("catalog-*.db"):
            if file != self.path():
                remove_database(file)
