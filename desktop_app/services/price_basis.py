"""What a draft is priced with at one moment, and the catalogue as a draft remembers it. Pricing itself: `domain`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.catalog import CatalogReader, Offer, Product, Wholesaler
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.catalog_repository import CatalogMatches
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.sync_state import FeedPosition, SyncState


class CatalogSource(CatalogReader, Protocol):
    """A catalogue that can also be asked for many products at once, and searched."""

    def products_many(self, skus: Iterable[str]) -> Mapping[str, Product]:
        """The products there are among `skus`."""

    def offers_many(self, skus: Iterable[str]) -> Mapping[str, Sequence[Offer]]:
        """The offers for `skus`; a sku nobody lists may be absent."""

    def wholesalers(self) -> Sequence[Wholesaler]:
        """All wholesalers."""

    def search(self, query: SearchQuery) -> CatalogMatches:
        """One page of the products that match, best first."""


class PriceBasis(Struct, frozen=True):
    """Everything a price follows from. `catalog` is asked anew each time, so that it outlives a swap of the file.

    The versions are the checkpoints' of the shared and of the account feed; `day` is the pricing day. `accruals` tells
    the back-margins a purchase earns, for the real cost: no price follows from them, so they are only read when asked.
    """

    catalog: Callable[[], CatalogSource]
    terms: Terms
    dealer: Dealer
    day: date
    catalog_version: int
    terms_version: int
    accruals: Callable[[], tuple[Accrual, ...]] = tuple

    @property
    def stamp(self) -> tuple[int, int, date]:
        """Two bases with equal stamps give equal prices."""
        return self.catalog_version, self.terms_version, self.day


class CurrentBasis:
    """Makes the price basis of this moment from the catalogue in force and the account's rows."""

    def __init__(
        self,
        catalog: Callable[[], CatalogSource],
        catalog_version: Callable[[], int],
        conditions: ConditionRepository,
        account: AccountRepository,
        state: SyncState,
        today: Callable[[], date],
        accruals: Callable[[], tuple[Accrual, ...]] = tuple,
    ) -> None:
        self._accruals = accruals
        self._catalog = catalog
        self._catalog_version = catalog_version
        self._conditions = conditions
        self._account = account
        self._state = state
        self._today = today
        self._read: tuple[FeedPosition | None, Dealer, Terms] | None = None

    def __call__(self) -> PriceBasis:
        """The basis now. Raises StorageFailed."""
        position = self._state.position()
        # The account's rows change only together with its position.
        if self._read is None or self._read[0] != position:
            dealer = self._account.dealer()
            self._read = position, dealer, self._conditions.terms(dealer.account, dealer.group, dealer.quota_used)
        _, dealer, terms = self._read
        return PriceBasis(
            catalog=self._catalog,
            terms=terms,
            dealer=dealer,
            day=self._today(),
            catalog_version=self._catalog_version(),
            terms_version=0 if position is None else position.version,
            accruals=self._accruals,
        )


class RememberedCatalog:
    """A catalogue that answers the same for as long as a draft is open, whatever arrives meanwhile.

    What was read once is kept; what was not is read from the catalogue in force.
    """

    def __init__(self, source: Callable[[], CatalogSource]) -> None:
        self._source = source
        self._products: dict[str, Product | None] = {}
        self._offers: dict[str, Sequence[Offer]] = {}
        self._wholesalers: dict[str, Wholesaler | None] = {}

    def read_ahead(self, skus: Iterable[str]) -> None:
        """Read many products and their offers in one go."""
        wanted = [sku for sku in dict.fromkeys(skus) if sku not in self._products]
        products, offers = self._source().products_many(wanted), self._source().offers_many(wanted)
        for sku in wanted:
            self._products[sku] = products.get(sku)
            self._offers[sku] = offers.get(sku, ())

    def product(self, sku: str) -> Product | None:
        """The product as first read, None if there was none."""
        if sku not in self._products:
            self._products[sku] = self._source().product(sku)
        return self._products[sku]

    def offers(self, sku: str) -> Sequence[Offer]:
        """The offers as first read."""
        if sku not in self._offers:
            self._offers[sku] = tuple(self._source().offers(sku))
        return self._offers[sku]

    def wholesaler(self, code: str) -> Wholesaler | None:
        """The wholesaler as first read, None if there was none."""
        if code not in self._wholesalers:
            self._wholesalers[code] = self._source().wholesaler(code)
        return self._wholesalers[code]
