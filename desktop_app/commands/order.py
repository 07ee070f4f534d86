"""`comptoir order`: make an order from a file, list and show orders, confirm changed terms, send, hold, take back."""

import asyncio
import time
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from desktop_app.application import Application
from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import history_json, list_json, order_json
from desktop_app.commands.output import print_json, say, say_why
from desktop_app.domain.order import Status
from desktop_app.domain.plans import PlanKind
from desktop_app.errors import ActionNotPossible, NewTerms
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_changes import Change, Less
from desktop_app.services.views import OrderView, RoundReport
from desktop_app.services.ways_out import Exit
from desktop_app.sync.engine import LEFT_TO_OTHER
from desktop_app.sync.status import UNDER_WAY

SEND_PATIENCE_S, LOOK_AGAIN_S = 10.0, 0.2
_PLANS = (PlanKind.CHEAPEST, PlanKind.FEWEST, PlanKind.EARLIEST)
_ACTS = {
    "send": "bring it on its way now",
    "hold": "keep it back as long as it has not left",
    "release": "let a held order go",
    "withdraw": "make a draft again of an order that has not left",
    "cancel": "cancel it, or ask the manufacturer to",
}
_EXITS = {
    "resend": "a stuck order: let it leave once more",
    "take-theirs": "a stuck order: take what the manufacturer has instead",
    "as-new": "a stuck order: put its lines into a new draft",
    "leave": "a stuck order: leave it as it is, the manufacturer has it",
}


def configure(parser: ArgumentParser) -> None:
    """Declare the sub-commands of `order`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="make an order from a file of lines: sku,quantity[,wholesaler]")
    new.add_argument("--file", type=Path, required=True, metavar="LINES.csv")
    new.add_argument("--reference", default="", help="the customer's reference")
    new.add_argument("--round", action="store_true", help="raise quantities to the next that can be ordered")
    new.add_argument("--plan", choices=[kind.value for kind in _PLANS], help="place the lines by this plan")
    new.add_argument("--keep-named", action="store_true", help="the plan leaves lines at the wholesaler the file names")
    new.add_argument("--without-stale", action="store_true", help="the plan leaves wholesalers with old stock out")
    new.add_argument("--send", action="store_true", help="queue it and try to send it now")
    listed = actions.add_parser("list", help="the orders, newest first")
    listed.add_argument("--text", default="", help="part of a number, reference or client")
    listed.add_argument("--status", action="append", choices=[status.value for status in Status], default=[])
    listed.add_argument("--author", default="", metavar="NAME", help="only what this person entered")
    show = actions.add_parser("show", help="one order with its history")
    confirm = actions.add_parser("confirm", help="take the manufacturer's changed terms")
    confirm.add_argument("--without", action="append", default=[], metavar="SKU", help="remove this line")
    confirm.add_argument(
        "--ask",
        action="append",
        default=[],
        metavar="SKU",
        help="put this line into a new draft that asks for a special price",
    )
    amend = actions.add_parser("amend", help="ask the manufacturer to change an accepted order to less")
    amend.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="SKU[@WHOLESALER]=LEFT",
        help="what is left of a line, 0 for none",
    )
    amend.add_argument("--date", default=None, metavar="2026-03-20", help="the day it is wanted; empty for none")
    amend.add_argument("--reference", default=None, help="the customer's reference")
    amend.add_argument("--note", default=None, help="the note to the manufacturer")
    amend.add_argument("--reason", default="", help="why, in words")
    acts = [actions.add_parser(name, help=words) for name, words in (_ACTS | _EXITS).items()]
    for one in (show, confirm, amend, *acts):
        one.add_argument("order", metavar="ID", help="its id, desk number or manufacturer's number")
    for one in (new, confirm, amend, *acts):
        one.add_argument("--author", default="", metavar="NAME", help="who does it, if not whoever sits at this desk")
    for one in (new, listed, show, confirm, amend, *acts):
        one.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Do it, and print the order as it is then. Raises ComptoirError, with nothing half done."""
    with opened(arguments) as application:
        orders = application.orders
        if arguments.action == "list":
            found = orders.list(text=arguments.text, statuses=[Status(name) for name in arguments.status])
            print_json({"orders": [list_json(one) for one in found if arguments.author in ("", one.author)]})
            return 0
        if getattr(arguments, "author", ""):
            application.people.act_as(arguments.author)
        if arguments.action == "new":
            _new(application, arguments)
        elif arguments.action == "show":
            _print_with_history(orders.get(arguments.order))
        elif arguments.action == "confirm":
            print_json(order_json(orders.confirm(arguments.order, arguments.without, arguments.ask)))
        elif arguments.action == "amend":
            print_json(order_json(orders.changes.ask(arguments.order, _change(arguments), arguments.reason)))
        elif arguments.action == "send":
            view = _sent(application, arguments.order)
            print_json(order_json(_after_one_round(application, view)))
        elif arguments.action in _EXITS:
            print_json(order_json(orders.exits.take(arguments.order, Exit(arguments.action))))
        else:
            act = {"hold": orders.hold, "release": orders.release, "withdraw": orders.withdraw, "cancel": orders.cancel}
            print_json(order_json(act[arguments.action](arguments.order)))
    return 0


