"""Sealed records stand one after another in a file; what is cut off or damaged hides no other."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.sealed import (
    DamagedFile,
    NotASealedFile,
    Sealed,
    SealedHeader,
    SealedTo,
    UnsentOrder,
    framed,
    key_id,
    public_bytes,
    read_header,
    read_records,
    read_salvaged,
    read_whole,
    sealed_file,
    sealing_key,
)
from desktop_app.contract.wire import SealingKey

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
PUBLIC = bytes(range(32))


def sealed(name: str, box: bytes = b"box") -> Sealed:
    to = (SealedTo("ab" * 8, b"k" * 48), SealedTo("cd" * 8, b"l" * 48))
    return Sealed(f"{name}/1", "order", NOW, "0190-1", "D42", to, b"n" * 12, box)


RECORDS = (sealed("o1"), sealed("o2", b"\0" * 40), Sealed("o1/1", "order", NOW, "0190-1", "D42"))
FILE = b"".join(map(framed, RECORDS))
ENDS = [sum(len(framed(record)) for record in RECORDS[: number + 1]) for number in range(len(RECORDS))]


def test_records_are_read_as_they_were_written() -> None:
    assert read_records(FILE).records == RECORDS
    assert read_records(FILE).damaged == 0
    assert read_records(b"").records == ()
    assert [record.void for record in RECORDS] == [False, False, True]


@given(st.integers(min_value=0, max_value=len(FILE)))
def test_a_file_cut_anywhere_keeps_all_records_before(place: int) -> None:
    whole = sum(end <= place for end in ENDS)
    read = read_records(FILE[:place])
    assert read.records == RECORDS[:whole]
    assert read.damaged == place - (ENDS[whole - 1] if whole else 0)


@given(st.integers(min_value=0, max_value=len(FILE) - 1), st.integers(min_value=1, max_value=255))
def test_a_damaged_byte_costs_one_record_only(place: int, change: int) -> None:
    data = bytearray(FILE)
    data[place] ^= change
    hit = next(number for number, end in enumerate(ENDS) if place < end)
    read = read_records(bytes(data))
    assert read.records == RECORDS[:hit] + RECORDS[hit + 1 :]
    assert read.damaged == len(framed(RECORDS[hit]))


@given(st.binary(max_size=300))
def test_rubbish_holds_no_record_and_breaks_nothing(data: bytes) -> None:
    assert read_records(data).records == ()
    assert read_records(data + FILE).records[-3:] == RECORDS


def test_what_is_whole_but_no_record_is_passed_over() -> None:
    assert read_records(b"\0" * 64).damaged == 64
    foreign = framed(msgspec.structs.replace(RECORDS[0], to=()))
    assert read_records(foreign.replace(b"o1/1", b"\xff/1!") + FILE).records == RECORDS


def test_a_record_nobody_would_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.contract.sealed.MAX_RECORD_BYTES", 100)
    with pytest.raises(ValueError, match="too large"):
        framed(RECORDS[0])


def test_the_head_is_that_of_one_record() -> None:
    head = RECORDS[0].head()
    assert head == msgspec.structs.replace(RECORDS[0], box=b"", to=()).head()
    for change in (
        {"key": "o9/1"},
        {"account": "D43"},
        {"server_id": "x"},
        {"kind": "cancel"},
        {"v": 2},
        {"held": True},
    ):
        assert msgspec.structs.replace(RECORDS[0], **change).head() != head


def test_what_lies_in_a_box_comes_back_whole() -> None:
    order = UnsentOrder("0190-1", "D42", "0190-2", "o1", 1, "order", "B-1", "Ana", NOW, b"{}", b"picture")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(order), type=UnsentOrder) == order


def test_a_public_key_is_named_by_its_bytes() -> None:
    key = sealing_key(PUBLIC)
    assert (key.id, len(key.public)) == (key_id(PUBLIC), 43)
    assert key.id == "630dcd2966c43366"
    assert msgspec.json.decode(msgspec.json.encode(key), type=SealingKey) == key
    assert public_bytes(key) == PUBLIC


def test_a_key_under_another_name_is_none() -> None:
    for key in (
        msgspec.structs.replace(sealing_key(PUBLIC), id="0" * 16),
        msgspec.structs.replace(sealing_key(PUBLIC), public="A" * 42),
        msgspec.structs.replace(sealing_key(PUBLIC), public="Aé"),
    ):
        with pytest.raises(ValueError, match="sealing key"):
            public_bytes(key)


HEADER = SealedHeader("0190-1", "D42", "desk-1", NOW, len(RECORDS), held=1)
HANDED_ON = sealed_file(HEADER, map(framed, RECORDS))


def test_a_file_that_is_handed_on_is_read_as_it_was_written() -> None:
    assert read_whole(HANDED_ON) == (HEADER, RECORDS)
    assert read_header(HANDED_ON) == HEADER
    assert read_salvaged(HANDED_ON).records == RECORDS
    assert read_salvaged(HANDED_ON).damaged == 0


@given(st.integers(min_value=0, max_value=len(HANDED_ON) - 1))
def test_a_file_that_is_handed_on_is_whole_or_refused(place: int) -> None:
    with pytest.raises((NotASealedFile, DamagedFile)):
        read_whole(HANDED_ON[:place])


@given(st.integers(min_value=0, max_value=len(HANDED_ON) - 1), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_seen_and_what_is_whole_can_be_saved(place: int, change: int) -> None:
    data = bytearray(HANDED_ON)
    data[place] ^= change
    with pytest.raises((NotASealedFile, DamagedFile)):
        read_whole(bytes(data))
    saved = read_salvaged(bytes(data)).records
    assert len(saved) >= len(RECORDS) - 1
    assert {record.key for record in saved} <= {record.key for record in RECORDS}


def test_what_is_left_out_of_a_file_is_missed() -> None:
    with pytest.raises(DamagedFile):
        read_whole(sealed_file(HEADER, map(framed, RECORDS[:-1])))
    with pytest.raises(NotASealedFile):
        read_header(b"PK\x03\x04")
