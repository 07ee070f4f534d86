"""`comptoir people`: who enters orders at this desk."""

from argparse import ArgumentParser, Namespace

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import moment_json
from desktop_app.commands.output import print_json


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `people`."""
    parser.add_argument("--add", default="", metavar="NAME", help="put a name on the list")
    parser.add_argument("--forget", default="", metavar="NAME", help="take a name off the list; orders keep it")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print everybody by name, and who is at the desk. Raises ActionNotPossible for a name that does not do."""
    with opened(arguments) as application:
        people = application.people
        if arguments.add:
            people.add(arguments.add)
        if arguments.forget:
            people.forget(arguments.forget)
        everybody = people.everybody()
    print_json(
        {
            "people": [
                {"name": person.name, "here": person.here, "last_at": moment_json(person.last_at)}
                for person in everybody
            ]
        }
    )
    return 0
