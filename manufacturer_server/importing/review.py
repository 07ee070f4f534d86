"""The review after an import: what was taken but looks wrong, in plain words. The single questions: `review_*`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sqlalchemy import Connection

from manufacturer_server.importing import review_accounts, review_dates, review_prices
from manufacturer_server.importing.review_state import Remark, ReviewState
from manufacturer_server.importing.table import Table

_QUESTIONS: tuple[Callable[[ReviewState], Iterator[Remark]], ...] = (
    review_prices.equal_conditions,
    review_prices.unknown_products,
    review_prices.groups_without_dealers,
    review_prices.net_above_list,
    review_prices.rising_scales,
    review_prices.breaks_below_pack,
    review_prices.used_up,
    review_dates.condition_dates,
    review_dates.price_dates,
    review_accounts.falling_tiers,
    review_accounts.overlapping_agreements,
    review_accounts.long_payment_terms,
)


def review(connection: Connection, tables: Iterable[Table], day: date, *, merge: bool) -> list[Remark]:
    """Everything worth a look in the store after the files of `tables` were applied, sort by sort, then by line.

    With `merge` only what the files name is looked at, else all of its kind. `day` is the pricing day.
    """
    state = ReviewState(connection, tables, day, merge=merge)
    found: list[Remark] = []
    for question in _QUESTIONS:
        found += sorted(question(state), key=lambda remark: (remark.code, remark.line))
    return found
