"""What units of a product cost at one wholesaler, in whole cents, asked of the engine once per price."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.money import round_amount
from desktop_app.domain.terms import ONLINE, Terms

# For each assortment of a product how many of its breaks have begun.
Levels = tuple[int, ...]


class Amounts(NamedTuple):
    """The goods and the fees per unit of some units, in cents, and the limited records that their price takes from."""

    goods: int
    fees: int
    takes: tuple[str, ...]


class Pricing(Struct, frozen=True):
    """Whose prices, when, for whom."""

    terms: Terms
    day: date
    end_client: str = ""
    channel: str = ONLINE


class Tariff:
    """The prices of one product at one wholesaler. `turns` and `limits` are as in the engine's `PriceShape`.

    `keys` are the product's assortments that depend on other lines; `own_turns` the breaks of those that do not.
    """

    def __init__(
        self, product: Product, offer: Offer, pricing: Pricing, keys: Sequence[str], own_turns: Iterable[int] = ()
    ) -> None:
        self._product = product
        self._code = offer.wholesaler
        self._pricing = pricing
        self._keys = keys
        self._list_price = list_price_on(product, offer, pricing.day)[0]
        shape = pricing.terms.shape(
            product, self._code, pricing.day, end_client=pricing.end_client, channel=pricing.channel
        )
        self.turns, self.limits = tuple(sorted({*shape.turns, *own_turns})), shape.limits
        self._units: dict[tuple[int, Levels], tuple[int, tuple[str, ...]]] = {}
        self._known: dict[tuple[int, Levels], Amounts] = {}
        self._has_fees = bool(product.eco_fee or product.private_copy_fee)

    def amounts(self, quantity: int, levels: Levels) -> Amounts:
        """What `quantity` units cost while the product's assortments stand at `levels`."""
        known = self._known.get((quantity, levels))
        if known is None:
            known = self._known[quantity, levels] = self._asked(quantity, levels)
        return known

    def _asked(self, quantity: int, levels: Levels) -> Amounts:
        place = (bisect_right(self.turns, quantity), levels)
        if place not in self._units:
            self._units[place] = self._unit(quantity, levels)
        unit, takes = self._units[place]
        # Half up from ten-thousandths of a euro to cents; no price is below zero.
        return Amounts((unit * quantity + 50) // 100, self._fees(quantity) if self._has_fees else 0, takes)

    def _fees(self, quantity: int) -> int:
        product = self._product
        return cents(round_amount(product.eco_fee * quantity) + round_amount(product.private_copy_fee * quantity))

    def _unit(self, quantity: int, levels: Levels) -> tuple[int, tuple[str, ...]]:
        """The unit net in ten-thousandths of a euro."""
        pricing = self._pricing
        matched = self._matched(levels)
        if not self.limits:
            net = pricing.terms.unit_net(
                self._product,
                self._code,
                self._list_price,
                quantity,
                pricing.day,
                matched=matched,
                end_client=pricing.end_client,
                channel=pricing.channel,
            )
            return int(net.scaleb(4)), ()
        price = pricing.terms.unit_price(
            self._product,
            self._code,
            self._list_price,
            quantity,
            pricing.day,
            matched=matched,
            end_client=pricing.end_client,
            channel=pricing.channel,
        )
        return int(price.unit_net.scaleb(4)), tuple(condition for condition, _ in price.limits)

    def _matched(self, levels: Levels) -> Mapping[str, int] | None:
        if not levels:
            return None
        starts = (self._pricing.terms.match_thresholds(key) for key in self._keys)
        return {
            key: begun[level - 1] if level else 0 for key, begun, level in zip(self._keys, starts, levels, strict=True)
        }


def cents(euros: Decimal) -> int:
    """Euros with two decimals as whole cents."""
    return int(euros.scaleb(2))
