"""An order of ten lines saved and queued, against one bare commit of as many bytes on the same kind of file."""

import statistics
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from desktop_app.application import Application
from desktop_app.storage.database import open_encrypted, transaction
from tests.bench.figure import Figure, time_ms
from tests.bench.practice_desk import own_copy

ORDERS, LINES, BODY_BYTES = 60, 10, 2_000
GOAL = 2.0


def measure() -> Iterable[Figure]:
    """The median over 60 orders; floor and figure alternate, so that both meet the same disk."""
    profile = own_copy("save_order")
    application = Application.open(profile)
    try:
        rows = application.catalog.search("logitech", limit=50, in_stock=True).rows
        skus = [row.sku for row in rows if row.unit_net is not None][:LINES]
        sessions = [application.orders.new_order([(sku, 10, "") for sku in skus], round_up=True) for _ in range(ORDERS)]
        with closing(BareFile(profile / "bare.db")) as bare:
            pairs = [(time_ms(session.submit), time_ms(bare.commit)) for session in sessions]
    finally:
        application.close_files()
    saved, floor = (statistics.median(values) for values in zip(*pairs[ORDERS // 6 :], strict=True))
    yield Figure("order saved and queued", saved, floor=floor, goal=GOAL, note=f"{LINES} lines")


class BareFile:
    """An encrypted file with `synchronous=FULL`, and one row more per commit."""

    def __init__(self, path: Path) -> None:
        self._connection = open_encrypted(path, bytes(32))
        self._connection.execute("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB)")

    def commit(self) -> None:
        """One transaction with one row."""
        with transaction(self._connection):
            self._connection.execute("INSERT INTO bodies (body) VALUES (?)", (bytes(BODY_BYTES),))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
