"""Discovery, joining, the manifest of the snapshot and the lines of the feed."""

import hashlib
from datetime import date, datetime
from typing import Annotated

import msgspec

HASH_MODULUS = 1 << 256
# What both sides' databases can hold. A row beyond it (`Put.rev`) is a bad row, not a bad page.
MAX_WHOLE = (1 << 63) - 1
Whole = Annotated[int, msgspec.Meta(ge=0, le=MAX_WHOLE)]
# A snapshot of a million products has a twentieth of it.
SnapshotBytes = Annotated[int, msgspec.Meta(ge=1, le=1 << 31)]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-fA-F]{64}$")]
Cursor = Annotated[str, msgspec.Meta(max_length=2_000)]
# Always with its offset from UTC; see `check_moment` too.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
# How many revisions one look-up may ask about.
OUTCOME_IDS = 500
SEALING_SUITE = "hpke/x25519/hkdf-sha256/aes-256-gcm"


def check_moment(moment: date | None) -> None:
    """Raises ValueError for a moment that some time zone could not show: those at the two ends of the calendar."""
    if moment is not None and not 1 < moment.year < 9999:
        raise ValueError(f"the year {moment.year} is not possible")


class Limits(msgspec.Struct, frozen=True):
    """What the server accepts at most; published, so that a desk can refuse before it sends.

    `event_streams` is how many streams of events the desks of one account may keep open together.
    """

    order_lines: int = 5_000
    order_bytes: int = 8_000_000
    page_rows: int = 5_000
    outcome_ids: int = OUTCOME_IDS
    event_streams: int = 16
    sealed_bytes: int = 16_000_000
    sealed_records: int = 500


class SealingKey(msgspec.Struct, frozen=True):
    """The key to seal to, so that only the manufacturer can read what a desk keeps outside its own encrypted file.

    `public` is the raw X25519 key in base64url without padding, `id` the first 16 hexadecimal digits of its SHA-256,
    `suite` what it is used with: HPKE (RFC 9180) in base mode.
    """

    id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
    public: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{43}$")]
    suite: Annotated[str, msgspec.Meta(max_length=200)] = SEALING_SUITE


class OrderSchema(msgspec.Struct, frozen=True):
    """A form of the order document the server takes, and the last day it does; None: it is the present one."""

    schema: Annotated[str, msgspec.Meta(max_length=200)]
    until: date | None = None


class Discovery(msgspec.Struct, frozen=True):
    """`GET /.well-known/order-sync`: who answers here and what it speaks.

    `client_minimum` is the least version of the desk's program that is served, "" where each is.
    """

    name: str
    server_id: str
    api_versions: list[str]
    epoch: str
    server_time: Moment
    time_zone: str = "Europe/Paris"
    currency: str = "EUR"
    practice: bool = False
    limits: Limits = Limits()
    features: list[str] = []
    sealing_key: SealingKey | None = None
    client_minimum: Annotated[str, msgspec.Meta(max_length=100)] = ""
    order_schemas: list[OrderSchema] = []

    def __post_init__(self) -> None:
        check_moment(self.server_time)


class JoinRequest(msgspec.Struct, frozen=True):
    """`POST /v1/join`: a joining code exchanged for a token. `client_instance` is the desk's own UUID."""

    code: str
    client_instance: str


class JoinAnswer(msgspec.Struct, frozen=True):
    """The token of this desk and the account it opens."""

    account: str
    name: str
    token: str


class Manifest(msgspec.Struct, frozen=True):
    """`GET /v1/accounts/{account}/catalog`: the immutable snapshot file now in force.

    `hash` holds, per collection, the same sum as a checkpoint line (see `row_hash`), `version` the feed position
    the file was made at.
    """

    epoch: str
    cursor: Cursor
    url: Annotated[str, msgspec.Meta(max_length=2_000)]
    bytes: SnapshotBytes
    sha256: Digest
    counts: dict[str, Whole]
    hash: dict[str, Digest]
    version: Whole


class Put(msgspec.Struct, frozen=True, tag_field="op", tag="put"):
    """A row as it is now. `d` is decoded by the collection's own Struct."""

    c: str
    id: str
    rev: int
    d: msgspec.Raw


class Del(msgspec.Struct, frozen=True, tag_field="op", tag="del"):
    """A row that is gone (`deleted`) or no longer visible to this account (`revoked`)."""

    c: str
    id: str
    reason: str = "deleted"


class Checkpoint(msgspec.Struct, frozen=True, tag_field="op", tag="checkpoint"):
    """The last line of every page: without it the page is void.

    `counts` and `hash` describe the collections as of `cursor` when `more` is false; `version` is the highest
    feed position the page covers.
    """

    cursor: Cursor
    more: bool
    epoch: str
    server_time: Moment
    version: Whole
    counts: dict[str, Whole] = {}
    hash: dict[str, Digest] = {}

    def __post_init__(self) -> None:
        check_moment(self.server_time)


FeedLine = Put | Del | Checkpoint


def row_hash(row_id: str, rev: int) -> int:
    """The share of one row in its collection's hash: SHA-256 over `id`, LF, `rev` in decimal, as a 256-bit integer.

    A collection's hash is the sum of its rows' shares modulo 2**256, written as 64 hexadecimal digits.
    """
    return int.from_bytes(hashlib.sha256(f"{row_id}\n{rev}".encode()).digest())


def hash_text(value: int) -> str:
    """A collection's hash as it is written on the wire."""
    return f"{value % HASH_MODULUS:064x}"


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference or defect: where (`pointer`, RFC 6901 into the order document), what, and both sides' values."""

    pointer: str
    code: str
    yours: str = ""
    ours: str = ""
    detail: str = ""
    replaced_by: str = ""


# What `Problem.proposal` is where a problem carries none: no bytes at all.
NO_PROPOSAL = msgspec.Raw()


class Hint(msgspec.Struct, frozen=True):
    """One event of `GET /v1/accounts/{account}/events`: these collections have changed, up to that place of the feed.

    Only a hint: what has changed is read with `changes`. `version` 0: the server does not say.
    """

    collections: list[str]
    version: Whole = 0


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An RFC 9457 problem. `retry` is never | later | reauth | resync | confirm | upgrade.

    `client_minimum` is the version that is needed, where the desk's program is too old. `wipe` comes with
    `desk-revoked` only: the desk is to hand over what has not left, then make itself unreadable.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    retry: str = ""
    errors: list[FieldError] = []
    proposal: msgspec.Raw = NO_PROPOSAL
    order_no: str = ""
    revision: int = 0
    epoch: str = ""
    client_minimum: str = ""
    wipe: bool = False

    @property
    def slug(self) -> str:
        """The last part of the type: `terms-changed` of `urn:order-sync:terms-changed`."""
        return self.type.rsplit(":", 1)[-1]


def problem_type(slug: str) -> str:
    """The type URI of a problem of this protocol."""
    return f"urn:order-sync:{slug}"
