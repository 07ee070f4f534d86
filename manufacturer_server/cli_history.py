"""The commands for a history that was lost: the epochs of a server, and a new one begun."""

import argparse
from contextlib import closing

from manufacturer_server.cli_terms import AddCommand
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.storage.database import Database


def add_commands(command: AddCommand) -> None:
    """Add these commands to the program's."""
    epoch = command("epoch", _epoch, "List the lives of the server's history, or begin a new one.")
    epoch.add_argument("--renew", action="store_true", help="after the server's file was put back by hand")
    epoch.add_argument("--reason", default="", metavar="TEXT", help="with --renew: why, for the record")


def _epoch(args: argparse.Namespace) -> int:
    from manufacturer_server.lineage import all_epochs, renew_epoch
    from manufacturer_server.sheets import one_line

    if args.renew != bool(args.reason):
        raise ServerRefusal("--renew and --reason go together: say why a new epoch begins.")
    with closing(Database.open(args.data)) as database:
        if args.renew:
            with database.writing() as connection:
                renew_epoch(connection, args.reason, utc_now(), new_uuid)
            print(RENEWED)
        with database.reading() as connection:
            epochs = all_epochs(connection)
    for epoch in epochs:
        print(one_line(f"{epoch.began_at:%Y-%m-%d %H:%M UTC}  {epoch.epoch}  {epoch.reason}"))
    if not epochs:
        print("This is the first epoch: no history was ever lost.")
    return 0


RENEWED = (
    "A new epoch has begun. Desks will bring back what they know of orders, which keep their numbers and prices.\n"
    "New numbers jump ahead (MF-2026-000147 may be followed by MF-2026-020001), so that none is given twice."
)
