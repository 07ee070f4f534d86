"""Joining codes, desk tokens and the audit trail: who may speak for which account.

A code is `SSSS-VVVV-VVVV`: the first group finds the row, the rest is verified against an Argon2 hash, because
36 bits are few enough to be searched by somebody who holds a copy of the file. A token has 256 random bits, which
nobody can search, so its plain SHA-256 is stored and looked up at the cost of one index probe.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from desktop_app.contract.documents import AccountDoc
from manufacturer_server.errors import UnknownAccount, UnknownDesk
from manufacturer_server.storage.documents import dealer_scope, read_one
from manufacturer_server.storage.schema import audit, joining_codes, kept_messages, tokens

# No 0/O, 1/I/L, 5/S, 8/B, 2/Z, U/V: a code is read aloud on the telephone.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
CODE_LIFE = timedelta(days=7)
AUDIT_ROWS = 100_000
# How finely it is known when a desk was last seen: more would make every request a write.
SEEN_EVERY = timedelta(hours=1)
# How long after it heard of it a desk that is shut out may hand over what has not left, and how much in all.
HAND_OVER_LIFE = timedelta(days=7)
HAND_OVER_BYTES = 64_000_000

_hasher = PasswordHasher()
_BY_TOKEN = select(tokens).where(tokens.c.sha256 == bindparam("sha256"))


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that has shown a valid token."""

    account: str
    client_instance: str
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """A desk that has shown a token which was taken back, and how."""

    sha256: bytes
    account: str
    client_instance: str
    wipe: bool
    reason: str
    told_at: datetime | None
    handed_over: int

    def may_hand_over(self, now: datetime) -> bool:
        """Whether it may still bring what has not left: for a while, so that it can make itself unreadable."""
        in_time = self.told_at is None or now - self.told_at < HAND_OVER_LIFE
        return self.wipe and in_time and self.handed_over < HAND_OVER_BYTES


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """An installation that was given a token, as the manufacturer lists it.

    `name` is that of its computer, "" where it gave none; `handed_over` the number of messages it handed over.
    """

    account: str
    client_instance: str
    joined_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    wipe: bool
    told_at: datetime | None
    handed_over: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class JoiningCode:
    """A fresh code and what to tell with it."""

    code: str
    account: str
    name: str
    expires_at: datetime


def account_doc(connection: Connection, account: str) -> AccountDoc | None:
    """The dealer of `account`, or None where there is none or it was withdrawn."""
    stored = read_one(connection, "account", dealer_scope(account), account)
    return None if stored is None else msgspec.json.decode(stored.body, type=AccountDoc)


def issue_code(connection: Connection, account: str, now: Callable[[], datetime]) -> JoiningCode:
    """A one-time code for one desk of `account`, good for seven days. Raises UnknownAccount."""
    dealer = account_doc(connection, account)
    if dealer is None:
        raise UnknownAccount(f"No dealer has the account {account!r}. Import dealers.csv first, or check the spelling.")
    connection.execute(delete(joining_codes).where(joining_codes.c.expires_at < now()))
    selector = _letters(4)
    while connection.execute(select(joining_codes.c.selector).where(joining_codes.c.selector == selector)).first():
        selector = _letters(4)
    verifier = _letters(8)
    expires_at = now() + CODE_LIFE
    connection.execute(
        insert(joining_codes).values(
            selector=selector,
            verifier=_hasher.hash(verifier),
            account=account,
            created_at=now(),
            expires_at=expires_at,
        )
    )
    return JoiningCode(f"{selector}-{verifier[:4]}-{verifier[4:]}", account, dealer.name, expires_at)


def join(
    connection: Connection, code: str, client_instance: str, now: datetime, name: str = ""
) -> tuple[AccountDoc, str] | None:
    """Exchange a code for a token of this desk; None where the code is unknown, used, expired or mistyped.

    `name` is what the desk's computer is called, if it says so.
    """
    plain = "".join(code.split()).replace("-", "").upper()
    row = connection.execute(select(joining_codes).where(joining_codes.c.selector == plain[:4])).first()
    if row is None or row.used_at is not None or row.expires_at < now or not _fits(row.verifier, plain[4:]):
        note(connection, now, "join-refused", row.account if row else "", client_instance, f"code {plain[:4]!r}")
        return None
    dealer = account_doc(connection, row.account)
    if dealer is None:
        note(connection, now, "join-refused", row.account, client_instance, "the dealer was withdrawn")
        return None
    connection.execute(update(joining_codes).where(joining_codes.c.selector == row.selector).values(used_at=now))
    token = give_token(connection, row.account, client_instance, now, name)
    note(connection, now, "joined", row.account, client_instance, f"code {row.selector!r}")
    return dealer, token


