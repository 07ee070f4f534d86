"""A download that is cut and taken up again."""

import hashlib
from pathlib import Path

import pytest

from desktop_app.errors import ProtocolViolation, StorageFailed
from desktop_app.remote.part_file import PartFile

CONTENT = bytes(range(256)) * 40
SHA = hashlib.sha256(CONTENT).hexdigest()


def part(path: Path, got: list[bytes], *, size: int = len(CONTENT), sha: str = SHA) -> PartFile:
    return PartFile(path, size, sha, got.append)


def test_every_byte_is_handed_on_once_across_attempts(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.part"
    first: list[bytes] = []
    attempt = part(path, first)
    attempt.open()
    attempt.append(CONTENT[:1_000])
    attempt.close()
    second: list[bytes] = []
    attempt = part(path, second)
    attempt.open()
    assert attempt.have == 1_000
    attempt.append(CONTENT[1_000:])
    attempt.prove()
    assert b"".join(first) == CONTENT[:1_000]
    assert b"".join(second) == CONTENT
    attempt.remove()
    assert not path.exists()


def test_wrong_bytes_are_forgotten(tmp_path: Path) -> None:
    attempt = part(tmp_path / "file.part", [])
    attempt.open()
    attempt.append(b"x" * len(CONTENT))
    with pytest.raises(ProtocolViolation):
        attempt.prove()
    assert not attempt.path.exists()


def test_too_few_and_too_many_bytes(tmp_path: Path) -> None:
    attempt = part(tmp_path / "file.part", [])
    attempt.open()
    with pytest.raises(ProtocolViolation):
        attempt.append(CONTENT + b"more")
    assert not attempt.path.exists()
    attempt = part(tmp_path / "file.part", [])
    attempt.open()
    attempt.append(CONTENT[:-1])
    with pytest.raises(ProtocolViolation):
        attempt.prove()


def test_a_leftover_that_is_too_long_is_started_anew(tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT * 2)
    attempt = part(tmp_path / "file.part", [])
    attempt.open()
    assert attempt.have == 0
    attempt.close()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed) as caught:
        part(tmp_path / "file" / "x.part", []).open()
    assert "orders are not affected" in caught.value.message


def test_nothing_can_be_added_before_it_is_open(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not open"):
        part(tmp_path / "x.part", []).append(b"x")
