"""Unsent orders outside the desk's own file: sealed records, and how they stand one after another in a file.

Pure shapes: who seals and opens the boxes has the cryptography. The desk's own file is only ever appended to, so that a
record may be cut off at its end; one that was damaged never hides those behind it. A file that is handed on begins with
a header and is whole, or is sent as nothing.
"""

import base64
import binascii
import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from desktop_app.contract.wire import SealingKey

FORMAT = 1
MEDIA_TYPE = "application/vnd.order-sync.sealed"
# What a file that is handed on begins with, before its header.
FILE_MARK = b"order-sync sealed messages 1\n"
# The kind of a record that carries no message: 32 random bytes, which only who opens it can give back the digest of.
DEPARTURE = "departure"
# The `info` of the HPKE that seals a content key to a reader.
CONTENT_KEY_INFO = b"order-sync/content-key/1"
PUBLIC_KEY_BYTES = 32
# One order with its picture, sealed: twice what a server takes as one document.
MAX_RECORD_BYTES = 32_000_000
# Length of the record in bytes, then the CRC-32 of the record; both unsigned and big-endian.
_HEAD = struct.Struct(">II")


class SealedTo(msgspec.Struct, frozen=True, array_like=True):
    """The content key of a box, sealed to one reader: `id` names the reader's key (`key_id`)."""

    id: str
    content_key: bytes


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """One record: a queued message that only the readers in `to` can open, or the word that it is void.

    `key` names the message: the id of its order, a slash, and its revision or, for a request, the id of the request.
    `kind` is what it is (`order`, `cancel`), `at` when it was sealed.
    `box` is AES-256-GCM over the msgpack of `UnsentOrder` under `nonce`, with `head()` as associated data. A void
    record has no readers and no box: the message was taken back, or its answer is known. A message that is `held` was
    kept back by a person: it must not be sent before a person lets it go.
    """

    key: str
    kind: str
    at: datetime
    server_id: str
    account: str
    to: tuple[SealedTo, ...] = ()
    nonce: bytes = b""
    box: bytes = b""
    v: int = FORMAT
    held: bool = False

    @property
    def void(self) -> bool:
        """Whether this record only says that an earlier one of the same key no longer counts."""
        return not self.box

    def head(self) -> bytes:
        """The open part as bytes: sealed with the box, so that nobody can put a box under another head."""
        return msgspec.msgpack.encode((self.v, self.key, self.kind, self.at, self.server_id, self.account, self.held))


class UnsentOrder(msgspec.Struct, frozen=True):
    """What lies in a box: all that is needed to put the message back into a queue, or to send it from another desk.

    `body` are the exact bytes that would have left, `picture` the order as it was priced, None for other messages.
    """

    server_id: str
    account: str
    client_instance: str
    order_id: str
    revision: int
    kind: str
    desk_no: str
    author: str
    created_at: datetime
    body: bytes
    picture: bytes | None = None


class SealedHeader(msgspec.Struct, frozen=True, array_like=True):
    """The first record of a file that is handed on: whom its messages are for, the desk they are of, and how many.

    `at` is when the file was made; `held` of the `count` messages were kept back by a person.
    """

    server_id: str
    account: str
    client_instance: str
    at: datetime
    count: int
    held: int = 0
    v: int = FORMAT


class SealedOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one record of an upload. `key` is its name in the file.

    `status` is what a PUT of the message would have been answered (201 accepted, 409, 422 ...), and 202 for one that
    was not entered: `code` is then `held` (a person keeps it back) or `kept` (it came from a desk that is shut out).
    Else `code` is the last part of the problem's type. `sha256` is that of the bytes found in the box: only who has
    opened it knows it.
    """

    key: str
    kind: str
    status: int
    order_id: str = ""
    revision: int = 0
    code: str = ""
    order_no: str = ""
    sha256: str = ""


class SealedAnswer(msgspec.Struct, frozen=True):
    """The answer to `PUT /sealed/{sha256}`: one for each record, in the order of the file."""

    records: list[SealedOutcome]


class SealedRead(msgspec.Struct, frozen=True):
    """The whole records of a file, in order, and how many of its bytes belong to none: damaged, or cut off."""

    records: tuple[Sealed, ...]
    damaged: int


class NotASealedFile(ValueError):
    """A file is none that is handed on between desks: it does not begin like one."""


class DamagedFile(ValueError):
    """A file that is handed on is not whole: cut off, or changed on its way."""


_decoder = msgspec.msgpack.Decoder(Sealed)
_header_decoder = msgspec.msgpack.Decoder(SealedHeader)


def framed(record: Sealed | SealedHeader) -> bytes:
    """A record as it is appended to a file. Raises ValueError for one that no reader would take."""
    data = msgspec.msgpack.encode(record)
    if len(data) > MAX_RECORD_BYTES:
        raise ValueError(f"a record of {len(data)} bytes is too large")
    return _HEAD.pack(len(data), zlib.crc32(data)) + data


def sealed_file(header: SealedHeader, frames: Iterable[bytes]) -> bytes:
    """A file to be handed on: the header, then records as `framed` writes them."""
    return b"".join((FILE_MARK, framed(header), *frames))


def in_parts(records: Iterable[Sealed], most: int, room: int) -> Iterator[list[Sealed]]:
    """The records in their order, at most `most` at a time and of about `room` bytes together; one may be larger."""
    part: list[Sealed] = []
    size = 0
    for record in records:
        if part and (len(part) == most or size + len(record.box) > room):
            yield part
            part, size = [], 0
        part.append(record)
        size += len(record.box)
    if part:
        yield part


def read_header(data: bytes) -> SealedHeader:
    """The header of a file that was handed on. Raises NotASealedFile, DamagedFile."""
    return _header_in(memoryview(data))[0]


def read_whole(data: bytes) -> tuple[SealedHeader, tuple[Sealed, ...]]:
    """A file that was handed on, with all its records. Raises NotASealedFile, DamagedFile."""
    view = memoryview(data)
    header, place = _header_in(view)
    records: list[Sealed] = []
    # Never searched for what may still be whole: nobody can make this take longer than the file is.
    while place < len(data):
        found = _record_at(view, place)
        if found is None:
            raise DamagedFile("a record is damaged or cut off")
        record, place = found
        records.append(record)
    if len(records) != header.count:
        raise DamagedFile(f"{len(records)} records where the header says {header.count}")
    return header, tuple(records)


def read_salvaged(data: bytes) -> SealedRead:
    """What is whole of a file, handed on or a desk's own, however damaged: it may be the last copy there is."""
    try:
        place = _header_in(memoryview(data))[1]
    except ValueError:
        place = 0
    return read_records(data[place:])


def _header_in(data: memoryview) -> tuple[SealedHeader, int]:
    if bytes(data[: len(FILE_MARK)]) != FILE_MARK:
        raise NotASealedFile("the file does not begin like one of sealed messages")
    found = _frame_at(data, len(FILE_MARK))
    if found is None:
        raise DamagedFile("the header is damaged or cut off")
    content, end = found
    try:
        return _header_decoder.decode(content), end
    except msgspec.MsgspecError as error:
        raise DamagedFile("the header cannot be read") from error


def read_records(data: bytes) -> SealedRead:
    """The records in the bytes of a file; what is damaged is passed over."""
    records: list[Sealed] = []
    view = memoryview(data)
    place = damaged = 0
    while place < len(data):
        found = _record_at(view, place)
        if found is None:
            place, damaged = place + 1, damaged + 1
        else:
            record, place = found
            records.append(record)
    return SealedRead(tuple(records), damaged)


def _record_at(data: memoryview, place: int) -> tuple[Sealed, int] | None:
    """The record that begins at `place` and where it ends, None where none does."""
    found = _frame_at(data, place)
    if found is None:
        return None
    content, end = found
    try:
        return _decoder.decode(content), end
    except msgspec.MsgspecError:
        return None


def _frame_at(data: memoryview, place: int) -> tuple[memoryview, int] | None:
    """The bytes that are framed at `place` and where they end, None where nothing whole is."""
    begin = place + _HEAD.size
    if begin > len(data):
        return None
    length, checksum = _HEAD.unpack_from(data, place)
    end = begin + length
    # The checksum of nothing is zero: a run of zeros is no record.
    if not 0 < length <= MAX_RECORD_BYTES or end > len(data) or zlib.crc32(data[begin:end]) != checksum:
        return None
    return data[begin:end], end


def key_id(public: bytes) -> str:
    """The name of a public key: the first 16 hexadecimal digits of the SHA-256 of its raw bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


def sealing_key(public: bytes) -> SealingKey:
    """A raw X25519 public key as it is written on the wire."""
    return SealingKey(key_id(public), base64.urlsafe_b64encode(public).rstrip(b"=").decode())


def public_bytes(key: SealingKey) -> bytes:
    """The raw public key of `key`. Raises ValueError where it is none, or where its id names another."""
    try:
        public = base64.urlsafe_b64decode(key.public + "=")
    except (binascii.Error, ValueError) as error:
        raise ValueError("the sealing key is not base64url") from error
    if len(public) != PUBLIC_KEY_BYTES or key_id(public) != key.id:
        raise ValueError("the sealing key does not fit its id")
    return public
