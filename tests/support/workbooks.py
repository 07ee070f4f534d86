"""Small Excel workbooks written by hand, so that a test decides on every byte a spreadsheet program would."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="0.0\\ %"/></numFmts><cellXfs count="5"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
DATE, PERCENT, FIVE_DIGITS, FINE_PERCENT = 1, 2, 3, 4


class Raw(str):
    """A cell given as XML, without its reference: `Raw('t="e"><v>#N/A</v>')`."""


def styled(value: object, style: int) -> Raw:
    """A number shown in one of the styles."""
    return Raw(f's="{style}"><v>{value}</v>')


def serial(day: date, *, mac: bool = False) -> int:
    """A day as the number Excel keeps, in the calendar from 1900 or from 1904."""
    return (day - (date(1904, 1, 1) if mac else date(1899, 12, 30))).days


def letters(column: int) -> str:
    """A column from 0 as A, B, ... Z."""
    return chr(ord("A") + column)


def sheet(rows: Sequence[Sequence[object]], *, before: str = "", after: str = "", row_attributes: str = "") -> str:
    """A sheet's XML: text, numbers and `Raw` cells; None leaves a cell out."""
    written = []
    for number, row in enumerate(rows, 1):
        cells = [_cell(f"{letters(column)}{number}", value) for column, value in enumerate(row) if value is not None]
        written.append(f'<row r="{number}"{row_attributes if number > 1 else ""}>{"".join(cells)}</row>')
    return f"<worksheet {_MAIN}>{before}<sheetData>{''.join(written)}</sheetData>{after}</worksheet>"


def _cell(reference: str, value: object) -> str:
    if isinstance(value, Raw):
        return f'<c r="{reference}" {value}</c>'
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{reference}"><v>{value}</v></c>'
    if isinstance(value, date):
        return f'<c r="{reference}" s="{DATE}"><v>{serial(value)}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def workbook(
    sheets: Mapping[str, str], *, mac: bool = False, hidden: Sequence[str] = (), extra: Mapping[str, str] | None = None
) -> bytes:
    """A workbook of sheets by name (their XML); `mac` counts days from 1904."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}" state="{_state(name in hidden)}"/>'
        for number, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in range(1, len(names) + 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{namespace}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{namespace}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><workbookPr date1904="{int(mac)}"/>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{namespace}/relationships">{related}'
            f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in enumerate(names, 1)},
        **(extra or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _state(hidden: bool) -> str:
    return "hidden" if hidden else "visible"


def of_csv(files: Mapping[str, str]) -> bytes:
    """A workbook of comma-separated files by name, every cell as text."""
    sheets = {}
    for name, text in files.items():
        rows = [[cell or None for cell in line.split(",")] for line in text.splitlines()]
        sheets[name.removesuffix(".csv")] = sheet(rows)
    return workbook(sheets)
