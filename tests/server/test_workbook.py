"""Excel workbooks: cells become the text of a CSV, everything odd is told in words, damage never gets through."""

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest

from manufacturer_server.importing import workbook_parts
from manufacturer_server.importing.kinds import KIND_BY_NAME
from manufacturer_server.importing.reader import read_table
from manufacturer_server.importing.rows import PriceRow
from manufacturer_server.importing.table import FileUnusable, Table
from manufacturer_server.importing.workbook import read_workbook
from tests.support import worked_example
from tests.support.server import import_files
from tests.support.shop import Desk, Shop
from tests.support.workbooks import (
    DATE,
    FINE_PERCENT,
    FIVE_DIGITS,
    PERCENT,
    Raw,
    of_csv,
    serial,
    sheet,
    styled,
    workbook,
)

HEADER = ["sku", "wholesaler", "list_price", "start", "end", "label"]
NEW_YEAR = date(2027, 1, 1)


def tables(content: bytes) -> dict[str, Table]:
    return {table.kind.name: table for table in read_workbook("tarif.xlsx", content)[0]}


def prices(*rows: list[object], **how: str) -> Table:
    return tables(workbook({"prices": sheet([HEADER, *rows], **how)}))["prices"]


def refusal(content: bytes) -> str:
    with pytest.raises(FileUnusable) as refused:
        read_workbook("tarif.xlsx", content)
    return str(refused.value)


def test_each_file_of_the_worked_example_says_the_same_as_a_sheet() -> None:
    found = tables(of_csv(worked_example.FILES))
    for name, text in worked_example.FILES.items():
        kind = KIND_BY_NAME[name.removesuffix(".csv")]
        as_csv = read_table(name, text.encode(), kind)
        assert found[kind.name].documents == as_csv.documents
        assert found[kind.name].lines == as_csv.lines
        assert found[kind.name].defects == []


def test_numbers_and_dates_become_the_text_of_a_csv() -> None:
    table = prices(
        ["TN1", None, 148.37, NEW_YEAR, None, 2027],
        ["TN1", "N", "0.30000000000000004", styled(serial(NEW_YEAR), DATE), None, None],
        ["MF9", None, 879, "2027-01-01", date(2027, 12, 31), True],
        ["BK1", None, Raw("><v>1.9989999999999998E1</v>"), NEW_YEAR, None, None],
    )
    rows = table.documents
    assert [str(defect) for defect in table.defects] == [
        "tarif.xlsx [prices]:3:list_price: '0.30000000000000004' is not a number of at most 12 digits and 8 decimals"
    ]
    first, second, third = (rows[f"{sku}//2027-01-01"] for sku in ("TN1", "MF9", "BK1"))
    assert isinstance(first, PriceRow)
    assert msgspec.to_builtins(first.price) == {"list_price": "148.37", "start": "2027-01-01", "label": "2027"}
    assert isinstance(second, PriceRow)
    assert msgspec.to_builtins(second.price) == {
        "list_price": "879",
        "start": "2027-01-01",
        "end": "2027-12-31",
        "label": "true",
    }
    assert isinstance(third, PriceRow)
    assert third.price.list_price == "19.99"


def test_per_cent_and_zeros_in_front_are_taken_as_they_are_seen() -> None:
    header: list[object] = ["sku", "name", "list_price", "vat_rate", "vat_rate_overseas"]
    rows: list[list[object]] = [
        header,
        [styled(123, FIVE_DIGITS), "Toner", 5, styled(0.2, PERCENT), styled("0.021", FINE_PERCENT)],
    ]
    (document,) = tables(workbook({"products": sheet(rows)}))["products"].documents.values()
    assert msgspec.to_builtins(document) == {
        "sku": "00123",
        "name": "Toner",
        "list_price": "5",
        "vat_rate": "20",
        "vat_rate_overseas": "2.1",
    }


def test_a_per_cent_cell_is_no_net_price() -> None:
    header = ["id", "step", "value", "unit", "buyer", "product"]
    rows = [
        header,
        ["A", "base", styled(0.35, PERCENT), "%", "all", "all"],
        ["B", "net", styled(0.35, PERCENT), "NET", "all", "all"],
    ]
    table = tables(workbook({"Conditions ": sheet(rows)}))["conditions"]
    assert [str(defect) for defect in table.defects] == [
        "tarif.xlsx [conditions]:3:value: 35 % is a percentage, but the unit is NET"
    ]
    assert list(table.documents) == ["A"]


