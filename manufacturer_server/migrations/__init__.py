"""The history of the server's schema, as Alembic scripts, and the one way to bring a database up to date."""

from pathlib import Path

from sqlalchemy import Connection, inspect

FOLDER = Path(__file__).parent
HEAD = "0006"


def upgrade(connection: Connection) -> None:
    """Bring the database behind `connection` up to the newest schema, inside the caller's transaction."""
    if _revision(connection) == HEAD:
        return
    # Alembic takes a while to import, and nearly every start finds nothing to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision
