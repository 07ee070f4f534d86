"""The order that follows from a "terms changed": what is kept of it, at which prices. Queuing it: `order_service`.

A wholesaler's part of which nothing is removed is taken exactly as proposed. One that loses lines may lose a quantity
break or free carriage: it is priced anew here where this desk knows terms as new as the proposal's, else it keeps the
proposed unit prices; the manufacturer checks either.
"""

from collections.abc import Collection
from decimal import Decimal

from msgspec import Struct

from desktop_app.contract.orders import OrderLineDoc, RecordLine, RecordSubOrder
from desktop_app.domain.applying import Case
from desktop_app.domain.back_margin import counts
from desktop_app.domain.money import ZERO, amount_text, round_amount
from desktop_app.domain.off_invoice import off_invoice
from desktop_app.domain.order import PricedLine, SubOrder
from desktop_app.domain.pricing import ONLINE
from desktop_app.domain.totals import Shipping, Tally, sub_order_totals, sum_totals
from desktop_app.domain.validation import check_credit
from desktop_app.domain.vat import territory_of
from desktop_app.errors import ActionNotPossible
from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.order_document import PricedOrder
from desktop_app.services.order_terms import TermsAnswer
from desktop_app.services.order_views import totals_from
from desktop_app.services.price_basis import PriceBasis
from desktop_app.storage.order_rows import Snapshot

_BELOW_MINIMUM = "below-minimum"


class Confirmation(Struct, frozen=True):
    """The order as confirmed, and the lines that were put aside for a draft of their own."""

    order: PricedOrder
    left: tuple[OrderLineDoc, ...]


