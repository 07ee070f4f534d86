"""Joining, step by step: what is asked when, and what is kept. With a real server: tests/sync/test_connecting.py."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from desktop_app.application import Application
from desktop_app.credentials import Credentials
from desktop_app.errors import ComptoirError, NotAServer, Offline, ServerBusy, VaultUnavailable
from desktop_app.settings import AUTHOR
from desktop_app.world import World
from tests.support.desks import MemoryStore

TOKEN = "joined-token"


class Manufacturer:
    """Answers discovery and joining; everything after that is out of reach."""

    def __init__(self, *, practice: bool = False, token: str = TOKEN) -> None:
        self.practice, self.token = practice, token
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/v1/join":
            return httpx.Response(
                201, stream=Body({"account": "D42", "name": "Morvan", "token": self.token}), headers=JSON
            )
        if len(self.asked) > 2:
            raise httpx.ConnectError("gone", request=request)
        introduction = {
            "name": "Manufacturer",
            "server_id": "server-1",
            "api_versions": ["1"],
            "epoch": "e",
            "server_time": "2026-06-09T08:00:00Z",
            "practice": self.practice,
        }
        return httpx.Response(200, stream=Body(introduction), headers=JSON)


JSON = {"content-type": "application/json"}


class Body(httpx.ByteStream):
    """A JSON body still on its way."""

    def __init__(self, content: object) -> None:
        super().__init__(json.dumps(content).encode())


def application(root: Path, network: Callable[[httpx.Request], httpx.Response], store: MemoryStore) -> Application:
    world = World(transport=httpx.MockTransport(network))
    return Application.open(root, credentials=Credentials({}, store=lambda: store), world=world)


def test_nobody_before_and_somebody_after(tmp_path: Path) -> None:
    store = MemoryStore()
    desk = application(tmp_path / "desk", Manufacturer(), store)
    assert desk.connection.identity() is None
    identity = asyncio.run(desk.connection.connect("orders.example.com", " CODE ", "Nadia Perrot"))
    assert (identity.account, identity.dealer, identity.author) == ("D42", "Morvan", "Nadia Perrot")
    assert identity.server_url == "https://orders.example.com"
    assert desk.settings.get(AUTHOR) == "Nadia Perrot"
    assert TOKEN in store.entries.values()
    desk.close_files()
    again = application(tmp_path / "desk", Manufacturer(), store)
    assert again.connection.identity() == identity
    again.close_files()


def test_the_key_is_kept_before_the_code_is_spent(tmp_path: Path) -> None:
    network = Manufacturer()

    class Full(MemoryStore):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise RuntimeError("full")

    desk = application(tmp_path / "desk", network, Full())
    with pytest.raises(VaultUnavailable):
        asyncio.run(desk.connection.connect("orders.example.com", "CODE"))
    assert network.asked == ["/.well-known/order-sync"]
    assert not (tmp_path / "desk").exists()


def test_a_token_no_vault_can_hold_leaves_nothing_behind(tmp_path: Path) -> None:
    store = MemoryStore()
    desk = application(tmp_path / "desk", Manufacturer(token="x" * 5_000), store)
    with pytest.raises(VaultUnavailable, match="shorter"):
        asyncio.run(desk.connection.connect("orders.example.com", "CODE"))
    assert store.entries == {}
    assert not (tmp_path / "desk").exists()


def test_secrets_for_a_headless_desk_stay_out_of_the_vault(tmp_path: Path) -> None:
    store = MemoryStore()
    desk = application(tmp_path / "desk", Manufacturer(), store)
    secrets = asyncio.run(desk.connection.join("orders.example.com", "CODE", vault=False))
    assert (secrets.token, len(secrets.key)) == (TOKEN, 32)
    assert store.entries == {}
    assert TOKEN not in (tmp_path / "desk" / "profile.json").read_text()
    desk.close_files()


def test_only_a_practice_server_of_this_machine_may_do_without_a_vault(tmp_path: Path) -> None:
    elsewhere = MemoryStore()
    desk = application(tmp_path / "elsewhere", Manufacturer(practice=True), elsewhere)
    identity = asyncio.run(desk.connection.connect("https://orders.example.com", "CODE"))
    assert not identity.practice
    assert len(elsewhere.entries) == 2
    desk.close_files()
    here = MemoryStore()
    desk = application(tmp_path / "here", Manufacturer(practice=True), here)
    assert asyncio.run(desk.connection.connect("http://127.0.0.1:8000", "CODE")).practice
    assert here.entries == {}
    desk.close_files()


def failing(error: Exception | int) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        if isinstance(error, Exception):
            raise error
        return httpx.Response(error, stream=Body({}), headers=JSON)

    return answer


@pytest.mark.parametrize(
    ("trouble", "kind", "word"),
    [
        (httpx.ConnectError("no"), Offline, "address"),
        (httpx.ReadTimeout("slow"), Offline, "address"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"), Offline, "certificate"),
        (404, NotAServer, "order server"),
        (302, NotAServer, "order server"),
        (200, NotAServer, "order server"),
        (503, ServerBusy, "later"),
    ],
)
def test_trouble_at_the_first_question(
    tmp_path: Path, trouble: Exception | int, kind: type[ComptoirError], word: str
) -> None:
    desk = application(tmp_path / "desk", failing(trouble), MemoryStore())
    with pytest.raises(kind) as caught:
        asyncio.run(desk.connection.connect("orders.example.com", "CODE"))
    assert word in f"{caught.value.title} {caught.value.message}"
    assert not (tmp_path / "desk").exists()
