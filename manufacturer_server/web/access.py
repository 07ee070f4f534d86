"""Who is asking: the token and installation of each request, and the account it may speak for."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy import Connection

from desktop_app.contract.documents import AccountDoc
from manufacturer_server.access import (
    SEEN_EVERY,
    Desk,
    Revoked,
    account_doc,
    desk_of,
    hand_over,
    note,
    note_seen,
    note_told,
    revoked_desk,
)
from manufacturer_server.problems import Refused
from manufacturer_server.web.answers import JSON, AnyRequest
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


@dataclass(frozen=True, slots=True)
class Uploader:
    """A desk that may bring sealed messages of an account; `revoked` where it is shut out and hands over its own."""

    account: str
    client_instance: str
    revoked: Revoked | None = None


async def signed_in_desk(request: AnyRequest, backend: NamedDependency[Backend]) -> Desk:
    """The desk that holds the request's token. Raises Refused (401, or 400 without Client-Instance)."""
    desk, revoked, _ = await _read(request, backend, None)
    if desk is not None:
        return desk
    raise await _refusal(backend, revoked)


async def _read(
    request: AnyRequest, backend: Backend, account: str | None
) -> tuple[Desk | None, Revoked | None, AccountDoc | None]:
    """The desk whose token the request shows, or how the one that holds it was shut out; and that dealer's document."""
    token, instance = _shown(request)

    def read(connection: Connection) -> tuple[Desk | None, Revoked | None, AccountDoc | None]:
        desk = desk_of(connection, token, instance)
        if desk is None:
            return None, revoked_desk(connection, token, instance), None
        return desk, None, None if account is None else account_doc(connection, account)

    desk, revoked, dealer = await backend.read(read)
    now = backend.now()
    if desk is not None and (desk.seen_at is None or not timedelta(0) <= now - desk.seen_at < SEEN_EVERY):
        # An import may write for a minute: who only reads does not wait for that.
        backend.write_sometime(token, lambda connection: note_seen(connection, token, now))
    return desk, revoked, dealer


def _shown(request: AnyRequest) -> tuple[str, str]:
    """The token and the installation that a request names. Raises Refused."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("unauthorized", "The request carries no token.")
    instance = request.headers.get("client-instance", "")
    if not instance or len(instance) > _MAX_INSTANCE or not instance.isprintable():
        raise Refused("client-instance-missing")
    return token.strip(), instance


async def _refusal(backend: Backend, revoked: Revoked | None) -> Refused:
    """Why a token is not accepted; a desk that is shut out hears of it, which is noted the first time."""
    if revoked is None:
        return Refused("unauthorized", "The token is unknown or another desk's.")
    if revoked.told_at is None:
        await backend.write(lambda connection: note_told(connection, revoked, backend.now()))
    return Refused("desk-revoked", revoked.reason, wipe=revoked.wipe)


async def signed_in_uploader(
    request: AnyRequest, backend: NamedDependency[Backend], account: FromPath[str]
) -> Uploader:
    """Who may bring sealed messages of `account`: its desks, and one that was told to hand over what it has.

    Raises Refused; another account than the desk's own is the same 404 as an unknown one.
    """
    desk, revoked, dealer = await _read(request, backend, account)
    if desk is None:
        if revoked is None or not revoked.may_hand_over(backend.now()):
            raise await _refusal(backend, revoked)
        if revoked.account != account:
            raise Refused("not-found")
        return Uploader(account, revoked.client_instance, revoked)
    return Uploader((await _speaking(backend, desk, account, dealer)).account, desk.client_instance)


async def note_handed_over(backend: Backend, uploader: Uploader, size: int) -> None:
    """Count what a desk that is shut out hands over. Raises Refused (`too-large`) where that is more than it may."""
    revoked = uploader.revoked
    assert revoked is not None
    if not await backend.write(lambda connection: hand_over(connection, revoked, size, backend.now())):
        raise Refused("too-large", "A desk that is shut out may not hand over more.")


async def signed_in_caller(request: AnyRequest, backend: NamedDependency[Backend], account: FromPath[str]) -> Caller:
    """The desk behind the request, if it may speak for `account`; else the same 404 as for an unknown one."""
    desk, revoked, dealer = await _read(request, backend, account)
    if desk is None:
        raise await _refusal(backend, revoked)
    return await _speaking(backend, desk, account, dealer)


async def _speaking(backend: Backend, desk: Desk, account: str, dealer: AccountDoc | None) -> Caller:
    if desk.account != account:
        await backend.write(lambda connection: _note_foreign(connection, backend, desk, account))
        raise Refused("not-found")
    if dealer is None:
        raise Refused("account-suspended", "Orders already made stay safe at the desk.")
    return Caller(dealer, desk)


def _note_foreign(connection: Connection, backend: Backend, desk: Desk, account: str) -> None:
    note(connection, backend.now(), "foreign-account", desk.account, desk.client_instance, f"asked for {account!r}")


async def check_headers(request: AnyRequest) -> None:
    """Before anything else: headers have a limit. Raises Refused (431)."""
    if sum(len(name) + len(value) for name, value in request.scope["headers"]) > MAX_HEADER_BYTES:
        raise Refused("headers-too-large", f"All headers together have at most {MAX_HEADER_BYTES:,} bytes.")


async def body_of(request: AnyRequest, wanted: str = JSON) -> bytes:
    """The bytes of a request of media type `wanted`, within its route's limit. Raises Refused (415, 408, 413)."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != wanted:
        raise Refused("media-type", f"The body is {media_type or 'of no named type'}, not {wanted}.")
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            return await request.body()
    except TimeoutError as error:
        raise Refused("timeout") from error
