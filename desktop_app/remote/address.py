"""Reading the address of a server as a person types it. Talking to it: `client`."""

import ipaddress
from urllib.parse import urlsplit

from desktop_app.errors import BadAddress

WELL_KNOWN = "/.well-known/order-sync"


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def server_address(text: str) -> str:
    """`text` as `scheme://host[:port]`; without a scheme https is taken, on this machine http.

    Raises BadAddress: not an address, or http to another machine, which would send the token in clear.
    """
    plain = text.strip()
    if "://" not in plain:
        host = plain.split("/")[0].rsplit(":", 1)[0].strip("[]")
        plain = f"{'http' if is_loopback(host) else 'https'}://{plain}"
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(f"{text!r} is not the address of a server ({error}).", address=text) from error
    if parts.scheme not in ("http", "https") or not host or any(character.isspace() for character in plain):
        raise BadAddress(
            f"{text!r} is not the address of a server; it looks like https://orders.example.com.", address=text
        )
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in ("", "/", WELL_KNOWN):
        raise BadAddress(
            f"Give only the name of the server, without anything after it or before it: https://{host}.", address=text
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise BadAddress(
            f"http://{host} would send your orders and your sign-in unencrypted. Use https://{host}.", address=text
        )
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")
