"""`comptoir queue`: what has not been answered yet, and why."""

from argparse import ArgumentParser, Namespace

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import moment_json
from desktop_app.commands.output import print_json
from desktop_app.domain.money import amount_text


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `queue`."""
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
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
