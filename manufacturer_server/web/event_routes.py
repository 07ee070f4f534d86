"""The stream of hints: which collections have changed, so that a desk need not ask every minute."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent

from manufacturer_server.problems import Refused
from manufacturer_server.web.access import Caller
from manufacturer_server.web.answers import EVENTS
from manufacturer_server.web.backend import Backend
from manufacturer_server.web.operations import operation


@get(
    "/events",
    operation_id="listenToChanges",
    operation_class=operation({200: EVENTS}, 429),
    tags=["pull"],
)
async def events(backend: NamedDependency[Backend], caller: NamedDependency[Caller]) -> ServerSentEvent:
    """Hints as server-sent events for as long as both sides like; each is a `Hint`."""
    if backend.hints is None:
        raise Refused("not-found")
    return ServerSentEvent(backend.hints.open(caller.dealer, caller.desk.client_instance).events())
