"""One run of `import`: reading all files, refusing a suspicious shrink, applying one by one, publishing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo

import zstandard
from sqlalchemy import Connection

from desktop_app.domain.pricing_day import pricing_day
from manufacturer_server import snapshot
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.importing.apply import apply_table, shrink
from manufacturer_server.importing.applying import Applying
from manufacturer_server.importing.existing import existing_keys
from manufacturer_server.importing.kinds import KINDS
from manufacturer_server.importing.moves_report import DealerMoves, tell_moves
from manufacturer_server.importing.moves_state import KINDS_WITH_PRICES, read_rows
from manufacturer_server.importing.reader import read_table
from manufacturer_server.importing.review import review
from manufacturer_server.importing.review_state import Remark
from manufacturer_server.importing.runs import FileCounts, add_file, open_run
from manufacturer_server.importing.sources import Found, Source, read_all
from manufacturer_server.importing.table import Defect, Table
from manufacturer_server.practice_dates import practice_dates
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import Changes
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.versions import Ledger


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it; see the command's help."""

    merge: bool = False
    dry_run: bool = False
    consent: bool = False
    encoding: str = "utf-8"
    report: Path | None = None


@dataclass(slots=True)
class FileReport:
    """What became of one file, or one sheet of a workbook."""

    file: str
    kind: str
    taken: int
    changes: Changes
    refused: int


@dataclass(slots=True)
class RunReport:
    """What became of a run. `exit_code`: 0 all taken, 3 some rows or files refused, 1 nothing taken.

    `defects` are what was refused, `remarks` what was taken but looks wrong, `notes` whatever else to know. `moves` are
    the prices a dry run would move; None where nothing could move any.
    """

    files: list[FileReport] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    moves: list[DealerMoves] | None = None

    @property
    def exit_code(self) -> int:
        """The exit code of the command."""
        if not self.defects and self.files:
            return 0
        return 3 if any(file.taken for file in self.files) else 1


class _Run:
    """One run under way: its number is known once its first file is applied."""

    def __init__(self, options: Options, report: RunReport, now: Callable[[], datetime]) -> None:
        self._options, self._report, self._now = options, report, now
        self._began = now()
        self._number: int | None = None

    def apply(self, connection: Connection, source: Source) -> None:
        """Apply one file in the caller's transaction."""
        if self._number is None:
            self._number = open_run(connection, self._began, merge=self._options.merge)
        zone = ZoneInfo(identity(connection).time_zone)
        ledger = Ledger(self._number, self._now())
        for table in source.tables:
            changes = apply_table(Applying(connection, ledger, zone, self._options.merge), table)
            refused = len({defect.line for defect in table.defects})
            counts = FileCounts(
                table.file,
                table.kind.name,
                len(changes.added),
                len(changes.changed),
                len(changes.withdrawn),
                changes.unchanged,
                refused,
            )
            add_file(connection, self._number, counts)
            table.defects.sort(key=lambda defect: defect.line)
            self._report.defects += table.defects
            self._report.files.append(FileReport(table.file, table.kind.name, len(table.documents), changes, refused))

    def rehearse(self, connection: Connection, found: Found) -> None:
        """Apply everything in a transaction that will be undone, and tell which prices move."""
        moving = KINDS_WITH_PRICES & {table.kind.name for table in found.tables}
        before = read_rows(connection) if moving else None
        for source in found.sources:
            self.apply(connection, source)
        self.look_back(connection, found.tables)
        if before is not None:
            day = pricing_day(self._now(), identity(connection).time_zone)
            self._report.moves = tell_moves(before, read_rows(connection), day, self._options.report)

    def look_back(self, connection: Connection, tables: Sequence[Table]) -> None:
        """What was taken but looks wrong."""
        day = pricing_day(self._now(), identity(connection).time_zone)
        self._report.remarks += review(connection, tables, day, merge=self._options.merge)


def import_paths(database: Database, paths: Sequence[Path], options: Options, now: Callable[[], datetime]) -> RunReport:
    """Import files and folders, each file in one transaction, then publish the catalogue where it changed."""
    found = read_all(paths, options.encoding, merge=options.merge)
    report = RunReport(defects=found.defects, notes=found.notes)
    with database.reading() as connection:
        suspicious = [] if options.merge or options.consent else _shrinks(connection, found.tables)
    if suspicious:
        report.defects += suspicious
        return report
    run = _Run(options, report, now)
    if options.dry_run:
        with database.trial() as connection:
            run.rehearse(connection, found)
        return report
    for source in found.sources:
        with database.writing() as connection:
            run.apply(connection, source)
    with database.reading() as connection:
        run.look_back(connection, found.tables)
    report.notes += _publish(database, now())
    return report


def import_practice(database: Database, folder: Traversable, now: Callable[[], datetime]) -> None:
    """Import the practice set as it lies in the installation: the same files, compressed with zstd.

    Dates in them stand as names in braces (`practice_dates`), so that invented figures are never found stale.
    Raises ServerRefusal where the installation does not hold it.
    """
    sources = []
    dates = practice_dates(now())
    for kind in KINDS:
        packed = folder / f"{kind.name}.csv.zst"
        if packed.is_file():
            with zstandard.ZstdDecompressor().stream_reader(packed.read_bytes()) as unpacked:
                content = unpacked.read()
            for name, text in dates.items():
                content = content.replace(f"{{{name}}}".encode(), text.encode())
            sources.append(Source(f"{kind.name}.csv", [read_table(f"{kind.name}.csv", content, kind)]))
    if not sources:
        raise ServerRefusal("The practice set is missing from this installation.")
    run = _Run(Options(), RunReport(), now)
    for source in sources:
        with database.writing() as connection:
            run.apply(connection, source)
    _publish(database, now())


def _publish(database: Database, now: datetime) -> list[str]:
    """Make the catalogue's snapshot if one is due; what was imported stands in any case. What to note of it."""
    try:
        snapshot.publish(database, now)
    except snapshot.CatalogueEmpty:
        return ["no product has been imported yet, so there is nothing to publish"]
    except snapshot.NotMade as error:
        return [
            f"the catalogue's snapshot could not be made ({error}); what was imported reaches the desks as changes, "
            "and the server makes the snapshot itself as soon as it can"
        ]
    return []


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
