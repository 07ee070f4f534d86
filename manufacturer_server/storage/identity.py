"""Who this server is: the settings written once at `init` and read with every answer."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from manufacturer_server.storage.schema import settings

# The setting that says which version of the program desks need at least; absent where none was ever asked for.
CLIENT_MINIMUM = "client_minimum"
_ALL = select(settings.c.name, settings.c.value)


@dataclass(frozen=True, slots=True)
class Identity:
    """The server's fixed id, its epoch, and what a desk is told about the manufacturer.

    `secret` signs the feed's cursors. `epoch` changes whenever history may have been lost. `sealing_secret` is the raw
    X25519 private key of what desks seal to this manufacturer. Desks older than `client_minimum` are not served; ""
    serves all.
    """

    server_id: str
    epoch: str
    name: str
    time_zone: str
    currency: str
    order_prefix: str
    practice: bool
    secret: bytes
    sealing_secret: bytes
    client_minimum: str = ""


def found(
    connection: Connection,
    *,
    name: str,
    time_zone: str,
    order_prefix: str,
    practice: bool,
    client_minimum: str = "",
    new_id: Callable[[], str],
) -> Identity:
    """Write the identity of a new server."""
    identity = Identity(
        server_id=new_id(),
        epoch=new_id(),
        name=name,
        time_zone=time_zone,
        currency="EUR",
        order_prefix=order_prefix,
        practice=practice,
        secret=secrets.token_bytes(32),
        sealing_secret=secrets.token_bytes(32),
        client_minimum=client_minimum,
    )
    values = {
        "server_id": identity.server_id,
        "epoch": identity.epoch,
        "name": name,
        "time_zone": time_zone,
        "currency": identity.currency,
        "order_prefix": order_prefix,
        "practice": "1" if practice else "0",
        "secret": base64.b64encode(identity.secret).decode(),
        "sealing_secret": base64.b64encode(identity.sealing_secret).decode(),
        CLIENT_MINIMUM: client_minimum,
    }
    for key, value in values.items():
        write_setting(connection, key, value)
    return identity


def identity(connection: Connection) -> Identity:
    """The identity of this server; read anew each time, so that a changed epoch holds at once."""
    values = {row[0]: row[1] for row in connection.execute(_ALL)}
    return Identity(
        server_id=values["server_id"],
        epoch=values["epoch"],
        name=values["name"],
        time_zone=values["time_zone"],
        currency=values["currency"],
        order_prefix=values["order_prefix"],
        practice=values["practice"] == "1",
        secret=base64.b64decode(values["secret"]),
        sealing_secret=base64.b64decode(values["sealing_secret"]),
        client_minimum=values.get(CLIENT_MINIMUM, ""),
    )


def read_setting(connection: Connection, name: str) -> str | None:
    """One setting, or None."""
    value: str | None = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()
    return value


def write_setting(connection: Connection, name: str, value: str) -> None:
    """Set one setting."""
    statement = insert(settings).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )
