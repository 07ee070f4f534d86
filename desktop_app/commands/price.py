"""`comptoir price`: my price of a product, and why."""

from argparse import ArgumentParser, Namespace
from datetime import date

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import price_json
from desktop_app.commands.output import print_json
from desktop_app.domain.validation import parse_quantity
from desktop_app.errors import InvalidQuantity


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `price`."""
    parser.add_argument("sku", metavar="SKU")
    parser.add_argument("--qty", default="1", metavar="N", help="how many (1)")
    parser.add_argument(
        "--wholesaler", default="", metavar="W", help="its code; without it the sourcing rule takes one"
    )
    parser.add_argument("--date", type=date.fromisoformat, metavar="D", help="the pricing day, 2026-06-30 (today)")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print the price with its trace. Raises UnknownProduct, UnknownWholesaler or InvalidQuantity."""
    try:
        quantity = parse_quantity(arguments.qty)
    except ValueError as error:
        raise InvalidQuantity(f"{error}.", quantity=arguments.qty) from error
    with opened(arguments) as application:
        print_json(price_json(application.catalog.price(arguments.sku, quantity, arguments.wholesaler, arguments.date)))
    return 0
