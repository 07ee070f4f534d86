"""Sealing what must not be lost so that only its readers can open it, and the recovery code. The desk's cryptography.

Content keys are sealed with HPKE (RFC 9180, base mode: X25519, HKDF-SHA256, AES-256-GCM), boxes with AES-256-GCM.
"""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.contract.sealed import CONTENT_KEY_INFO, Sealed, SealedTo, UnsentOrder, key_id

KEY_BYTES = 32
NONCE_BYTES = 12
CODE_BYTES = 16
GROUP = 4
_DESK_KEY_INFO = b"comptoir/desk-key/1"
_RECOVERY_INFO = b"comptoir/recovery/1"
_OWN_INFO = b"comptoir/unsent/1"
_suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

# Crockford's base 32: no letter that is taken for a digit. 128 bits take 26 places, the check 2 more.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_PLACES, _CHECK_PLACES = 26, 2


class CannotOpen(Exception):
    """A box is not for this key, or is not what was sealed."""


class RecoveryCode:
    """128 random bits that open this desk on another computer: seven groups of four letters, the last two a check.

    Whoever has the code and the desk's folder can read everything in it; it is never stored.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) != CODE_BYTES:
            raise ValueError(f"a recovery code has {CODE_BYTES} bytes, not {len(secret)}")
        self._secret = secret

    def __repr__(self) -> str:
        return "RecoveryCode()"

    @classmethod
    def new(cls) -> "RecoveryCode":
        """A fresh one."""
        return cls(os.urandom(CODE_BYTES))

    @classmethod
    def parse(cls, text: str) -> "RecoveryCode":
        """The code as a person typed it: any case, any spaces and hyphens. Raises ValueError where it is none."""
        letters = "".join(text.upper().split()).replace("-", "").translate(_MISREAD)
        if len(letters) != _PLACES + _CHECK_PLACES or not set(letters) <= set(_LETTERS):
            raise ValueError("a recovery code has seven groups of four letters and digits")
        value = 0
        for letter in letters[:_PLACES]:
            value = value * 32 + _LETTERS.index(letter)
        if value >> (8 * CODE_BYTES):
            raise ValueError("this is no recovery code")
        secret = value.to_bytes(CODE_BYTES, "big")
        if letters[_PLACES:] != _check(secret):
            raise ValueError("a letter of the recovery code is wrong")
        return cls(secret)

    @property
    def text(self) -> str:
        """The code as it is shown and printed: `0123-4567-...`."""
        value = int.from_bytes(self._secret, "big")
        letters = "".join(_LETTERS[value >> (5 * place) & 31] for place in reversed(range(_PLACES)))
        letters += _check(self._secret)
        return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))

    def private_key(self, client_instance: str) -> bytes:
        """The raw X25519 private key this code stands for at one desk."""
        return _derived(self._secret, client_instance.encode(), _RECOVERY_INFO)


def own_private_key(desk_key: bytes) -> bytes:
    """The raw X25519 private key with which a desk reads what it sealed itself, made of the key of its desk.db."""
    return _derived(desk_key, b"", _OWN_INFO)


def public_key(private: bytes) -> bytes:
    """The raw public half of a raw X25519 private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(order: UnsentOrder, *, key: str, at: datetime, to: Iterable[bytes], held: bool = False) -> Sealed:
    """Seal a message that has not left to the raw public keys in `to`. Raises ValueError for a key that is none."""
    content_key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    open_part = Sealed(key, order.kind, at, order.server_id, order.account, held=held)
    box = AESGCM(content_key).encrypt(nonce, msgspec.msgpack.encode(order), open_part.head())
    readers = tuple(SealedTo(key_id(reader), _seal_to(reader, content_key, CONTENT_KEY_INFO)) for reader in to)
    return msgspec.structs.replace(open_part, to=readers, nonce=nonce, box=box)


def open_sealed(record: Sealed, private: bytes) -> UnsentOrder:
    """What lies in a record that is not void. Raises CannotOpen where it is not for this key, or was changed."""
    reader = key_id(public_key(private))
    for sealed_to in record.to:
        if sealed_to.id == reader:
            content_key = _open_with(private, sealed_to.content_key, CONTENT_KEY_INFO)
            try:
                plain = AESGCM(content_key).decrypt(record.nonce, record.box, record.head())
                return msgspec.msgpack.decode(plain, type=UnsentOrder)
            except (InvalidTag, ValueError) as error:
                raise CannotOpen("the box was changed") from error
    raise CannotOpen("the box is sealed to other keys")


def seal_desk_key(desk_key: bytes, public: bytes) -> bytes:
    """The key of a desk.db, sealed to the recovery key."""
    return _seal_to(public, desk_key, _DESK_KEY_INFO)


def open_desk_key(sealed: bytes, private: bytes) -> bytes:
    """The key of a desk.db, opened with the recovery key. Raises CannotOpen."""
    return _open_with(private, sealed, _DESK_KEY_INFO)


def _seal_to(public: bytes, plain: bytes, info: bytes) -> bytes:
    return _suite.encrypt(plain, X25519PublicKey.from_public_bytes(public), info)


def _open_with(private: bytes, sealed: bytes, info: bytes) -> bytes:
    try:
        return _suite.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("sealed to another key, or changed") from error


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"comptoir/recovery-code" + secret).digest()
    return _LETTERS[digest[0] & 31] + _LETTERS[digest[1] & 31]
