"""`comptoir price`: my price of a product, why, down to the real cost, and what comes ahead. Touches no order."""

from argparse import ArgumentParser, Namespace
from datetime import date

from desktop_app.commands.opening import opened
from desktop_app.commands.order_json import price_json, problem_json
from desktop_app.commands.output import print_json
from desktop_app.domain.money import unit_text
from desktop_app.domain.validation import parse_quantity
from desktop_app.errors import InvalidQuantity
from desktop_app.services.condition_views import PriceAnswer, PriceQuestion


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `price`."""
    parser.add_argument("sku", metavar="SKU")
    parser.add_argument("--quantity", "--qty", default="1", metavar="N", help="how many (1)")
    parser.add_argument(
        "--wholesaler", default="", metavar="W", help="its code; without it the sourcing rule takes one"
    )
    parser.add_argument(
        "--day", "--date", type=date.fromisoformat, metavar="D", help="the pricing day, 2026-06-30 (today)"
    )
    parser.add_argument("--end-client", default="", metavar="NAME", help="the client a special bid was given for")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")


def run(arguments: Namespace) -> int:
    """Print the price with its whole calculation. Raises UnknownProduct, UnknownWholesaler or InvalidQuantity."""
    try:
        quantity = parse_quantity(arguments.quantity)
    except ValueError as error:
        raise InvalidQuantity(f"{error}.", quantity=arguments.quantity) from error
    with opened(arguments) as application:
        # Says in the shop's own words what is wrong with the question.
        application.catalog.price(arguments.sku, quantity, arguments.wholesaler, arguments.day)
        question = PriceQuestion(arguments.sku, quantity, arguments.wholesaler, arguments.day, arguments.end_client)
        print_json(_answer_json(application.prices.what_if(question)))
    return 0


def _answer_json(answer: PriceAnswer) -> dict[str, object]:
    priced = {} if answer.priced is None else price_json(answer.priced)
    return {
        **priced,
        "day": answer.day.isoformat(),
        "breaks": [{"quantity": one.qty_min, "unit_net": unit_text(one.unit_net)} for one in answer.breaks],
        "ahead": [
            {
                "day": one.day.isoformat(),
                "list_price": unit_text(one.list_price),
                "unit_net": unit_text(one.unit_net),
                "label": one.label,
            }
            for one in answer.ahead
        ],
        "end_clients": list(answer.end_clients),
        "problems": [problem_json(problem) for problem in answer.problems],
    }
