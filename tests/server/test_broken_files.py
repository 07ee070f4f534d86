"""A hundred broken files of conditions, made with a seed: none crashes, none leaves half of itself behind."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from desktop_app.contract.documents import ConditionDoc
from desktop_app.contract.wire import HASH_MODULUS, row_hash
from manufacturer_server.cli import main
from manufacturer_server.importing import run as run_module
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import last_seq, read_everywhere, state
from tests.support import worked_example
from tests.support.server import import_files
from tests.support.shop import StandingClock
from tests.support.workbooks import of_csv

ROWS = worked_example.FILES["conditions.csv"].splitlines()
TEXT = "\n".join([*ROWS, *(f"X{n},qty,{n % 40},%,all,sku:TN1,{n + 2},,,,Palier {n} à 5 %" for n in range(60))]) + "\n"
Break = Callable[[random.Random, bytes], bytes]


def _truncated(rng: random.Random, good: bytes) -> bytes:
    return good[: rng.randrange(len(good))]


def _other_code_page(rng: random.Random, good: bytes) -> bytes:
    return good.decode().encode(rng.choice(["cp1252", "utf-16", "utf-16-le", "utf-32", "cp037"]))


def _shuffled(rng: random.Random, good: bytes) -> bytes:
    order = list(range(11))
    rng.shuffle(order)
    rows = [line.split(",") for line in good.decode().splitlines()]
    # Half of the time the header stays behind, so that every cell stands under a wrong name.
    kept = rng.choice([0, 1])
    return "\n".join(
        ",".join(row if number < kept else [row[at] for at in order]) for number, row in enumerate(rows)
    ).encode()


def _nul(rng: random.Random, good: bytes) -> bytes:
    return _with(rng, good, bytes(rng.randint(1, 9)))


def _huge_numbers(rng: random.Random, good: bytes) -> bytes:
    words = [
        b"1e400",
        b"9" * 400,
        b"-1",
        b"NaN",
        b"Infinity",
        b"0x1F",
        b"1_000",
        b"\xd9\xa1",
        b"." * 50,
        b"1" + b"0" * 999_999,
    ]
    return b"\n".join(
        line.replace(b",%,", b",%," + rng.choice(words), 1)
        if rng.random() < 0.3
        else line.replace(b",5,", b"," + rng.choice(words) + b",")
        for line in good.split(b"\n")
    )


def _doubled_header(rng: random.Random, good: bytes) -> bytes:
    lines = good.split(b"\n")
    for _ in range(rng.randint(1, 5)):
        lines.insert(rng.randrange(len(lines)), lines[0] if rng.random() < 0.5 else lines[0] + b"," + lines[0])
    return b"\n".join(lines)


def _mixed_quotes(rng: random.Random, good: bytes) -> bytes:
    for _ in range(rng.randint(1, 20)):
        good = _with(rng, good, rng.choice([b'"', b"'", b'""', b'"\n', b',"', b"\xe2\x80\x9c", b'"a"b']))
    return good


def _formulas(rng: random.Random, good: bytes) -> bytes:
    words = [b"=1+1", b'=HYPERLINK("http://x")', b"@SUM(A1)", b"+1", b"-1+1", b"=cmd|' /C calc'!A0"]
    return b"\n".join(line.replace(b",all,", b"," + rng.choice(words) + b",") for line in good.split(b"\n"))


def _large_cell(rng: random.Random, good: bytes) -> bytes:
    cell = rng.choice([b"x", b" ", b"\xc3\xa9", b"9", b'""']) * 10_000_000
    return _with(rng, good, b'"' + cell + b'"' if rng.random() < 0.5 else cell)


def _other_line_ends(rng: random.Random, good: bytes) -> bytes:
    ends = [b"\r", b"\r\n", b"\n\r", b"\x0b", b"\x0c", b"\x85", b"\xe2\x80\xa8", b"\n\n\n"]
    return b"".join(line + rng.choice(ends) for line in good.split(b"\n"))


def _many_columns(rng: random.Random, good: bytes) -> bytes:
    return b"\n".join(line + b"," * rng.randint(0, 20_000) for line in good.split(b"\n"))


def _noise(rng: random.Random, good: bytes) -> bytes:
    return rng.randbytes(rng.randint(0, 5_000))


def _swapped_bytes(rng: random.Random, good: bytes) -> bytes:
    content = bytearray(good)
    for _ in range(rng.randint(1, 40)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def _spliced(rng: random.Random, good: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(good)) for _ in range(2))
    return good[:end] + good[start:]


def _with(rng: random.Random, good: bytes, word: bytes) -> bytes:
    at = rng.randrange(len(good))
    return good[:at] + word + good[at:]


def _sheet_xml(rng: random.Random, good: bytes) -> bytes:
    """A workbook whose parts are broken, its zip being in order."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(parts))
    parts[name] = rng.choice([_truncated, _swapped_bytes, _spliced, _nul, _noise])(rng, parts[name])
    if rng.random() < 0.2:
        del parts[rng.choice(list(parts))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


CSV_BREAKS: tuple[Break, ...] = (
    _truncated,
    _other_code_page,
    _shuffled,
    _nul,
    _huge_numbers,
    _doubled_header,
    _mixed_quotes,
    _formulas,
    _large_cell,
    _other_line_ends,
    _many_columns,
    _noise,
    _swapped_bytes,
    _spliced,
)
XLSX_BREAKS: tuple[Break, ...] = (
    _truncated,
    _swapped_bytes,
    _spliced,
    _nul,
    _noise,
    _sheet_xml,
    _sheet_xml,
    _sheet_xml,
)


def broken_files(folder: Path) -> list[Path]:
    """A hundred files, each alone in a folder of its own, always the same ones."""
    rng = random.Random(2026)
    found = []
    workbook = of_csv({"conditions.csv": TEXT})
    for number in range(100):
        as_workbook = number % 4 == 3
        breaks = XLSX_BREAKS if as_workbook else CSV_BREAKS
        content = breaks[number % len(breaks) if not as_workbook else number // 4 % len(breaks)](
            rng, workbook if as_workbook else TEXT.encode()
        )
        path = folder / f"{number:03}" / ("tarif.xlsx" if as_workbook else "conditions.csv")
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        found.append(path)
    return found


def stored(data: Path) -> tuple[int, dict[str, ConditionDoc]]:
    """The feed's position and all conditions, having checked that counts and hashes are theirs."""
    with closing(Database.open(data)) as database, database.reading() as connection:
        everything = read_everywhere(connection, "terms")
        for scope, rows in everything.items():
            known = state(connection, "terms", scope)
            assert known.count == len(rows)
            assert known.hash == sum(row_hash(row.id, row.seq) for row in rows) % HASH_MODULUS
        docs = [msgspec.json.decode(row.body, type=ConditionDoc) for rows in everything.values() for row in rows]
        return last_seq(connection), {doc.id: doc for doc in docs}


def test_a_hundred_broken_files_neither_crash_nor_leave_half_of_themselves(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exits = {0: 0, 1: 0, 3: 0}
    clock = StandingClock()
    for path in broken_files(tmp_path / "broken"):
        before_seq, before = stored(data)
        rehearsal = import_files(data, path, consent=True, dry_run=True, now=clock)
        assert stored(data) == (before_seq, before), path
        code = main(["import", "--data", str(data), str(path), "--yes"])
        said = capsys.readouterr()
        exits[code] += 1
        assert code == rehearsal.exit_code, path
        assert code == 0 or said.err, path
        after_seq, after = stored(data)
        taken = [file for file in rehearsal.files if file.kind == "conditions"]
        if not taken:
            assert (after_seq, after) == (before_seq, before), path
        for file in taken:
            changed = {*file.changes.added, *file.changes.changed, *file.changes.withdrawn}
            assert {row_id for row_id in {*before, *after} if before.get(row_id) != after.get(row_id)} == changed, path
    assert exits[1] > 20, "the breaks are real ones"
    assert exits[3] > 10, "and some leave rows that are good"


def test_a_run_that_dies_in_the_middle_leaves_everything_as_it_was(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tarif.xlsx"
    files = {"products.csv": worked_example.FILES["products.csv"].replace("148.37", "1"), "conditions.csv": TEXT}
    path.write_bytes(of_csv(files))
    before = stored(data)
    calls = []

    def dies(*_: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "add_file", dies)
    assert main(["import", "--data", str(data), str(path)]) == 130
    assert len(calls) == 2, "both sheets had been applied"
    assert stored(data) == before
    monkeypatch.undo()
    assert main(["import", "--data", str(data), str(path)]) == 0
    assert stored(data) != before