def test_both_calendars_give_the_same_day() -> None:
    for mac in (False, True):
        rows: list[list[object]] = [[*HEADER], ["TN1", None, 1, styled(serial(NEW_YEAR, mac=mac), DATE)]]
        table = tables(workbook({"prices": sheet(rows)}, mac=mac))["prices"]
        assert list(table.documents) == ["TN1//2027-01-01"]


@pytest.mark.parametrize("empty", ["<v></v>", "<v/>", "<v> </v>"])
def test_a_formula_whose_value_was_left_empty_is_not_an_empty_cell(empty: str) -> None:
    """Else a price that begins one day would hold from ever. A formula may give an empty text, though."""
    table = prices(["TN1", None, 1, Raw(f"><f>TODAY()</f>{empty}")], ["MF9", None, 2, Raw('t="str"><f>A9</f><v></v>')])
    assert [(defect.line, defect.column) for defect in table.defects] == [(2, "start")]
    assert "never calculated" in table.defects[0].reason
    assert list(table.documents) == ["MF9//"]


def test_cells_without_a_value_to_take_are_told_row_by_row() -> None:
    table = prices(
        ["TN1", None, Raw('t="e"><v>#N/A</v>')],
        ["MF9", None, Raw("><f>A1*2</f>")],
        ["BK1", None, Raw("><f>A1*2</f><v>12.5</v>")],
        ["EAN", None, 1, None, None, 12345678901234567890],
    )
    assert [str(defect) for defect in table.defects] == [
        "tarif.xlsx [prices]:2:list_price: the cell holds the error #N/A",
        "tarif.xlsx [prices]:3:list_price: the formula was never calculated; "
        "open the workbook in a spreadsheet program and save it",
        "tarif.xlsx [prices]:5:label: the number has more than 15 digits, of which Excel keeps 15; write it as text",
    ]
    assert list(table.documents) == ["BK1//"]
    assert table.kept == {"TN1//", "MF9//", "EAN//"}


def test_merged_cells_are_undone_by_nobody_else() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
    table = prices(["TN1", "N", 1], [None, "S", 2], ["MF9", "N", 3], after=merged.format("A2:A3"))
    assert [str(defect) for defect in table.defects] == ["tarif.xlsx [prices]:3:sku: merged with A2; undo the merge"]
    assert list(table.documents) == ["TN1/N/", "MF9/N/"]
    rows = sheet([HEADER, ["TN1", "N", 1]], after=merged.format("A1:B1"))
    assert (
        refusal(workbook({"prices": rows})) == "tarif.xlsx [prices]:1: the header has merged cells (A1:B1); undo that"
    )
    assert "too many of its cells are merged" in refusal(
        workbook({"prices": sheet([HEADER], after=merged.format("A1:XFD1048576"))})
    )


def test_what_is_hidden_is_told() -> None:
    rows = sheet(
        [HEADER, ["TN1", None, 1]],
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        row_attributes=' hidden="1"',
    )
    found, notes = read_workbook("t.xlsx", workbook({"prices": rows, "stock": rows, "Notes": rows}, hidden=["stock"]))
    assert [table.kind.name for table in found] == ["prices"]
    assert list(found[0].documents) == ["TN1//"]
    assert found[0].notes == [
        "t.xlsx [prices]: hidden columns were read like the others: B (wholesaler), C (list_price)",
        "t.xlsx [prices]: 1 hidden rows were read like the others",
    ]
    assert notes == [
        "t.xlsx: the sheet stock is hidden; ignored",
        "t.xlsx: the sheet Notes is no kind this server knows; ignored",
    ]


def test_empty_sheets_are_passed_over_and_a_headless_one_spoils_the_file() -> None:
    good = sheet([HEADER, ["TN1", None, 1]])
    found, notes = read_workbook("t.xlsx", workbook({"prices": good, "stock": sheet([])}))
    assert ([table.kind.name for table in found], notes) == (
        ["prices"],
        ["t.xlsx [stock]: the sheet is empty; ignored"],
    )
    assert refusal(workbook({"prices": sheet([])})) == "tarif.xlsx: all of its sheets are empty"
    assert refusal(workbook({"prices": good, "stock": sheet([["x"]])})).startswith(
        "tarif.xlsx [stock]:1: there is no header"
    )
    assert refusal(workbook({"Feuil1": good})).startswith("tarif.xlsx: none of its visible sheets is named families")
    assert "two sheets named prices" in refusal(workbook({"prices": good, "PRICES": good}))


