"""An order as it leaves: the immutable document with its exact bytes, and the picture of its prices kept here."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from desktop_app.contract.orders import ORDER_SCHEMA, OrderDocument, OrderLineDoc, delivery_doc, totals_doc
from desktop_app.contract.wire import Limits
from desktop_app.domain.catalog import CatalogReader
from desktop_app.domain.money import unit_text
from desktop_app.domain.order import PricedLine, Problem, SubOrder, Totals
from desktop_app.errors import OrderRefused
from desktop_app.services.draft_lines import DraftLines
from desktop_app.services.views import OrderDetails
from desktop_app.storage.order_rows import Snapshot


class PricedOrder(Struct, frozen=True):
    """Everything of an order that its document says. `lines` are in the order the person entered them.

    The versions are the checkpoints' the prices were made with; `revs` maps sku to the product's feed revision.
    """

    lines: tuple[PricedLine, ...]
    sub_orders: tuple[SubOrder, ...]
    totals: Totals
    problems: tuple[Problem, ...]
    names: dict[str, str]
    revs: dict[str, int]
    catalog_version: int
    terms_version: int

    def snapshot(self) -> Snapshot:
        """The picture kept with the order."""
        return Snapshot(self.sub_orders, self.totals, self.problems, self.names)


def priced_order(lines: DraftLines) -> PricedOrder:
    """The draft as it would leave. Raises OrderRefused where a problem stops it; nothing is changed by it."""
    rows = lines.all_priced()
    found = lines.problems()
    blocking = [problem for problem in found if problem.blocking]
    if blocking:
        raise OrderRefused("\n".join(_words(problem) for problem in blocking), blocking)
    kept = tuple(row.priced for row in rows if row.priced is not None)
    if not kept:
        raise OrderRefused("An order needs at least one line.", [Problem("no-lines", "There is no line yet.")])
    names, revs = product_facts(lines.catalog, (line.sku for line in kept))
    basket = lines.basket()
    return PricedOrder(
        lines=kept,
        sub_orders=basket.sub_orders(),
        totals=basket.totals(),
        problems=found,
        names=names,
        revs=revs,
        catalog_version=lines.basis.catalog_version,
        terms_version=lines.basis.terms_version,
    )


def document_bytes(
    order: PricedOrder,
    details: OrderDetails,
    *,
    order_id: str,
    revision: int,
    desk_no: str,
    created_at: datetime,
    author: str,
    limits: Limits,
) -> bytes:
    """The exact bytes to send, the same for the same order. Raises OrderRefused past the server's published limits."""
    document = OrderDocument(
        schema=ORDER_SCHEMA,
        order_id=order_id,
        revision=revision,
        desk_no=desk_no,
        created_at=created_at,
        terms_version=order.terms_version,
        catalog_version=order.catalog_version,
        lines=[
            OrderLineDoc(
                line.sku, line.wholesaler, line.quantity, unit_text(line.unit_net), order.revs.get(line.sku, 0)
            )
            for line in order.lines
        ],
        totals=totals_doc(order.totals),
        author=author,
        reference=details.reference,
        end_client=details.end_client,
        note=details.note,
        delivery=delivery_doc(details.delivery),
    )
    body = msgspec.json.encode(document, order="deterministic")
    if len(order.lines) > limits.order_lines or len(body) > limits.order_bytes:
        message = f"The manufacturer takes orders of at most {limits.order_lines} lines; make two orders of this one."
        params = {"lines": str(len(order.lines)), "maximum": str(limits.order_lines)}
        raise OrderRefused(message, [Problem("too-many-lines", message, params=params)])
    return body


def product_facts(catalog: CatalogReader, skus: Iterable[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Name and feed revision of each product there is, by sku."""
    products = [product for product in map(catalog.product, dict.fromkeys(skus)) if product is not None]
    return {one.sku: one.name for one in products}, {one.sku: one.rev for one in products}


def _words(problem: Problem) -> str:
    return problem.message if problem.line is None else f"Line {problem.line}: {problem.message}"
