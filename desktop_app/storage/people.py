"""The people who enter orders at this desk, by their names: one account, one queue, each order with its author."""

from datetime import datetime

from desktop_app.storage.database import Connection
from desktop_app.storage.desk_database import moment_text


class PeopleRows:
    """The names in `desk.db`. Each write is one small write that joins the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, datetime]:
        """Each name with the moment it was last heard of."""
        rows = self._connection.execute("SELECT name, last_at FROM people")
        return {name: datetime.fromisoformat(last_at) for name, last_at in rows}

    def note(self, name: str, now: datetime) -> None:
        """`name` was at this desk `now`."""
        self._connection.execute(
            "INSERT INTO people (name, last_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last_at = ?2",
            (name, moment_text(now)),
        )

    def forget(self, name: str) -> bool:
        """Take a name off; False where it was not there. Orders keep their author."""
        return bool(self._connection.execute("DELETE FROM people WHERE name = ?", (name,)).rowcount)
