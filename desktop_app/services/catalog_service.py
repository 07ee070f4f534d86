"""Looking things up for a person: search, products, my price and why, stock at each wholesaler. Nothing is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from time import perf_counter

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.catalog import Offer, Product, Wholesaler
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.order import MAX_QUANTITY, PricedLine
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Basket, Terms
from desktop_app.domain.sourcing import choose
from desktop_app.domain.validation import INVALID_QUANTITY, check_quantity, round_up
from desktop_app.errors import InvalidQuantity, UnknownProduct, UnknownWholesaler
from desktop_app.services.price_calendar import PriceCalendar, prices_ahead
from desktop_app.services.views import (
    BrandView,
    BreakView,
    CreditView,
    FacetsView,
    FamilyView,
    PriceAhead,
    ProductDetail,
    ProductRow,
    SearchPage,
    StockView,
)
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_search import SearchQuery

_LINE = 1


class CatalogService:
    """The catalogue in force, at the dealer's terms. All providers are asked anew each time: what is open may change.

    `today` is the pricing day where none is given, `accruals` the back-margins a purchase earns, `calendar` the days on
    which conditions start or end. Every method raises StorageFailed where a file cannot be read.
    """

    def __init__(
        self,
        repository: Callable[[], CatalogRepository],
        *,
        terms: Callable[[], Terms],
        dealer: Callable[[], Dealer],
        today: Callable[[], date],
        accruals: Callable[[], tuple[Accrual, ...]] = tuple,
        calendar: Callable[[], PriceCalendar] | None = None,
        timer: Callable[[], float] = perf_counter,
    ) -> None:
        self._repository = repository
        self._terms = terms
        self._dealer = dealer
        self._today = today
        self._accruals = accruals
        self._calendar = calendar or (lambda: PriceCalendar((), today()))
        self._timer = timer
        self._letters: tuple[tuple[Wholesaler, ...], dict[str, str]] = ((), {})

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        offset: int = 0,
        language: str = "fr",
        family: str = "",
        brand: str = "",
        in_stock: bool = False,
    ) -> SearchPage:
        """The products that match what was typed, best first, each at my price for one pack; "" matches all."""
        start = self._timer()
        repository = self._repository()
        found = repository.search(SearchQuery(text, family, brand, in_stock, limit, offset))
        offers = repository.offers_many(product.sku for product in found.products)
        wholesalers = {wholesaler.code: wholesaler for wholesaler in repository.wholesalers()}
        unit_net = partial(_unit_net, self._terms(), self._today())
        rows = tuple(
            self._row(product, offers[product.sku], unit_net, wholesalers.get, language) for product in found.products
        )
        elapsed = (self._timer() - start) * 1000
        return SearchPage(text, rows, found.total, found.capped, elapsed, found.corrected)

    def facets(self, text: str, *, language: str = "fr", in_stock: bool = False) -> FacetsView:
        """The families and brands of the products that match, to narrow a search by."""
        repository = self._repository()
        found = repository.facets(SearchQuery(text, in_stock=in_stock))
        families = tuple(
            FamilyView(code, repository.family(code).name(language), count) for code, count in found.families
        )
        return FacetsView(families, tuple(BrandView(*brand) for brand in found.brands), found.exact)

    def product(self, sku: str, quantity: int = 1, language: str = "fr") -> ProductDetail | None:
        """One product with stock, price and breaks, None if there is none.

        `price` is None where nobody lists it or the quantity is not one from 1 to 999,999.
        """
        repository = self._repository()
        product = repository.product(sku)
        if product is None:
            return None
        priced = self._priced(product, quantity, "", self._today())
        return ProductDetail(
            product,
            repository.family(product.family).name(language),
            self.stock_view(sku),
            priced,
            () if priced is None else self._breaks(product, priced),
            () if priced is None else self._ahead(product, priced),
        )

    def price(self, sku: str, quantity: int = 1, wholesaler: str = "", day: date | None = None) -> PricedLine:
        """My price of `quantity` units and why, at the wholesaler named, else at the one the sourcing rule takes.

        Any quantity from 1 to 999,999 has a price, off the pack multiple too. Raises UnknownProduct, InvalidQuantity,
        UnknownWholesaler (also where it, or nobody, lists the product).
        """
        repository = self._repository()
        product = repository.product(sku)
        if product is None:
            raise UnknownProduct(f"No product has the number {sku}.", sku=sku)
        wrong = check_quantity(product, quantity)
        if wrong is not None and wrong.code == INVALID_QUANTITY:
            raise InvalidQuantity(wrong.message, **wrong.params)
        if wholesaler and repository.wholesaler(wholesaler) is None:
            raise UnknownWholesaler(f"There is no wholesaler {wholesaler}.", sku=sku, wholesaler=wholesaler)
        priced = self._priced(product, quantity, wholesaler, day or self._today())
        if priced is None:
            who = wholesaler or "No wholesaler"
            lists = f"{who} does not list {sku}." if wholesaler else f"{who} lists {sku}."
            raise UnknownWholesaler(lists, sku=sku, wholesaler=wholesaler)
        return priced

    def families(self, language: str = "fr") -> tuple[FamilyView, ...]:
        """All families by name, each with the number of its products."""
        views = (
            FamilyView(family.code, family.name(language), count) for family, count in self._repository().families()
        )
        return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.code)))

    def wholesalers(self) -> tuple[StockView, ...]:
        """Every wholesaler with its name and letter, listing nothing."""
        return self._stock(())

    def stock_view(self, sku: str) -> tuple[StockView, ...]:
        """The product's stock at every wholesaler, those that do not list it among them."""
        return self._stock(self._repository().offers(sku))

    def credit(self) -> CreditView:
        """What the dealer owes and may still order, with nothing in the basket."""
        dealer = self._dealer()
        return CreditView(
            dealer.credit_limit,
            dealer.unpaid,
            dealer.undelivered,
            Decimal(0),
            dealer.unpaid_as_of,
            dealer.credit_policy,
        )

    def counts(self) -> Mapping[str, int]:
        """The rows of each collection of the catalogue."""
        return self._repository().counts()

    def synced_at(self) -> datetime | None:
        """When the catalogue was last known to be current, None before the first time."""
        return self._repository().synced_at()

    # --- inside ---------------------------------------------------------------------------------------------------

    def _row(
        self,
        product: Product,
        offers: Sequence[Offer],
        unit_net: Callable[[Product, int, Offer], Decimal],
        wholesaler_of: Callable[[str], Wholesaler | None],
        language: str,
    ) -> ProductRow:
        pack = round_up(product, 1)
        chosen = choose(offers, pack, partial(unit_net, product, pack), wholesaler_of)
        return ProductRow(
            sku=product.sku,
            name=product.name,
            manufacturer_ref=product.manufacturer_ref,
            brand=product.brand,
            family=product.family,
            family_name=self._repository().family(product.family).name(language),
            status=product.status.value,
            replaced_by=product.replaced_by,
            list_price=list_price_on(product, chosen, self._today())[0],
            unit_net=None if chosen is None else unit_net(product, pack, chosen),
            wholesaler="" if chosen is None else chosen.wholesaler,
            stock=self._stock(offers),
        )

    def _priced(self, product: Product, quantity: int, wholesaler: str, day: date) -> PricedLine | None:
        if not 1 <= quantity <= MAX_QUANTITY:
            return None
        basket = Basket(self._repository(), self._terms(), self._dealer(), day, accruals=self._accruals())
        basket.put(_LINE, product.sku, quantity, wholesaler)
        return basket.line(_LINE).priced

    def _breaks(self, product: Product, priced: PricedLine) -> tuple[BreakView, ...]:
        found = self._terms().breaks(product, priced.wholesaler, priced.list_price, self._today())
        return tuple(BreakView(quantity, unit_net) for quantity, unit_net in found)

    def _ahead(self, product: Product, priced: PricedLine) -> tuple[PriceAhead, ...]:
        offers = self._repository().offers(product.sku)
        offer = next(one for one in offers if one.wholesaler == priced.wholesaler)
        calendar = self._calendar()
        days = calendar.days(product, calendar.today)
        return prices_ahead(self._terms(), product, offer, priced.quantity, calendar.today, days)

    def _stock(self, offers: Iterable[Offer]) -> tuple[StockView, ...]:
        by_code = {offer.wholesaler: offer for offer in offers}
        views = []
        for wholesaler, letter in self._marked():
            name = wholesaler.name or wholesaler.code
            offer = by_code.get(wholesaler.code)
            if offer is None:
                views.append(StockView(wholesaler.code, name, letter, False))
            else:
                views.append(
                    StockView(wholesaler.code, name, letter, True, offer.available, offer.next_arrival, offer.next_qty)
                )
        return tuple(views)

    def _marked(self) -> Iterable[tuple[Wholesaler, str]]:
        wholesalers = self._repository().wholesalers()
        if self._letters[0] != wholesalers:
            self._letters = (wholesalers, letters(wholesalers))
        return ((wholesaler, self._letters[1][wholesaler.code]) for wholesaler in wholesalers)


def letters(wholesalers: Sequence[Wholesaler]) -> dict[str, str]:
    """One mark for each wholesaler, by code: a code of one letter itself, else a letter of its name that is free.

    Where no letter of a name or code is free, the first letter with a number.
    """
    marks = {one.code: one.code.upper() for one in wholesalers if len(one.code) == 1}
    for one in wholesalers:
        if one.code in marks:
            continue
        candidates = [letter.upper() for letter in f"{one.name}{one.code}" if letter.isalnum()] or ["?"]
        candidates += [f"{candidates[0]}{number}" for number in range(2, len(wholesalers) + 2)]
        marks[one.code] = next(mark for mark in candidates if mark not in marks.values())
    return marks


def _unit_net(terms: Terms, day: date, product: Product, quantity: int, offer: Offer) -> Decimal:
    return terms.unit_net(product, offer.wholesaler, list_price_on(product, offer, day)[0], quantity, day)
