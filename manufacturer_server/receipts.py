"""Receipts: by them the server knows an answer of its own again after it has lost it.

Without one, a desk could make up an earlier answer with low prices.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

import msgspec

from manufacturer_server.storage.identity import Identity

_VERSION = "v1."


@dataclass(frozen=True, slots=True)
class Answered:
    """One recorded answer to one revision: its HTTP status, the document's SHA-256 (hex) and the exact body."""

    account: str
    order_id: str
    revision: int
    status: int
    sha256: str
    body: bytes


def receipt(who: Identity, answer: Answered) -> str:
    """The receipt of an answer: `v1.` and an HMAC-SHA256 in base64url. It depends on nothing that a backup lacks."""
    key = hmac.digest(who.secret, b"receipt", "sha256")
    body = hashlib.sha256(answer.body).hexdigest()
    # As JSON, so that no two answers are written alike, whatever an account or an id is made of.
    parts = (who.server_id, answer.account, answer.order_id, answer.revision, answer.status, answer.sha256, body)
    mac = hmac.digest(key, msgspec.json.encode(parts), "sha256")
    return _VERSION + base64.urlsafe_b64encode(mac).decode().rstrip("=")


def is_genuine(who: Identity, answer: Answered, shown: str) -> bool:
    """Whether this server gave that answer."""
    return hmac.compare_digest(receipt(who, answer).encode(), shown.encode())
