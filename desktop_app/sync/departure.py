"""What a desk does when the manufacturer has shut it out and told it to wipe itself: a computer was lost, or stolen.

First everything that has not left is handed over, sealed. Only who opens it with the private half of the key that this
desk has known since its first contact can answer with the digest of what lies in each box, and of a random one: no
portal, no proxy and no foreign server can make a desk delete anything. Without that proof nothing is deleted, ever.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from desktop_app import sealing
from desktop_app.contract.sealed import (
    DEPARTURE,
    Sealed,
    SealedHeader,
    SealedOutcome,
    UnsentOrder,
    framed,
    in_parts,
    public_bytes,
    sealed_file,
)
from desktop_app.contract.wire import SealingKey
from desktop_app.credentials import ENVIRONMENT, KEY_VARIABLE, Credentials
from desktop_app.errors import ComptoirError, DeskDeparted, DeskRevoked, ProtocolViolation, StorageFailed
from desktop_app.events import DeskShutOut, EventBus
from desktop_app.paths import ProfilePaths, remove_readable
from desktop_app.profile import Profile
from desktop_app.remote.client import RemoteClient
from desktop_app.storage.database import storage_errors
from desktop_app.storage.departed_file import Departed, read_departed, write_departed
from desktop_app.storage.sealed_queue import SealedQueue

# What is handed over at once, so that each answer comes in seconds.
AT_ONCE, ROOM = 50, 2_000_000
_CHALLENGE_BYTES = 32
_logger = logging.getLogger(__name__)
Message = tuple[Sealed, UnsentOrder]


class Departure:
    """Follows the word that this desk is shut out; to be asked only once the server has given its known id.

    `sealing_key` is the key known since the first contact, None where there was none: then nothing is ever deleted.
    """

    def __init__(
        self,
        client: RemoteClient,
        queue: SealedQueue,
        profile: Profile,
        file: Path,
        events: EventBus,
        *,
        sealing_key: Callable[[], SealingKey | None],
        now: Callable[[], datetime],
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._client, self._queue, self._profile, self._file = client, queue, profile, file
        self._events, self._sealing_key, self._now, self._random_bytes = events, sealing_key, now, random_bytes

    async def follow(self, told: DeskRevoked) -> ComptoirError:
        """Do what there is to do; what the round is to report. Everything is kept unless all was handed over."""
        try:
            with storage_errors():
                if read_departed(self._file) is None:
                    key = self._sealing_key()
                    # Practice has nothing to hide, and its key lies in the open.
                    if not told.wipe or key is None or self._profile.practice:
                        return told
                    messages = await self._hand_over(public_bytes(key))
                    reason = told.params.get("text", "")
                    write_departed(self._file, Departed(self._profile.client_instance, self._now(), messages, reason))
                    _logger.warning("shut out by the manufacturer; %d messages were handed over", messages)
        except ComptoirError as error:
            _logger.warning("shut out, and not handed over yet: %s: %s", error.code, error.message)
            return told
        self._events.publish(DeskShutOut())
        departed = read_departed(self._file)
        return told if departed is None else departed_error(self._profile, departed)

    async def _hand_over(self, reader: bytes) -> int:
        """Bring the server every message without an answer; how many. Raises ComptoirError where that fails."""
        handed: set[str] = set()
        messages = [self._challenge(reader)]
        while messages:
            bodies = {record.key: message.body for record, message in messages}
            for part in in_parts((record for record, _ in messages), AT_ONCE, ROOM):
                for outcome in await self._client.put_sealed(self._file_of(part), part):
                    _check(outcome, bodies[outcome.key])
                    handed.add(outcome.key)
            # What was queued meanwhile goes too; what is queued after this look waits in a file that is being closed.
            messages = self._messages(reader, known=handed)
        return len(handed) - 1

    def _messages(self, reader: bytes, known: Collection[str]) -> list[Message]:
        rows = [row for row in self._queue.rows() if row.key not in known]
        return list(self._queue.sealed(rows, self._now(), [reader]))

    def _challenge(self, reader: bytes) -> Message:
        """Random bytes in a box, for where nothing waits: the server proves itself all the same."""
        profile, now = self._profile, self._now()
        message = UnsentOrder(
            profile.server_id,
            profile.account,
            profile.client_instance,
            order_id=DEPARTURE,
            revision=0,
            kind=DEPARTURE,
            desk_no="",
            author="",
            created_at=now,
            body=self._random_bytes(_CHALLENGE_BYTES),
        )
        return sealing.seal(message, key=f"{DEPARTURE}/{profile.client_instance}", at=now, to=[reader]), message

    def _file_of(self, records: Sequence[Sealed]) -> bytes:
        profile = self._profile
        header = SealedHeader(
            profile.server_id,
            profile.account,
            profile.client_instance,
            self._now(),
            len(records),
            sum(record.held for record in records),
        )
        return sealed_file(header, map(framed, records))


def has_departed(paths: ProfilePaths, profile: Profile) -> Departed | None:
    """How this very desk was shut out for good, None where it works. Raises StorageFailed for a damaged file."""
    departed = read_departed(paths.departed)
    return departed if departed is not None and departed.client_instance == profile.client_instance else None


def make_unreadable(paths: ProfilePaths, credentials: Credentials, profile: Profile) -> None:
    """Delete what opens the data of a desk that has handed over what it had; nothing where it has not.

    The sealed key goes first: the paper with the recovery code may lie in the same bag. What fails is tried again at
    the next start. Raises StorageFailed, VaultUnavailable.
    """
    departed = has_departed(paths, profile)
    if departed is None:
        return
    try:
        paths.recovery.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(f"{paths.recovery} cannot be removed ({error}).", reason="read-only") from error
    in_environment = credentials.describe() == ENVIRONMENT
    if not in_environment:
        credentials.forget(profile.client_instance)
    remove_readable(paths)
    if not departed.key_deleted and not in_environment:
        write_departed(paths.departed, replace(departed, key_deleted=True))


def departed_error(profile: Profile, departed: Departed) -> DeskDeparted:
    """What is said wherever somebody wants to work with a desk that was shut out for good."""
    said = f" It says: {departed.reason}" if departed.reason else ""
    key = "" if departed.key_deleted else f" Its key is set in the environment ({KEY_VARIABLE}): take it out there too."
    return DeskDeparted(
        f"{profile.manufacturer} has shut out this desk.{said} What had not left was handed over, and its data can no "
        f"longer be opened on this computer.{key} If this is a mistake, ask for a new joining code and connect in "
        "another folder.",
        manufacturer=profile.manufacturer,
    )


def _check(outcome: SealedOutcome, body: bytes) -> None:
    """Raises ProtocolViolation unless the server has opened the box, and has what lay in it."""
    if outcome.sha256 != hashlib.sha256(body).hexdigest() or outcome.status >= 300:
        raise ProtocolViolation(
            f"The server did not show that it has {outcome.key} ({outcome.status} {outcome.code}).", what="sealed"
        )
