"""To what a record applies: the case a price is asked for, and the keys that mean a product. Ranking: `ranking`."""

from datetime import date
from typing import NamedTuple

from desktop_app.domain.catalog import Product
from desktop_app.domain.condition import Condition

PRODUCT_RANKS = {"sku": 0, "family": 1, "brand": 2, "all": 3}


class Case(NamedTuple):
    """Where, when and for whom a price is asked: everything a record can ask for besides product and quantity."""

    wholesaler: str
    day: date
    end_client: str
    channel: str

    def admits(self, condition: Condition) -> bool:
        """Whether the record can count in this case, whatever the product and the quantity."""
        return (
            (not condition.wholesaler or condition.wholesaler == self.wholesaler)
            and (not condition.channel or condition.channel == self.channel)
            and (not condition.end_client or condition.end_client == self.end_client)
            and condition.holds_on(self.day)
        )


def product_keys(product: Product) -> tuple[str, ...]:
    """What conditions can name to mean this product, the most specific first; the sku's key always leads."""
    keys = [f"sku:{product.sku}"]
    if product.family:
        keys.append(f"family:{product.family}")
    if product.brand:
        keys.append(f"brand:{product.brand}")
    keys.append("all")
    return tuple(keys)
