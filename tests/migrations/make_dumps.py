"""Writes the dump of a desk with a full queue in the shape of a released version: run once for each, never again.

`python -m tests.migrations.make_dumps 3 tests/migrations/dumps/desk-3.sql`
"""

import sys
import tempfile
from pathlib import Path

from desktop_app.storage.database import Connection, open_encrypted
from tests.migrations.full_queue import fill, in_shape
from tests.support.desk_world import KEY, DeskWorld


def dump(connection: Connection, shape: int) -> str:
    """Every table with its rows, and every index, as statements."""
    lines = [f"PRAGMA user_version = {shape};"]
    made = connection.execute(
        "SELECT name, sql, type FROM sqlite_master WHERE sql <> '' AND name NOT GLOB 'sqlite_*'"
        " ORDER BY type DESC, name"
    ).fetchall()
    lines += [f"{sql};" for _, sql, _ in made]
    for name, _, kind in made:
        if kind != "table":
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        quoted = ", ".join(f"quote({column})" for column in columns)
        for row in connection.execute(f"SELECT {quoted} FROM {name} ORDER BY 1, 2"):
            lines.append(f"INSERT INTO {name} VALUES ({', '.join(row)});")
    return "\n".join(lines) + "\n"


def main(shape: int, target: Path) -> None:
    """Write the dump of `shape` to `target`."""
    with tempfile.TemporaryDirectory() as folder:
        today = Path(folder) / "today"
        today.mkdir()
        world = DeskWorld(today)
        fill(world)
        world.close()
        in_shape(shape, today / "desk.db", Path(folder) / "old.db")
        connection = open_encrypted(Path(folder) / "old.db", KEY)
        target.write_text(dump(connection, shape), encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
