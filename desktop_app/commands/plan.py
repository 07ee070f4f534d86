"""`comptoir plan`: plans over the wholesalers for a file of lines, side by side. No order is made."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.commands.opening import opened
from desktop_app.commands.output import print_json
from desktop_app.commands.plan_json import plans_json


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `plan`."""
    parser.add_argument("--file", type=Path, required=True, metavar="LINES.csv", help="sku,quantity[,wholesaler]")
    parser.add_argument(
        "--without-stale", action="store_true", help="leave wholesalers out whose stock figures are too old"
    )
    parser.add_argument("--keep-named", action="store_true", help="leave lines at the wholesaler the file names")
    parser.add_argument("--round", action="store_true", help="raise quantities to the next that can be ordered")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print the plans. Raises FileUnreadable naming every defect of the file."""
    with opened(arguments) as application:
        lines = application.orders.imports.read_file(arguments.file).whole()
        wanted = [(line.sku, line.quantity, line.wholesaler) for line in lines]
        plans = application.sourcing.plans_for(
            wanted,
            round_up=arguments.round,
            without_stale=arguments.without_stale,
            keep_named=arguments.keep_named,
        )
        print_json(plans_json(plans))
    return 0
