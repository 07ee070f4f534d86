"""A served manufacturer, its desks as plain HTTP clients, and a clock that stands still until it is moved."""

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from manufacturer_server import access
from manufacturer_server.clock import new_uuid
from manufacturer_server.importing.run import RunReport
from manufacturer_server.lineage import renew_epoch
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.support import server as support
from tests.support import worked_example


class StandingClock:
    """A clock that shows one moment until it is put forward."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


class Desk:
    """A joined desk of one dealer, speaking plain HTTP."""

    def __init__(self, url: str, account: str, token: str, instance: str, epoch: str) -> None:
        self.account, self.token, self.instance, self.epoch = account, token, instance, epoch
        self.path = f"/v1/accounts/{account}"
        headers = {"Authorization": f"Bearer {token}", "Client-Instance": instance}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=30)

    def get(self, rest: str, **kwargs: Any) -> httpx.Response:
        return self.http.get(f"{self.path}/{rest}", **kwargs)

    def changes(self, collections: str, cursor: str = "", **params: Any) -> httpx.Response:
        return self.get("changes", params={"collections": collections, "cursor": cursor, **params})

    def put(self, order_id: str, revision: object, content: bytes, **headers: str) -> httpx.Response:
        sent = {"Content-Type": "application/json", "Sync-Epoch": self.epoch, **headers}
        wanted = {name: value for name, value in sent.items() if value}
        return self.http.put(f"{self.path}/orders/{order_id}/revisions/{revision}", content=content, headers=wanted)

    def send(self, document: dict[str, Any], **headers: str) -> httpx.Response:
        content = httpx.Request("PUT", "http://x", json=document).content
        return self.put(document["order_id"], document["revision"], content, **headers)

    def bring_back(
        self, order_id: str, revision: int, given: httpx.Response, sent: bytes, **headers: str
    ) -> httpx.Response:
        """Tell the server the answer it gave to the bytes `sent` before its history was lost."""
        told = {
            "Content-Type": "application/json",
            "Sync-Epoch": self.epoch,
            "Outcome-Status": str(given.status_code),
            "Outcome-Receipt": given.headers["outcome-receipt"],
            "Document-SHA256": hashlib.sha256(sent).hexdigest(),
            **headers,
        }
        path = f"{self.path}/orders/{order_id}/revisions/{revision}/answer"
        return self.http.put(
            path, content=given.content, headers={name: value for name, value in told.items() if value}
        )

    def cancel(self, order_id: str, request_id: str, **headers: str) -> httpx.Response:
        body = {
            "kind": "cancel",
            "order_id": order_id,
            "request_id": request_id,
            "created_at": "2026-03-10T10:00:00Z",
            "reason": "ordered twice",
        }
        sent = {"Sync-Epoch": self.epoch, **headers}
        path = f"{self.path}/orders/{order_id}/requests/{request_id}"
        return self.http.put(path, json=body, headers={name: value for name, value in sent.items() if value})

    def put_draft(self, document: dict[str, Any], match: object, **headers: str) -> httpx.Response:
        sent = {"Sync-Epoch": self.epoch, "If-Match": f'"{match}"', **headers}
        wanted = {name: value for name, value in sent.items() if value}
        return self.http.put(f"{self.path}/drafts/{document['draft_id']}", json=document, headers=wanted)

    def rows(self, collections: str, cursor: str = "") -> list[dict[str, Any]]:
        """The rows of all pages, the last checkpoint at the end."""
        answer = self.changes(collections, cursor)
        assert answer.status_code == 200, answer.text
        lines = [httpx.Response(200, content=line).json() for line in answer.content.splitlines()]
        return lines if not lines[-1]["more"] else lines[:-1] + self.rows(collections, lines[-1]["cursor"])

    def current(self, collection: str) -> dict[str, dict[str, Any]]:
        """What a desk that read the feed from the start would hold: documents by id."""
        held: dict[str, dict[str, Any]] = {}
        for row in self.rows(collection)[:-1]:
            if row["op"] == "put":
                held[row["id"]] = row["d"]
            else:
                held.pop(row["id"], None)
        return held


class Shop:
    """The worked example's manufacturer, served on a socket."""

    def __init__(self, data: Path, files: Path, clock: StandingClock) -> None:
        self.data, self.files, self.clock = data, files, clock
        self.witness: Path | None = None  # what it is started with the next time
        self.server = support.start_server(data, now=clock)
        self.http = httpx.Client(base_url=self.server.url, timeout=30)
        self._desks: list[Desk] = []

    def desk(self, account: str = "D42", instance: str = "") -> Desk:
        """A desk of a dealer that has joined some time ago, the first or the one of that installation."""
        instance = instance or f"desk-of-{account}"
        with closing(Database.open(self.data)) as database, database.writing() as connection:
            token = access.give_token(connection, account, instance, self.clock())
            epoch = identity(connection).epoch
        desk = Desk(self.server.url, account, token, instance, epoch)
        self._desks.append(desk)
        return desk

    def backup(self) -> Path:
        """A copy of the data folder as it is now, made while nothing is written."""
        return Path(shutil.copytree(self.data, self.files.parent / f"backup-{uuid.uuid4()}"))

    def put_back(self, backup: Path) -> None:
        """Stop, replace the data folder by a backup as a person with a file manager does, and serve again."""
        with self.stopped():
            shutil.rmtree(self.data)
            shutil.copytree(backup, self.data)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """While the block runs, nothing is served; then again at the same address."""
        self.server.stop()
        yield
        self.server = support.start_server(self.data, now=self.clock, port=self.server.port, witness=self.witness)

    def renew_epoch(self, reason: str = "put back") -> str:
        """Begin a new epoch, as the command does. Returns it."""
        with closing(Database.open(self.data)) as database, database.writing() as connection:
            return renew_epoch(connection, reason, self.clock(), new_uuid).epoch

    def take_in(self, **changed: str) -> RunReport:
        """Import files of the kinds named, the text being the whole file, while the server runs."""
        paths = []
        for kind, text in changed.items():
            path = self.files / f"{kind}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return support.import_files(self.data, *paths, consent=True, now=self.clock)

    def close(self) -> None:
        for desk in self._desks:
            desk.http.close()
        self.http.close()
        self.server.stop()


