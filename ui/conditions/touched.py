"""Which products of the catalogue a condition touches."""

from decimal import Decimal

from msgspec import Struct

from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.condition_views import ConditionRow

SHOWN = 5


class TouchedProduct(Struct, frozen=True):
    """One product that a condition touches, with my net price for one pack where there is one."""

    sku: str
    name: str
    unit_net: Decimal | None


class Touched(Struct, frozen=True):
    """The first products that a condition touches, out of `total` (`capped`: at least as many)."""

    products: tuple[TouchedProduct, ...]
    total: int
    capped: bool = False


def touched_by(catalog: CatalogService, condition: ConditionRow, language: str) -> Touched:
    """The first products a condition touches and how many there are, at today's catalogue."""
    kind, _, key = condition.product.partition(":")
    if kind == "sku":
        detail = catalog.product(key, 1, language)
        if detail is None:
            return Touched((), 0)
        net = detail.price.unit_net if detail.price is not None else None
        return Touched((TouchedProduct(key, detail.product.name, net),), 1)
    family, brand = narrowed(condition)
    page = catalog.search("", limit=SHOWN, language=language, family=family, brand=brand)
    shown = tuple(TouchedProduct(row.sku, row.name, row.unit_net) for row in page.rows)
    return Touched(shown, page.total, page.capped)


def narrowed(condition: ConditionRow) -> tuple[str, str]:
    """The family and the brand that the catalogue is narrowed to for a condition; empty for all."""
    kind, _, key = condition.product.partition(":")
    return (key, "") if kind == "family" else ("", key) if kind == "brand" else ("", "")
