"""The server that is tried, as a desk meets it: requests in, whole answers out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar
from uuid import uuid4

import httpx
import msgspec

from conformance.findings import Broken, CannotStart
from desktop_app.contract.wire import Discovery, JoinAnswer, JoinRequest, Problem

T = TypeVar("T")
DISCOVERY = "/.well-known/order-sync"
TIMEOUT_S = 60
JSON = "application/json"
Answer = httpx.Response


@dataclass
class Peer:
    """One desk's line to the server. Everything a check sends goes through `ask`.

    `seen` are all answers but those that were only read, for the checks and the tidying at the end. `version` is the
    least one that the server serves.
    """

    http: httpx.Client
    instance: str = field(default_factory=lambda: str(uuid4()))
    account: str = ""
    token: str = ""
    version: str = ""
    seen: list[Answer] = field(default_factory=list)

    @property
    def signed_in(self) -> bool:
        """Whether this desk has joined."""
        return bool(self.token)

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Answer:
        """One request and its whole answer. `path` is below the server's address, or an address of its own.

        The token travels only to the server itself. An empty value in `headers` takes a header away.
        Raises Broken where no whole answer comes.
        """
        try:
            sent = self._headers(path, signed, headers or {})
            answer = self.http.request(method, path, headers=sent, content=content, params=params)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Broken(f"{method} {path} got no whole answer: {error or type(error).__name__}.") from error
        if method != "GET" or not answer.is_success:
            self.seen.append(answer)
        return answer

    @contextmanager
    def opened(self, path: str, *, signed: bool = True) -> Iterator[Answer]:
        """A GET whose answer is a stream still to be read; a refusal is read. Raises Broken where it breaks off."""
        try:
            with self.http.stream("GET", path, headers=self._headers(path, signed, {})) as answer:
                if answer.status_code != HTTPStatus.OK:
                    answer.read()
                    self.seen.append(answer)
                yield answer
        except httpx.HTTPError as error:
            raise Broken(f"GET {path} broke off: {error or type(error).__name__}.") from error

    def under_account(self, path: str, account: str = "") -> str:
        """The path of something of this dealer's, or of `account`'s."""
        return f"/v1/accounts/{account or self.account}{path}"

    def discover(self) -> Discovery:
        """Who answers. Raises CannotStart where nobody does."""
        try:
            answer = self.ask("GET", DISCOVERY, signed=False)
        except Broken as broken:
            raise CannotStart(str(broken)) from broken
        if answer.status_code != HTTPStatus.OK:
            raise CannotStart(f"GET {DISCOVERY} was answered {answer.status_code}: there is no such server here.")
        try:
            return document(answer, Discovery)
        except Broken as broken:
            raise CannotStart(str(broken)) from broken

    def join(self, code: str) -> Answer:
        """Exchange a joining code; the answer, whatever it is."""
        asked = msgspec.json.encode(JoinRequest(code, self.instance))
        return self.ask("POST", "/v1/join", headers={"Content-Type": JSON}, content=asked, signed=False)

    def take(self, joined: JoinAnswer) -> None:
        """Be the desk that has joined."""
        self.account, self.token = joined.account, joined.token

    def _headers(self, path: str, signed: bool, headers: Mapping[str, str]) -> dict[str, str]:
        """What is sent along: to the server itself who asks, and what the check says."""
        at_home = self._is_at_home(httpx.URL(path))
        own = {"Client-Version": self.version} if at_home else {}
        own |= self._credentials() if signed and at_home else {}
        return {name: value for name, value in (own | dict(headers)).items() if value}

    def _credentials(self) -> dict[str, str]:
        known = {"Client-Instance": self.instance}
        return known | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def _is_at_home(self, address: httpx.URL) -> bool:
        home = self.http.base_url
        same = (address.scheme, address.host, address.port) == (home.scheme, home.host, home.port)
        return address.is_relative_url or same


def connected(url: str) -> Peer:
    """A line to the server at `url`. Raises CannotStart for what is no address."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise CannotStart(f"{url} is not an address: {error}.") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise CannotStart(f"{url} is not an address of a server; it begins with https://.")
    return Peer(httpx.Client(base_url=address, timeout=TIMEOUT_S, headers={"User-Agent": "comptoir-conformance"}))


def document(answer: Answer, kind: type[T]) -> T:
    """The answer's body as a document of the protocol. Raises Broken."""
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise Broken(f"{_question(answer)} was answered with a body that is no {kind.__name__}: {error}.") from error


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, where its status is one of these. Raises Broken."""
    if answer.status_code not in statuses:
        wanted = " or ".join(map(str, statuses))
        raise Broken(f"{_question(answer)} was answered {in_short(answer)} instead of {wanted}.")
    return answer


def refusal(answer: Answer, status: int, *slugs: str) -> Problem:
    """The problem document of a refusal of this status and of one of these types. Raises Broken."""
    wanted = f"{status} {' or '.join(slugs)}"
    if answer.status_code != status:
        raise Broken(f"{_question(answer)} was answered {in_short(answer)} instead of {wanted}.")
    problem = document(answer, Problem)
    if problem.slug not in slugs:
        raise Broken(f"{_question(answer)} was answered {status} {problem.slug} instead of {wanted}.")
    return problem


def in_short(answer: Answer) -> str:
    """The status and, where it is a problem document, its type."""
    try:
        return f"{answer.status_code} {msgspec.json.decode(answer.content, type=Problem).slug}"
    except (msgspec.DecodeError, UnicodeDecodeError):
        return str(answer.status_code)


def media_type(answer: Answer) -> str:
    """What the body is said to be, without parameters."""
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _question(answer: Answer) -> str:
    return f"{answer.request.method} {answer.request.url.path}"
