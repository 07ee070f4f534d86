"""The manufacturer's command line: arguments in, exit codes out. What the commands do lies in their own modules.

Exit 0 done, 1 refused with a reason, 2 wrong usage, 130 interrupted; `import` also 3: the good rows taken, the defects
listed.
"""

import argparse
import codecs
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from manufacturer_server import cli_desks, cli_history, cli_require, cli_terms
from manufacturer_server.clock import new_uuid, utc_now
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.storage.database import Database

if TYPE_CHECKING:
    from litestar import Litestar

EXIT_REFUSED, EXIT_INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    _set_up_streams()
    args = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        code = run(args)
        sys.stdout.flush()
    except ServerRefusal as refusal:
        print(refusal.message, file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        return _refused_by_the_system(error)
    return code


def _set_up_streams() -> None:
    """UTF-8 wherever it goes to; a stream that was closed before the start takes everything and shows nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        elif stream is None:
            setattr(sys, name, io.StringIO())


def _refused_by_the_system(error: OSError) -> int:
    """A full disk behind stdout, or its reader gone: the interpreter must not try to write again when it ends."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        print(f"The system refused: {error}", file=sys.stderr)
    return EXIT_REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("comptoir-server", description="The manufacturer's server for dealers' desks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's data folder")
        added.set_defaults(run=run)
        return added

    init = command("init", _init, "Make a new server in an empty folder.")
    init.add_argument("--practice", action="store_true", help="fill it with the practice set")
    init.add_argument("--name", default="", help="the manufacturer's name, as desks show it")
    init.add_argument("--time-zone", default="Europe/Paris", help="whose calendar day prices follow")
    init.add_argument("--order-prefix", type=_prefix, default="MF", help="what order numbers begin with")
    told = "which version of the program desks need at least; changed later with require"
    init.add_argument("--client-minimum", type=cli_require.version, metavar="VERSION", help=told)

    taking = command("import", _import, "Take in CSV files and workbooks; a file is the whole of its kind.")
    taking.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="files, or folders that hold them")
    taking.add_argument("--dry-run", action="store_true", help="say what and which prices would change, change nothing")
    taking.add_argument("--merge", action="store_true", help="only add and update, withdraw nothing")
    taking.add_argument("--yes", action="store_true", help="withdraw even more than half of a kind")
    taking.add_argument("--encoding", type=_encoding, default="utf-8", help="the files' code page, such as cp1252")

    taking.add_argument("--report", type=Path, metavar="FILE.csv", help="with --dry-run: write every price that moves")
    taking.add_argument("--defects", type=Path, metavar="FILE.csv", help="write everything that was found wrong")

    cli_terms.add_commands(command)

    token = command("token", _token, "Issue a one-time joining code for a desk of a dealer.")
    token.add_argument("account", metavar="ACCOUNT")

    cli_desks.add_commands(command)

    _add_serve(command)

    releasing = command("release", _release, "Let an order go that was held back for its dealer's credit.")
    releasing.add_argument("order_no", metavar="ORDER_NO")
    releasing.add_argument("--reason", default="", help="told to the dealer")

    report = command("report", _report, "Print the accepted orders.")
    report.add_argument("--json", action="store_true", required=True, help="as one JSON object")

    export = command("export", _export, "Take out each accepted order once, as CSV.")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="files that lie there are looked at")

    cli_history.add_commands(command)
    cli_require.add_commands(command)
    return parser


def _add_serve(command: cli_terms.AddCommand) -> None:
    serving = command("serve", _serve, "Serve desks until stopped.")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000, help="0 picks a free one")
    serving.add_argument("--exit-with-stdin", action="store_true", help="also end when standard input closes")
    serving.add_argument("--practice-speed", type=_speed, help="how fast a practice manufacturer's clock runs")

    noted = "where to note how far history has come; best on another disk (default: in DIR)"
    serving.add_argument("--witness", type=Path, metavar="FILE", help=noted)


def _encoding(text: str) -> str:
    try:
        name = codecs.lookup(text).name
        # Python also lists codecs that know no text, such as hex.
        "a".encode(name)
        return name
    except (LookupError, UnicodeError):
        raise argparse.ArgumentTypeError(f"unknown code page {text!r}") from None


