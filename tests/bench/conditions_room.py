"""The room of conditions with 100,000 of them on the practice catalogue: opened, first word, each key after it.

The floor of the opening reads the same rows from the encrypted file and decodes them.
"""

import random
import statistics
from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter

import msgspec

from desktop_app.application import Application
from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.condition import CONDITION_STEPS, QtyScope, Step, Unit
from desktop_app.services.condition_views import ConditionQuery
from desktop_app.storage.desk_database import DeskDatabase
from tests.bench.figure import Figure
from tests.bench.practice_desk import own_copy

CONDITIONS = 100_000
_WORDS = ("dell", "accord", "ecran", "logitech", "k50", "ssd", "asus", "clavier")
_SHOWN = 200


def measure() -> Iterable[Figure]:
    """As a person opens the room and types, with the page of rows that the screen shows."""
    root = own_copy("conditions_room")
    application = Application.open(root)
    try:
        database = application._connected().database
        _fill(database, [row.sku for word in _WORDS for row in application.catalog.search(word, limit=500).rows])
    finally:
        application.close_files()
    application = Application.open(root)
    try:
        floor = _read_bare(application._connected().database)
        conditions = application.conditions
        opened = _ms(lambda: conditions.page(ConditionQuery(), "fr", _SHOWN))
        yield Figure(
            "the room with 100,000 conditions opened", opened, floor=floor, note="floor: rows read and decoded"
        )
        first = _ms(lambda: conditions.page(ConditionQuery(text="d"), "fr", _SHOWN))
        yield Figure("first letter in it", first, note="all texts are folded, once")
        typed = [word[:length] for word in _WORDS for length in range(1, len(word) + 1)]
        keys = [_ms(partial(conditions.page, ConditionQuery(text=text), "fr", _SHOWN)) for text in typed]
        yield Figure("each key after it, p95", statistics.quantiles(keys, n=20)[18], goal=33, note=f"{len(keys)} keys")
    finally:
        application.close_files()


def _fill(database: DeskDatabase, skus: list[str]) -> None:
    """Conditions of every step on products found by the words, on top of what the desk has."""
    rng = random.Random(11)
    encode = msgspec.json.Encoder().encode
    steps = [step for step in CONDITION_STEPS if step is not Step.DOCUMENT]
    rows = []
    for number in range(CONDITIONS):
        step = rng.choice(steps)
        net = step in (Step.NET, Step.BID)
        doc = ConditionDoc(
            id=f"C{number}",
            step=step,
            value=f"{rng.randrange(100, 9_000) / 100:.2f}",
            unit=Unit.NET if net else Unit.PERCENT,
            buyer="all",
            product=f"sku:{rng.choice(skus)}",
            qty_min=rng.choice([1, 5, 10, 50]),
            qty_scope=QtyScope.LINE,
            contract_ref=f"K{number % 300}",
            label="Accord cadre",
        )
        rows.append((doc.id, encode(doc)))
    with database.transaction() as connection:
        connection.executemany("INSERT INTO feed_rows (collection, id, rev, doc) VALUES ('terms', ?, 1, ?)", rows)


def _read_bare(database: DeskDatabase) -> float:
    decode = msgspec.json.Decoder(ConditionDoc).decode

    def read() -> None:
        for (doc,) in database.connection.execute("SELECT doc FROM feed_rows WHERE collection = 'terms'"):
            decode(doc)

    return _ms(read)


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
