"""The least version of the desk's program: older ones are told to be updated, whatever they ask for."""

import asyncio

from desktop_app.contract.versions import is_older
from manufacturer_server.problems import Refused
from manufacturer_server.storage.identity import identity
from manufacturer_server.web.answers import AnyRequest
from manufacturer_server.web.backend import Backend

# A desk learns from discovery what is wanted; it must always be able to.
OPEN_TO_OLD_ONES = frozenset({"/.well-known/order-sync"})
# How long another program's change of the minimum may go unnoticed.
KEPT_S = 1.0


class ClientMinimum:
    """Looks at each request's `Client-Version`; what the manufacturer wants is read at most once a second."""

    def __init__(self) -> None:
        self._minimum = ""
        self._read_at: float | None = None

    async def check(self, request: AnyRequest, backend: Backend) -> None:
        """Raises Refused (`client-too-old`)."""
        if request.scope["path"] in OPEN_TO_OLD_ONES:
            return
        moment = asyncio.get_running_loop().time()
        if self._read_at is None or moment - self._read_at >= KEPT_S:
            self._minimum = (await backend.read(identity)).client_minimum
            self._read_at = moment
        if is_older(request.headers.get("client-version", ""), self._minimum):
            detail = f"Version {self._minimum} or later is needed. Orders stay safe at the desk."
            raise Refused("client-too-old", detail, client_minimum=self._minimum)
