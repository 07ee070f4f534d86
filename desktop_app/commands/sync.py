"""`comptoir sync`: one round: fetch what changed, send what waits."""

import asyncio
from argparse import ArgumentParser, Namespace

from desktop_app.commands.opening import opened
from desktop_app.commands.output import print_json, say_why
from desktop_app.sync.engine import LEFT_TO_OTHER

# The manufacturer has put nothing in yet: no failure of this desk.
_NO_FAILURE = ("", LEFT_TO_OTHER, "catalogue-empty")


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `sync`."""
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    parser.add_argument(
        "--take-smaller-catalogue",
        action="store_true",
        help="take the new catalogue although it has lost more than half of its rows",
    )


def run(arguments: Namespace) -> int:
    """Run a round and print what it did. Exit 1 where the server was not reached or something went wrong."""
    with opened(arguments) as application:
        sync = application.sync
        sync.due_now()
        if arguments.take_smaller_catalogue:
            sync.agree_to_smaller_catalogue()
        report = asyncio.run(sync.round())
    print_json(
        {
            "pulled": report.pulled,
            "pushed": report.pushed,
            "waiting": report.waiting,
            "attention": report.attention,
            "reason": report.reason,
            "reconciled": report.reconciled,
        }
    )
    say_why(report)
    return 0 if report.reason in _NO_FAILURE else 1
