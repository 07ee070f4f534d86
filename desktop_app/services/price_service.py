"""What if: the price of a product at another quantity, day, wholesaler or for another client. No order is touched."""

from collections.abc import Callable
from datetime import date

from desktop_app.domain.agreement import Accrual
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition, Step
from desktop_app.domain.list_price import list_price_on
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Basket, Terms
from desktop_app.services.condition_views import PriceAnswer, PriceQuestion
from desktop_app.services.price_calendar import PriceCalendar, prices_ahead
from desktop_app.services.views import BreakView, PriceAhead, StockView
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.condition_repository import ConditionRepository

_LINE = 1


class PriceService:
    """Prices by what is known now. All providers are asked anew each time. Raises StorageFailed."""

    def __init__(
        self,
        repository: Callable[[], CatalogRepository],
        conditions: ConditionRepository,
        *,
        dealer: Callable[[], Dealer],
        today: Callable[[], date],
        stock_view: Callable[[str], tuple[StockView, ...]],
        accruals: Callable[[], tuple[Accrual, ...]] = tuple,
    ) -> None:
        self._repository, self._conditions = repository, conditions
        self._dealer, self._today = dealer, today
        self._stock_view, self._accruals = stock_view, accruals
        self._kept: tuple[str, PriceCalendar] | None = None

    def what_if(self, question: PriceQuestion) -> PriceAnswer:
        """The price, why, and what comes ahead; a question that has no price says why in `problems`."""
        repository, dealer = self._repository(), self._dealer()
        terms = self._conditions.terms(dealer.account, dealer.group, dealer.quota_used)
        day = question.day or self._today()
        basket = Basket(repository, terms, dealer, day, end_client=question.end_client, accruals=self._accruals())
        basket.put(_LINE, question.sku, question.quantity, question.wholesaler)
        line, product = basket.line(_LINE), repository.product(question.sku)
        offer = next((one for one in repository.offers(question.sku) if one.wholesaler == line.wholesaler), None)
        breaks: tuple[BreakView, ...] = ()
        if product is not None and offer is not None:
            list_price, _ = list_price_on(product, offer, day)
            found = terms.breaks(product, offer.wholesaler, list_price, day, end_client=question.end_client)
            breaks = tuple(BreakView(quantity, unit_net) for quantity, unit_net in found)
        return PriceAnswer(
            product=product,
            priced=line.priced,
            problems=line.problems,
            breaks=breaks,
            ahead=() if product is None or line.priced is None else self._ahead(terms, product, offer, question, day),
            stock=self._stock_view(question.sku),
            day=day,
            end_clients=() if product is None else self._end_clients(product, dealer, line.wholesaler, day),
        )

    def calendar(self) -> PriceCalendar:
        """The days ahead on which the dealer's prices can change; made once per day and state of the conditions."""
        today, dealer = self._today(), self._dealer()
        stamp = f"{self._conditions.stamp()} {dealer.group}"
        if self._kept is None or self._kept[0] != stamp or self._kept[1].today != today:
            own = (one for one in self._conditions.conditions() if for_dealer(one, dealer))
            self._kept = stamp, PriceCalendar(own, today)
        return self._kept[1]

    def _ahead(
        self, terms: Terms, product: Product, offer: Offer | None, question: PriceQuestion, day: date
    ) -> tuple[PriceAhead, ...]:
        if offer is None:
            return ()
        days = self.calendar().days(product, day)
        return prices_ahead(terms, product, offer, question.quantity, day, days, question.end_client)

    def _end_clients(self, product: Product, dealer: Dealer, wholesaler: str, day: date) -> tuple[str, ...]:
        keys = set(product_keys(product))
        return tuple(
            sorted(
                {
                    one.end_client
                    for one in self._conditions.conditions()
                    if one.end_client
                    and one.step is Step.BID
                    and one.product in keys
                    and one.wholesaler in ("", wholesaler)
                    and one.holds_on(day)
                    and for_dealer(one, dealer)
                }
            )
        )


def for_dealer(condition: Condition, dealer: Dealer) -> bool:
    """Whether the condition was given to this dealer: by name, to his group, or to all."""
    kind, _, key = condition.buyer.partition(":")
    return kind == "all" or (kind == "dealer" and key == dealer.account) or (kind == "group" and key == dealer.group)
