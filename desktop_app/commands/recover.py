"""`comptoir recover`: put a desk back that does not open any more, or make a new recovery code."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import moment_json
from desktop_app.commands.output import print_json, say
from desktop_app.services.recovery_service import Recovered, RecoveryService


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `recover`."""
    parser.add_argument("--list", action="store_true", help="only say what there is to put back; change nothing")
    parser.add_argument("--backup", type=Path, metavar="FILE", help="this backup instead of the newest whole one")
    parser.add_argument(
        "--from",
        type=Path,
        dest="folder",
        metavar="DIR",
        help="also what only this second folder has, of this desk or of a lost one of the same account",
    )
    parser.add_argument(
        "--code",
        choices=("-",),
        help="read the recovery code from the standard input (one line; never write it into a command)",
    )
    parser.add_argument(
        "--new-code",
        action="store_true",
        help="make a new recovery code for a desk that opens, and print it; the earlier one opens nothing any more",
    )
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Do what was asked and print what became of it. Raises ComptoirError, with the folder as it was before."""
    if arguments.new_code:
        with opened(arguments) as application:
            code = application.recovery.propose()
            application.recovery.keep(code)
        print_json({"recovery_code": code})
        return 0
    service = RecoveryService(arguments.profile)
    if arguments.list:
        return _list(service)
    code = sys.stdin.readline().strip() if arguments.code else ""
    recovered = service.recover(backup=arguments.backup, code=code, folder=arguments.folder)
    print_json(
        {
            "key": recovered.key,
            "backup": recovered.backup or None,
            "aside": recovered.aside or None,
            "empty_file": recovered.anew,
            "orders": recovered.orders,
            "held": recovered.held,
            "elsewhere": recovered.elsewhere,
            "unreadable": recovered.unreadable,
        }
    )
    _say(recovered)
    return 0


def _list(service: RecoveryService) -> int:
    found = service.findings()
    print_json(
        {
            "trouble": None if found.trouble is None else found.trouble.message,
            "backups": [{"file": str(path), "made_at": moment_json(moment)} for path, moment in found.backups],
            "unsent": found.copies,
            "needs_code": found.needs_code,
            "has_code": found.has_code,
        }
    )
    return 0


def _say(recovered: Recovered) -> None:
    if recovered.key:
        say("The key of this desk is back. Its sign-in was lost too: connect again with a new one-time code.")
    if recovered.backup:
        say(f"The backup {recovered.backup} has taken the place of the file that did not open.")
    if recovered.anew:
        say(
            "There was no whole backup: an empty file was begun. What the manufacturer knows comes with the next round."
        )
    if recovered.aside:
        say(f"The file that did not open lies in {recovered.aside}.")
    if recovered.orders > recovered.elsewhere:
        say(f"{recovered.orders - recovered.elsewhere} unsent messages are back; each is looked up before it is sent.")
    if recovered.held:
        say(f"{recovered.held} orders of the backup are held: they were answered or taken back since. Look at them.")
    if recovered.elsewhere:
        say(
            f"{recovered.elsewhere} messages were in the second folder only. Orders among them are held: they may have "
            "been taken back since. Look at them, then let them go."
        )
    if recovered.unreadable:
        say(f"{recovered.unreadable} records of the second copy are sealed to other keys: give the code with --code -.")
