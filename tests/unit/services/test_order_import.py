"""Lists meet the catalogue: by sku, by a reference only one product has, or with the reason why not."""

from pathlib import Path

import pytest

from desktop_app.errors import FileUnreadable
from desktop_app.services.order_import import ImportedLine
from tests.support.desk_world import DeskWorld


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "lines.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_products_are_named_by_sku_reference_or_ean(world: DeskWorld, tmp_path: Path) -> None:
    report = world.orders.imports.read_file(
        write(tmp_path, "sku,quantity\nTN1,2\n106r-tn1,1\n3700000000017,3\nmf9,1\n")
    )
    assert report.whole() == (
        ImportedLine(2, "TN1", 2, ""),
        ImportedLine(3, "TN1", 1, "", "106r-tn1"),
        ImportedLine(4, "TN1", 3, "", "3700000000017"),
        ImportedLine(5, "MF9", 1, "", "mf9"),
    )


def test_every_defect_is_told_with_its_place(world: DeskWorld, tmp_path: Path) -> None:
    path = write(tmp_path, "sku,quantity,wholesaler\nTN1,1,Q\nNOPE,1,\nTWIN,1,\nMF9,x,\nBK1,1,N\n")
    report = world.orders.imports.read_file(path)
    assert [line.sku for line in report.lines] == ["BK1"]
    with pytest.raises(FileUnreadable) as refused:
        report.whole()
    told = refused.value.message.splitlines()
    assert told[0] == f"{path}:2:wholesaler: there is no wholesaler 'Q'"
    assert told[1] == f"{path}:3:sku: no product has the number 'NOPE'"
    assert told[2] == f"{path}:4:sku: 'TWIN' could be REF or REG"
    assert told[3].startswith(f"{path}:5:quantity: 'x' is not a quantity")


def test_a_paste_from_a_spreadsheet(world: DeskWorld) -> None:
    report = world.orders.imports.read_text("TN1\t12\r\nMF9\t2\r\n")
    assert [(line.sku, line.quantity) for line in report.whole()] == [("TN1", 12), ("MF9", 2)]
    assert report.source == "clipboard"


def test_files_that_hold_no_order_are_refused(world: DeskWorld, tmp_path: Path) -> None:
    for data in (b"", b"sku,quantity\n", b"\n\n;;\n"):
        with pytest.raises(FileUnreadable, match="no order line"):
            world.orders.imports.read_file(write(tmp_path, data))
    with pytest.raises(FileUnreadable, match="not a text file"):
        world.orders.imports.read_file(write(tmp_path, b"PK\x03\x81"))
