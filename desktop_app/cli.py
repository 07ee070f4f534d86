"""The headless front end: finds the sub-command, runs it, and turns refusals into words and exit codes.

Exit codes: 0 done, 1 refused with a reason (nothing half done), 2 wrong usage, 130 interrupted. What a
sub-command does: `commands`.
"""

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.errors import ComptoirError

COMMANDS = {
    "connect": "join a manufacturer with an address and a code, and fetch its data",
    "sync": "one round: fetch what changed, send what waits",
    "search": "find products",
    "price": "my price of a product, why, and what comes ahead",
    "conditions": "all my conditions: searched, as of a day, what changed, what becomes dearer",
    "plan": "where the lines of a file would best come from",
    "order": "make, list, show, confirm and send orders",
    "draft": "share drafts with the colleagues, take theirs over",
    "queue": "what has not been answered yet",
    "people": "who enters orders at this desk",
    "recover": "put a desk back that does not open: from a backup and the second copy",
    "doctor": "check this profile and say what is wrong with it",
}
DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command (arguments without the program's name) and return its exit code."""
    _set_up_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except ComptoirError as error:
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return REFUSED
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _refused_by_the_system(error)


def command_in(argv: Sequence[str]) -> str:
    """The sub-command these arguments name, "" where there is none: then they are for the desktop."""
    words = iter(argv)
    for word in words:
        if word == "--profile":
            next(words, "")
        elif not word.startswith("-"):
            return word
    return ""


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
    return REFUSED


def _run(argv: list[str]) -> int:
    command = command_in(argv)
    parser = _parser()
    if command not in COMMANDS:
        parser.parse_args(argv)
        parser.error("a sub-command is needed")
    module = importlib.import_module(f"desktop_app.commands.{command}")
    subparsers = parser.add_subparsers(dest="command", metavar="")
    subparser = subparsers.add_parser(command, help=COMMANDS[command], description=COMMANDS[command])
    module.configure(subparser)
    arguments = parser.parse_args(argv)
    if arguments.profile is None:
        from desktop_app.paths import default_profile

        arguments.profile = default_profile(practice=arguments.practice)
    code: int = module.run(arguments)
    return code


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {words}" for name, words in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="comptoir",
        description="The order desk of a manufacturer's dealers. Without a sub-command the desktop opens.",
        epilog=f"sub-commands (comptoir SUB-COMMAND --help says more):\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--profile", type=Path, metavar="DIR", help="the folder with this desk's data")
    parser.add_argument("--practice", action="store_true", help="work on the practice profile")
    return parser
