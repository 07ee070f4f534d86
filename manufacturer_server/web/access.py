"""Who is asking: the token and installation of each request, and the account it may speak for."""

import asyncio
from dataclasses import dataclass

from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc
from manufacturer_server.access import Desk, account_doc, desk_of, note
from manufacturer_server.problems import Refused
from manufacturer_server.web.answers import AnyRequest
from manufacturer_server.web.backend import Backend

BODY_TIMEOUT_S = 60
MAX_HEADER_BYTES = 16_384
_MAX_INSTANCE = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """A desk that may speak for a dealer."""

    dealer: AccountDoc
    desk: Desk

    @property
    def account(self) -> str:
        """The dealer's account."""
        return self.dealer.account


async def signed_in_desk(request: AnyRequest, backend: NamedDependency[Backend]) -> Desk:
    """The desk that holds the request's token. Raises Refused (401, or 400 without Client-Instance)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("unauthorized", "The request carries no token.")
    instance = request.headers.get("client-instance", "")
    if not instance or len(instance) > _MAX_INSTANCE or not instance.isprintable():
        raise Refused("client-instance-missing")
    desk = await backend.read(lambda connection: desk_of(connection, token.strip(), instance))
    if desk is None:
        raise Refused("unauthorized", "The token is unknown, revoked or another desk's.")
    return desk


async def signed_in_caller(request: AnyRequest, backend: NamedDependency[Backend], account: FromPath[str]) -> Caller:
    """The desk behind the request, if it may speak for `account`; else the same 404 as for an unknown one."""
    desk = await signed_in_desk(request, backend)
    if desk.account != account:
        await backend.write(lambda connection: _note_foreign(connection, backend, desk, account))
        raise Refused("not-found")
    dealer = await backend.read(lambda connection: account_doc(connection, account))
    if dealer is None:
        raise Refused("account-suspended", "Orders already made stay safe at the desk.")
    return Caller(dealer, desk)


def _note_foreign(connection: Connection, backend: Backend, desk: Desk, account: str) -> None:
    note(connection, backend.now(), "foreign-account", desk.account, desk.client_instance, f"asked for {account!r}")


async def check_headers(request: AnyRequest) -> None:
    """Before anything else: headers have a limit. Raises Refused (431)."""
    if sum(len(name) + len(value) for name, value in request.scope["headers"]) > MAX_HEADER_BYTES:
        raise Refused("headers-too-large", f"All headers together have at most {MAX_HEADER_BYTES:,} bytes.")


async def body_of(request: AnyRequest) -> bytes:
    """The JSON bytes of a request, within its route's limit. Raises Refused (415, 408, 413)."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refused("media-type", f"The body is {media_type or 'of no named type'}, not application/json.")
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            return await request.body()
    except TimeoutError as error:
        raise Refused("timeout") from error
