"""What desks seal so that only this manufacturer can read it: the key they seal to, and opening it.

An opened message goes the very same way as one that its desk sends. The same file can come twice, from two desks, while
the first desk sends too: the ids and the recorded answers make one order of it.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop_app.contract import sealed
from desktop_app.contract.orders import Accepted, CancelRequest, HistoryEntry, RequestAnswer
from desktop_app.contract.sealed import CONTENT_KEY_INFO, DEPARTURE, Sealed, SealedOutcome, UnsentOrder, framed
from desktop_app.contract.wire import Problem, SealingKey
from manufacturer_server import followups, orders, progress, status
from manufacturer_server.accepting import Received, Reply
from manufacturer_server.access import account_doc, note
from manufacturer_server.bodies import Misshapen, decode
from manufacturer_server.lineage import Under
from manufacturer_server.problems import REGISTRY, Refused
from manufacturer_server.storage.identity import Identity, identity
from manufacturer_server.storage.schema import kept_messages

ORDER, CANCEL = "order", "cancel"
NOT_ENTERED = 202
HELD, KEPT = "held", "kept"
_suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CannotOpen(Exception):
    """A box is not for this server, or is not what was sealed."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who brings sealed messages of `account`: a desk, or the manufacturer himself (no `client_instance`).

    `with_held`: a person wants those that were held back to be entered too. `shut_out`: the desk is, and what it brings
    is kept until somebody lets it in.
    """

    account: str
    client_instance: str = ""
    with_held: bool = False
    shut_out: bool = False


def sealing_key(secret: bytes) -> SealingKey:
    """The public half of the raw X25519 private key `secret` (32 bytes), as it is handed out."""
    return sealed.sealing_key(X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())


def open_record(record: Sealed, secret: bytes) -> UnsentOrder:
    """What lies in a record, opened with the raw private key `secret`. Raises CannotOpen."""
    mine = sealing_key(secret).id
    for reader in record.to:
        if reader.id == mine:
            try:
                private = X25519PrivateKey.from_private_bytes(secret)
                content_key = _suite.decrypt(reader.content_key, private, CONTENT_KEY_INFO)
                plain = AESGCM(content_key).decrypt(record.nonce, record.box, record.head())
                return msgspec.msgpack.decode(plain, type=UnsentOrder)
            except (InvalidTag, ValueError) as error:
                raise CannotOpen("the box was changed") from error
    raise CannotOpen("the box is sealed to other keys")


def take_in(connection: Connection, record: Sealed, bearer: Bearer, at: datetime) -> SealedOutcome:
    """Enter one message as if its desk had sent it now, and note who brought it.

    Raises Refused for what is not recorded; then nothing has changed.
    """
    who = identity(connection)
    order = _opened(record, who, bearer.account)
    if bearer.shut_out:
        return _keep(connection, record, order, bearer, at)
    if record.held and not bearer.with_held:
        return _outcome(record, order, NOT_ENTERED, HELD)
    reply = _entered(connection, who, order, at)
    outcome = _answered(record, order, reply)
    if reply.status == 201 and order.client_instance != bearer.client_instance:
        _say_by_whom(connection, order, at, progress.OTHER_DESK if bearer.client_instance else progress.BY_FILE)
    detail = f"{order.kind} {record.key} of desk {order.client_instance}: {outcome.status} {outcome.code}"
    note(connection, at, "sealed", bearer.account, bearer.client_instance, detail.rstrip())
    kept = kept_messages.c
    mine = (kept.account == bearer.account) & (kept.key == record.key)
    connection.execute(update(kept_messages).where(mine).values(taken_at=at))
    return outcome


def not_taken(record: Sealed, refused: Refused) -> SealedOutcome:
    """The outcome of a record that was refused, and of which nothing was recorded."""
    order_id, _, rest = record.key.rpartition("/")
    code = "epoch-changed" if refused.slug == "epoch-mismatch" else refused.slug
    return SealedOutcome(
        record.key,
        record.kind,
        REGISTRY[refused.slug][0],
        order_id,
        int(rest) if rest.isdecimal() and len(rest) < 8 else 0,
        code,
        refused.order_no,
    )


def kept(connection: Connection, account: str = "") -> list[Sealed]:
    """The messages that wait to be let in, of all accounts where none is named, oldest first."""
    rows = kept_messages.c
    query = select(rows.record).where(rows.taken_at.is_(None)).order_by(rows.kept_at, rows.key)
    if account:
        query = query.where(rows.account == account)
    return [sealed.read_records(row.record).records[0] for row in connection.execute(query)]


def _opened(record: Sealed, who: Identity, account: str) -> UnsentOrder:
    if record.void:
        raise Refused("malformed", "The record says that a message is settled, and carries none.")
    if record.server_id != who.server_id or record.account != account:
        raise Refused("not-found", "The record is for another server or another account.")
    try:
        order = open_record(record, who.sealing_secret)
    except CannotOpen as error:
        raise Refused("unreadable", str(error)) from error
    if (order.server_id, order.account, order.kind) != (record.server_id, record.account, record.kind):
        raise Refused("malformed", "What lies in the box is another message than its head says.")
    return order


def _entered(connection: Connection, who: Identity, order: UnsentOrder, at: datetime) -> Reply:
    dealer = account_doc(connection, order.account)
    if dealer is None:
        raise Refused("account-suspended")
    # Its desk could not know the present epoch; that its history was lost is no reason to refuse what is new to it.
    under = Under(who.epoch)
    received = Received(order.account, order.order_id, order.revision, order.body, at)
    if order.kind == ORDER:
        return orders.receive(connection, dealer, received, under)
    if order.kind == CANCEL:
        request_id = _request_id(order.body)
        return followups.receive_request(connection, order.account, order.order_id, request_id, received, under)
    raise Refused("malformed", f"This server takes no sealed messages of the kind {order.kind[:40]!r}.")


def _request_id(body: bytes) -> str:
    try:
        return decode(body, CancelRequest).request_id
    except Misshapen as misshapen:
        raise Refused("rejected", "The request was not recorded.", [misshapen.error]) from misshapen


def _say_by_whom(connection: Connection, order: UnsentOrder, at: datetime, state: str) -> None:
    """Write into the history of an order that it was not its own desk that brought it."""
    if order.kind == ORDER:
        record = status.read_record(connection, order.account, order.order_id)
        history = [*record.history, HistoryEntry(at=at, state=state)]
        status.write_record(connection, order.account, msgspec.structs.replace(record, history=history))


def _keep(connection: Connection, record: Sealed, order: UnsentOrder, bearer: Bearer, at: datetime) -> SealedOutcome:
    """Keep a message of a desk that is shut out, sealed as it is: who has the desk now is not known."""
    if order.client_instance != bearer.client_instance:
        raise Refused("not-found", "A desk that is shut out hands over its own messages only.")
    if order.kind != DEPARTURE:
        values = {"client_instance": bearer.client_instance, "kept_at": at, "record": framed(record), "taken_at": None}
        statement = insert(kept_messages).values(account=bearer.account, key=record.key, **values)
        connection.execute(statement.on_conflict_do_nothing())
        note(connection, at, "handed-over", bearer.account, bearer.client_instance, f"{order.kind} {record.key}")
    return _outcome(record, order, NOT_ENTERED, KEPT)


def _outcome(record: Sealed, order: UnsentOrder, code: int, word: str = "", order_no: str = "") -> SealedOutcome:
    digest = Received("", order.order_id, order.revision, order.body, record.at).sha256
    return SealedOutcome(record.key, record.kind, code, order.order_id, order.revision, word, order_no, digest)


def _answered(record: Sealed, order: UnsentOrder, reply: Reply) -> SealedOutcome:
    if reply.status >= 400:
        return _outcome(record, order, reply.status, msgspec.json.decode(reply.body, type=Problem).slug)
    if order.kind == CANCEL:
        return _outcome(record, order, reply.status, msgspec.json.decode(reply.body, type=RequestAnswer).result)
    return _outcome(record, order, reply.status, "", msgspec.json.decode(reply.body, type=Accepted).order_no)
