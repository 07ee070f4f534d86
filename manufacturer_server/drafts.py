"""Keeping the drafts that the desks of an account share: the latest document counts, and `If-Match` decides whose.

A draft is no order: nothing is priced or recorded. The revision of a draft is its place in the feed, so that no
revision is ever given twice, also not after a loss of history.
"""

from datetime import timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract.documents import DRAFTS
from desktop_app.contract.drafts import DraftAnswer, DraftDoc, DraftState
from desktop_app.contract.wire import FieldError
from manufacturer_server.accepting import Received
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.lineage import Under, check_under
from manufacturer_server.problems import Refused
from manufacturer_server.storage.documents import dealer_scope, read_one, save
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import drafts

# How long the desks are told of a draft that was sent or dropped.
TOLD_OF_THE_END = timedelta(days=30)


def receive(connection: Connection, received: Received, match: int, under: Under) -> DraftAnswer:
    """Keep a draft as a desk puts it, where revision `match` of it is still the latest (0: there is none yet).

    Raises Refused (`draft-changed` with the present document), HistoryLost; then nothing has changed.
    """
    check_under(connection, identity(connection), under)
    document, body = _read(received)
    known = connection.execute(select(drafts).where(_key(received))).first()
    if known is not None and known.document == body:
        # The copy of a request whose answer was lost: what it asks for is so.
        return DraftAnswer(received.order_id, known.rev)
    if (0 if known is None else known.rev) != match:
        detail = "Look at what it is now, and put yours over it or beside it."
        present = {} if known is None else {"revision": known.rev, "proposal": msgspec.Raw(known.document)}
        raise Refused("draft-changed", detail, **present)
    scope = dealer_scope(received.account)
    save(connection, DRAFTS, scope, {received.order_id: body}, withdraw=_long_over(connection, received))
    stored = read_one(connection, DRAFTS, scope, received.order_id)
    if stored is None:
        raise LookupError(f"draft {received.order_id} is not in the feed")
    _keep(connection, received, document.state, body, stored.seq)
    return DraftAnswer(received.order_id, stored.seq)


def _read(received: Received) -> tuple[DraftDoc, bytes]:
    """The document, and its JSON on one line as the feed needs it; fields of a later version stay in that."""
    try:
        document = decode(received.body, DraftDoc)
    except Misshapen as misshapen:
        raise Refused("rejected", "The draft was not kept.", [misshapen.error]) from misshapen
    if document.draft_id != received.order_id:
        error = FieldError("/draft_id", "invalid", document.draft_id, received.order_id)
        raise Refused("rejected", "The document names another draft than its address.", [error])
    return document, msgspec.json.format(received.body, indent=-1)


def _long_over(connection: Connection, received: Received) -> list[str]:
    """The drafts of this account that ended so long ago that the feed lets go of them."""
    over = (drafts.c.state != DraftState.OPEN) & (drafts.c.received_at < received.at - TOLD_OF_THE_END)
    others = (drafts.c.account == received.account) & (drafts.c.draft_id != received.order_id)
    return list(connection.execute(select(drafts.c.draft_id).where(others, over)).scalars())


def _keep(connection: Connection, received: Received, state: DraftState, body: bytes, rev: int) -> None:
    values = {"rev": rev, "state": state, "document": body, "received_at": received.at}
    adding = insert(drafts).values(account=received.account, draft_id=received.order_id, **values)
    connection.execute(adding.on_conflict_do_update(index_elements=["account", "draft_id"], set_=values))


def _key(received: Received) -> ColumnElement[bool]:
    return (drafts.c.account == received.account) & (drafts.c.draft_id == received.order_id)
