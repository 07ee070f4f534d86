"""An order of ten lines saved, queued and copied, against one bare commit of as many bytes on the same kind of file and
as many bytes more appended to a second file and synced.

The figure ends when the order is announced to the screens, which is after its COMMIT and its second copy; the second
one when its dossier is read back.
In it: every line compared with what is known now, the order checked, its document encoded, its prices with their traces
encoded and compressed, one transaction that writes order, message and journal, and the sealed copy.
"""

import os
import statistics
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from desktop_app.application import Application
from desktop_app.storage.database import open_encrypted, transaction
from tests.bench.figure import Figure, time_ms
from tests.bench.practice_desk import own_copy

# The body of such an order takes 1,300 bytes, the compressed picture of its prices 1,900.
ORDERS, LINES, BODY_BYTES = 240, 10, 3_200
GOAL = 2.0


def measure() -> Iterable[Figure]:
    """The median over 200 orders; floor and figures alternate, so that all meet the same disk."""
    profile = own_copy("save_order")
    application = Application.open(profile)
    announced: list[float] = []
    application.events.subscribe(lambda event: announced.append(perf_counter()))
    try:
        rows = application.catalog.search("logitech", limit=50, in_stock=True).rows
        skus = [row.sku for row in rows if row.unit_net is not None][:LINES]
        sessions = [application.orders.new_order([(sku, 10, "") for sku in skus], round_up=True) for _ in range(ORDERS)]
        times: list[tuple[float, float, float]] = []
        with closing(BareFiles(profile / "bare.db")) as bare:
            for session in sessions:
                announced.clear()
                start = perf_counter()
                session.submit()
                end = perf_counter()
                times.append(((announced[0] - start) * 1000, (end - start) * 1000, time_ms(bare.save)))
    finally:
        application.close_files()
    saved, read, floor = (statistics.median(values) for values in zip(*times[ORDERS // 6 :], strict=True))
    yield Figure("order saved and queued", saved, floor=floor, goal=GOAL, note=f"{LINES} lines")
    yield Figure("order saved, queued and read back", read, floor=floor, note=f"{LINES} lines")


class BareFiles:
    """An encrypted file with `synchronous=FULL` and one row more per commit, and a plain one that is only added to."""

    def __init__(self, path: Path) -> None:
        self._connection = open_encrypted(path, bytes(32))
        self._connection.execute("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB)")
        self._copy = path.with_suffix(".copy").open("ab", buffering=0)

    def commit(self) -> None:
        """One transaction with one row."""
        with transaction(self._connection):
            self._connection.execute("INSERT INTO bodies (body) VALUES (?)", (bytes(BODY_BYTES),))

    def save(self) -> None:
        """The same, then as many bytes appended."""
        self.commit()
        self._copy.write(bytes(BODY_BYTES))
        os.fsync(self._copy.fileno())

    def close(self) -> None:
        """Close both files."""
        self._copy.close()
        self._connection.close()