def _prefix(text: str) -> str:
    if not (1 <= len(text) <= 10 and text.isascii() and text.isalnum()):
        raise argparse.ArgumentTypeError("1 to 10 letters and digits")
    return text


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = -1
    if not 0 <= speed <= 100_000:
        raise argparse.ArgumentTypeError("a number from 0 to 100000")
    return speed


def _init(args: argparse.Namespace) -> int:
    from manufacturer_server.founding import DEFAULT_NAME, PRACTICE_NAME, found_server, practice_folder
    from manufacturer_server.importing.run import import_practice

    name = args.name or (PRACTICE_NAME if args.practice else DEFAULT_NAME)
    found_server(
        args.data,
        name=name,
        time_zone=args.time_zone,
        order_prefix=args.order_prefix,
        practice=args.practice,
        client_minimum=args.client_minimum or "",
        new_id=new_uuid,
    )
    if args.practice:
        with closing(Database.open(args.data)) as database:
            import_practice(database, practice_folder(), utc_now)
    print(f"A new server for {name} is ready in {args.data}.")
    return 0


def _import(args: argparse.Namespace) -> int:
    from manufacturer_server.importing.moves_report import move_lines
    from manufacturer_server.importing.run import Options, import_paths
    from manufacturer_server.importing.words import DEFECT_COLUMNS, complaints, defect_rows, results
    from manufacturer_server.sheets import check_writable, one_line, write_csv

    if args.report is not None and not args.dry_run:
        raise ServerRefusal("--report tells what a dry run finds; add --dry-run.")
    if args.defects is not None:
        # Exit 1 means that nothing was taken.
        check_writable(args.defects)
    options = Options(args.merge, args.dry_run, args.yes, args.encoding, args.report)
    with closing(Database.open(args.data)) as database:
        outcome = import_paths(database, args.paths, options, utc_now)
    for line in complaints(outcome):
        print(one_line(line), file=sys.stderr)
    for line in results(outcome, keys=args.dry_run):
        print(one_line(line))
    if args.defects is not None:
        write_csv(args.defects, DEFECT_COLUMNS, defect_rows(outcome))
    for line in move_lines(outcome.moves) if outcome.moves is not None else ():
        print(one_line(line))
    if args.dry_run:
        print("Nothing was changed: this was a dry run.")
    return outcome.exit_code


def _token(args: argparse.Namespace) -> int:
    from manufacturer_server.access import issue_code

    with closing(Database.open(args.data)) as database, database.writing() as connection:
        issued = issue_code(connection, args.account, utc_now)
    until = issued.expires_at.strftime("%Y-%m-%d %H:%M UTC")
    print(f"For one desk of {issued.name} ({issued.account}), once, until {until}: {issued.code}")
    return 0


def _serve(args: argparse.Namespace) -> int:
    from manufacturer_server.application import create_app
    from manufacturer_server.serving import serve
    from manufacturer_server.sole_use import START_PATIENCE_S, sole_use
    from manufacturer_server.witness import FILE_NAME

    def make_app() -> "Litestar":
        witness = args.witness or args.data / FILE_NAME
        return create_app(args.data, practice_speed=args.practice_speed, witness=witness)

    with sole_use(args.data, patience_s=START_PATIENCE_S):
        serve(make_app, args.host, args.port, exit_with_stdin=args.exit_with_stdin)
    return 0


def _release(args: argparse.Namespace) -> int:
    from manufacturer_server.credit import release

    with closing(Database.open(args.data)) as database, database.writing() as connection:
        release(connection, args.order_no, args.reason, utc_now())
    print(f"Order {args.order_no} goes on its way.")
    return 0


def _report(args: argparse.Namespace) -> int:
    from manufacturer_server.report import report

    with closing(Database.open(args.data)) as database, database.reading() as connection:
        print(msgspec.json.encode(report(connection)).decode())
    return 0


def _export(args: argparse.Namespace) -> int:
    from manufacturer_server.export import export_orders
    from manufacturer_server.exported import AMENDMENTS, CANCELLATIONS

    with closing(Database.open(args.data)) as database:
        written = export_orders(database, args.out, utc_now())
    for file in written:
        known = ": it lay there, they do not leave again" if file.found else ""
        words = {AMENDMENTS: "changed orders", CANCELLATIONS: "cancelled orders"}.get(file.kind, "orders")
        print(f"{file.orders} {words} in {file.path}{known}")
    if not written:
        print("No order waits to be exported.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
