"""`comptoir queue`: what has not been answered yet, and why; as a file, for another desk of the account to send."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import moment_json
from desktop_app.commands.output import print_json, say
from desktop_app.domain.money import amount_text
from desktop_app.services.queue_file import SentQueue


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `queue`."""
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    parser.set_defaults(act=_list)
    acts = parser.add_subparsers(metavar="[export | send]")
    exporting = acts.add_parser("export", help="write what waits to a file, sealed: only the manufacturer can read it")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.set_defaults(act=_export)
    sending = acts.add_parser("send", help="send the file that another desk of this account has exported")
    sending.add_argument("file", type=Path, metavar="FILE")
    sending.add_argument("--with-held", action="store_true", help="also orders that somebody kept back")
    sending.set_defaults(act=_send)


def run(arguments: Namespace) -> int:
    """Do what was asked. Raises ComptoirError."""
    act: Callable[[Namespace], int] = arguments.act
    return act(arguments)


def _list(arguments: Namespace) -> int:
    """Print the queue, oldest first."""
    with opened(arguments) as application:
        rows = application.sync.queue()
    queue = [
        {
            "order_id": row.order_id,
            "revision": row.revision,
            "delivery_state": row.delivery_state,
            "attempts": row.attempts,
            "next_try": moment_json(row.next_try),
            "reason": row.reason,
            "desk_no": row.desk_no,
            "kind": row.kind,
            "since": moment_json(row.since),
            "total": amount_text(row.total),
        }
        for row in rows
    ]
    print_json({"queue": queue})
    return 0


def _export(arguments: Namespace) -> int:
    """Write the file."""
    with opened(arguments) as application:
        exported = application.sync.queue_file.export(arguments.file)
    print_json({"file": str(arguments.file), "messages": exported.messages, "held": exported.held})
    say("They also stay here, and leave by themselves once this desk has a network: each is entered once.")
    if exported.held:
        say(f"{exported.held} of them are held back: another desk sends them only with --with-held.")
    return 0


def _send(arguments: Namespace) -> int:
    """Send the file. Exit 1 where the manufacturer did not take some of it in."""
    with opened(arguments) as application:
        sent = asyncio.run(application.sync.queue_file.send(arguments.file, with_held=arguments.with_held))
    print_json(
        {
            "accepted": sent.accepted,
            "known": sent.known,
            "to_confirm": sent.to_confirm,
            "refused": sent.refused,
            "held": sent.held,
            "not_taken": sent.not_taken,
            "messages": [
                {
                    "order_id": outcome.order_id or outcome.key.rpartition("/")[0],
                    "revision": outcome.revision,
                    "kind": outcome.kind,
                    "status": outcome.status,
                    "code": outcome.code,
                    "order_no": outcome.order_no,
                }
                for outcome in sent.outcomes
            ],
        }
    )
    _say(sent)
    return 1 if sent.not_taken else 0


def _say(sent: SentQueue) -> None:
    if sent.to_confirm:
        say(f"Terms have changed for {sent.to_confirm}: the desk they are of decides, once it has a network again.")
    if sent.held:
        say(f"{sent.held} are held back by a person and were not sent; --with-held sends them too.")
    if sent.not_taken:
        say(f"{sent.not_taken} were not taken in; the file can be sent again at any time.")