def order(**changes: Any) -> dict[str, Any]:
    """The worked example's order as a desk sends it; `changes` replace fields."""
    document: dict[str, Any] = {
        "schema": "order/1",
        "order_id": str(uuid.uuid4()),
        "revision": 1,
        "desk_no": "C-0001",
        "created_at": "2026-03-10T09:00:00Z",
        "terms_version": 1,
        "catalog_version": 1,
        "lines": [
            line("TN1", 12),
            line("MF9", 2),
            line("BK1", 3),
        ],
        "totals": {**worked_example.TOTALS, "vat": worked_example.VAT},
        "author": "Camille",
        "reference": "BC-7",
    }
    return document | changes


def draft(**changes: Any) -> dict[str, Any]:
    """A draft as a desk shares it; `changes` replace fields."""
    document: dict[str, Any] = {
        "draft_id": str(uuid.uuid4()),
        "desk_no": "B-2026-0147",
        "created_at": "2026-03-10T08:00:00Z",
        "updated_at": "2026-03-10T09:00:00Z",
        "held_since": "2026-03-10T08:30:00Z",
        "holder": "Camille",
        "author": "Camille",
        "reference": "BC-7",
        "lines": [{"key": 1, "place": 1.0, "sku": "TN1", "quantity": 12, "wholesaler": "N"}],
        "total": "1234.50",
    }
    return document | changes


def line(sku: str, quantity: Any, unit_price: str = "", wholesaler: str = "N") -> dict[str, Any]:
    price = unit_price or worked_example.UNIT_NETS.get(sku, "1.0000")
    return {"sku": sku, "wholesaler": wholesaler, "quantity": quantity, "unit_price": price}
