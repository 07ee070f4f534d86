"""The commands that keep a server's history, and those for one that was lost: backup, restore, epoch."""

import argparse
from contextlib import closing
from pathlib import Path

from manufacturer_server.cli_terms import AddCommand
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.storage.database import Database


def add_commands(command: AddCommand) -> None:
    """Add these commands to the program's."""
    backup = command("backup", _backup, "Copy the server's file, also while it serves.")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new file; none is replaced")

    restore = command("restore", _restore, "Put a backup in the place of the server's file, and begin a new epoch.")
    restore.add_argument("--from", dest="backup", type=Path, required=True, metavar="FILE")

    told = "the folder that exports go to: what left in its files is not to leave again"
    restore.add_argument("--exported", type=Path, metavar="DIR", help=told)

    epoch = command("epoch", _epoch, "List the lives of the server's history, or begin a new one.")
    epoch.add_argument("--renew", action="store_true", help="after the server's file was put back by hand")
    epoch.add_argument("--reason", default="", metavar="TEXT", help="with --renew: why, for the record")


def _backup(args: argparse.Namespace) -> int:
    from manufacturer_server.storage.copies import copy_file
    from manufacturer_server.storage.database import FILE_NAME

    copy_file(args.data / FILE_NAME, args.to)
    print(f"The server's file is copied to {args.to}.")
    return 0


def _restore(args: argparse.Namespace) -> int:
    from manufacturer_server.restoring import restore

    restored = restore(args.data, args.backup, utc_now(), new_uuid, exported=args.exported)
    print(f"{args.backup} is now the server's file in {args.data}.")
    if restored.aside is not None:
        print(f"The file before it lies in {restored.aside}.")
    print(RENEWED)
    if restored.joined_since:
        accounts = ", ".join(restored.joined_since)
        print(f"Desks that joined after the backup need a new joining code: {accounts}.")
    return 0


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
