"""Lists as people have them are read, or refused with file, physical line, column and reason."""

from pathlib import Path

import pytest

from desktop_app.documents.order_lines_csv import (
    DEFECTS_TOLD,
    LARGEST_FILE,
    Defect,
    TypedLine,
    decode,
    parse,
    read_bytes,
    unreadable,
)
from desktop_app.errors import FileUnreadable

PLAIN = [TypedLine(2, "TN1", 12), TypedLine(3, "MF9", 2, "N")]


@pytest.mark.parametrize(
    "text",
    [
        "sku,quantity,wholesaler\nTN1,12,\nMF9,2,N\n",
        "sku;quantity;wholesaler\r\nTN1;12;\r\nMF9;2;N\r\n",
        "SKU\tQuantity\tWholesaler\nTN1\t12\t\nMF9\t2\tN",
        "Grossiste;Qté;Désignation;Référence\n;12;Toner;TN1\nN;2;Multi;MF9\n",
        "sku,quantity,wholesaler,,\nTN1,12,,,\nMF9,2,N,,\n",
        "sku;quantity;wholesaler\nTN1;12,0;\nMF9;2,00;N\n",
        '"sku","quantity","wholesaler"\n" TN1 ","12",""\n"MF9","2","N"\n',
        "sku,quantity,wholesaler\nTN1,12\nMF9,2,N\n,,\n\n",
    ],
)
def test_files_as_people_have_them(text: str) -> None:
    assert parse(text) == (PLAIN, [])


def test_without_a_header_the_columns_are_in_order() -> None:
    assert parse("TN1;12\nMF9;2;N\n") == ([TypedLine(1, "TN1", 12), TypedLine(2, "MF9", 2, "N")], [])


def test_a_header_that_comes_again_is_passed_over() -> None:
    lines, defects = parse("sku,quantity\nTN1,12\nsku,quantity\nMF9,2\n")
    assert ([(line.row, line.sku) for line in lines], defects) == ([(2, "TN1"), (4, "MF9")], [])


def test_lines_count_as_an_editor_counts_them() -> None:
    lines, defects = parse('sku,quantity,note\nTN1,1,"two\nlines"\n\nMF9,0,\n')
    assert [line.row for line in lines] == [2]
    assert [(defect.row, defect.column) for defect in defects] == [(5, "quantity")]


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "abc", "1.5", "", "1e3", "١", "1,500", "=1+1", "0x10"])
def test_quantities_that_are_none_are_refused_where_they_stand(quantity: str) -> None:
    lines, (defect,) = parse(f"sku;quantity\nTN1;5\nMF9;{quantity}\n")
    assert [line.sku for line in lines] == ["TN1"]
    assert (defect.row, defect.column) == (3, "quantity")
    assert "whole number from 1 to 999999" in defect.reason


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("sku,sku,quantity\nA,B,1\n", "sku", "twice"),
        ("sku,name\nA,B\n", "quantity", "missing"),
        ("quantity,name\n1,B\n", "sku", "missing"),
        ("sku,quantity\n,1\n", "sku", "empty"),
        ("sku,quantity\nA\x00,1\n", "-", "not a text file"),
        ('sku,quantity\n"A,1\n', "-", "not a table"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(text: str, column: str, reason: str) -> None:
    _, (defect,) = parse(text)
    assert defect.column == column
    assert reason in defect.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_code_pages_are_recognised(encoding: str) -> None:
    assert decode("référence;quantité\nÉTÉ;1\n".encode(encoding)).splitlines()[1] == "ÉTÉ;1"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match="decode"):
        decode(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="decode"):
        decode(b"PK\x81\x8d")


def test_a_defect_reads_like_a_compiler_message() -> None:
    refused = unreadable("lines.csv", [Defect(3, "quantity", "is empty")])
    assert refused.message == "lines.csv:3:quantity: is empty"
    many = unreadable("x", [Defect(n, "sku", "is empty") for n in range(DEFECTS_TOLD + 7)])
    assert many.message.splitlines()[-1] == "... and 7 more."


def test_files_that_cannot_be_opened_say_why(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="No such file"):
        read_bytes(tmp_path / "missing.csv")
    with pytest.raises(FileUnreadable, match="directory"):
        read_bytes(tmp_path)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(FileUnreadable, match="larger"):
        read_bytes(large)
