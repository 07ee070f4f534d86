"""The published example messages are what this server really says. COMPTOIR_WRITE_EXAMPLES=1 writes them anew.

What differs from server to server (ids, tokens, cursors, digests) stands as `<name>`.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from desktop_app.contract.drafts import DraftAnswer, DraftDoc
from desktop_app.contract.orders import Accepted, OrderDocument, OutcomeAnswer, Proposal, RequestAnswer
from desktop_app.contract.sealed import MEDIA_TYPE, SealedAnswer, sealing_key
from desktop_app.contract.wire import Checkpoint, Del, Discovery, FeedLine, JoinAnswer, Manifest, Problem, Put
from desktop_app.remote.events import HintReader
from manufacturer_server.access import revoke
from manufacturer_server.cli import main
from manufacturer_server.storage.database import Database
from tests.server.test_sealed import file_of, put, sealed
from tests.support import worked_example
from tests.support.server import filled_server, joining_code
from tests.support.shop import Desk, Shop, StandingClock, draft, line, order

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "api_examples"
ORDER_ID = "019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a01"
STALE_ID = "019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a02"
UNSOUND_ID = "019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a03"
USED_UP_ID = "019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a04"
PRICES = "sku,list_price,start,label\nTN1,154.30,2027-01-01,Tarif 2027\n"
AGREEMENTS = (
    "id,buyer,start,end,tier_from,tier_percent,gate_paid,contract_ref,label\n"
    "RFA-Q1,group:gold,2026-01-01,2026-03-31,20000,1.5,yes,RFA-2026,RFA du trimestre\n"
    "RFA-Q1,group:gold,2026-01-01,2026-03-31,50000,2.5,yes,RFA-2026,RFA du trimestre\n"
)
TURNOVER = "account,agreement,turnover,as_of,overdue\nD42,RFA-Q1,45790.00,2026-03-09T18:00:00+01:00,0\n"
SEALED_IDS = [f"019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a{number:02}" for number in (5, 6, 7)]
DRAFT_ID = "019cd5b1-8d2e-7c31-9a56-0f6d3b1c2a05"
REQUEST_ID = "019cd5b2-0000-7000-8000-000000000001"
CHANGING = ("server_id", "epoch", "token", "cursor", "sha256", "client_instance", "receipt")
JOINING_CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")
KEPT_HEADERS = ("content-type", "idempotency-replayed", "retry-after", "www-authenticate", "outcome-receipt", "etag")


class Recorder:
    """Keeps exchanges in the form in which they are published."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}

    def keep(self, name: str, answer: httpx.Response, **shown: str) -> httpx.Response:
        request = answer.request
        sealed = request.headers.get("content-type") == MEDIA_TYPE
        media_type = MEDIA_TYPE if sealed else "application/json"
        headers = dict(shown) | ({"Content-Type": media_type} if request.content else {})
        sent: dict[str, Any] = {"method": request.method, "path": request.url.raw_path.decode(), "headers": headers}
        if request.content:
            sent["body"] = "<a file of sealed messages>" if sealed else json.loads(request.content)
        kept = {key.title(): answer.headers[key] for key in KEPT_HEADERS if key in answer.headers}
        self.found[name] = {
            "request": sent,
            "response": {"status": answer.status_code, "headers": kept, "body": body_of(answer)},
        }
        return answer

    def published(self) -> dict[str, str]:
        return {
            name: json.dumps(levelled(one), indent=2, ensure_ascii=False) + "\n" for name, one in self.found.items()
        }


def body_of(answer: httpx.Response) -> Any:
    if not answer.content:
        return None
    if "event-stream" in answer.headers["content-type"]:
        return answer.text.splitlines()
    if "ndjson" in answer.headers["content-type"]:
        return [json.loads(row) for row in answer.content.splitlines()]
    return answer.json()


