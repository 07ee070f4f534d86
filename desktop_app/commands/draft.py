"""`comptoir draft`: share drafts with the other desks of the account, take theirs over, and settle two versions."""

import asyncio
from argparse import ArgumentParser, Namespace

from desktop_app.application import Application
from desktop_app.commands.opening import opened
from desktop_app.commands.order import SEND_PATIENCE_S
from desktop_app.commands.order_json import Json, list_json
from desktop_app.commands.output import print_json, say, say_why
from desktop_app.domain.money import amount_text
from desktop_app.errors import ActionNotPossible
from desktop_app.services.shared_views import DraftConflict, Side
from desktop_app.services.views import OrderSummary

_ACTS = {
    "share": "let the other desks of the account see it and take it over",
    "take": "take over the draft that a colleague holds",
    "compare": "both versions of a draft that a colleague has changed too",
}
_SIDES = {
    Side.BOTH: "of two versions: keep both, mine as a draft of its own",
    Side.THEIRS: "of two versions: leave it to the colleague, mine is put away",
    Side.MINE: "of two versions: put mine in the place of the colleague's, which is put away here",
}


def configure(parser: ArgumentParser) -> None:
    """Declare the sub-commands of `draft`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="the drafts that are shared: those held here and those of the colleagues")
    acts = [actions.add_parser(name, help=words) for name, words in _ACTS.items()]
    acts += [actions.add_parser(side.value, help=words) for side, words in _SIDES.items()]
    for one in acts:
        one.add_argument("draft", metavar="ID", help="its id or desk number")
    for one in (listed, *acts):
        one.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Do it, tell the server of it in one round, and print the draft as it is then. Raises ComptoirError."""
    with opened(arguments) as application:
        sharing = application.orders.sharing
        match arguments.action:
            case "list":
                held = [draft for draft in application.orders.drafts() if draft.shared is not None]
                print_json({"drafts": [draft_json(draft) for draft in (*held, *sharing.colleagues())]})
            case "compare":
                conflict = sharing.conflict(arguments.draft)
                if conflict is None:
                    raise ActionNotPossible("Nobody has changed this draft besides this desk.", action="compare")
                print_json(_conflict_json(conflict))
            case "share":
                _print_told(application, sharing.share(arguments.draft))
            case "take":
                _print_told(application, sharing.take(arguments.draft))
            case side:
                _print_told(application, sharing.settle(arguments.draft, Side(side)))
    return 0


def draft_json(draft: OrderSummary) -> Json:
    """A draft as the list tells it, with who holds it; `shared` is null for one that is this desk's alone."""
    share = draft.shared
    if share is None:
        return {**list_json(draft), "shared": None}
    said: Json = {
        "holder": share.holder,
        "since": share.since.isoformat(),
        "here": share.mine,
        "told": share.told,
        "changed_by": share.other if share.parted else None,
        "reason": share.reason,
    }
    return {**list_json(draft), "shared": said}


def _print_told(application: Application, draft: OrderSummary) -> None:
    """After at most ten seconds of trying; whatever comes of it, the act stands here and is told later."""
    report = asyncio.run(application.sync.round(timeout=SEND_PATIENCE_S))
    held = {one.order_id: one for one in application.orders.list()}
    offered = {one.order_id: one for one in application.orders.sharing.colleagues()}
    after = held.get(draft.order_id) or offered.get(draft.order_id)
    if after is None or (after.shared is not None and not after.shared.mine):
        say("A colleague was faster: the draft is not held here.")
    elif after.shared is not None and not after.shared.told:
        say_why(report)
    print_json(draft_json(after or draft))


def _conflict_json(conflict: DraftConflict) -> Json:
    return {
        "order_id": conflict.draft_id,
        "desk_no": conflict.desk_no,
        "holder": conflict.holder,
        "changed_at": conflict.changed_at.isoformat(),
        "state": conflict.state,
        "choices": [side.value for side in conflict.sides],
        "lines": [
            {"sku": line.sku, "wholesaler": line.wholesaler, "mine": line.mine, "theirs": line.theirs}
            for line in conflict.lines
        ],
        "details": {
            "reference": [conflict.mine.reference, conflict.theirs.reference],
            "end_client": [conflict.mine.end_client, conflict.theirs.end_client],
            "note": [conflict.mine.note, conflict.theirs.note],
            "same_delivery": conflict.mine.delivery == conflict.theirs.delivery,
        },
        "total": [
            amount_text(conflict.total_mine),
            None if conflict.total_theirs is None else amount_text(conflict.total_theirs),
        ],
    }
