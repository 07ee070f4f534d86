"""Cursors as they are written: a signed position in one feed, with the mark of the history it was read in.

The signature rules out that anybody else made it, so a cursor whose mark this server does not know proves that the
server has lost what it once knew.
"""

import base64
import binascii
import hmac

import msgspec

from manufacturer_server.storage.identity import Identity

MAX_LENGTH = 2_000
_MAC_BYTES = 16


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where one account is in one feed: after `seq`, in the history whose latest write then was `seen` with `mark`.

    `mark` is empty in cursors of a version before, and in those of a server that was empty still.
    """

    account: str
    epoch: str
    collections: list[str]
    scopes: str
    seq: int
    seen: int = 0
    mark: bytes = b""


def written(identity: Identity, position: Position) -> str:
    """The cursor for a position."""
    payload = msgspec.msgpack.encode(position)
    return base64.urlsafe_b64encode(payload + _mac(identity, payload)).decode().rstrip("=")


def verified(identity: Identity, cursor: str) -> Position | None:
    """The position of a cursor that this server made, None for anything else."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        return None
    payload, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    # The last character has bits that decode to nothing: only the one spelling we wrote is ours.
    spelled = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if spelled != cursor or not hmac.compare_digest(mac, _mac(identity, payload)):
        return None
    return msgspec.msgpack.decode(payload, type=Position)


def _mac(identity: Identity, payload: bytes) -> bytes:
    return hmac.digest(identity.secret, payload, "sha256")[:_MAC_BYTES]
