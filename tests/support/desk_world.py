"""A desk without a server: a real encrypted desk.db and real catalogue files, filled with the worked example."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop_app.contract.documents import ACCOUNT_COLLECTIONS
from desktop_app.contract.orders import Accepted, OrderDocument, Proposal, RecordLine, RecordSubOrder
from desktop_app.contract.wire import Checkpoint, Del, FieldError, Problem, Put, hash_text, problem_type, row_hash
from desktop_app.domain.order import DeliveryState, Status
from desktop_app.domain.outcome import MessageKind, OutcomeDecision
from desktop_app.events import Event, EventBus
from desktop_app.profile import Profile, write_profile
from desktop_app.services.back_margin_service import BackMarginService
from desktop_app.services.order_service import OrderService
from desktop_app.services.price_basis import CurrentBasis
from desktop_app.services.under_way_orders import OrdersUnderWay
from desktop_app.services.views import StockView
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.account_writer import AccountApplied, AccountWriter
from desktop_app.storage.agreement_repository import AgreementRepository
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.condition_repository import ConditionRepository
from desktop_app.storage.desk_database import DeskDatabase
from desktop_app.storage.order_repository import OrderRepository
from desktop_app.storage.outbox import Outbox, order_message_id
from desktop_app.storage.sync_state import SyncState

KEY = bytes(range(32))
START = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
ACCOUNT = "D42"

WHOLESALERS: dict[str, dict[str, Any]] = {
    "N": {
        "code": "N",
        "name": "Grossiste Nord",
        "free_carriage_from": "500",
        "carriage_fee": "12.50",
        "delivery_days": 1,
    },
    "S": {"code": "S", "name": "Grossiste Sud", "carriage_fee": "9.90", "delivery_days": 2},
    "M": {"code": "M", "name": "Maison Minimum", "order_minimum": "300", "delivery_days": 3},
}
PRODUCTS: dict[str, dict[str, Any]] = {
    "TN1": {
        "sku": "TN1",
        "name": "Toner noir 12k",
        "list_price": "148.37",
        "vat_rate": "20",
        "family": "TONER",
        "manufacturer_ref": "106R-TN1",
        "ean": "3700000000017",
    },
    "MF9": {"sku": "MF9", "name": "Multifonction A4", "list_price": "879.00", "vat_rate": "20", "eco_fee": "2.50"},
    "BK1": {"sku": "BK1", "name": "Guide", "list_price": "19.99", "vat_rate": "5.5"},
    "PK5": {
        "sku": "PK5",
        "name": "Ramettes",
        "list_price": "4.00",
        "vat_rate": "20",
        "pack_multiple": 5,
        "min_qty": 10,
    },
    "OLD": {
        "sku": "OLD",
        "name": "Ancien",
        "list_price": "10",
        "vat_rate": "20",
        "status": "stopped",
        "replaced_by": "TN1",
    },
    "MIN": {"sku": "MIN", "name": "Petit", "list_price": "10.00", "vat_rate": "20"},
    "REF": {"sku": "REF", "name": "Jumeau", "list_price": "1.00", "vat_rate": "20", "manufacturer_ref": "TWIN"},
    "REG": {"sku": "REG", "name": "Jumeau 2", "list_price": "1.00", "vat_rate": "20", "manufacturer_ref": "TWIN"},
}
STOCK: dict[str, int] = {
    "N/TN1": 140,
    "N/MF9": 20,
    "N/BK1": 50,
    "N/PK5": 1_000,
    "N/OLD": 1,
    "N/REF": 9,
    "S/TN1": 3,
    "S/PK5": 1_000,
    "M/MIN": 500,
}
TERMS: dict[str, dict[str, Any]] = {
    "G30": {"step": "base", "value": "30", "unit": "%", "buyer": "group:gold", "product": "all"},
    "G35": {"step": "base", "value": "35", "unit": "%", "buyer": "group:gold", "product": "family:TONER"},
    "Q10": {"step": "qty", "value": "5", "unit": "%", "buyer": "group:gold", "product": "family:TONER", "qty_min": 10},
    "P38": {"step": "promo", "value": "38", "unit": "%", "buyer": "all", "product": "sku:TN1", "combine": "best"},
    "N612": {"step": "net", "value": "612.00", "unit": "NET", "buyer": "dealer:D42", "product": "sku:MF9"},
    "B540": {"step": "bid", "value": "540.00", "unit": "NET", "buyer": "dealer:D42", "product": "sku:MF9", "quota": 20},
}
DEALER: dict[str, Any] = {
    "account": ACCOUNT,
    "name": "Bureautique Morvan",
    "group": "gold",
    "credit_limit": "60000",
    "online_bonus_percent": "0.5",
}
WORKED_EXAMPLE = [("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, "")]


class DeskWorld:
    """One desk in `folder`, with a clock that stands still until it is moved and ids that count up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = START
        self.author = "Nadia Perrot"
        self.products = {sku: dict(doc) for sku, doc in PRODUCTS.items()}
        self.wholesalers = {code: dict(doc) for code, doc in WHOLESALERS.items()}
        self.stock = dict(STOCK)
        self.stock_dates: dict[str, str] = {}
        self.terms = {name: {"id": name, **doc} for name, doc in TERMS.items()}
        self.dealer = dict(DEALER)
        self.version = 0
        self.catalog_version = 0
        self._ids = 0
        self._catalog: CatalogRepository | None = None
        self._rows: dict[tuple[str, str], int] = {}
        self.open()
        self.publish_catalog()
        self.publish_account()

    # --- the program ----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Start the program on the folder."""
        self.desk = DeskDatabase(self.folder / "desk.db", KEY, now=self.now)
        connection = self.desk.connection
        self.repository = OrderRepository(connection)
        self.outbox = Outbox(connection)
        self.state = SyncState(connection)
        self.writer = AccountWriter(connection)
        self.events: list[Event] = []
        bus = self.bus = EventBus()
        bus.subscribe(self.events.append)
        account = AccountRepository(connection, ACCOUNT)
        self.back_margin = BackMarginService(
            AgreementRepository(connection),
            account,
            OrdersUnderWay(connection, datetime.date),
            lambda: self.catalog,
            bus,
            today=self.today,
        )
        self.basis = CurrentBasis(
            lambda: self.catalog,
            lambda: self.catalog_version,
            ConditionRepository(connection),
            account,
            self.state,
            self.today,
            lambda: self.back_margin.accruals(),
        )
        self.orders = OrderService(
            self.desk,
            basis=self.basis,
            stock_view=self.stock_view,
            events=bus,
            now=self.now,
            new_id=self.new_id,
            author=lambda: self.author,
        )

    def close(self) -> None:
        """End the program."""
        self.desk.close()

    def restart(self) -> None:
        """End the program and start it again."""
        self.close()
        self.open()

    def now(self) -> datetime:
        """The clock; each look at it is a millisecond later."""
        self.time += timedelta(milliseconds=1)
        return self.time

    def today(self) -> date:
        """The pricing day."""
        return self.time.date()

    def new_id(self) -> str:
        """The next id."""
        self._ids += 1
        return f"00000000-0000-7000-8000-{self._ids:012}"

    @property
    def catalog(self) -> CatalogRepository:
        """The catalogue in force."""
        assert self._catalog is not None
        return self._catalog

    def stock_view(self, sku: str) -> tuple[StockView, ...]:
        """The stock marks of one product."""
        offers = {offer.wholesaler: offer for offer in self.catalog.offers(sku)}
        return tuple(
            StockView(one.code, one.name, one.code, one.code in offers, offers[one.code].available)
            if one.code in offers
            else StockView(one.code, one.name, one.code, False)
            for one in self.catalog.wholesalers()
        )

    # --- the manufacturer -----------------------------------------------------------------------------------------

    def publish_catalog(self) -> None:
        """Put `products`, `wholesalers` and `stock` in force as a new catalogue file."""
        self.version += 1
        self.catalog_version = self.version
        path = self.folder / "cache" / f"catalog-{self.version}.db"
        path.parent.mkdir(exist_ok=True)
        with CatalogBuilder(path) as builder:
            builder.add(put("wholesalers", code, doc) for code, doc in self.wholesalers.items())
            builder.add(put("products", sku, doc, self.version) for sku, doc in self.products.items())
            builder.add(put("stock", key, _stock_doc(key, available)) for key, available in self.stock.items())
            builder.add(
                put("stock_dates", code, {"wholesaler": code, "as_of": as_of})
                for code, as_of in self.stock_dates.items()
            )
            builder.finish(FeedState(str(self.version), "e1", self.version))
        if self._catalog is not None:
            self._catalog.close()
        self._catalog = CatalogRepository(path)
        self.state.generation = self.version

    def write_profile(self) -> None:
        """Make the folder a profile that the programs can open: a practice one, whose server is not there."""
        profile = Profile(
            server_url="http://127.0.0.1:9",
            server_id="00000000-0000-4000-8000-000000000001",
            account=ACCOUNT,
            dealer="Bureautique Morvan",
            manufacturer="Fabrique",
            client_instance="00000000-0000-4000-8000-000000000002",
            practice=True,
            key=KEY.hex(),
            token="practice",
        )
        write_profile(self.folder / "profile.json", profile)

    def publish_account(self) -> AccountApplied:
        """Send the dealer and his terms as they are now."""
        lines = [put("account", ACCOUNT, self.dealer)]
        lines += [put("terms", name, doc) for name, doc in self.terms.items()]
        gone = [Del("terms", row) for collection, row in self._rows if collection == "terms" and row not in self.terms]
        return self.feed(*lines, *gone)

    def feed(self, *lines: Put | Del) -> AccountApplied:
        """Apply one page of the account's feed; each put gets the next revision."""
        numbered: list[Put | Del] = []
        for line in lines:
            self.version += 1
            if isinstance(line, Put):
                numbered.append(msgspec.structs.replace(line, rev=self.version))
                self._rows[line.c, line.id] = self.version
            else:
                numbered.append(line)
                self._rows.pop((line.c, line.id), None)
        return self.writer.apply(numbered, self.checkpoint(), self.now())

    def checkpoint(self, *, more: bool = False) -> Checkpoint:
        """The checkpoint that describes the rows sent so far."""
        counts = dict.fromkeys(ACCOUNT_COLLECTIONS, 0)
        hashes = dict.fromkeys(counts, 0)
        for (collection, row_id), rev in self._rows.items():
            counts[collection] = counts.get(collection, 0) + 1
            hashes[collection] = hashes.get(collection, 0) + row_hash(row_id, rev)
        told = {name: hash_text(value) for name, value in hashes.items()}
        return Checkpoint(str(self.version), more, "e1", self.time, self.version, counts, told)

    # --- what comes back --------------------------------------------------------------------------------------------

    def sent(self, order_id: str, revision: int = 1) -> OrderDocument:
        """The document in the outbox, marked as having left."""
        assert self.outbox.mark_in_flight(order_id, order_message_id(order_id, revision), self.now())
        message = self.outbox.get_order(order_id, revision)
        assert message is not None
        return msgspec.json.decode(message.body, type=OrderDocument)

    def accept(self, order_id: str, revision: int = 1, order_no: str = "4500001") -> bool:
        """The order left and was accepted."""
        document = self.sent(order_id, revision)
        answer = Accepted(order_id, order_no, revision, self.time, document.terms_version, [], document.totals, "0.00")
        decision = self.decision(
            order_id, revision, DeliveryState.DONE, status=Status.ACCEPTED, order_no=order_no, answer=answer
        )
        return self.repository.apply_outcome(decision, self.now())

    def answer_terms_changed(
        self,
        order_id: str,
        proposed: Iterable[RecordSubOrder],
        errors: Iterable[FieldError],
        total: str,
        revision: int = 1,
    ) -> None:
        """The order left, and came back with other terms."""
        document = self.sent(order_id, revision)
        totals = msgspec.structs.replace(document.totals, total=total)
        proposal = Proposal(self.today(), self.version + 10, self.version + 10, list(proposed), totals, "0.00")
        problem = Problem(
            problem_type("terms-changed"),
            "Terms changed",
            409,
            retry="confirm",
            errors=list(errors),
            proposal=msgspec.Raw(msgspec.json.encode(proposal)),
        )
        decision = self.decision(
            order_id,
            revision,
            DeliveryState.ATTENTION,
            status=Status.TO_CONFIRM,
            reason="terms-changed",
            answer=problem,
        )
        assert self.repository.apply_outcome(decision, self.now())

    def decision(
        self, order_id: str, revision: int, delivery_state: DeliveryState, *, answer: Any = None, **more: Any
    ) -> OutcomeDecision:
        """What an answer to one revision means."""
        return OutcomeDecision(
            order_message_id(order_id, revision),
            MessageKind.ORDER,
            order_id,
            revision,
            delivery_state,
            answer=None if answer is None else msgspec.json.encode(answer),
            **more,
        )


def put(collection: str, row_id: str, doc: Mapping[str, Any], rev: int = 1) -> Put:
    """A row of the feed."""
    return Put(collection, row_id, rev, msgspec.Raw(msgspec.json.encode(doc)))


def proposed_part(wholesaler: str, lines: Iterable[tuple[str, int, str, str]], **sums: Any) -> RecordSubOrder:
    """A wholesaler's part of a proposal; lines are (sku, quantity, unit_net, line_total)."""
    rows = [RecordLine(sku, f"Name of {sku}", quantity, net, total) for sku, quantity, net, total in lines]
    figures: dict[str, Any] = {"goods": "0.00", "eco": "0.00", "carriage": "0.00", "fees": "0.00", "total": "0.00"}
    return RecordSubOrder(wholesaler, rows, **(figures | {"vat": {}, "online_bonus": "0.00"} | sums))


def _stock_doc(key: str, available: int) -> dict[str, Any]:
    wholesaler, _, sku = key.partition("/")
    return {"wholesaler": wholesaler, "sku": sku, "available": available}
