"""Draft lines and sums as a front end reads them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from desktop_app.domain.carriage import express_fee_of, table_row
from desktop_app.domain.catalog import Wholesaler
from desktop_app.domain.money import ZERO
from desktop_app.domain.order import SubOrder
from desktop_app.domain.party import Address, Dealer
from desktop_app.domain.payment import due_date, early_payment
from desktop_app.domain.vat import territory_of
from desktop_app.services.draft_lines import DraftLines
from desktop_app.services.views import CarriageView, CreditView, DraftSummary, LineView, PaymentView, StockView

StockReader = Callable[[str], Sequence[StockView]]


class DraftViews:
    """Builds the views of one draft. Stock marks are read once per product and kept while the draft is open."""

    def __init__(self, stock_view: StockReader) -> None:
        self._read_stock = stock_view
        self._stock: dict[str, tuple[StockView, ...]] = {}

    def forget(self) -> None:
        """Read the stock anew from now on."""
        self._stock.clear()

    def line(self, lines: DraftLines, key: int, number: int, was: Decimal | None = None) -> LineView:
        """Line `key`, which stands at place `number`."""
        line, priced = lines.get(key), lines.priced(key)
        product = lines.catalog.product(line.sku)
        return LineView(
            key=key,
            number=number,
            sku=line.sku,
            name="" if product is None else product.name,
            manufacturer_ref="" if product is None else product.manufacturer_ref,
            quantity=line.quantity,
            asked=line.asked,
            wholesaler=priced.wholesaler,
            chosen=priced.chosen,
            priced=priced.priced,
            stock=self.stock(line.sku),
            problems=tuple(replace(problem, line=number) for problem in priced.problems),
            pack_multiple=1 if product is None else product.pack_multiple,
            was=was,
        )

    def summary(self, lines: DraftLines) -> DraftSummary:
        """The sums of the draft and everything that is to be seen to."""
        totals = lines.basket().totals()
        found = lines.problems()
        return DraftSummary(
            lines=len(lines),
            pieces=sum(line.quantity for line in lines.all()),
            totals=totals,
            carriage=self.carriage(lines, lines.basket().sub_orders()),
            credit=credit(lines, totals.total),
            problems=found,
            territory=territory_of(_destination(lines), lines.basis.dealer),
            payment=payment(lines.basis.dealer, totals.total, lines.basis.day),
        )

    def stock(self, sku: str) -> tuple[StockView, ...]:
        """The marks of every wholesaler for one product, empty where nobody knows it."""
        if sku not in self._stock:
            self._stock[sku] = tuple(self._read_stock(sku))
        return self._stock[sku]

    def carriage(self, lines: DraftLines, sub_orders: Iterable[SubOrder]) -> tuple[CarriageView, ...]:
        """The carriage of each wholesaler's part of these lines, however they are placed."""
        return tuple(self._carriage(lines, sub_orders))

    def letter(self, sku: str, wholesaler: str) -> str:
        """The mark of a wholesaler that lists the product."""
        marks = {view.wholesaler: view.letter for view in self.stock(sku)}
        return marks.get(wholesaler, wholesaler[:1])

    def _carriage(self, lines: DraftLines, sub_orders: Iterable[SubOrder]) -> Iterable[CarriageView]:
        for sub_order in sub_orders:
            wholesaler = lines.catalog.wholesaler(sub_order.wholesaler)
            if wholesaler is None:
                continue
            yield CarriageView(
                wholesaler=wholesaler.code,
                name=wholesaler.name or wholesaler.code,
                letter=self.letter(sub_order.lines[0].sku, wholesaler.code),
                carriage=sub_order.totals.carriage,
                fee=wholesaler.carriage_fee,
                free_from=wholesaler.free_carriage_from,
                goods=sub_order.totals.goods - sub_order.totals.discount,
                delivery_days=wholesaler.delivery_days,
                express_fee=express_fee(lines, wholesaler, sub_order),
                express=lines.delivery.express,
            )


def express_fee(lines: DraftLines, wholesaler: Wholesaler, sub_order: SubOrder) -> Decimal | None:
    """What express delivery of a wholesaler's part costs besides, None where there is none to its destination."""
    products = ((lines.catalog.product(line.sku), line.quantity) for line in sub_order.lines)
    weight = sum((product.weight * quantity for product, quantity in products if product is not None), ZERO)
    return express_fee_of(wholesaler, table_row(wholesaler, weight, _destination(lines)))


def payment(dealer: Dealer, total: Decimal, day: date) -> PaymentView | None:
    """The payment clause for an invoice of `total` euros of that day; None where nothing is agreed."""
    due, early = due_date(dealer.payment, day), early_payment(dealer.payment, total, day)
    if due is None and early is None:
        return None
    off, until = early or (None, None)
    return PaymentView(dealer.payment, due, off, until)


def _destination(lines: DraftLines) -> Address:
    return lines.delivery.address or lines.basis.dealer.address


def credit(lines: DraftLines, total: Decimal) -> CreditView:
    """What the dealer owes and may still order, with this basket."""
    dealer = lines.basis.dealer
    return CreditView(
        dealer.credit_limit, dealer.unpaid, dealer.undelivered, total, dealer.unpaid_as_of, dealer.credit_policy
    )