def test_rows_keep_the_numbers_they_have_in_the_sheet() -> None:
    rows = sheet([[], [], HEADER, [], ["TN1", None, "x"]])
    table = tables(workbook({"prices": rows}))["prices"]
    assert [defect.line for defect in table.defects] == [5]


def test_workbooks_that_are_none() -> None:
    good = workbook({"prices": sheet([HEADER, ["TN1", None, 1]])})
    encrypted = b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password" in refusal(encrypted)
    assert "old kind (.xls)" in refusal(b"\xd0\xcf\x11\xe0" + bytes(500))
    assert "damaged or no .xlsx workbook" in refusal(good[:-30])
    assert "damaged or no .xlsx workbook" in refusal(b"sku,list_price\n")
    assert "it is empty" in refusal(b"")
    assert "holds no workbook.xml" in refusal(_zip({"x.xml": b"<a/>"}))
    assert "document type" in refusal(workbook({"prices": "<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet([HEADER])}))
    assert "damaged" in refusal(workbook({"prices": sheet([HEADER])[:-20]}))


def test_a_workbook_larger_than_any_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    far = sheet([HEADER, ["TN1", None, 1]]).replace('r="A2"', 'r="XFD1048576"')
    assert "makes it too large" in refusal(workbook({"prices": far}))
    beyond = sheet([HEADER, ["TN1", None, 1]]).replace('r="A2"', 'r="A9999999"')
    assert "which no sheet has" in refusal(workbook({"prices": beyond}))
    monkeypatch.setattr(workbook_parts, "MAX_UNPACKED", 1_000_000)
    bomb = sheet([HEADER, ["x" * 2_000_000, None, 1]])
    content = workbook({"prices": bomb})
    assert len(content) < 20_000
    assert "larger than 1 MB when unpacked" in refusal(content)


def test_bytes_changed_at_random_are_refused_or_read_but_never_worse() -> None:
    rng = random.Random(11)
    good = of_csv(worked_example.FILES)
    for _ in range(300):
        content = bytearray(good)
        for _ in range(rng.randint(1, 10)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        _read_or_refuse(bytes(content))


def test_xml_changed_at_random_is_refused_or_read_but_never_worse() -> None:
    rng = random.Random(12)
    with zipfile.ZipFile(io.BytesIO(of_csv(worked_example.FILES))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    words = [b"", b"\x00", b"<c>", b'r="A1"', b"99999999", b"-1", b'"', b"</row>", b"\xff", b't="s"', b"<v/>", b"1e999"]
    for _ in range(300):
        name = rng.choice(list(parts))
        content = parts[name]
        start = rng.randrange(len(content))
        broken = content[:start] + rng.choice(words) + content[start + rng.randint(0, 4) :]
        _read_or_refuse(_zip({**parts, name: broken}))


def test_a_workbook_is_one_file(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tarif.xlsx"
    header = ["wholesaler", "sku", "available"]
    stock = sheet([header, ["N", "TN1", 1], ["N", "MF9", 2], ["N", "BK1", "x"], ["S", "TN1", 4]])
    path.write_bytes(workbook({"prices": sheet([HEADER, ["TN1", None, 150, NEW_YEAR]]), "stock": stock}))
    report = import_files(shop.data, path, now=shop.clock)
    assert [file.file for file in report.files] == ["tarif.xlsx [prices]", "tarif.xlsx [stock]"]
    assert [str(defect) for defect in report.defects] == [
        "tarif.xlsx [stock]:4:available: 'x' is not a number of at most 12 digits and 8 decimals"
    ]
    assert desk.current("products")["TN1"]["prices"] == [{"list_price": "150", "start": "2027-01-01"}]
    assert desk.current("stock")["N/MF9"]["available"] == 2
    before = desk.current("products")
    path.write_bytes(workbook({"prices": sheet([HEADER, ["TN1", None, 160, NEW_YEAR]]), "stock": sheet([["sku"]])}))
    assert import_files(shop.data, path, now=shop.clock).exit_code == 1
    assert desk.current("products") == before


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _read_or_refuse(content: bytes) -> None:
    try:
        found, _ = read_workbook("x.xlsx", content)
    except FileUnusable as unusable:
        said = str(unusable)
    else:
        said = found[0].file
    assert said.startswith("x.xlsx")
