"""The second server on a socket: HTTP, sign-in, and what goes where."""

import hashlib
import re
import secrets
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from tests.support.second_server.feed import PAGE_ROWS, Feed, now
from tests.support.second_server.orders import BYTES, LINES, LOOKED_UP, Orders, Reply
from tests.support.second_server.refusals import Refused, decoded, encoded, problem
from tests.support.second_server.shapes import JOIN

HEADER_BYTES, SMALL_BODY = 16_384, 20_000
ACCOUNT = r"/v1/accounts/(?P<account>[^/]+)"
JSON, PROBLEM, ZSTD = "application/json", "application/problem+json", "application/zstd"
Answer = tuple[int, str, bytes, dict[str, str]]


class Manufacturer:
    """Who answers, his feed, his orders, and the desks that may ask."""

    def __init__(self, feed: Callable[[], Feed] = Feed, orders: Callable[[Feed], Orders] = Orders) -> None:
        self.server_id = str(uuid4())
        self.feed = feed()
        self.orders = orders(self.feed)
        self.lock: AbstractContextManager[Any] = threading.RLock()
        self.codes: dict[str, str] = {}
        self._desks: dict[str, tuple[str, str]] = {}

    def code(self, account: str) -> str:
        """A joining code for a desk of a dealer."""
        code = "-".join(secrets.token_hex(2).upper() for _ in range(4))
        self.codes[self.plain(code)] = account
        return code

    @staticmethod
    def plain(code: str) -> str:
        return re.sub(r"[\s-]", "", code).upper()

    def join(self, asked: Any) -> dict[str, str]:
        """A code for a token. Raises Refused."""
        if any(JOIN(asked, "")):
            raise Refused("malformed", "A code and a client_instance are needed.")
        account = self.codes.pop(self.plain(asked["code"]), None)
        if account is None:
            raise Refused("code-invalid")
        token = secrets.token_urlsafe(32)
        self._desks[hashlib.sha256(token.encode()).hexdigest()] = (account, asked["client_instance"])
        dealer = self.feed.get("account", account, account) or {}
        return {"account": account, "name": dealer.get("name", account), "token": token}

    def check_desk(self, authorization: str, instance: str, account: str) -> None:
        """Raises Refused where the token is not good for this installation and this account."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refused("unauthorized")
        if not instance:
            raise Refused("client-instance-missing")
        desk = self._desks.get(hashlib.sha256(token.strip().encode()).hexdigest())
        if desk is None or desk[1] != instance:
            raise Refused("unauthorized")
        if desk[0] != account:
            raise self.not_yours(account)

    def not_yours(self, account: str) -> Refused:
        """What a desk gets that asks for something of `account`, which is not its own and may not exist."""
        return Refused("not-found")

    def discovery(self) -> dict[str, Any]:
        """Who answers here."""
        return {
            "name": "Zweites Werk",
            "server_id": self.server_id,
            "api_versions": ["1"],
            "epoch": self.feed.epoch,
            "server_time": now(),
            "limits": {"order_lines": LINES, "order_bytes": BYTES, "page_rows": PAGE_ROWS, "outcome_ids": LOOKED_UP},
            "features": ["snapshot", "orders", "cancel-requests", "outcomes"],
            "motto": "a field that nobody knows",
        }


class Handler(BaseHTTPRequestHandler):
    """One connection. `manufacturer` belongs to the server it was made for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    manufacturer: Manufacturer
    routes: tuple[tuple[str, str, str], ...] = (
        ("GET", r"/\.well-known/order-sync", "_discover"),
        ("POST", r"/v1/join", "_join"),
        ("GET", ACCOUNT + r"/catalog", "_manifest"),
        ("GET", r"/v1/files/(?P<owner>[^/]+)/(?P<name>[^/]+)", "_file"),
        ("GET", ACCOUNT + r"/changes", "_changes"),
        ("POST", ACCOUNT + r"/orders:outcomes", "_outcomes"),
        ("PUT", ACCOUNT + r"/orders/(?P<order_id>[^/]+)/revisions/(?P<revision>[1-9]\d{0,5})", "_order"),
        ("PUT", ACCOUNT + r"/orders/(?P<order_id>[^/]+)/requests/(?P<request_id>[^/]+)", "_request"),
    )

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library itself refuses, as a problem document."""
        self.close_connection = True
        self._send(code, PROBLEM, encoded(problem("headers-too-large" if code == 431 else "malformed")))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self.reply
        raise AttributeError(name)

    def reply(self) -> None:
        """Answer one request, of any method."""
        told = self.headers
        try:
            act, parts = self._routed()
            with self.manufacturer.lock:
                if "account" in parts:
                    token, instance = told.get("Authorization", ""), told.get("Client-Instance", "")
                    self.manufacturer.check_desk(token, instance, parts["account"])
                answer = act(**parts)
        except Refused as refused:
            headers = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else {}
            answer = (refused.status, PROBLEM, refused.body, headers)
        self._send(*answer)

    def _routed(self) -> tuple[Callable[..., Answer], dict[str, str]]:
        length = int(self.headers.get("Content-Length", 0))
        self.close_connection |= length > 2 * BYTES
        self._body = self.rfile.read(min(length, 2 * BYTES))
        if sum(len(name) + len(value) for name, value in self.headers.items()) > HEADER_BYTES:
            raise Refused("headers-too-large")
        address = urlsplit(self.path)
        self._query = {name: values[-1] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        found = [
            (method, match, name) for method, form, name in self.routes if (match := re.fullmatch(form, address.path))
        ]
        for method, match, name in found:
            if method == self.command:
                return getattr(self, name), {key: unquote(part) for key, part in match.groupdict().items()}
        raise Refused("method-not-allowed" if found else "not-found")

    def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Request-Id": str(uuid4()), **(headers or {})}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if status != 304 else b"")

    def _json(self, limit: int = SMALL_BODY) -> bytes:
        """The body, where it is JSON and not too long. Raises Refused."""
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != JSON:
            raise Refused("media-type")
        if len(self._body) > limit:
            raise Refused("too-large")
        return self._body

    def _discover(self) -> Answer:
        return 200, JSON, encoded(self.manufacturer.discovery()), {}

    def _join(self) -> Answer:
        return 201, JSON, encoded(self.manufacturer.join(decoded(self._json()))), {}

    def _manifest(self, account: str) -> Answer:
        told = self.manufacturer.feed.manifest()
        until, name = str(int(time()) + 86_400), told["url"]
        url = f"/v1/files/{account}/{name}?until={until}&ticket={self.ticket(account, name, until)}"
        return 200, JSON, encoded(told | {"url": url}), {}

    def ticket(self, account: str, name: str, until: str) -> str:
        """What lets anybody fetch a file until then."""
        return self.manufacturer.feed.mark(f"{account}/{name}/{until}".encode()).hex()

    def _file(self, owner: str, name: str) -> Answer:
        until, content = self._query.get("until", ""), self.manufacturer.feed.files.get(name)
        ours = self._query.get("ticket") == self.ticket(owner, name, until) and int(until) > time()
        if content is None or not ours:
            raise Refused("not-found")
        headers = {"ETag": f'"{name}"', "Accept-Ranges": "bytes", "Cache-Control": "public, max-age=31536000"}
        if self.headers.get("If-None-Match") == headers["ETag"]:
            return 304, ZSTD, b"", headers
        wanted = self.headers.get("Range", "")
        if not wanted or self.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
            return 200, ZSTD, content, headers
        size, first, last = len(content), 0, -1
        match = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
        if match and any(match.groups()):
            first = int(match[1]) if match[1] else max(0, size - int(match[2]))
            last = min(int(match[2]), size - 1) if match[1] and match[2] else size - 1
        if first > last:
            raise Refused("range")
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return 206, ZSTD, content[first : last + 1], headers

    def _changes(self, account: str) -> Answer:
        asked = self._query
        limit = asked.get("limit", str(PAGE_ROWS))
        lines = self.manufacturer.feed.page(account, asked.get("collections", ""), asked.get("cursor", ""), limit)
        return 200, "application/x-ndjson", b"".join(line + b"\n" for line in lines), {}

    def _outcomes(self, account: str) -> Answer:
        return 200, JSON, encoded(self.manufacturer.orders.look_up(account, decoded(self._json()))), {}

    def _order(self, account: str, order_id: str, revision: str) -> Answer:
        self._check_key(f'"{order_id}/{revision}"')
        body, epoch = self._json(BYTES), self.headers.get("Sync-Epoch", "")
        return self.recorded(self.manufacturer.orders.receive(account, order_id, int(revision), body, epoch))

    def _request(self, account: str, order_id: str, request_id: str) -> Answer:
        self._check_key(f'"{order_id}/{request_id}"')
        body, epoch = self._json(), self.headers.get("Sync-Epoch", "")
        return self.recorded(self.manufacturer.orders.cancel(account, order_id, request_id, body, epoch))

    def _check_key(self, mine: str) -> None:
        if self.headers.get("Idempotency-Key", mine) != mine:
            raise Refused("key-mismatch")

    def recorded(self, reply: Reply) -> Answer:
        """A recorded answer, marked where it is a copy's."""
        media_type = JSON if reply.status < 400 else PROBLEM
        return reply.status, media_type, reply.body, {"Idempotency-Replayed": "true"} if reply.copy else {}


class SecondServer:
    """The second server on a free port of this machine, in threads of this process; `with` ends it."""

    def __init__(self, manufacturer: Manufacturer, handler: type[Handler] = Handler) -> None:
        self.manufacturer = manufacturer
        bound = type("Bound", (handler,), {"manufacturer": manufacturer})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "SecondServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
