"""`comptoir conditions`: all my conditions, searched, as of a day; what changed, what ends, what becomes dearer."""

from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path

import msgspec

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import day_json, moment_json
from desktop_app.commands.output import print_json
from desktop_app.domain.money import amount_text, unit_text
from desktop_app.services.condition_export import export_conditions, export_dearer
from desktop_app.services.condition_service import ConditionService
from desktop_app.services.condition_views import (
    ConditionHistory,
    ConditionPage,
    ConditionQuery,
    ConditionRow,
    DearerPage,
    DearerRow,
)

MOST = 10_000
AHEAD = timedelta(days=90)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `conditions`."""
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="words of product, document, label or id")
    parser.add_argument("--family", default="", metavar="CODE", help="on this family and its products")
    parser.add_argument("--document", default="", metavar="REF", help="out of this document")
    parser.add_argument("--product", default="", metavar="SKU", help="what touches this product")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="as they stood on that day")
    views = parser.add_mutually_exclusive_group()
    views.add_argument("--changed", action="store_true", help="what changed within a week")
    views.add_argument("--ending", action="store_true", help="what ends this month")
    views.add_argument("--ahead", action="store_true", help="what is not in force yet")
    views.add_argument("--conflicts", action="store_true", help="what contradicts itself and is not used")
    views.add_argument("--dearer", action="store_true", help="the products that become dearer, biggest rise first")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="how far --dearer looks (90 days)")
    views.add_argument("--history", metavar="ID", help="all versions of one condition that this desk has kept")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write what is listed to this CSV file")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    parser.set_defaults(misused=parser.error)


def run(arguments: Namespace) -> int:
    """Print them, or write them to a file and print how many."""
    _check_usage(arguments)
    with opened(arguments) as application:
        conditions = application.conditions
        if arguments.history is not None:
            print_json({"id": arguments.history, **_history_json(conditions.history(arguments.history))})
        elif arguments.dearer:
            until = arguments.until or application.prices.calendar().today + AHEAD
            _tell_dearer(conditions.dearer(until, MOST), until, arguments.csv)
        else:
            _tell(conditions, _query(arguments), arguments.csv)
    return 0


def _query(arguments: Namespace) -> ConditionQuery:
    views = ("changed", "ending", "ahead", "conflicts")
    view = next((name for name in views if getattr(arguments, name)), "all")
    return ConditionQuery(
        arguments.text, arguments.family, arguments.document, arguments.product, arguments.as_of, view
    )


def _tell(conditions: ConditionService, query: ConditionQuery, path: Path | None) -> None:
    if path is None:
        print_json(_page_json(conditions.page(query, "fr", MOST)))
    else:
        print_json({"file": str(path), "conditions": export_conditions(path, conditions.rows(query, "fr"))})


def _tell_dearer(page: DearerPage, until: date, path: Path | None) -> None:
    told = {"until": until.isoformat(), **_dearer_page_json(page)}
    if path is not None:
        told |= {"file": str(path), "dearer": export_dearer(path, page.rows)}
    print_json(told)


def _history_json(history: ConditionHistory) -> dict[str, object]:
    return {
        "known_since": moment_json(history.known_since),
        "versions": [
            {
                "since": moment_json(one.since),
                "until": moment_json(one.until),
                "changed": list(one.changed),
                "condition": msgspec.to_builtins(one.condition),
            }
            for one in history.versions
        ],
    }


def _check_usage(arguments: Namespace) -> None:
    """Refuse what would be passed over in silence."""
    narrowed = (arguments.text, arguments.family, arguments.document, arguments.product, arguments.as_of)
    if arguments.history is not None and any((*narrowed, arguments.csv)):
        arguments.misused("--history prints one condition: it is neither narrowed nor written to a file")
    if arguments.dearer and any(narrowed):
        arguments.misused("--dearer looks at all products as they are today: it cannot be narrowed")
    if arguments.until is not None and not arguments.dearer:
        arguments.misused("--until says how far --dearer looks")


def _page_json(page: ConditionPage) -> dict[str, object]:
    return {
        "conditions": [_row_json(row) for row in page.rows],
        "total": page.total,
        "as_of": moment_json(page.as_of),
        "known_since": day_json(page.known_since),
    }


def _row_json(row: ConditionRow) -> dict[str, object]:
    return {
        "id": row.id,
        "step": row.step,
        "value": f"{row.value:f}",
        "unit": row.unit,
        "buyer": row.buyer_kind,
        "product": row.product,
        "product_name": row.product_name,
        "wholesaler": row.wholesaler,
        "channel": row.channel,
        "start": day_json(row.start),
        "end": day_json(row.end),
        "qty_min": row.qty_min,
        "qty_scope": row.qty_scope,
        "amount_min": amount_text(row.amount_min),
        "end_client": row.end_client,
        "combine": row.combine,
        "quota": row.quota,
        "quota_left": row.quota_left,
        "contract_ref": row.contract_ref,
        "label": row.label,
        "version": row.rev,
        "state": row.state,
        "change": row.change,
        "value_before": None if row.before is None else f"{row.before.value:f}",
    }


def _dearer_page_json(page: DearerPage) -> dict[str, object]:
    return {
        "dearer": [_dearer_json(row) for row in page.rows],
        "found": page.found,
        "looked_at": page.looked_at,
        "complete": page.complete,
    }


def _dearer_json(row: DearerRow) -> dict[str, object]:
    return {
        "sku": row.sku,
        "name": row.name,
        "wholesaler": row.wholesaler,
        "day": row.day.isoformat(),
        "list_now": unit_text(row.list_now),
        "list_then": unit_text(row.list_then),
        "net_now": unit_text(row.net_now),
        "net_then": unit_text(row.net_then),
        "reason": row.reason,
        "label": row.label,
    }
