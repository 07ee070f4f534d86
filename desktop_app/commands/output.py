"""How a sub-command speaks: one JSON object on stdout, everything for people on stderr."""

import json
import sys
from collections.abc import Mapping

from desktop_app.services.views import RoundReport
from desktop_app.sync.engine import LEFT_TO_OTHER


def print_json(answer: Mapping[str, object]) -> None:
    """Print the one object a script reads."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Tell the person something that is not part of the answer."""
    print(text, file=sys.stderr)


def say_why(report: RoundReport) -> None:
    """Tell why a round did not do everything; nothing where it did."""
    if report.reason == LEFT_TO_OTHER:
        say("Comptoir is open on this profile and does the synchronising; what waits here leaves through it.")
    elif report.reason:
        say(report.message or report.reason)
