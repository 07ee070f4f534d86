"""Where `comptoir` starts: a headless sub-command goes to the core before any Qt is imported, all else to the desktop.

Imports stay inside the functions, so that `comptoir search` never pays for a screen.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app import cli
from ui.quick_start import import_plainly, pause_collector

DEMO = "demo"
_WITH_VALUE = ("--profile", "--lang", "--theme", "--out")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (without its name) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = _command(arguments)
    if command and command != DEMO:
        return cli.main(arguments)
    options = _parser().parse_args(arguments)
    if command == DEMO:
        return _demo(options)
    return _desktop(options)


def _command(arguments: Sequence[str]) -> str:
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE:
            next(words, "")
        elif not word.startswith("-"):
            return word
    return ""


def _parser() -> argparse.ArgumentParser:
    listed = {**cli.COMMANDS, DEMO: "play the main job"}
    width = max(map(len, listed))
    commands = "\n".join(f"  {name:<{width}}  {words}" for name, words in listed.items())
    parser = argparse.ArgumentParser(
        prog="comptoir",
        description="The order desk of a manufacturer's dealers. Without a sub-command the desktop opens.",
        epilog=f"sub-commands (comptoir SUB-COMMAND --help says more):\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=(DEMO,), help=argparse.SUPPRESS)
    parser.add_argument("--profile", type=Path, metavar="DIR", help="the folder with this desk's data")
    parser.add_argument("--practice", action="store_true", help="practise with a manufacturer of your own")
    parser.add_argument("--lang", choices=("fr", "en"), default="", help="the language, else as chosen or the system's")
    parser.add_argument("--theme", choices=("light", "dark"), default="", help="the colours, else as chosen")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("build/demo"), help="where demo leaves pictures"
    )
    return parser


def _desktop(options: argparse.Namespace) -> int:
    from desktop_app.paths import ProfilePaths, default_profile
    from desktop_app.settings import TEXT_SIZE, Settings

    root = options.profile or default_profile(practice=options.practice)
    size = Settings(ProfilePaths(root).settings).get(TEXT_SIZE)
    if size != TEXT_SIZE.default:
        # Everything grows together: what fits at 100 % is laid out anew at the larger size.
        os.environ.setdefault("QT_SCALE_FACTOR", str(size / 100))

    pause_collector()
    import_plainly()
    from ui.desktop import DesktopOptions, start

    return start(
        DesktopOptions(
            root=root, own_folder=options.profile is not None, practice=options.practice, language=options.lang,
            theme=options.theme,
        )
    )  # fmt: skip


def _demo(options: argparse.Namespace) -> int:
    import_plainly()
    from ui.demo import play

    return play(options.out, language=options.lang or "fr", theme=options.theme or "light")


if __name__ == "__main__":
    sys.exit(main())