def _new(application: Application, arguments: Namespace) -> None:
    lines = application.orders.imports.read_file(arguments.file).whole()
    wanted = [(line.sku, line.quantity, line.wholesaler) for line in lines]

    def place(session: DraftSession) -> None:
        plans = application.sourcing.plans(session, arguments.without_stale, arguments.keep_named)
        # Where nothing can be placed there is no such plan; the order is then refused for what stands in the way.
        for plan in plans.plans:
            if plan.kind == arguments.plan:
                session.take_plan(plan)

    session = application.orders.new_order(
        wanted,
        reference=arguments.reference,
        round_up=arguments.round,
        arrange=place if arguments.plan else None,
    )
    warnings = application.orders.duplicate_warnings(session)
    for warning in warnings:
        say(f"{warning.desk_no} looks like the same order ({warning.code}).")
    if arguments.send:
        view = _after_one_round(application, session.submit())
    else:
        view = application.orders.get(session.order_id)
    print_json(order_json(view, warnings))


def _change(arguments: Namespace) -> Change:
    """What `amend` asks for. Raises ActionNotPossible for what cannot be read."""
    day = None
    if arguments.date:
        try:
            day = date.fromisoformat(arguments.date)
        except ValueError as error:
            raise ActionNotPossible(f"{arguments.date!r} is no day like 2026-03-20.", action="amend") from error
    return Change(
        wanted_date=day,
        no_date=arguments.date == "",
        reference=arguments.reference,
        note=arguments.note,
        lines=tuple(map(_less, arguments.line)),
    )


def _less(written: str) -> Less:
    what, _, left = written.rpartition("=")
    sku, _, wholesaler = what.partition("@")
    if not sku or not left.isdecimal():
        raise ActionNotPossible(f"{written!r} is not written like TN1=10 or TN1@N=10.", action="amend")
    return Less(sku, int(left), wholesaler)


def _sent(application: Application, number: str) -> OrderView:
    try:
        return application.orders.send(number)
    except NewTerms as changed:
        application.orders.open_draft(number).refresh_terms()
        raise NewTerms(
            f"{changed.message}\nThe new prices are kept in the draft; send it again to order at them.",
            changed.problems,
        ) from changed


def _after_one_round(application: Application, view: OrderView) -> OrderView:
    """The order after at most ten seconds of trying; whatever comes of it, it is queued."""
    order_id = view.summary.order_id
    report = asyncio.run(_tried(application, order_id))
    after = application.orders.get(order_id)
    if after.summary.delivery_state in UNDER_WAY:
        say_why(report)
    return after


async def _tried(application: Application, order_id: str) -> RoundReport:
    """One round; while another program synchronises this profile, its answer is waited for, or its end."""
    ends = time.monotonic() + SEND_PATIENCE_S
    while True:
        report = await application.sync.round(timeout=ends - time.monotonic())
        answered = application.orders.summary(order_id).delivery_state not in UNDER_WAY
        if report.reason != LEFT_TO_OTHER or answered or time.monotonic() + LOOK_AGAIN_S > ends:
            return report
        await asyncio.sleep(LOOK_AGAIN_S)


def _print_with_history(view: OrderView) -> None:
    print_json({**order_json(view), "history": history_json(view.history)})
