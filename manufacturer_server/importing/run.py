"""One run of `import`: finding the files, reading all of them, refusing a suspicious shrink, applying one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path

import zstandard
from sqlalchemy import Connection

from manufacturer_server import snapshot
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.importing.apply import apply_table, existing_keys, shrink
from manufacturer_server.importing.conflicts import conflicts
from manufacturer_server.importing.facts import apply_facts
from manufacturer_server.importing.kinds import KIND_BY_NAME, KINDS, STATUS, Kind
from manufacturer_server.importing.reader import Defect, FileUnusable, Table, read_file, read_table
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import Changes
from manufacturer_server.storage.identity import identity


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it; see the command's help."""

    merge: bool = False
    dry_run: bool = False
    consent: bool = False
    encoding: str = "utf-8"


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    file: str
    kind: str
    taken: int
    changes: Changes
    refused: int


@dataclass(slots=True)
class RunReport:
    """What became of a run. `exit_code`: 0 all taken, 3 some rows or files refused, 1 nothing taken."""

    files: list[FileReport] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """The exit code of the command."""
        if not self.defects and self.files:
            return 0
        return 3 if any(file.taken for file in self.files) else 1


def import_paths(database: Database, paths: Sequence[Path], options: Options, now: Callable[[], datetime]) -> RunReport:
    """Import files and folders, each file in one transaction, then publish the catalogue where it changed."""
    report = RunReport()
    tables = _read_all(_find(paths, report), options, report)
    with database.reading() as connection:
        suspicious = [] if options.merge or options.consent else _shrinks(connection, tables)
    if suspicious:
        report.defects += suspicious
        return report
    if options.dry_run:
        with database.trial() as connection:
            for table in tables:
                _apply(connection, table, options, report)
        return report
    for table in tables:
        with database.writing() as connection:
            _apply(connection, table, options, report)
    try:
        snapshot.current(database, now())
    except snapshot.CatalogueEmpty:
        report.notes.append("no product has been imported yet, so there is nothing to publish")
    return report


def import_practice(database: Database, folder: Traversable, now: Callable[[], datetime]) -> None:
    """Import the practice set as it lies in the installation: the same files, compressed with zstd.

    `{now}` in them is the moment of the import, so that invented figures are never found stale.
    Raises ServerRefusal where the installation does not hold it.
    """
    report = RunReport()
    tables = []
    moment = now().isoformat(timespec="seconds").encode()
    for kind in KINDS:
        packed = folder / f"{kind.name}.csv.zst"
        if packed.is_file():
            with zstandard.ZstdDecompressor().stream_reader(packed.read_bytes()) as unpacked:
                tables.append(read_table(f"{kind.name}.csv", unpacked.read().replace(b"{now}", moment), kind))
    if not tables:
        raise ServerRefusal("The practice set is missing from this installation.")
    for table in tables:
        with database.writing() as connection:
            _apply(connection, table, Options(), report)
    snapshot.current(database, now())


def _find(paths: Iterable[Path], report: RunReport) -> list[Path]:
    """The files behind `paths`; in a folder, those whose names are kinds."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            entries = sorted(path.iterdir())
            found += [entry for entry in entries if _kind_of(entry.name)]
            others = [entry.name for entry in entries if entry.is_file() and not _kind_of(entry.name)]
            report.notes += [f"{name} is no kind of file this server knows; ignored" for name in others]
            if not any(_kind_of(entry.name) for entry in entries):
                report.defects.append(Defect(str(path), 0, "", f"the folder holds none of {_names()}"))
        elif _kind_of(path.name) is None:
            report.defects.append(Defect(path.name, 0, "", f"the name is none of {_names()}"))
        else:
            found.append(path)
    return found


def _names() -> str:
    return ", ".join(f"{kind.name}.csv" for kind in KINDS)


def _kind_of(name: str) -> Kind | None:
    stem, dot, suffix = name.lower().rpartition(".")
    return KIND_BY_NAME.get(stem) if dot and suffix == "csv" else None


def _read_all(files: Iterable[Path], options: Options, report: RunReport) -> list[Table]:
    """The tables of all readable files, in the order in which they lean on each other."""
    tables: dict[str, Table] = {}
    for path in files:
        kind = _kind_of(path.name)
        if kind is None or kind.name in tables:
            report.defects.append(
                Defect(path.name, 0, "", "a file of this kind is already in this run; nothing of it taken")
            )
            continue
        try:
            tables[kind.name] = read_file(path, kind, options.encoding)
        except FileUnusable as unusable:
            report.defects.append(unusable.defect)
    for table in tables.values():
        report.notes += table.notes
        if table.ignored_columns:
            report.notes.append(f"{table.file}: unknown columns ignored: {', '.join(table.ignored_columns)}")
        if table.unidentified and not options.merge and table.kind is not STATUS:
            report.notes.append(
                f"{table.file}: {table.unidentified} rows could not be told apart, so nothing is withdrawn this time"
            )
    return [tables[kind.name] for kind in KINDS if kind.name in tables]


def _shrinks(connection: Connection, tables: Iterable[Table]) -> list[Defect]:
    found = []
    for table in tables:
        loss = shrink(table, existing_keys(connection, table.kind.name))
        if loss.needs_consent:
            reason = (
                f"would withdraw {loss.withdrawn:,} of {loss.existing:,} {table.kind.name}, more than half; "
                "nothing was taken. Add --yes if that is meant, or --merge to withdraw nothing"
            )
            found.append(Defect(table.file, 0, "", reason))
    return found


def _apply(connection: Connection, table: Table, options: Options, report: RunReport) -> None:
    zone = identity(connection).time_zone
    if table.kind.name == "status":
        changes = apply_facts(connection, table, zone)
    else:
        changes = apply_table(connection, table, merge=options.merge, time_zone=zone)
    if table.kind.name == "conditions":
        report.notes += [f"{table.file}: {sentence}" for sentence in conflicts(connection)]
    table.defects.sort(key=lambda defect: defect.line)
    report.defects += table.defects
    refused = len({defect.line for defect in table.defects})
    report.files.append(FileReport(table.file, table.kind.name, len(table.documents), changes, refused))
