"""`comptoir search`: products by words, part numbers or EAN, best first."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from desktop_app.commands.opening import opened
from desktop_app.commands.output import print_json
from desktop_app.domain.money import unit_text
from desktop_app.services.views import ProductRow

MOST = 1_000


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `search`."""
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--limit", type=_limit, default=20, metavar="N", help=f"how many at most, 1 to {MOST} (20)")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print the products found."""
    with opened(arguments) as application:
        page = application.catalog.search(arguments.text, limit=arguments.limit)
    results = [_row_json(row) for row in page.rows]
    print_json({"results": results, "total": page.total, "capped": page.capped, "ms": round(page.elapsed_ms, 2)})
    return 0


def _row_json(row: ProductRow) -> dict[str, object]:
    return {
        "sku": row.sku,
        "name": row.name,
        "brand": row.brand,
        "family": row.family,
        "unit_net": None if row.unit_net is None else unit_text(row.unit_net),
        "wholesaler": row.wholesaler,
        "stock": {view.wholesaler: view.available for view in row.stock if view.listed},
        "family_name": row.family_name,
        "manufacturer_ref": row.manufacturer_ref,
        "status": row.status,
    }


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"{text} is not a number from 1 to {MOST}")
    return int(text)
