"""Reading one CSV file of a known kind, whatever its delimiter and code page, into documents and defects."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from manufacturer_server.importing.kind import Kind
from manufacturer_server.importing.table import Defect, FileUnusable, RowTaker, Table, column_name

DELIMITERS = (",", ";", "\t")
MAX_FILE = 1_000_000_000
_MAX_CELL = 1_000_000
_SEP_LINE = re.compile(r'"?sep=.?"?[;,\t]*\r?\n', re.IGNORECASE)


def read_file(path: Path, kind: Kind, encoding: str = "utf-8") -> Table:
    """Read a file from disk. Raises FileUnusable."""
    return read_table(path.name, read_bytes(path), kind, encoding)


def read_bytes(path: Path) -> bytes:
    """The content of a file no larger than any catalogue. Raises FileUnusable."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise FileUnusable(Defect(path.name, 0, "", f"larger than {MAX_FILE // 1_000_000:,} MB"))
        return path.read_bytes()
    except OSError as error:
        raise FileUnusable(Defect(path.name, 0, "", f"cannot be read: {error.strerror}")) from error


def read_table(file: str, content: bytes, kind: Kind, encoding: str = "utf-8") -> Table:
    """Read a file's bytes. Raises FileUnusable where not a single row can be trusted."""
    table = Table(file, kind)
    text = _decoded(table, content, encoding)
    skipped = _SEP_LINE.match(text)
    first_line = 2 if skipped else 1
    text = text[skipped.end() :] if skipped else text
    rows = _rows(table, text, _delimiter(text, kind), first_line)
    line, header = next(((line, row) for line, row in rows if any(row)), (first_line, []))
    taker = RowTaker(table, header, line)
    for line, row in rows:
        if any(row):
            taker.take(line, row)
    taker.finish()
    return table


def _decoded(table: Table, content: bytes, encoding: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and not encoding.lower().startswith(("utf-16", "utf_16")):
        raise FileUnusable(Defect(table.file, 1, "", "this is UTF-16 text; add --encoding utf-16"))
    if content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
        # Some code pages can spell half a character, which no desk could be sent.
        text.encode()
    except UnicodeError as error:
        raise FileUnusable(_not_text(table.file, content, encoding, error)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileUnusable(Defect(table.file, line, "", "this is not a text file (it contains NUL bytes)"))
    if not encoding.lower().startswith("utf") and not content.isascii() and _is_utf8(content):
        table.notes.append(f"{table.file} would also be valid UTF-8; it was read as {encoding} as asked")
    return text


def _not_text(file: str, content: bytes, encoding: str, error: UnicodeError) -> Defect:
    if b"\0" in content:
        return Defect(file, 0, "", "this is not a text file (it contains NUL bytes)")
    if isinstance(error, UnicodeEncodeError):
        line = str(error.object).count("\n", 0, error.start) + 1
        return Defect(file, line, "", f"the {encoding} text holds half of a character")
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    if start >= len(content):
        return Defect(file, 0, "", f"this is not {encoding} text")
    line = content.count(b"\n", 0, start) + 1
    hint = "; a file from Excel usually needs --encoding cp1252" if encoding.startswith("utf") else ""
    return Defect(file, line, "", f"byte 0x{content[start]:02X} is not {encoding} text{hint}")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str, kind: Kind) -> str:
    """The delimiter under which the first line names most of the kind's columns."""
    first = next((line for line in text.splitlines() if line.strip(' ;,\t"')), "")
    names = {column.name for column in kind.columns}

    def known(delimiter: str) -> int:
        return len(names & {column_name(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])})

    return max(DELIMITERS, key=known)


def _rows(table: Table, text: str, delimiter: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the physical line it begins on; a row that is not CSV becomes a defect."""
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = first_line + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "end of data" in str(error):
                reason = "a quotation mark opened here is never closed"
                raise FileUnusable(Defect(table.file, line, "", reason)) from error
            table.defects.append(Defect(table.file, line, "", f"this row is not CSV: {error}"))
            table.unidentified += 1
            continue
        yield line, [cell.strip() for cell in row]
