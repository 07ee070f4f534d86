"""A connected desk without a server: the real application on a filled profile, its network a function."""

import random
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from desktop_app.application import Application
from desktop_app.contract.wire import Checkpoint
from desktop_app.credentials import Credentials
from desktop_app.paths import ProfilePaths
from desktop_app.profile import Profile, write_profile
from desktop_app.storage.account_writer import AccountWriter
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.desk_database import found_desk
from desktop_app.world import World
from tests.support.desk_world import DEALER, PRODUCTS, STOCK, TERMS, WHOLESALERS, put

KEY = bytes(range(32))
TOKEN = "token-that-must-not-show"
START = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
PROFILE = Profile("https://orders.example.com", "server-1", "D42", "Bureautique Morvan", "Manufacturer", "desk-1")
Network = Callable[[httpx.Request], httpx.Response] | Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


class Moment:
    """A clock that moves a millisecond at each look, and otherwise by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def cable_pulled(request: httpx.Request) -> httpx.Response:
    """No server anywhere."""
    raise httpx.ConnectError("no route to host", request=request)


def offline_desk(root: Path, *, network: Network = cable_pulled, clock: Moment | None = None) -> Application:
    """The program on a profile of D42 with terms and a catalogue, as after a first synchronisation."""
    clock = clock or Moment()
    paths = ProfilePaths(root)
    root.mkdir(parents=True, exist_ok=True)
    first = not paths.profile.exists()
    if first:
        found_desk(paths.founded_desk, KEY, now=clock)
    write_profile(paths.profile, PROFILE)
    environment = {"COMPTOIR_TOKEN": TOKEN, "COMPTOIR_DESK_KEY": KEY.hex()}
    world = World(now=clock, rng=random.Random(1), transport=httpx.MockTransport(network))
    application = Application.open(root, credentials=Credentials(environment), world=world)
    if first:
        _fill(application)
    return application


def _fill(application: Application) -> None:
    desk = application._connected()
    rows = [put("account", "D42", DEALER), *(put("terms", name, {"id": name, **doc}) for name, doc in TERMS.items())]
    AccountWriter(desk.database.connection).apply(rows, Checkpoint("c1", False, "e1", START, 1), START)
    number, path = desk.shelf.next()
    with CatalogBuilder(path) as builder:
        builder.add(put("wholesalers", code, doc) for code, doc in WHOLESALERS.items())
        builder.add(put("products", sku, doc) for sku, doc in PRODUCTS.items())
        builder.add(put("stock", key, _stock(key, available)) for key, available in STOCK.items())
        builder.finish(FeedState("s1", "e1", 1, {"products": len(PRODUCTS)}, {}, START))
    desk.shelf.put_in_force(number)


def _stock(key: str, available: int) -> dict[str, object]:
    wholesaler, _, sku = key.partition("/")
    return {"wholesaler": wholesaler, "sku": sku, "available": available}
