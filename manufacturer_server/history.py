"""What was in force for a dealer at a moment: his account, conditions, agreements and the prices of a product then."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, select

from desktop_app.contract.documents import AccountDoc, AgreementDoc, ConditionDoc, ProductDoc, StockDoc
from desktop_app.contract.wire import check_moment
from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition
from desktop_app.domain.pricing_day import pricing_day
from manufacturer_server.errors import ServerRefusal
from manufacturer_server.feed import feed_of
from manufacturer_server.storage.documents import SHARED, Stored, dealer_scope
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import import_runs
from manufacturer_server.storage.versions import read_at

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(_DAY.pattern + "[T ]")


@dataclass(frozen=True, slots=True)
class Then:
    """A moment to look at the store, and the pricing day it is asked about."""

    at: datetime
    day: date


def then(connection: Connection, written: str, now: datetime) -> Then:
    """The moment that `--at` names: a day means its last moment, the past as it was stored then; empty means now.

    A day to come is asked about with what is stored now. Raises ServerRefusal.
    """
    zone = ZoneInfo(identity(connection).time_zone)
    if not written:
        return Then(now, pricing_day(now, zone.key))
    try:
        if _DAY.fullmatch(written):
            day = date.fromisoformat(written)
            check_moment(day)
            at = datetime.combine(day + timedelta(days=1), time(0), zone)
        else:
            # Other spellings of a day would be read as its first moment.
            at = datetime.fromisoformat(written if _TIME.match(written) else "")
            check_moment(at)
            at = at if at.tzinfo else at.replace(tzinfo=zone)
            day = pricing_day(at, zone.key)
    except (ValueError, OverflowError) as error:
        raise ServerRefusal(
            f"{written!r} is neither a day like 2026-03-31 nor a time like 2026-03-31T14:30."
        ) from error
    first = select(import_runs.c.at).order_by(import_runs.c.number).limit(1)
    began: datetime | None = connection.execute(first).scalar()
    if began is not None and at <= began:
        raise ServerRefusal(f"Nothing had been imported by {written}; the first import was {began:%Y-%m-%d %H:%M} UTC.")
    return Then(min(at, now), day)


class TermsThen:
    """What one dealer had at a moment. Raises ServerRefusal where there was no such dealer."""

    def __init__(self, connection: Connection, account: str, moment: Then) -> None:
        self._connection = connection
        self.moment = moment
        found = read_at(connection, "account", dealer_scope(account), moment.at).get(account)
        if found is None:
            raise ServerRefusal(f"There was no dealer {account!r} then.")
        self.dealer = msgspec.json.decode(found.body, type=AccountDoc)

    def conditions(self) -> list[ConditionDoc]:
        """The conditions he saw that held on the day."""
        docs = (msgspec.json.decode(row.body, type=ConditionDoc) for row in self._rows("terms"))
        return [doc for doc in docs if doc.to_domain(0).holds_on(self.moment.day)]

    def agreements(self) -> list[AgreementDoc]:
        """The agreements he saw that ran on the day."""
        docs = (msgspec.json.decode(row.body, type=AgreementDoc) for row in self._rows("agreements"))
        return [doc for doc in docs if doc.start <= self.moment.day <= doc.end]

    def known_conditions(self) -> list[Condition]:
        """Every condition he saw, as the rules see it, whatever its dates."""
        decode = msgspec.json.Decoder(ConditionDoc).decode
        return [decode(row.body).to_domain(row.seq) for row in self._rows("terms")]

    def product(self, sku: str) -> Product:
        """A product as it was. Raises ServerRefusal where there was none."""
        found = read_at(self._connection, "products", SHARED, self.moment.at, [sku]).get(sku)
        if found is None:
            raise ServerRefusal(f"There was no product {sku!r} then.")
        return msgspec.json.decode(found.body, type=ProductDoc).to_domain(found.seq)

    def offers(self, sku: str) -> Sequence[Offer]:
        """Who offered a product, in the order of the wholesalers."""
        codes = read_at(self._connection, "wholesalers", SHARED, self.moment.at)
        found = read_at(self._connection, "stock", SHARED, self.moment.at, [f"{code}/{sku}" for code in codes])
        return [msgspec.json.decode(row.body, type=StockDoc).to_domain() for row in found.values()]

    def _rows(self, collection: str) -> Iterator[Stored]:
        for _, scope in feed_of(self.dealer, [collection]).scopes:
            yield from read_at(self._connection, collection, scope, self.moment.at).values()


def meant(conditions: Sequence[ConditionDoc], product: Product) -> list[ConditionDoc]:
    """Those conditions that mean a product."""
    keys = product_keys(product)
    return [one for one in conditions if one.product in keys]
