"""How a sub-command speaks: one JSON object on stdout, everything for people on stderr."""

import json
import sys
from collections.abc import Mapping


def print_json(answer: Mapping[str, object]) -> None:
    """Print the one object a script reads."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Tell the person something that is not part of the answer."""
    print(text, file=sys.stderr)
