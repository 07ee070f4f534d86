"""`comptoir connect`: join a manufacturer with an address and a one-time code, and fetch its data."""

import asyncio
from argparse import ArgumentParser, Namespace

from desktop_app.application import Application
from desktop_app.commands.opening import opened
from desktop_app.commands.output import print_json, say
from desktop_app.credentials import KEY_VARIABLE, TOKEN_VARIABLE
from desktop_app.services.views import RoundReport


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `connect`."""
    parser.add_argument("url", metavar="URL", help="the server's address")
    parser.add_argument("--code", required=True, metavar="CODE", help="the joining code the manufacturer gave you")
    parser.add_argument("--author", default="", metavar="NAME", help="who sits at this desk")
    parser.add_argument(
        "--print-secrets",
        action="store_true",
        help=f"keep nothing in the key store; print the secrets once, for {TOKEN_VARIABLE} and {KEY_VARIABLE}",
    )
    parser.add_argument(
        "--print-recovery",
        action="store_true",
        help="make the recovery code of this desk and print it, this once: keep it where this computer is not",
    )
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Join, fetch, and print who this desk works for. Raises ComptoirError, with the profile as it was before."""
    with opened(arguments) as application:
        secrets, report = asyncio.run(_connect(application, arguments))
        identity = application.identity
        if identity is None:
            return 1
        answer: dict[str, object] = {
            "account": identity.account,
            "dealer": identity.dealer,
            "manufacturer": identity.manufacturer,
            "server_url": identity.server_url,
            "practice": identity.practice,
            "pulled": report.pulled,
        }
        if arguments.print_recovery:
            code = application.recovery.propose()
            application.recovery.keep(code)
            answer["recovery_code"] = code
        print_json(answer | secrets)
        if report.reason:
            say(f"Connected, but not all data is here yet: {report.message or report.reason}")
    return 0


async def _connect(application: Application, arguments: Namespace) -> tuple[dict[str, str], RoundReport]:
    secrets = await application.connection.join(
        arguments.url, arguments.code, arguments.author, vault=not arguments.print_secrets
    )
    shown = {"token": secrets.token, "desk_key": secrets.key.hex()} if arguments.print_secrets else {}
    return shown, await application.sync.round()