class Confirming:
    """Takes one answer apart. `snapshot` is the order as it was sent, for VAT rates and list prices."""

    def __init__(self, answer: TermsAnswer, snapshot: Snapshot, basis: PriceBasis) -> None:
        self._answer = answer
        self._basis = basis
        self._accruals = basis.accruals()
        self._end_client = answer.document.end_client
        self._delivery = answer.delivery
        self._sent = {(line.sku, line.wholesaler): line for part in snapshot.sub_orders for line in part.lines}
        self._names = dict(snapshot.names)
        proposal = answer.proposal
        self._knows_enough = (
            basis.terms_version >= proposal.terms_version and basis.catalog_version >= proposal.catalog_version
        )
        self._priced_here = False

    def confirm(self, without: Collection[str] = (), leave: Collection[str] = ()) -> Confirmation:
        """Keep every line but those named. Raises ActionNotPossible, naming what stands against it."""
        sent = self._answer.document.lines
        out = {*without, *leave}
        unknown = out - {line.sku for line in sent}
        if unknown:
            raise ActionNotPossible(f"This order has no line {', '.join(sorted(unknown))}.", skus=_listed(unknown))
        kept = [line for line in sent if line.sku not in out]
        if not kept:
            raise ActionNotPossible("No line is left: cancel the order instead.", action="cancel")
        self._refuse_unsellable(kept)
        kept_keys = {(line.sku, line.wholesaler) for line in kept}
        parts = [self._part(part, kept_keys) for part in self._answer.proposal.sub_orders]
        sub_orders = tuple(part for part in parts if part is not None)
        priced = {(line.sku, line.wholesaler): line for part in sub_orders for line in part.lines}
        versions = self._basis if self._priced_here else self._answer.proposal
        order = PricedOrder(
            lines=tuple(priced[line.sku, line.wholesaler] for line in kept),
            sub_orders=sub_orders,
            totals=sum_totals(part.totals for part in sub_orders),
            problems=(),
            names={line.sku: self._names.get(line.sku, "") for line in kept},
            revs={line.sku: line.rev for line in kept},
            catalog_version=versions.catalog_version,
            terms_version=versions.terms_version,
        )
        return Confirmation(order, tuple(line for line in sent if line.sku in set(leave)))

    def refuse_over_credit(self, total: Decimal) -> None:
        """Raises ActionNotPossible where neither the answer's credit nor the one this desk knows of bears `total`."""
        left = self._answer.credit_left
        over = check_credit(self._basis.dealer, total)
        if left is None or total <= left or over is None or not over.blocking:
            return
        wanted, borne = amount_text(total), amount_text(max(left, ZERO))
        raise ActionNotPossible(
            f"The manufacturer refuses orders over your credit limit: this one is {wanted} EUR, {borne} EUR are left. "
            "Remove lines, or take the order back.",
            total=wanted,
            left=borne,
        )

    # --- inside ---------------------------------------------------------------------------------------------------

    def _refuse_unsellable(self, kept: Collection[OrderLineDoc]) -> None:
        gone = {line.sku for line in kept if self._answer.proposed(line.sku, line.wholesaler) is None}
        if gone:
            words = ", ".join(sorted(gone))
            raise ActionNotPossible(
                f"The manufacturer cannot take {words}: such a line can only be removed or left for another order.",
                skus=_listed(gone),
            )

    def _part(self, part: RecordSubOrder, kept: Collection[tuple[str, str]]) -> SubOrder | None:
        lines = [line for line in part.lines if (line.sku, part.wholesaler) in kept]
        self._names |= {line.sku: line.name for line in lines if line.name}
        if not lines:
            return None
        if len(lines) == len(part.lines):
            self._refuse_below_minimum(part)
            priced = tuple(self._as_proposed(part.wholesaler, line) for line in lines)
            return SubOrder(part.wholesaler, priced, totals_from(part, part.online_bonus))
        return self._reduced_here(part, lines) if self._knows_enough else self._reduced_as_proposed(part, lines)

    def _refuse_below_minimum(self, part: RecordSubOrder) -> None:
        """A part below its wholesaler's minimum cannot be taken as it is, whatever its prices."""
        error = next((one for one in self._answer.errors if one.code == _BELOW_MINIMUM), None)
        wholesaler = self._basis.catalog().wholesaler(part.wholesaler)
        if error is None or wholesaler is None or wholesaler.order_minimum is None:
            return
        goods = Decimal(part.goods) - Decimal(part.discount)
        if wholesaler.small_order_fee is None and goods < wholesaler.order_minimum:
            skus = {line.sku for line in part.lines}
            raise ActionNotPossible(
                f"{wholesaler.name or wholesaler.code} takes orders from {wholesaler.order_minimum} EUR on: "
                f"remove {', '.join(sorted(skus))} or correct the order.",
                skus=_listed(skus),
            )

    def _reduced_here(self, part: RecordSubOrder, lines: Collection[RecordLine]) -> SubOrder:
        drawn = [
            DraftLine(key, float(key), line.sku, line.quantity, None, part.wholesaler)
            for key, line in enumerate(lines, start=1)
        ]
        draft = DraftLines(self._basis, drawn, self._end_client, self._delivery)
        blocking = [problem for problem in draft.problems() if problem.blocking]
        if blocking:
            raise ActionNotPossible(
                " ".join(problem.message for problem in blocking), skus=_listed({line.sku for line in lines})
            )
        self._priced_here = True
        (sub_order,) = draft.basket().sub_orders()
        return sub_order

    def _reduced_as_proposed(self, part: RecordSubOrder, lines: Collection[RecordLine]) -> SubOrder:
        wholesaler = self._basis.catalog().wholesaler(part.wholesaler)
        if wholesaler is None:
            raise ActionNotPossible(
                f"This desk does not know the wholesaler {part.wholesaler} yet: synchronise first.", action="sync"
            )
        priced = tuple(self._as_proposed(part.wholesaler, line) for line in lines)
        documents, tally = self._basis.terms.documents, Tally()
        for line in priced:
            product = self._basis.catalog().product(line.sku)
            if product is None:
                tally.add(line)
            else:
                tally.add(line, documents.keys(product), product.weight * line.quantity)
        case = Case(part.wholesaler, self._answer.proposal.day, self._end_client, ONLINE)
        discount = documents.best(tally.goods_by_key(), case)
        totals = sub_order_totals(tally, wholesaler, self._bonus_percent(), discount, self._shipping())
        return SubOrder(part.wholesaler, priced, totals, () if discount is None else (discount.trace(totals.goods),))

    def _as_proposed(self, wholesaler: str, line: RecordLine) -> PricedLine:
        """The proposed price; what the proposal does not say (VAT rate, unit fees, list price) is as it was sent."""
        product = self._basis.catalog().product(line.sku)
        sent = self._sent[line.sku, wholesaler]
        unit_net = Decimal(line.unit_net)
        eco_fee = product.eco_fee if product is not None else sent.eco / sent.quantity
        copy_fee = product.private_copy_fee if product is not None else sent.private_copy / sent.quantity
        earned = [one for one in self._accruals if product is not None and counts(one.agreement, product)]
        real_cost, rows = off_invoice(unit_net, self._bonus_percent(), self._basis.dealer, earned)
        return PricedLine(
            sku=line.sku,
            wholesaler=wholesaler,
            quantity=line.quantity,
            list_price=sent.list_price,
            unit_net=unit_net,
            line_total=Decimal(line.line_total),
            eco=round_amount(eco_fee * line.quantity),
            vat_rate=sent.vat_rate,
            real_cost=real_cost,
            private_copy=round_amount(copy_fee * line.quantity),
            off_invoice=rows,
        )

    def _shipping(self) -> Shipping:
        destination = self._delivery.address or self._basis.dealer.address
        return Shipping(territory_of(destination, self._basis.dealer), destination, self._delivery.express)

    def _bonus_percent(self) -> Decimal:
        return self._basis.dealer.bonus_percent_on(self._answer.proposal.day)


def _listed(skus: Collection[str]) -> str:
    return ", ".join(sorted(skus))
