"""Connecting a desk to its manufacturer: all of it or nothing. What a connected desk consists of: `desk`."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from desktop_app.credentials import Credentials, Secrets, new_key
from desktop_app.domain.pricing_day import DEFAULT_TIME_ZONE, pricing_day
from desktop_app.errors import (
    ComptoirError,
    NotAServer,
    NotConnected,
    Offline,
    ProtocolViolation,
    ServerRefused,
    ServerTooNew,
    StorageFailed,
    WrongServer,
)
from desktop_app.paths import ProfilePaths, Undo
from desktop_app.places import unsafe_place
from desktop_app.profile import Profile, write_profile
from desktop_app.remote.address import is_loopback, server_address
from desktop_app.remote.client import API_VERSION, RemoteClient
from desktop_app.services.views import Identity
from desktop_app.settings import AUTHOR, Settings
from desktop_app.storage.desk_database import found_desk
from desktop_app.world import World

if TYPE_CHECKING:
    from desktop_app.contract.wire import Discovery, JoinAnswer


class DeskAccess(Struct, frozen=True):
    """What the service is given of the rest of the program.

    `attach` opens the files of a profile (or takes over a changed one), `current` is the open profile, `identity` who
    the desk works for, `first_round` one round of synchronisation.
    """

    attach: Callable[[Profile, Secrets], None]
    current: Callable[[], Profile | None]
    identity: Callable[[], Identity | None]
    first_round: Callable[[], Awaitable[None]]


class ConnectionService:
    """Joins a manufacturer with an address and a one-time code, and says who this desk works for."""

    def __init__(
        self, paths: ProfilePaths, credentials: Credentials, settings: Settings, access: DeskAccess, world: World
    ) -> None:
        self._paths, self._credentials, self._settings = paths, credentials, settings
        self._access, self._world = access, world

    def identity(self) -> Identity | None:
        """Who this desk works for, None before it is connected."""
        return self._access.identity()

    async def connect(self, url: str, code: str, author: str = "") -> Identity:
        """Join, keep the secrets in the key store, and synchronise for the first time.

        Raises BadAddress, Offline, NotAServer, ServerTooNew, CodeInvalid, StorageFailed, VaultUnavailable or
        WrongServer; the profile is then as it was before. Once joined, a first synchronisation that breaks off is
        no failure: it is taken up again by itself.
        """
        await self.join(url, code, author)
        await self._access.first_round()
        return self._identity()

    async def join(self, url: str, code: str, author: str = "", *, vault: bool = True) -> Secrets:
        """`connect` without the first synchronisation. `vault` False: the caller keeps the secrets itself.

        A desk that is connected already may join again, with the same server and account only: that renews its token.
        """
        address = server_address(url)
        current = self._access.current()
        instance = current.client_instance if current is not None else self._world.new_id()
        client = RemoteClient(
            address,
            client_instance=instance,
            now=self._world.now,
            transport=self._world.transport,
            version=self._world.version,
        )
        try:
            discovery = await self._discover(client, address)
            if current is not None:
                secrets = await self._renew(client, current, discovery, address, code.strip(), vault=vault)
            else:
                secrets = await self._enter(client, instance, discovery, address, code.strip(), vault=vault)
        finally:
            await client.close()
        if author:
            self._settings.set(AUTHOR, author)
        return secrets

    def _identity(self) -> Identity:
        identity = self.identity()
        if identity is None:
            raise NotConnected("This desk was disconnected meanwhile.")
        return identity

    async def _discover(self, client: RemoteClient, address: str) -> "Discovery":
        """Who answers there, before anything is given away or written."""
        try:
            discovery = await client.discover()
        except (ProtocolViolation, ServerRefused) as error:
            raise NotAServer(
                f"{address} answers, but not as an order server. Check the address with the manufacturer.",
                address=address,
            ) from error
        except Offline as error:
            if error.params.get("reason") in ("portal", "redirect"):
                raise NotAServer(
                    f"Something answers at {address}, but not an order server. Check the address; this network may "
                    "also want a sign-in first.",
                    address=address,
                ) from error
            if error.params.get("reason") == "certificate":
                raise
            raise Offline(
                f"Nothing answers at {address}. Check the address and the network, then try again.",
                reason=error.params.get("reason", "network"),
                address=address,
            ) from error
        if API_VERSION not in discovery.api_versions:
            spoken = ", ".join(discovery.api_versions) or "none"
            raise ServerTooNew(f"The server speaks version {spoken}, this program version {API_VERSION}.")
        client.check_version(discovery)
        return discovery

    async def _renew(
        self,
        client: RemoteClient,
        current: Profile,
        discovery: "Discovery",
        address: str,
        code: str,
        *,
        vault: bool,
    ) -> Secrets:
        """A new token for a connected desk."""
        if discovery.server_id != current.server_id:
            raise WrongServer(
                f"This folder belongs to {current.manufacturer}; {address} is another server. Use another folder "
                "(--profile) for another manufacturer.",
            )
        key = self._credentials.read(current).key
        joined = await client.join(code, self._world.computer)
        if joined.account != current.account:
            raise WrongServer(
                f"The code is for account {joined.account}, this folder belongs to {current.account}. Use another "
                "folder (--profile) for another account.",
            )
        if vault and not current.practice:
            await asyncio.to_thread(self._credentials.keep_token, current.client_instance, joined.token)
        return self._kept(current.client_instance, discovery, address, joined, key)

    async def _enter(
        self, client: RemoteClient, instance: str, discovery: "Discovery", address: str, code: str, *, vault: bool
    ) -> Secrets:
        """A new desk. The code can be used only once, so everything else that may fail is tried before it."""
        if self._paths.desk.exists():
            raise StorageFailed(
                f"The folder {self._paths.root} holds the orders of a desk whose profile.json is missing. Put that "
                "file back, or choose another folder.",
                reason="foreign-desk",
                path=str(self._paths.root),
            )
        practice = _is_practice(discovery, address)
        if not practice:
            _check_place(self._paths.root)
        in_vault = vault and not practice
        key = new_key()
        async with contextlib.AsyncExitStack() as unless_joined:
            unless_joined.callback(Undo(self._paths).run)
            if in_vault:
                unless_joined.push_async_callback(asyncio.to_thread, self._forget, instance)
                await asyncio.to_thread(self._credentials.keep_key, instance, key)
            joined = await client.join(code, self._world.computer)
            if in_vault:
                await asyncio.to_thread(self._credentials.keep_token, instance, joined.token)
            # Before the profile, which is what makes it a desk: whenever this ends, the folder is one or it is none.
            found_desk(self._paths.founded_desk, key, now=self._world.now)
            secrets = self._kept(instance, discovery, address, joined, key)
            unless_joined.pop_all()
        return secrets

    def _kept(self, instance: str, discovery: "Discovery", address: str, joined: "JoinAnswer", key: bytes) -> Secrets:
        """Write the profile and open its files."""
        practice = _is_practice(discovery, address)
        profile = Profile(
            server_url=address,
            server_id=discovery.server_id,
            account=joined.account,
            dealer=joined.name,
            manufacturer=discovery.name,
            client_instance=instance,
            practice=practice,
            time_zone=self._time_zone(discovery.time_zone),
            key=key.hex() if practice else "",
            token=joined.token if practice else "",
        )
        secrets = Secrets(key, joined.token)
        write_profile(self._paths.profile, profile)
        self._access.attach(profile, secrets)
        return secrets

    def _time_zone(self, name: str) -> str:
        """The manufacturer's time zone, where this computer knows it."""
        try:
            pricing_day(self._world.now(), name)
        except ValueError:
            return DEFAULT_TIME_ZONE
        return name

    def _forget(self, instance: str) -> None:
        try:
            self._credentials.forget(instance)
        except ComptoirError:
            # The first failure is the one to be told; an entry without its desk opens nothing.
            return


def _check_place(root: Path) -> None:
    """Raises StorageFailed where orders would not be safe in this folder."""
    unsafe = unsafe_place(root)
    if unsafe is not None:
        raise StorageFailed(
            f"The folder {root} {unsafe.sentence}. Choose a folder on this computer's own disk (--profile); nothing "
            "was written, and the code was not used.",
            reason=f"unsafe-{unsafe.kind}",
            path=str(root),
            by=unsafe.by,
        )


def _is_practice(discovery: "Discovery", address: str) -> bool:
    """A practice server is one of this very machine: no other may make a desk keep its secrets in the open."""
    return discovery.practice and is_loopback(urlsplit(address).hostname or "")
