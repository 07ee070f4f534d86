"""What the synchronisation remembers in `desk.db` between two rounds. Deciding anything from it: `sync`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from desktop_app.contract.wire import Checkpoint, Discovery, SealingKey
from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text, optional_moment

ACCOUNT_FEED = "account"
# The shape of the file in which all its rows were last looked over.
LOOKED_OVER = "rows_looked_over"


class FeedPosition(Struct, frozen=True):
    """How far a feed has been read: its cursor, the epoch and feed version it belongs to, and when."""

    cursor: str
    epoch: str
    version: int
    server_time: datetime
    synced_at: datetime


class CollectionSum(Struct, frozen=True):
    """The rows of one collection on this desk: their number, their hash, their age, and whether the server's view
    was found equal when last compared."""

    collection: str
    rows: int
    hash: str
    synced_at: datetime
    verified: bool


class HistoryLoss(Struct, frozen=True):
    """What became of the answers this desk holds once the server had lost its history and began `epoch` at `at`.

    Counts of messages: queued `again`, `told` to the server as refused, `kept` as the server still says the same,
    `changed` to what it says now, and those that need a `person`.
    """

    epoch: str = ""
    at: datetime | None = None
    again: int = 0
    told: int = 0
    kept: int = 0
    changed: int = 0
    person: int = 0

    def counts(self) -> dict[str, int]:
        """The counts by their names."""
        names = ("again", "told", "kept", "changed", "person")
        return {name: getattr(self, name) for name in names}


class SyncState:
    """Single values by name, and the positions of the feeds kept in this file. Each setter is one small write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- single values --------------------------------------------------------------------------------------------

    def get(self, key: str, default: str = "") -> str:
        """A value by name, `default` where it was never set."""
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Set a value by name."""
        self._connection.execute("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """The number of the catalogue file in force, 0 before the first."""
        return int(self.get("generation", "0"))

    @generation.setter
    def generation(self, number: int) -> None:
        self.put("generation", str(number))

    @property
    def damaged_generation(self) -> int:
        """The number of the catalogue file last found damaged, 0 where none was."""
        return int(self.get("damaged_generation", "0"))

    @damaged_generation.setter
    def damaged_generation(self, number: int) -> None:
        self.put("damaged_generation", str(number))

    @property
    def epoch(self) -> str:
        """The server's epoch that every write carries, empty before the first contact."""
        return self.get("epoch")

    @epoch.setter
    def epoch(self, epoch: str) -> None:
        self.put("epoch", epoch)

    @property
    def reconciled_epoch(self) -> str:
        """The epoch in which all answers of this desk are known to stand; nothing is sent while it is another one."""
        return self.get("reconciled_epoch")

    @reconciled_epoch.setter
    def reconciled_epoch(self, epoch: str) -> None:
        self.put("reconciled_epoch", epoch)

    @property
    def history_loss(self) -> HistoryLoss:
        """What came of the last loss of the server's history; one without epoch where there was none."""
        text = self.get("history_loss")
        return msgspec.json.decode(text, type=HistoryLoss) if text else HistoryLoss()

    @history_loss.setter
    def history_loss(self, loss: HistoryLoss) -> None:
        self.put("history_loss", msgspec.json.encode(loss).decode())

    @property
    def last_success(self) -> datetime | None:
        """When a round last went through."""
        return optional_moment(self.get("last_success") or None)

    @last_success.setter
    def last_success(self, moment: datetime | None) -> None:
        self._put_moment("last_success", moment)

    @property
    def offline_since(self) -> datetime | None:
        """Since when the server has not been reached, None while it is."""
        return optional_moment(self.get("offline_since") or None)

    @offline_since.setter
    def offline_since(self, moment: datetime | None) -> None:
        self._put_moment("offline_since", moment)

    @property
    def clock_skew(self) -> timedelta:
        """Server time less this computer's, as last seen: added to the clock to find the pricing day."""
        return timedelta(seconds=float(self.get("clock_skew", "0")))

    @clock_skew.setter
    def clock_skew(self, skew: timedelta) -> None:
        self.put("clock_skew", repr(skew.total_seconds()))

    @property
    def discovery(self) -> Discovery | None:
        """What the server last said about itself, None before the first contact."""
        text = self.get("discovery")
        return msgspec.json.decode(text, type=Discovery) if text else None

    @discovery.setter
    def discovery(self, discovery: Discovery) -> None:
        self.put("discovery", msgspec.json.encode(discovery).decode())

    def knows(self, feature: str) -> bool:
        """Whether the server knows what `feature` names; one never met is not judged."""
        discovery = self.discovery
        return discovery is None or feature in discovery.features

    @property
    def sealing_key(self) -> SealingKey | None:
        """The first key this server gave to seal to. One that is named later may be somebody else's in between."""
        text = self.get("sealing_key")
        return msgspec.json.decode(text, type=SealingKey) if text else None

    @sealing_key.setter
    def sealing_key(self, key: SealingKey) -> None:
        self.put("sealing_key", msgspec.json.encode(key).decode())

    # --- feeds ----------------------------------------------------------------------------------------------------

    def position(self, feed: str = ACCOUNT_FEED) -> FeedPosition | None:
        """How far a feed kept in this file has been read, None before its first page."""
        row = self._connection.execute(
            "SELECT cursor, epoch, version, server_time, synced_at FROM cursors WHERE feed = ?", (feed,)
        ).fetchone()
        if row is None:
            return None
        cursor, epoch, version, server_time, synced_at = row
        moment: Callable[[str], datetime] = datetime.fromisoformat
        return FeedPosition(cursor, epoch, version, moment(server_time), moment(synced_at))

    def set_position(self, checkpoint: Checkpoint, now: datetime, feed: str = ACCOUNT_FEED) -> None:
        """Note where a page ended; to be called in the transaction that wrote the page's rows."""
        self._connection.execute(
            "INSERT OR REPLACE INTO cursors (feed, cursor, epoch, version, server_time, synced_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                feed,
                checkpoint.cursor,
                checkpoint.epoch,
                checkpoint.version,
                moment_text(checkpoint.server_time),
                moment_text(now),
            ),
        )

    def sums(self) -> tuple[CollectionSum, ...]:
        """The counts, hashes and ages of the collections kept in this file."""
        rows = self._connection.execute(
            "SELECT collection, rows, hash, synced_at, verified FROM feed_sums ORDER BY collection"
        )
        return tuple(
            CollectionSum(collection, count, hash_, datetime.fromisoformat(synced_at), bool(verified))
            for collection, count, hash_, synced_at, verified in rows
        )

    def _put_moment(self, key: str, moment: datetime | None) -> None:
        self.put(key, "" if moment is None else moment_text(moment))