def levelled(value: Any, name: str = "") -> Any:
    """The same with what changes from server to server replaced by its name."""
    if name == "sealing_key":
        return msgspec.to_builtins(sealing_key(bytes(range(32))))
    if isinstance(value, dict):
        return {key: levelled(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [levelled(part) for part in value]
    if name == "Outcome-Receipt":
        return "<receipt>"
    if isinstance(value, str) and (name in CHANGING or JOINING_CODE.fullmatch(value)):
        return f"<{name}>"
    if name == "url":
        return re.sub(r"signature=.*", "signature=<signature>", re.sub(r"[0-9a-f]{64}", "<sha256>", value))
    if name == "path":
        return re.sub(r"(?<=/sealed/)[0-9a-f]{64}", "<sha256>", re.sub(r"cursor=[^&]+", "cursor=<cursor>", value))
    return value if name != "bytes" else 966


@pytest.fixture(scope="module")
def exchanges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """One exchange of each kind with the worked example's manufacturer."""
    folder, clock = tmp_path_factory.mktemp("examples"), StandingClock()
    data = filled_server(folder / "data", folder / "files", now=clock)
    with closing(Shop(data, folder / "files", clock)) as shop:
        recorder = Recorder()
        play(shop, recorder)
        texts = recorder.published()
        if os.environ.get("COMPTOIR_WRITE_EXAMPLES"):
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name, text in texts.items():
                (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
        yield {name: json.loads(text) for name, text in texts.items()}


def play(shop: Shop, recorder: Recorder) -> None:
    token = {"Authorization": "Bearer <token>", "Client-Instance": "<client_instance>"}
    write = {**token, "Sync-Epoch": "<epoch>"}
    recorder.keep("discovery", shop.http.get("/.well-known/order-sync"))
    code = joining_code(shop.data, "D42", shop.clock)
    recorder.keep("join", shop.http.post("/v1/join", json={"code": code, "client_instance": "i-1"}))
    recorder.keep("join-refused", shop.http.post("/v1/join", json={"code": code, "client_instance": "i-1"}))
    desk = shop.desk("D42")
    recorder.keep("manifest", desk.get("catalog"), **token)
    pull(shop, desk, recorder, token)
    example = {"order_id": ORDER_ID, "terms_version": 20, "catalog_version": 11}
    accepted = recorder.keep("order-accepted", desk.send(order(**example)), **write)
    recorder.keep("order-replayed", desk.send(order(**example)), **write)
    stale = [line("TN1", 12, "90.0000"), line("OLD", 1, "4.0000"), line("BK1", 3)]
    recorder.keep("order-terms-changed", desk.send(order(**{**example, "order_id": STALE_ID, "lines": stale})), **write)
    unsound = [line("TN1", 0)]
    recorder.keep("order-rejected", desk.send(order(**{**example, "order_id": UNSOUND_ID, "lines": unsound})), **write)
    recorder.keep("order-epoch-missing", desk.send(order(**example), **{"Sync-Epoch": ""}), **token)
    recorder.keep("orders-feed", desk.changes("orders"), **token)
    recorder.keep("request-cancel", desk.cancel(ORDER_ID, REQUEST_ID), **write)
    ids = [{"order_id": order_id, "revision": 1} for order_id in (UNSOUND_ID, REQUEST_ID)]
    recorder.keep("outcomes", desk.http.post(f"{desk.path}/orders:outcomes", json={"ids": ids}), **token)
    told = {"Outcome-Status": "201", "Outcome-Receipt": "<receipt>", "Document-SHA256": "<sha256>"}
    again = desk.bring_back(ORDER_ID, 1, accepted, accepted.request.content)
    recorder.keep("answer-brought-back", again, **write, **told)
    refused = desk.get("catalog", headers={"Authorization": "Bearer x"})
    recorder.keep("unauthorized", refused, **{"Authorization": "Bearer x", "Client-Instance": "<client_instance>"})
    dated_prices_and_limits(shop, desk, recorder, token)


def sealed_and_shut_out(shop: Shop, desk: Desk, recorder: Recorder, token: dict[str, str]) -> None:
    """A file of another desk's orders, one of them held; then this desk is lost, told so, and hands over its own."""
    mine, held, last = (order(order_id=order_id, terms_version=20, catalog_version=11) for order_id in SEALED_IDS)
    sent = file_of(shop, sealed(shop, mine), sealed(shop, held, held=True))
    recorder.keep("sealed-sent", put(desk, sent), **token)
    with closing(Database.open(shop.data)) as database, database.writing() as connection:
        revoke(connection, desk.instance, shop.clock(), wipe=True, reason="Stolen at Lyon station")
    recorder.keep("desk-revoked", desk.get("catalog"), **token)
    own = sealed(shop, last, client_instance=desk.instance)
    recorder.keep("sealed-handed-over", put(desk, file_of(shop, own)), **token)


def hints(shop: Shop, desk: Desk, recorder: Recorder, token: dict[str, str]) -> None:
    """The beginning of a stream of events: the sign of life, and the hint that stock has changed."""
    stock = worked_example.FILES["stock.csv"]
    with desk.http.stream("GET", f"{desk.path}/events") as stream:
        lines = stream.iter_lines()
        sign_of_life = [next(lines), next(lines)]
        # The first hint may also tell of what happened just before the stream was opened.
        for changed in ("N,BK1,48", "N,BK1,49"):
            shop.take_in(stock=stock.replace("N,BK1,50", changed))
            while "stock" not in (hint := next(lines)):
                continue
        beginning = httpx.Response(
            stream.status_code,
            headers={"Content-Type": stream.headers["content-type"]},
            text="\n".join([*sign_of_life, hint, ""]),
            request=stream.request,
        )
        recorder.keep("events", beginning, **token)


def shared_drafts(desk: Desk, recorder: Recorder, token: dict[str, str]) -> None:
    """A draft is shared, a colleague takes it over, and the first desk's next change meets that."""
    cursor = desk.rows("drafts")[-1]["cursor"]
    write = {**token, "Sync-Epoch": "<epoch>"}
    shared = draft(draft_id=DRAFT_ID)
    rev = recorder.keep("draft-shared", desk.put_draft(shared, 0), **write, **{"If-Match": '"0"'}).json()["rev"]
    recorder.keep("drafts-feed", desk.changes("drafts", cursor), **token)
    matching = {"If-Match": f'"{rev}"'}
    taken = {**shared, "holder": "Sophie", "held_since": "2026-03-10T09:20:00Z"}
    recorder.keep("draft-taken-over", desk.put_draft(taken, rev), **write, **matching)
    changed = {**shared, "updated_at": "2026-03-10T09:25:00Z", "note": "by the gate"}
    recorder.keep("draft-changed", desk.put_draft(changed, rev), **write, **matching)


def dated_prices_and_limits(shop: Shop, desk: Desk, recorder: Recorder, token: dict[str, str]) -> None:
    """An announced price rise, agreements with what counts for them, and a special price with too few units left."""
    cursor = desk.rows("products")[-1]["cursor"]
    shop.take_in(prices=PRICES, agreements=AGREEMENTS, turnover=TURNOVER)
    recorder.keep("dated-prices", desk.changes("products", cursor), **token)
    recorder.keep("agreements-feed", desk.changes("agreements,turnover"), **token)
    recorder.keep("stock-dates", desk.changes("stock_dates"), **token)
    used_up = order(order_id=USED_UP_ID, terms_version=20, catalog_version=11, lines=[line("MF9", 21)])
    recorder.keep("order-bid-exhausted", desk.send(used_up), **{**token, "Sync-Epoch": "<epoch>"})
    hints(shop, desk, recorder, token)
    shared_drafts(desk, recorder, token)
    with shop.stopped():
        main(["require", "--data", str(shop.data), "--client-minimum", "0.3"])
    old = desk.get("catalog", headers={"Client-Version": "0.2"})
    recorder.keep("client-too-old", old, **token, **{"Client-Version": "0.2"})
    with shop.stopped():
        main(["require", "--data", str(shop.data), "--client-minimum", "none"])
    sealed_and_shut_out(shop, desk, recorder, token)


def pull(shop: Shop, desk: Desk, recorder: Recorder, token: dict[str, str]) -> None:
    recorder.keep("terms-feed", desk.changes("account,terms"), **token)
    cursor = desk.rows("products,stock")[-1]["cursor"]
    less = worked_example.FILES["stock.csv"].replace("N,TN1,140", "N,TN1,120").replace("S,TN1,3\n", "")
    shop.take_in(stock=less)
    recorder.keep("stock-changes", desk.changes("products,stock", cursor), **token)
    shop.take_in(stock=worked_example.FILES["stock.csv"])


def test_the_published_examples_are_what_the_server_says(exchanges: dict[str, dict[str, Any]]) -> None:
    published = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    assert published.keys() == exchanges.keys()
    for name, exchange in exchanges.items():
        assert exchange == published[name], name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("discovery", Discovery),
        ("join", JoinAnswer),
        ("join-refused", Problem),
        ("manifest", Manifest),
        ("order-accepted", Accepted),
        ("order-replayed", Accepted),
        ("order-terms-changed", Problem),
        ("order-rejected", Problem),
        ("order-bid-exhausted", Problem),
        ("order-epoch-missing", Problem),
        ("request-cancel", RequestAnswer),
        ("outcomes", OutcomeAnswer),
        ("unauthorized", Problem),
        ("client-too-old", Problem),
        ("sealed-sent", SealedAnswer),
        ("desk-revoked", Problem),
        ("sealed-handed-over", SealedAnswer),
        ("draft-shared", DraftAnswer),
        ("draft-taken-over", DraftAnswer),
        ("draft-changed", Problem),
    ],
)
def test_the_desks_messages_read_the_published_answers(name: str, kind: type[msgspec.Struct]) -> None:
    published = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    body = json.dumps(published["response"]["body"]).replace('"<sha256>"', f'"{"0" * 64}"')
    decoded = msgspec.json.decode(body, type=kind)
    assert isinstance(decoded, kind)
    if isinstance(decoded, Problem):
        assert decoded.status == published["response"]["status"]


def test_the_desk_hears_the_published_stream() -> None:
    published = json.loads((FOLDER / "events.json").read_text(encoding="utf-8"))
    stream = "\r\n".join([*published["response"]["body"], "", ""])
    (hint,) = HintReader().read(stream.encode())
    assert hint.collections == ["stock"]
    assert hint.version > 0


def test_the_desks_messages_read_the_published_documents_and_pages() -> None:
    published = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
    document = msgspec.convert(published["order-accepted"]["request"]["body"], OrderDocument, strict=False)
    assert [row.sku for row in document.lines] == ["TN1", "MF9", "BK1"]
    changed = published["order-terms-changed"]["response"]["body"]
    assert msgspec.convert(changed["proposal"], Proposal, strict=False).totals.total
    present = published["draft-changed"]["response"]["body"]["proposal"]
    assert msgspec.convert(present, DraftDoc, strict=False).holder == "Sophie"
    for name in (
        "terms-feed",
        "stock-changes",
        "orders-feed",
        "dated-prices",
        "agreements-feed",
        "stock-dates",
        "drafts-feed",
    ):
        rows = published[name]["response"]["body"]
        *puts, end = [msgspec.json.decode(json.dumps(row), type=FeedLine) for row in rows]
        assert isinstance(end, Checkpoint)
        assert all(isinstance(row, Put | Del) for row in puts)
