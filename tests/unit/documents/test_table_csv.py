"""A table for a spreadsheet: read back as written, no formula in it, whole or not at all."""

import csv
from pathlib import Path

import pytest

from desktop_app.documents.table_csv import harmless, table_text, write_table
from desktop_app.errors import FileNotWritten


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =HYPERLINK(1)", "\n@x"])
def test_what_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "35", "Remise = 5", "a-b", "é@x"])
def test_all_else_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_headings_are_made_harmless_too() -> None:
    assert table_text(["=A"], [["b;c"]], ";") == '\'=A\r\n"b;c"\r\n'


def test_it_reads_back(tmp_path: Path) -> None:
    path, row = tmp_path / "é.csv", ['Remise "Or", 3 €', "deux\nlignes", ""]
    write_table(path, ["a", "b", "c"], [row], ";")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [["a", "b", "c"], row]


def test_where_it_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "there.csv"
    folder.mkdir()
    for path in (tmp_path / "missing" / "a.csv", folder):
        with pytest.raises(FileNotWritten) as refused:
            write_table(path, ["a"], [], ",")
        assert str(path) in refused.value.message
    assert list(tmp_path.iterdir()) == [folder]
