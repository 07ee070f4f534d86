"""Finding the files of a run by their names and reading all of them, in the order in which one leans on another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from manufacturer_server.importing.kind import Kind
from manufacturer_server.importing.kinds import KIND_BY_NAME, KINDS, LEANS_ON, STATUS
from manufacturer_server.importing.reader import read_file
from manufacturer_server.importing.table import Defect, FileUnusable, Table
from manufacturer_server.importing.workbook import read_workbook_file


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file of a run: what is applied in one transaction, or not at all."""

    file: str
    tables: Sequence[Table]


@dataclass(slots=True)
class Found:
    """What a run has to work on, and what is wrong before anything is applied."""

    sources: list[Source] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        """The tables of all files."""
        return [table for source in self.sources for table in source.tables]


def read_all(paths: Iterable[Path], encoding: str, *, merge: bool) -> Found:
    """Find and read the files behind `paths`; in a folder, those whose names say what they are."""
    found = Found()
    taken: dict[str, Source] = {}
    for path in _find(paths, found):
        try:
            source = _read(path, encoding, found)
        except FileUnusable as unusable:
            found.defects.append(unusable.defect)
            continue
        twice = [table.kind.name for table in source.tables if table.kind.name in taken]
        if twice:
            reason = f"{', '.join(twice)} is already in this run; nothing of this file was taken"
            found.defects.append(Defect(path.name, 0, "", reason))
            continue
        taken.update((table.kind.name, source) for table in source.tables)
        _tell(source, found, merge=merge)
    found.sources = in_order(list({id(source): source for source in taken.values()}.values()))
    return found


def in_order(sources: Sequence[Source]) -> list[Source]:
    """The files so that what one leans on comes before it; workbooks that lean on each other by their first kind."""
    places = {kind.name: place for place, kind in enumerate(KINDS)}
    waiting = sorted(sources, key=lambda source: min(places[table.kind.name] for table in source.tables))
    ordered: list[Source] = []
    while waiting:
        ready = (source for source in waiting if not _leans_on(source, waiting))
        ordered.append(next(ready, waiting[0]))
        waiting.remove(ordered[-1])
    return ordered


def _leans_on(source: Source, others: Sequence[Source]) -> bool:
    kinds = {table.kind.name for other in others if other is not source for table in other.tables}
    return any(needed in kinds for table in source.tables for needed in LEANS_ON.get(table.kind.name, ()))


def _read(path: Path, encoding: str, found: Found) -> Source:
    if _is_workbook(path.name):
        tables, notes = read_workbook_file(path)
        found.notes += notes
        return Source(path.name, tables)
    kind = _kind_of(path.name)
    if kind is None:
        raise FileUnusable(Defect(path.name, 0, "", f"the name is none of {_names()}"))
    return Source(path.name, [read_file(path, kind, encoding)])


def _tell(source: Source, found: Found, *, merge: bool) -> None:
    for table in source.tables:
        found.notes += table.notes
        if table.ignored_columns:
            found.notes.append(f"{table.file}: unknown columns ignored: {', '.join(table.ignored_columns)}")
        if table.unidentified and not merge and table.kind is not STATUS:
            found.notes.append(
                f"{table.file}: {table.unidentified} rows could not be told apart, so nothing is withdrawn this time"
            )


def _find(paths: Iterable[Path], found: Found) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        entries = sorted(path.iterdir())
        ours = [entry for entry in entries if _kind_of(entry.name) or _is_workbook(entry.name)]
        files += ours
        others = [entry.name for entry in entries if entry.is_file() and entry not in ours]
        found.notes += [f"{name} is no kind of file this server knows; ignored" for name in others]
        if not ours:
            found.defects.append(Defect(str(path), 0, "", f"the folder holds none of {_names()}"))
    return files


def _names() -> str:
    return f"{', '.join(f'{kind.name}.csv' for kind in KINDS)} and no workbook (.xlsx)"


def _is_workbook(name: str) -> bool:
    """Any workbook; what a spreadsheet program keeps beside an open one is none."""
    return name.lower().endswith(".xlsx") and not name.startswith("~$")


def _kind_of(name: str) -> Kind | None:
    stem, dot, suffix = name.lower().rpartition(".")
    return KIND_BY_NAME.get(stem) if dot and suffix == "csv" else None
