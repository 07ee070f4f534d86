"""Unsent orders outside the desk's own file: sealed records, and how they stand one after another in a file.

Pure shapes: who seals and opens the boxes has the cryptography. A file is only ever appended to, so that a record may
be cut off at its end; one that was damaged never hides those behind it.
"""

import base64
import binascii
import hashlib
import struct
import zlib
from datetime import datetime

import msgspec

from desktop_app.contract.wire import SealingKey

FORMAT = 1
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


class SealedRead(msgspec.Struct, frozen=True):
    """The whole records of a file, in order, and how many of its bytes belong to none: damaged, or cut off."""

    records: tuple[Sealed, ...]
    damaged: int


_decoder = msgspec.msgpack.Decoder(Sealed)


def framed(record: Sealed) -> bytes:
    """A record as it is appended to a file. Raises ValueError for one that no reader would take."""
    data = msgspec.msgpack.encode(record)
    if len(data) > MAX_RECORD_BYTES:
        raise ValueError(f"a record of {len(data)} bytes is too large")
    return _HEAD.pack(len(data), zlib.crc32(data)) + data


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
    begin = place + _HEAD.size
    if begin > len(data):
        return None
    length, checksum = _HEAD.unpack_from(data, place)
    end = begin + length
    # The checksum of nothing is zero: a run of zeros is no record.
    if not 0 < length <= MAX_RECORD_BYTES or end > len(data) or zlib.crc32(data[begin:end]) != checksum:
        return None
    try:
        return _decoder.decode(data[begin:end]), end
    except msgspec.MsgspecError:
        return None


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
