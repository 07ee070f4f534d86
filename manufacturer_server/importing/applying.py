"""What every step of applying a file needs to know: the transaction, the moment, and who keeps older versions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from manufacturer_server.storage.versions import Ledger


@dataclass(frozen=True, slots=True)
class Applying:
    """One file being applied in one transaction. With `merge` nothing that the file does not name is withdrawn."""

    connection: Connection
    ledger: Ledger
    zone: ZoneInfo
    merge: bool

    @property
    def now(self) -> datetime:
        """The moment of the import."""
        return self.ledger.at


def moment_of(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A day as its noon at the manufacturer (so that it is the same day nearly everywhere), in UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    return datetime.combine(value, time(12), zone).astimezone(UTC)
