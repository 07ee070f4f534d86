"""The published pricing examples over the wire: a desk that reads the feed and the server come to the same cents."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop_app.contract.documents import AccountDoc, ConditionDoc, ProductDoc, StockDoc, WholesalerDoc
from desktop_app.contract.orders import TotalsDoc
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.documents import SHARED, dealer_scope, save
from tests.support.example_outcomes import engine_outcome
from tests.support.pricing_examples import FOLDER, Example, Expected, Sums, read
from tests.support.server import new_server
from tests.support.shop import Desk, Shop, StandingClock, line, order

# What stops an order; stock-short and the other problems are told and let it pass.
STOPPING = {
    *("unknown-product", "unknown-wholesaler", "not-listed", "discontinued", "invalid-quantity", "min-quantity"),
    *("pack-multiple", "duplicate-line", "bid-exhausted"),
}
EXAMPLES = {file.stem: read(file.read_bytes()) for file in sorted(FOLDER.glob("*.json"))}
# A desk's orders are online.
ONLINE = [name for name, example in EXAMPLES.items() if example.channel == "online"]


def is_stopped(expected: Expected) -> bool:
    of_lines = {code for one in expected.lines for code in one.problems}
    of_the_order = [text for text in expected.problems if text.startswith(("below-minimum", "express-unavailable"))]
    return bool(of_lines & STOPPING or of_the_order or "credit-limit refused" in expected.problems)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server's folder with nothing in it, to be copied."""
    return new_server(tmp_path_factory.mktemp("empty") / "data")


@pytest.fixture(params=ONLINE)
def example(request: pytest.FixtureRequest) -> Example:
    return EXAMPLES[request.param]


@pytest.fixture
def desk(empty: Path, tmp_path: Path, example: Example) -> Iterator[Desk]:
    """A desk of the example's dealer, the server holding the example's documents on its day."""
    data = Path(shutil.copytree(empty, tmp_path / "data"))
    store(data, example)
    clock = StandingClock()
    clock.moment = datetime.combine(example.day, time(9, 30), UTC)
    served = Shop(data, tmp_path / "files", clock)
    yield served.desk(example.dealer.account)
    served.close()


def store(data: Path, example: Example) -> None:
    """Make an example's documents those of the server."""
    dealer = example.dealer
    rows: list[tuple[str, str, str, msgspec.Struct]] = [
        ("account", dealer_scope(dealer.account), dealer.account, dealer),
        *(("wholesalers", SHARED, one.code, one) for one in example.wholesalers),
        *(("products", SHARED, one.sku, one) for one in example.products),
        *(("stock", SHARED, f"{one.wholesaler}/{one.sku}", one) for one in example.stock),
        *(("terms", one.buyer, one.id, one) for one in example.conditions),
    ]
    with closing(Database.open(data)) as database, database.writing() as connection:
        for collection, scope, name, document in rows:
            save(connection, collection, scope, {name: msgspec.json.encode(document)})


def as_fed(desk: Desk, example: Example) -> Example:
    """The example with the documents that the desk read from the feed."""

    def fed(collection: str, kind: Any) -> list[Any]:
        return [msgspec.convert(document, kind) for document in desk.current(collection).values()]

    return msgspec.structs.replace(
        example,
        dealer=fed("account", AccountDoc)[0],
        products=fed("products", ProductDoc),
        wholesalers=fed("wholesalers", WholesalerDoc),
        stock=fed("stock", StockDoc),
        conditions=fed("terms", ConditionDoc),
    )


def totals_of(sums: Sums) -> TotalsDoc:
    """The sums as the wire has them."""
    names = [name for name in TotalsDoc.__struct_fields__ if name != "vat"]
    return TotalsDoc(vat=sums.vat, **{name: getattr(sums, name) for name in names})


def document_of(example: Example, expected: Expected) -> dict[str, Any]:
    """The order as the desk sends it, with its own prices and sums."""
    lines = [
        line(one.sku, wanted.quantity, one.unit_net or "0.0000", one.wholesaler or "N")
        for one, wanted in zip(expected.lines, example.lines, strict=True)
    ]
    more = {} if example.end_client == "" else {"end_client": example.end_client}
    return order(
        lines=lines,
        totals=msgspec.to_builtins(totals_of(expected.totals)),
        delivery=msgspec.to_builtins(example.delivery),
        created_at=f"{example.day.isoformat()}T09:00:00Z",
        **more,
    )


def test_desk_and_server_agree(desk: Desk, example: Example) -> None:
    expected = engine_outcome(as_fed(desk, example))
    assert expected == example.expected
    answer = desk.send(document_of(example, expected))
    if is_stopped(expected):
        assert answer.status_code in (409, 422), answer.text
        return
    assert answer.status_code == 201, answer.text
    accepted = answer.json()
    assert msgspec.convert(accepted["totals"], TotalsDoc) == totals_of(expected.totals)
    assert accepted["online_bonus"] == expected.totals.online_bonus
    for part, sums in zip(accepted["sub_orders"], expected.sub_orders, strict=True):
        assert part["wholesaler"] == sums.wholesaler
        assert msgspec.convert(part, TotalsDoc) == totals_of(sums)
        mine = [one for one in expected.lines if one.wholesaler == sums.wholesaler]
        assert [(one["sku"], one["unit_net"], one["line_total"]) for one in part["lines"]] == [
            (one.sku, one.unit_net, one.line_total) for one in mine
        ]


def test_most_examples_are_accepted_and_some_are_refused() -> None:
    stopped = [name for name in ONLINE if is_stopped(EXAMPLES[name].expected)]
    assert len(ONLINE) >= 60
    assert 5 <= len(stopped) <= 12
