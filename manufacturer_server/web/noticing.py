"""What a route does when a request proves that this server's history was lost: a new epoch, and the desk is told."""

from collections.abc import Awaitable
from typing import TypeVar

from sqlalchemy import Connection

from manufacturer_server.lineage import HistoryLost, end_epoch
from manufacturer_server.problems import Refused
from manufacturer_server.web.backend import Backend

T = TypeVar("T")


async def noticing_loss(backend: Backend, slug: str, work: Awaitable[T]) -> T:
    """The result of `work`. Raises Refused (`slug`, with the new epoch) where it finds that history was lost."""
    try:
        return await work
    except HistoryLost as loss:
        lost = loss

    def end(connection: Connection) -> str:
        return end_epoch(connection, lost, backend.now(), backend.new_id).epoch

    raise Refused(slug, epoch=await backend.write(end))
