"""The command that says what the manufacturer requires of desks: `require`."""

import argparse
import re
from contextlib import closing

from manufacturer_server.cli_terms import AddCommand
from manufacturer_server.storage.database import Database

NONE = "none"
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


def add_commands(command: AddCommand) -> None:
    """Add this command to the program's."""
    require = command("require", _require, "Say, or change, which version of the program desks need at least.")
    told = "such as 0.3; older desks are told to be updated, their orders stay with them; 'none' lets all in again"
    require.add_argument("--client-minimum", type=version, metavar="VERSION", help=told)


def version(text: str) -> str:
    """A version from the command line, "" for none."""
    if text == NONE:
        return ""
    if not _VERSION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no version: numbers and dots, such as 0.3.1, or {NONE}")
    return text


def _require(args: argparse.Namespace) -> int:
    from manufacturer_server.storage.identity import CLIENT_MINIMUM, identity, write_setting

    with closing(Database.open(args.data)) as database:
        if args.client_minimum is not None:
            with database.writing() as connection:
                write_setting(connection, CLIENT_MINIMUM, args.client_minimum)
        with database.reading() as connection:
            minimum = identity(connection).client_minimum
    print(f"Desks need version {minimum} or later." if minimum else "Desks of every version are served.")
    return 0
