"""What desks seal so that only this manufacturer can read it: the key they seal to."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop_app.contract import sealed
from desktop_app.contract.wire import SealingKey


def sealing_key(secret: bytes) -> SealingKey:
    """The public half of the raw X25519 private key `secret` (32 bytes), as it is handed out."""
    return sealed.sealing_key(X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())
