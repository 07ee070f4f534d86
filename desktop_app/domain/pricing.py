"""The face of the pricing engine: what the desk, the server and the tests price with. The rules: `docs/pricing.md`."""

from desktop_app.domain.basket import Basket, BasketLine, price_basket
from desktop_app.domain.conflicts import TermsConflict
from desktop_app.domain.terms import ONLINE, Terms, UnitPrice

__all__ = ["ONLINE", "Basket", "BasketLine", "Terms", "TermsConflict", "UnitPrice", "price_basket"]
