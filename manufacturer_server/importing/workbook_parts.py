"""A workbook's parts, unpacked within bounds, and what a first look at a sheet's XML finds beside its values.

That is: how cells are shown, what is broken, merged or hidden. Reading the values is `workbook`.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_PACKED = 200_000_000
MAX_UNPACKED = 600_000_000
MAX_PARTS = 10_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
# A sheet is read as a rectangle: one forgotten cell far out would make a huge one.
MAX_AREA = 20_000_000
MAX_MERGED = 100_000
_OLE = b"\xd0\xcf\x11\xe0"
_PERCENT_FORMATS = {9, 10}
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NEEDED = re.compile(r"(\[Content_Types\]\.xml|.*\.rels|.*\.xml)", re.IGNORECASE)

Cell = tuple[int, int]


class Unreadable(Exception):
    """Why nothing of a workbook can be taken."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet by name, and the part it lies in."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Look:
    """What a sheet's XML says beside its values; cells are (row, column), both from 0.

    `shown` holds 0 for a percentage, or the digits a number is filled up to with zeros. `broken` holds the reason why
    a cell has no value to take.
    """

    shown: dict[Cell, int] = field(default_factory=dict)
    broken: dict[Cell, str] = field(default_factory=dict)
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    last_row: int = -1
    last_column: int = -1


