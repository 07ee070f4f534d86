"""What is said about a run of `import`: lines for the terminal, and all defects and remarks as rows of a file."""

from collections import Counter
from collections.abc import Iterator, Sequence

from manufacturer_server.importing.run import RunReport

SHOWN = 20
DEFECT_COLUMNS = ("severity", "file", "line", "column", "sort", "reason")


def complaints(report: RunReport) -> Iterator[str]:
    """Notes, everything that was refused, and some remarks of each sort."""
    yield from report.notes
    yield from map(str, report.defects)
    shown: Counter[str] = Counter()
    for remark in report.remarks:
        shown[remark.code] += 1
        if shown[remark.code] <= SHOWN:
            yield f"remark: {remark}"
    for code, count in shown.items():
        if count > SHOWN:
            yield f"remark: {count - SHOWN:,} more of this sort ({code}); --defects FILE.csv writes all"


def defect_rows(report: RunReport) -> Iterator[tuple[object, ...]]:
    """Every defect and remark, in the columns of `DEFECT_COLUMNS`."""
    for defect in report.defects:
        yield "refused", defect.file, defect.line or "", defect.column, "", defect.reason
    for remark in report.remarks:
        yield "remark", remark.file, remark.line or "", "", remark.code, remark.reason


def results(report: RunReport, *, keys: bool) -> Iterator[str]:
    """A line of counts for each file; with `keys` some of the rows it concerns, too."""
    for file in report.files:
        changes = file.changes
        yield (
            f"{file.file}: {len(changes.added):,} added, {len(changes.changed):,} changed, "
            f"{len(changes.withdrawn):,} withdrawn, {changes.unchanged:,} unchanged, {file.refused:,} refused"
        )
        if keys:
            for sign, names in (("+", changes.added), ("~", changes.changed), ("-", changes.withdrawn)):
                yield from _some(sign, names)


def _some(sign: str, keys: Sequence[str]) -> Iterator[str]:
    for key in keys[:SHOWN]:
        yield f"  {sign} {key}"
    if len(keys) > SHOWN:
        yield f"  {sign} and {len(keys) - SHOWN:,} more"