def give_token(connection: Connection, account: str, client_instance: str, now: datetime, name: str = "") -> str:
    """A new token by which one installation speaks for `account`; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    values = {"account": account, "client_instance": client_instance, "created_at": now, "name": name}
    connection.execute(insert(tokens).values(sha256=_digest(token), **values))
    return token


def desk_of(connection: Connection, token: str, client_instance: str) -> Desk | None:
    """The desk that holds `token`; None where it is unknown, revoked, or shown by another installation."""
    row = connection.execute(_BY_TOKEN, {"sha256": _digest(token)}).first()
    if row is None or row.revoked_at is not None or row.client_instance != client_instance:
        return None
    return Desk(row.account, row.client_instance, row.seen_at)


def revoked_desk(connection: Connection, token: str, client_instance: str) -> Revoked | None:
    """How the desk that shows `token` was shut out; None where it was not, or the token is not its own."""
    row = connection.execute(select(tokens).where(tokens.c.sha256 == _digest(token))).first()
    if row is None or row.revoked_at is None or row.client_instance != client_instance:
        return None
    return Revoked(
        row.sha256, row.account, row.client_instance, bool(row.wipe), row.reason, row.told_at, row.handed_over
    )


def note_seen(connection: Connection, token: str, at: datetime) -> None:
    """The desk with that token was here."""
    connection.execute(update(tokens).where(tokens.c.sha256 == _digest(token)).values(seen_at=at))


def note_told(connection: Connection, revoked: Revoked, at: datetime) -> None:
    """A desk that is shut out has heard of it for the first time."""
    connection.execute(
        update(tokens).where(tokens.c.sha256 == revoked.sha256, tokens.c.told_at.is_(None)).values(told_at=at)
    )
    note(connection, at, "told-revoked", revoked.account, revoked.client_instance, "wipe" if revoked.wipe else "")


def hand_over(connection: Connection, revoked: Revoked, size: int, at: datetime) -> bool:
    """Count `size` more bytes that a desk which is shut out hands over; False where that is too much."""
    mine = tokens.c.sha256 == revoked.sha256
    before = connection.execute(select(tokens.c.handed_over).where(mine)).scalar_one()
    if before + size > HAND_OVER_BYTES:
        return False
    told_at = revoked.told_at or at
    connection.execute(update(tokens).where(mine).values(handed_over=before + size, told_at=told_at))
    return True


def known_desks(connection: Connection, account: str = "") -> list[KnownDesk]:
    """The desks of an account, or of all, in the order of their joining. Their tokens of before are not listed."""
    counts = select(kept_messages.c.client_instance, func.count()).group_by(kept_messages.c.client_instance)
    handed = {row[0]: row[1] for row in connection.execute(counts)}
    found: dict[str, KnownDesk] = {}
    for row in connection.execute(select(tokens).order_by(tokens.c.created_at)):
        if account in ("", row.account):
            before = found.pop(row.client_instance, None)
            found[row.client_instance] = KnownDesk(
                row.account,
                row.client_instance,
                row.created_at if before is None else before.joined_at,
                row.seen_at or (None if before is None else before.seen_at),
                row.revoked_at,
                bool(row.wipe),
                row.told_at,
                handed.get(row.client_instance, 0),
                row.name,
            )
    return list(found.values())


def revoke(connection: Connection, client_instance: str, at: datetime, *, wipe: bool, reason: str) -> KnownDesk:
    """Shut a desk out from now on; with `wipe` it hands over what has not left and makes itself unreadable.

    To revoke it once more gives it the time for that anew. Raises UnknownDesk.
    """
    mine = tokens.c.client_instance == client_instance
    values = {"wipe": int(wipe), "reason": reason[:500], "told_at": None, "handed_over": 0}
    connection.execute(update(tokens).where(mine, tokens.c.revoked_at.is_(None)).values(revoked_at=at))
    if not connection.execute(update(tokens).where(mine).values(**values)).rowcount:
        raise UnknownDesk(f"No desk has the id {client_instance!r}. `comptoir-server desks` lists them.")
    desk = next(desk for desk in known_desks(connection) if desk.client_instance == client_instance)
    note(connection, at, "revoked", desk.account, client_instance, f"{'wipe ' if wipe else ''}{reason}".strip())
    return desk


def note(
    connection: Connection, at: datetime, event: str, account: str, client_instance: str, detail: str = ""
) -> None:
    """Add one row to the audit trail, which keeps the latest 100,000 so that nobody can fill the disk with it."""
    values = {"account": account[:200], "client_instance": client_instance[:200], "detail": detail[:500]}
    connection.execute(insert(audit).values(at=at, event=event, **values))
    newest = connection.execute(select(func.max(audit.c.id))).scalar_one()
    connection.execute(delete(audit).where(audit.c.id <= newest - AUDIT_ROWS))


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _fits(verifier: str, typed: str) -> bool:
    try:
        return _hasher.verify(verifier, typed)
    except VerifyMismatchError:
        return False
