"""The address of a snapshot: it lets in whoever has it, for a day, so that a cache in front can carry the file.

Nobody else can make one: it is signed with the server's secret, for one account and one file.
"""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import Identity

LIFE = timedelta(hours=24)


def signed(who: Identity, account: str, name: str, now: datetime) -> str:
    """The path of a file for the desks of an account, good for at least `LIFE`.

    It expires at a full hour, so that the addresses of one hour are the same.
    """
    last = (now + LIFE).astimezone(UTC)
    expires = str(int(last.replace(minute=0, second=0, microsecond=0).timestamp()) + 3_600)
    path = f"/v1/accounts/{quote(account, safe='')}/catalog/{quote(name, safe='')}"
    return f"{path}?expires={expires}&signature={_signature(who, account, name, expires)}"


def check(who: Identity, account: str, name: str, expires: str, signature: str, now: datetime) -> None:
    """Raises Refused: `not-found` for an address that is none of ours, `address-expired` for one of before."""
    if not hmac.compare_digest(_signature(who, account, name, expires).encode(), signature.encode()):
        raise Refused("not-found", "This is no address that the server gave; the catalogue's manifest has one.")
    if now.timestamp() >= int(expires):
        raise Refused("address-expired", "It was good for a day; the catalogue's manifest has a new one.")


def _signature(who: Identity, account: str, name: str, expires: str) -> str:
    key = hmac.digest(who.secret, b"snapshot address", "sha256")
    mac = hmac.digest(key, msgspec.json.encode((account, name, expires)), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
