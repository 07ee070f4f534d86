"""Files of the server that are whole and stay."""

from pathlib import Path

import pytest

from manufacturer_server.durable import make_folder, write_durably


def test_a_file_takes_the_place_of_the_old_one_in_a_folder_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.csv"
    write_durably(path, b"old")
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]
    make_folder(path.parent)


def test_where_it_cannot_be_put_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        write_durably(tmp_path / "file" / "x.csv", b"")