def unpack(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name. Raises Unreadable."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("it is protected by a password; save it without one")
        raise Unreadable("it is a workbook of the old kind (.xls); save it as .xlsx")
    if not content:
        raise Unreadable("it is empty")
    if len(content) > MAX_PACKED:
        raise Unreadable(f"it is larger than {MAX_PACKED // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(f"it is damaged or no .xlsx workbook ({error})") from error


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise Unreadable(f"it has more than {MAX_PARTS:,} parts")
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        if entry.is_dir() or not _NEEDED.fullmatch(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise Unreadable("it is protected by a password; save it without one")
        # What the entry says of its own size is not believed.
        with archive.open(entry) as part:
            unpacked = part.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            raise Unreadable(f"it is larger than {MAX_UNPACKED // 1_000_000} MB when unpacked")
        parts[entry.filename] = unpacked
    return parts


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """The parts as a workbook again, uncompressed: a reader of it meets nothing that was not looked at."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def sheet_parts(parts: Mapping[str, bytes]) -> list[SheetPart]:
    """The sheets in their order. Raises Unreadable."""
    book = _workbook_name(parts)
    targets = _targets(parts, book)
    found: list[SheetPart] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            of_part = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            found.append(SheetPart(attributes.get("name", ""), targets.get(of_part, ""), hidden))

    _parse(parts[book], start)
    return found


def shown_styles(parts: Mapping[str, bytes]) -> dict[str, int]:
    """The styles that show a number as something else: 0 for per cent, else the digits it is filled up to."""
    formats: dict[str, str] = {}
    styles: dict[str, int] = {}
    inside: list[str] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        local = _local(name)
        if local == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "xf" and inside and inside[-1] == "cellXfs":
            shown = _shown(attributes.get("numFmtId", "0"), formats)
            if shown is not None:
                styles[str(count)] = shown
            count += 1
        inside.append(local)

    def end(_: str) -> None:
        inside.pop()

    for name, content in parts.items():
        if name.lower().endswith("xl/styles.xml"):
            _parse(content, start, end)
    return styles


def _shown(number: str, formats: Mapping[str, str]) -> int | None:
    code = _QUOTED.sub("", formats.get(number, ""))
    if (number.isdigit() and int(number) in _PERCENT_FORMATS) or "%" in code:
        return 0
    return len(code) if re.fullmatch("0{2,}", code) else None


def look(content: bytes, styles: Mapping[str, int]) -> Look:
    """A first look at one sheet. Raises Unreadable where it is damaged or too large."""
    seen = _Looking(styles)
    _parse(content, seen.start, seen.end, seen)
    return seen.found


class _Looking:
    """The handlers of one sheet's XML."""

    def __init__(self, styles: Mapping[str, int]) -> None:
        self.found = Look()
        self.parser: expat.XMLParserType | None = None
        self._styles = styles
        self._row, self._column = -1, -1
        self._cell: dict[str, str] | None = None
        self._has_value = self._has_formula = False
        self._text = ""
        self._merged = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._open_cell(attributes)
        elif local in ("v", "is") and self._cell is not None:
            self._has_value = True
            if self._is_heard() and self.parser is not None:
                self.parser.CharacterDataHandler = self._hear
        elif local == "f":
            self._has_formula = True
        elif local == "row":
            self._open_row(attributes)
        elif local == "col" and _is_true(attributes.get("hidden")):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.found.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if _local(name) != "c" or self._cell is None:
            return
        place = self._row, self._column
        if self._is_heard():
            # Programs that write formulas without calculating them leave the value empty, not out.
            self._has_value = self._has_value and bool(self._text.strip())
            if self.parser is not None:
                self.parser.CharacterDataHandler = None
        if self._has_value:
            self.found.last_row = max(self.found.last_row, self._row)
            self.found.last_column = max(self.found.last_column, self._column)
            if (self.found.last_row + 1) * (self.found.last_column + 1) > MAX_AREA:
                raise Unreadable(f"a cell far out ({_reference(place)}) makes it too large; delete what is not needed")
            shown = self._styles.get(self._cell.get("s", ""))
            if shown is not None:
                self.found.shown[place] = shown
        if self._cell.get("t") == "e":
            self.found.broken[place] = f"the cell holds the error {self._text[:20] or 'of a formula'}"
        elif self._has_formula and not self._has_value:
            reason = "the formula was never calculated; open the workbook in a spreadsheet program and save it"
            self.found.broken[place] = reason
        self._cell = None

    def _is_heard(self) -> bool:
        """Whether the text of the cell's value matters: an error's, and a formula's, unless its result is a text."""
        sort = "" if self._cell is None else self._cell.get("t")
        return sort == "e" or (self._has_formula and sort != "str")

    def _hear(self, text: str) -> None:
        self._text += text[:20]

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if not 0 <= self._row < MAX_ROWS:
            raise Unreadable(f"it has a row {self._row + 1}, which no sheet has")
        if _is_true(attributes.get("hidden")):
            self.found.hidden_rows += 1

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._has_value, self._has_formula, self._text = attributes, False, False, ""
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        if self._column >= MAX_COLUMNS:
            raise Unreadable(f"it has more than {MAX_COLUMNS:,} columns")

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if bottom < top or right < left:
            raise Unreadable(f"it has merged cells that are none: {reference[:20]}")
        self._merged += (bottom - top + 1) * (right - left + 1)
        if self._merged > MAX_MERGED:
            raise Unreadable("too many of its cells are merged; undo that")
        self.found.merged.append(((top, left), (bottom, right)))


def column_letters(column: int) -> str:
    """A column from 0 as a sheet names it: A, B, ... AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _reference(place: Cell) -> str:
    return f"{column_letters(place[1])}{place[0] + 1}"


def _place(reference: str) -> Cell:
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if found is None:
        raise Unreadable(f"it names a cell {reference[:20]!r}, which no sheet has")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    if not (1 <= row <= MAX_ROWS and column <= MAX_COLUMNS):
        raise Unreadable(f"it names a cell {reference[:20]!r}, which no sheet has")
    return row - 1, column - 1


def _number(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise Unreadable("it counts rows or columns by something that is no number")
    return int(text)


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _workbook_name(parts: Mapping[str, bytes]) -> str:
    found = next((name for name in parts if name.lower() == "xl/workbook.xml"), None)
    if found is None:
        raise Unreadable("it holds no workbook.xml: it is no .xlsx workbook")
    return found


def _targets(parts: Mapping[str, bytes], book: str) -> dict[str, str]:
    """The parts that the workbook's relations name, by id."""
    folder, name = posixpath.split(book)
    related: dict[str, str] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if _local(element) == "Relationship":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            related[attributes.get("Id", "")] = target.lstrip("/")

    _parse(parts.get(f"{folder}/_rels/{name}.rels", b"<none/>"), start)
    return related


_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]


def _parse(content: bytes, start: _Start, end: _End | None = None, looking: _Looking | None = None) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _no_document_type
    if looking is not None:
        looking.parser = parser
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, KeyError, IndexError, LookupError) as error:
        raise Unreadable(f"it is damaged ({error})") from error


def _no_document_type(*_: object) -> None:
    raise Unreadable("it declares a document type, which no workbook does")
