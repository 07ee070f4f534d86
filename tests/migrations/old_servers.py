"""The server's file as an earlier version made it, with the rows of one of today."""

from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as dbapi
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from manufacturer_server.migrations import FOLDER
from manufacturer_server.storage.database import FILE_NAME

Rows = dict[str, list[tuple[object, ...]]]

RELEASED = ("0001", "0002", "0003", "0004", "0005")
FIRST_WITH_A_SEALING_KEY = "0003"
BOOKS = ("orders", "outcomes", "requests", "documents", "tokens", "counters", "collections", "exports")


def in_revision(revision: str, source: Path, target: Path) -> None:
    """Write the rows of the server in `source` to a new folder `target` in the shape of `revision`."""
    target.mkdir()
    with closing(dbapi.connect(str(target / FILE_NAME), isolation_level=None, check_same_thread=False)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        with create_engine("sqlite://", creator=lambda: file, poolclass=StaticPool).begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("ATTACH ? AS new", (str(source / FILE_NAME),))
        file.execute("DELETE FROM main.settings")
        for table in _tables(file):
            columns = ", ".join(f'"{row[1]}"' for row in file.execute(f"PRAGMA main.table_info({table})"))
            file.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        if revision < FIRST_WITH_A_SEALING_KEY:
            file.execute("DELETE FROM main.settings WHERE name = 'sealing_secret'")


def rows(folder: Path) -> Rows:
    """Every row of the tables that were there from the first, but the secrets that a migration draws."""
    with closing(dbapi.connect(str(folder / FILE_NAME))) as file:
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {table: file.execute(f"SELECT * FROM {table}").fetchall() for table in BOOKS}
        found["settings"] = file.execute(
            "SELECT name, value FROM settings WHERE name NOT LIKE '%secret' ORDER BY name"
        ).fetchall()
        return found


def shape(folder: Path) -> list[tuple[str, str]]:
    """The name and statement of everything in the schema."""
    with closing(dbapi.connect(str(folder / FILE_NAME))) as file:
        return list(file.execute("SELECT name, sql FROM sqlite_master WHERE sql <> '' ORDER BY name"))


def _tables(file: dbapi.Connection) -> list[str]:
    names = file.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in names if not name.startswith(("sqlite_", "alembic_"))]
