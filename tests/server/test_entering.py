"""Finding the server and entering it: discovery, one-time codes, tokens, and the wall between accounts."""

import uuid
from contextlib import closing

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from desktop_app.contract.sealed import public_bytes
from desktop_app.contract.wire import Discovery
from manufacturer_server.sealed import sealing_key
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from manufacturer_server.storage.schema import audit, joining_codes, tokens
from tests.support import worked_example
from tests.support.server import joining_code
from tests.support.shop import Desk, Shop


def problem(answer: httpx.Response, status: int, slug: str, retry: str) -> dict[str, object]:
    """Assert a problem document and return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert (body["type"], body["status"], body["retry"]) == (f"urn:order-sync:{slug}", status, retry)
    return body


def test_discovery_says_who_answers_and_stays_the_same(shop: Shop) -> None:
    first = shop.http.get("/.well-known/order-sync")
    again = shop.http.get("/.well-known/order-sync").json()
    found = first.json()
    assert (found["server_id"], found["epoch"]) == (again["server_id"], again["epoch"])
    assert uuid.UUID(found["server_id"]) != uuid.UUID(found["epoch"])
    assert (found["name"], found["api_versions"], found["practice"]) == ("Test manufacturer", ["1"], False)
    assert found["limits"] == {
        "order_lines": 5_000,
        "order_bytes": 8_000_000,
        "page_rows": 5_000,
        "outcome_ids": 500,
        "event_streams": 16,
        "sealed_bytes": 16_000_000,
        "sealed_records": 500,
    }
    assert found["server_time"] == "2026-03-10T09:30:00Z"
    assert first.headers["request-id"]
    assert "server" not in first.headers


def test_discovery_hands_out_the_public_half_of_the_key_to_seal_to(shop: Shop) -> None:
    found = msgspec.json.decode(shop.http.get("/.well-known/order-sync").content, type=Discovery)
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        secret = identity(connection).sealing_secret
    assert found.sealing_key == sealing_key(secret)
    assert found.sealing_key is not None
    public = X25519PrivateKey.from_private_bytes(secret).public_key()
    assert public_bytes(found.sealing_key) == public.public_bytes_raw()


def test_a_code_opens_one_account_once(shop: Shop) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    instance = str(uuid.uuid4())
    joined = shop.http.post("/v1/join", json={"code": code, "client_instance": instance})
    assert joined.status_code == 201
    assert joined.json()["account"] == "D42"
    assert joined.json()["name"] == "Bureautique Morvan"
    again = shop.http.post("/v1/join", json={"code": code, "client_instance": instance})
    problem(again, 403, "code-invalid", "never")


def test_a_code_may_be_typed_carelessly(shop: Shop) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    typed = f" {code.replace('-', ' ').lower()} "
    assert shop.http.post("/v1/join", json={"code": typed, "client_instance": "i-1"}).status_code == 201


def test_a_code_dies_after_seven_days(shop: Shop) -> None:
    early, late = (joining_code(shop.data, "D42", shop.clock) for _ in range(2))
    shop.clock.forward(days=6, hours=23)
    assert shop.http.post("/v1/join", json={"code": early, "client_instance": "i-1"}).status_code == 201
    shop.clock.forward(hours=2)
    problem(shop.http.post("/v1/join", json={"code": late, "client_instance": "i-2"}), 403, "code-invalid", "never")


def test_other_codes_do_not_open_anything(shop: Shop) -> None:
    for code in ("", "AAAA-AAAA-AAAA", "' OR 1=1 --", "x" * 5_000, "É" * 12):
        problem(shop.http.post("/v1/join", json={"code": code, "client_instance": "i-1"}), 403, "code-invalid", "never")


def test_half_a_code_does_not_open_anything_and_spoils_nothing(shop: Shop) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    wrong = f"{code[:-1]}{'A' if code[-1] != 'A' else 'C'}"
    problem(shop.http.post("/v1/join", json={"code": wrong, "client_instance": "i"}), 403, "code-invalid", "never")
    assert shop.http.post("/v1/join", json={"code": code, "client_instance": "i"}).status_code == 201


UNREADABLE = [
    (b"{", "application/json", 400),
    (b'{"code": 7, "client_instance": "i"}', "application/json", 400),
    (b'{"code": "A"}', "application/json", 400),
    (b'{"code": "A", "client_instance": ""}', "application/json", 400),
    (b'{"code": "\\u0000", "client_instance": "i"}', "application/json", 400),
    (b'{"code": "A", "client_instance": "i"}', "text/plain", 415),
    (b" " * 20_000, "application/json", 413),
]


def test_a_request_to_join_that_cannot_be_read(shop: Shop) -> None:
    for content, media_type, status in UNREADABLE:
        answer = shop.http.post("/v1/join", content=content, headers={"Content-Type": media_type})
        assert answer.status_code == status, content
        assert answer.json()["type"].startswith("urn:order-sync:")


def test_neither_codes_nor_tokens_are_stored_in_clear(shop: Shop, desk: Desk) -> None:
    code = joining_code(shop.data, "D42", shop.clock)
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        stored = repr(connection.execute(select(joining_codes)).all()) + repr(connection.execute(select(tokens)).all())
    assert code[5:] not in stored
    assert code[5:].replace("-", "") not in stored
    assert desk.token not in stored
    assert len(desk.token) >= 43


def test_without_its_token_nothing_is_shown(desk: Desk) -> None:
    unsigned = "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJENDIifQ."
    for authorization in ("", "Bearer", "Bearer x", "Basic eDp5", unsigned, "Bearer " + "a" * 5_000):
        answer = desk.get("changes", params={"collections": "terms"}, headers={"Authorization": authorization})
        problem(answer, 401, "unauthorized", "reauth")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_works_only_for_the_installation_it_was_given_to(shop: Shop, desk: Desk) -> None:
    moved = desk.get("catalog", headers={"Client-Instance": str(uuid.uuid4())})
    problem(moved, 401, "unauthorized", "reauth")
    bare = httpx.get(f"{shop.server.url}{desk.path}/catalog", headers={"Authorization": f"Bearer {desk.token}"})
    problem(bare, 400, "client-instance-missing", "never")


def test_a_revoked_token_is_refused(shop: Shop, desk: Desk) -> None:
    with closing(Database.open(shop.data)) as database, database.writing() as connection:
        connection.execute(tokens.update().values(revoked_at=shop.clock()))
    problem(desk.get("catalog"), 401, "desk-revoked", "reauth")


def test_another_account_looks_like_one_that_does_not_exist(desk: Desk) -> None:
    for rest in ("catalog", "changes?collections=terms", "catalog/x.ndjson.zst"):
        foreign = desk.http.get(f"/v1/accounts/D43/{rest}")
        unknown = desk.http.get(f"/v1/accounts/D99/{rest}")
        problem(foreign, 404, "not-found", "never")
        assert foreign.content == unknown.content


def test_joins_and_refused_access_are_on_record(shop: Shop, desk: Desk) -> None:
    desk.http.get("/v1/accounts/D43/catalog")
    shop.http.post("/v1/join", json={"code": "AAAA-AAAA-AAAA", "client_instance": "i-9"})
    code = joining_code(shop.data, "D42", shop.clock)
    shop.http.post("/v1/join", json={"code": code, "client_instance": "i-10"})
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.id)).all()
    assert [(row.event, row.account, row.client_instance) for row in rows] == [
        ("foreign-account", "D42", desk.instance),
        ("join-refused", "", "i-9"),
        ("joined", "D42", "i-10"),
    ]
    assert "D43" in rows[0].detail


def test_a_dealer_who_was_withdrawn_is_told_so(shop: Shop, desk: Desk) -> None:
    dealers = worked_example.FILES["dealers.csv"].splitlines(keepends=True)
    assert shop.take_in(dealers=dealers[0] + dealers[2]).exit_code == 0
    problem(desk.get("catalog"), 403, "account-suspended", "never")
    assert shop.take_in(dealers=worked_example.FILES["dealers.csv"]).exit_code == 0
    assert desk.get("catalog").status_code == 200


def test_unknown_addresses_and_methods_are_problems_too(shop: Shop, desk: Desk) -> None:
    problem(shop.http.get("/nowhere"), 404, "not-found", "never")
    problem(shop.http.delete("/v1/join"), 405, "method-not-allowed", "never")
    problem(desk.http.get("/v1/practice/clock"), 404, "not-found", "never")


def test_no_browser_of_another_site_gets_in(shop: Shop) -> None:
    answer = shop.http.options("/.well-known/order-sync", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in shop.http.get("/.well-known/order-sync").headers
