"""The commands about dealers' desks: list them, shut one out, and let sealed messages in that came in a file."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from manufacturer_server.cli_terms import AddCommand
from manufacturer_server.clock import utc_now
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.storage.database import Database

if TYPE_CHECKING:
    from desktop_app.contract.sealed import Sealed

EXIT_NOTHING = 1


def add_commands(command: AddCommand) -> None:
    """Add these commands to the program's."""
    desks = command("desks", _desks, "List the desks that have joined, and when each was last seen.")
    desks.add_argument("account", nargs="?", default="", metavar="ACCOUNT", help="only those of this dealer")

    revoking = command("revoke", _revoke, "Shut one desk out: a computer that was lost, sold or stolen.")
    revoking.add_argument("--desk", required=True, metavar="ID", help="as `desks` lists it")
    wiping = "it hands over its unsent orders sealed, then deletes the key of its data"
    revoking.add_argument("--wipe", action="store_true", help=wiping)
    revoking.add_argument("--reason", default="", metavar="TEXT", help="told to the person at the desk")

    opening = command("open-sealed", _open_sealed, "Enter sealed orders that came in a file, or were handed over.")
    opening.add_argument("file", nargs="?", type=Path, metavar="FILE", help="an exported queue, by mail or on a stick")
    opening.add_argument("--kept", action="store_true", help="those that desks handed over which are shut out")
    opening.add_argument("--account", default="", metavar="ACCOUNT", help="only those of this dealer")
    opening.add_argument("--with-held", action="store_true", help="also those a person had kept back: ask the dealer")
    opening.add_argument("--list", action="store_true", help="only say what there is; enter nothing")


def _desks(args: argparse.Namespace) -> int:
    from manufacturer_server.access import KnownDesk, known_desks
    from manufacturer_server.sheets import one_line

    def state(desk: KnownDesk) -> str:
        if desk.revoked_at is None:
            return "in use"
        told = f"told on {desk.told_at:%Y-%m-%d %H:%M UTC}" if desk.told_at else "does not know it yet"
        handed = f", {desk.handed_over} messages handed over" if desk.handed_over else ""
        return f"shut out on {desk.revoked_at:%Y-%m-%d}{' with wipe' if desk.wipe else ''}, {told}{handed}"

    with closing(Database.open(args.data)) as database, database.reading() as connection:
        found = known_desks(connection, args.account)
    for desk in found:
        seen = f"last seen {desk.seen_at:%Y-%m-%d %H:%M UTC}" if desk.seen_at else "never seen"
        joined = f"joined {desk.joined_at:%Y-%m-%d}"
        name = desk.name or "(no name)"
        print(one_line(f"{desk.account}  {desk.client_instance}  {name}  {joined}  {seen}  {state(desk)}"))
    if not found:
        print("No desk has joined.")
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from manufacturer_server.access import revoke

    with closing(Database.open(args.data)) as database, database.writing() as connection:
        desk = revoke(connection, args.desk, utc_now(), wipe=args.wipe, reason=args.reason)
    print(f"The desk {desk.client_instance} of {desk.account} is shut out from now on.")
    if args.wipe:
        print(
            "The next time it reaches this server it hands over its unsent orders, then deletes the key of its data.\n"
            "`desks` tells when it has heard of it; `open-sealed --kept` enters what it handed over."
        )
    else:
        print("It keeps its data and its unsent orders; a new joining code lets it in again.")
    return 0


def _open_sealed(args: argparse.Namespace) -> int:
    from manufacturer_server.sealed import kept

    if (args.file is None) != args.kept:
        raise ServerRefusal("Name the file, or give --kept for what desks handed over.")
    with closing(Database.open(args.data)) as database:
        if args.file is not None:
            records = _read(args.file)
        else:
            with database.reading() as connection:
                records = kept(connection)
        wanted = [record for record in records if args.account in ("", record.account)]
        if not wanted:
            print("There is no sealed order in it." if args.file is not None else "No sealed order waits.")
            return EXIT_NOTHING if args.file is not None else 0
        return _list(database, wanted) if args.list else _enter(database, wanted, with_held=args.with_held)


def _read(path: Path) -> Sequence["Sealed"]:
    """What is whole of a file, with a word about what is not."""
    from desktop_app.contract.sealed import read_salvaged

    read = read_salvaged(path.read_bytes())
    if read.damaged and read.records:
        print(f"{path} is damaged: {read.damaged} bytes of it belong to no order.", file=sys.stderr)
    return [record for record in read.records if not record.void]


def _list(database: Database, records: Sequence["Sealed"]) -> int:
    from manufacturer_server.sealed import CannotOpen, open_record
    from manufacturer_server.sheets import one_line
    from manufacturer_server.storage.identity import identity

    with database.reading() as connection:
        secret = identity(connection).sealing_secret
    for record in records:
        try:
            order = open_record(record, secret)
            told = f"{order.desk_no}  by {order.author or 'nobody named'} at desk {order.client_instance}"
        except CannotOpen as error:
            told = f"not for this server: {error}"
        held = "  kept back by a person" if record.held else ""
        print(one_line(f"{record.account}  {record.kind} {record.key}  {told}{held}"))
    return 0


def _enter(database: Database, records: Sequence["Sealed"], *, with_held: bool) -> int:
    """Enter them one by one; 1 where one was not recorded and is not just kept back."""
    from manufacturer_server.problems import Refused
    from manufacturer_server.sealed import HELD, Bearer, not_taken, take_in
    from manufacturer_server.sheets import one_line

    code = 0
    for record in records:
        try:
            with database.writing() as connection:
                outcome = take_in(connection, record, Bearer(record.account, with_held=with_held), utc_now())
        except Refused as refused:
            outcome, code = not_taken(record, refused), EXIT_NOTHING
        if outcome.code == HELD:
            became = "left: a person kept it back (--with-held enters it)"
        else:
            became = f"{outcome.status} {outcome.order_no or outcome.code}"
        print(one_line(f"{record.account}  {record.kind} {record.key}: {became.strip()}"))
    return code
