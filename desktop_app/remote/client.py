"""Speaking Order Sync 1 to one server. The only importer of httpx, and that late: no screen waits for it.

One method per operation; what to do with an answer is decided elsewhere (`sync`). The token goes to this server only.
"""

import asyncio
import hashlib
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

import msgspec

from desktop_app.contract.orders import Outcome, OutcomeAnswer, OutcomeQuery, OutcomeRequest
from desktop_app.contract.sealed import MEDIA_TYPE as SEALED
from desktop_app.contract.sealed import Sealed, SealedAnswer, SealedOutcome
from desktop_app.contract.versions import is_older
from desktop_app.contract.wire import Discovery, Hint, JoinAnswer, JoinRequest, Manifest
from desktop_app.errors import Offline, ProtocolViolation, Unauthorized
from desktop_app.remote import failures
from desktop_app.remote.address import WELL_KNOWN, is_loopback
from desktop_app.remote.events import EVENTS, HintReader
from desktop_app.remote.failures import JSON, NDJSON, ZSTD, Answer
from desktop_app.remote.part_file import PartFile
from desktop_app.version import program_version

if TYPE_CHECKING:
    import httpx

    Transport = httpx.AsyncBaseTransport

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
# However slowly bytes drip in, an answer ends; a snapshot may take longer because it can be taken up again.
ANSWER_TIMEOUT_S = 120.0
DOWNLOAD_TIMEOUT_S = 3600.0
# A stream of events shows every 25 s that it lives.
SILENCE_TIMEOUT_S = 60.0
LISTENING_TIMEOUT_S = 7200.0
ANSWER_CAP = 8_000_000
PAGE_CAP = 64_000_000
API_VERSION = "1"
_CHUNK: Final = 1 << 16
_OVERSIZE = "The server's answer is longer than this program accepts."


class RemoteClient:
    """One desk's way to its server. Raises Offline, Unauthorized, ServerBusy ... as `failures` names them.

    `unplugged` True stands for a pulled cable: every request fails before anything is sent. `version` is what this
    program says it is, the installed one where none is given.
    """

    def __init__(
        self,
        base_url: str,
        *,
        client_instance: str,
        now: Callable[[], datetime],
        account: str = "",
        token: str = "",
        transport: "Transport | None" = None,
        version: str = "",
    ) -> None:
        self.unplugged = False
        self.version = version or program_version()
        self._base_url, self._account, self._token = base_url, account, token
        self._client_instance, self._now, self._transport = client_instance, now, transport
        self._http: httpx.AsyncClient | None = None

    @property
    def host(self) -> str:
        """The server as people know it."""
        return urlsplit(self._base_url).netloc

    def take(self, base_url: str, token: str) -> None:
        """Use another address of the same server, or a new token, from now on."""
        self._base_url, self._token = base_url, token

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    # --- open to everybody ----------------------------------------------------------------------------------------

    async def discover(self) -> Discovery:
        """Who answers at this address. Raises ProtocolViolation where it is no server of this kind."""
        answer = await self._ask("GET", WELL_KNOWN, open_to_all=True)
        return failures.decoded(_success(answer).body, Discovery, "introduction")

    def check_version(self, discovery: Discovery) -> None:
        """Raises ServerTooNew where that server does not serve this version of the program."""
        if is_older(self.version, discovery.client_minimum):
            raise failures.too_old(discovery.client_minimum)

    async def join(self, code: str, computer: str = "") -> JoinAnswer:
        """Exchange a one-time joining code for a token. `computer` is what the manufacturer lists this desk as.

        Raises CodeInvalid.
        """
        body = msgspec.json.encode(JoinRequest(code, self._client_instance))
        # In a header: a server of another make refuses a body with a member it does not know.
        headers = {"Desk-Name": quote(computer[:100], safe=" ")} if computer else {}
        answer = await self._ask("POST", f"/v{API_VERSION}/join", body=body, headers=headers, open_to_all=True)
        return failures.decoded(_success(answer).body, JoinAnswer, "answer to the code")

    # --- pull -----------------------------------------------------------------------------------------------------

    async def manifest(self) -> Manifest:
        """The catalogue snapshot now in force. Raises ServerBusy (`catalogue-empty`) where there is none yet."""
        answer = await self._ask("GET", self._path("catalog"))
        return failures.decoded(_success(answer).body, Manifest, "catalogue")

    async def changes(self, collections: Sequence[str], cursor: str, limit: int) -> bytes:
        """One page of a feed as NDJSON; an empty cursor reads from the start. Raises ResyncNeeded."""
        query = f"collections={quote(','.join(collections), safe=',')}&cursor={quote(cursor, safe='')}&limit={limit}"
        answer = await self._ask("GET", f"{self._path('changes')}?{query}", expected=(NDJSON,), cap=PAGE_CAP)
        return _success(answer).body

    async def listen(self, told: Callable[[Hint], None]) -> None:
        """Hear what the server says has changed, until it ends the stream.

        Raises Offline where the stream breaks or falls silent, Unauthorized, ServerBusy or ServerRefused where there
        is none to be had.
        """
        headers = {"Authorization": f"Bearer {self._token}", "Accept": EVENTS, "Accept-Encoding": "identity"}
        opened = self._stream(
            "GET", self._path("events"), headers, None, (EVENTS,), LISTENING_TIMEOUT_S, silence_s=SILENCE_TIMEOUT_S
        )
        async with opened as response:
            if response.status_code != 200:
                raise failures.refusal(_answer(response, await _whole(response, ANSWER_CAP), self._now()))
            reader = HintReader()
            async for chunk in response.aiter_raw():
                for hint in reader.read(chunk):
                    told(hint)

    async def download(self, manifest: Manifest, part: PartFile, progress: Callable[[int, int], None]) -> None:
        """Fetch what `part` still lacks of the snapshot file and prove it; `progress(bytes so far, bytes in all)`.

        Raises Offline where it breaks off (what arrived stays), ProtocolViolation where the bytes are not those
        announced, StorageFailed where they cannot be kept.
        """
        part.open()
        try:
            progress(part.have, part.size)
            if part.have < part.size:
                await self._fetch(manifest.url, part, progress)
            part.prove()
        finally:
            part.close()

    # --- push -----------------------------------------------------------------------------------------------------

    async def put(self, path: str, body: bytes, epoch: str, seen: str = "") -> Answer:
        """Send a document to its address below the account (see `sync.routes`), in characters of a URL.

        Any answer of the server's own is returned; raises Offline, `Interrupted` if unknown. `seen` is the cursor of
        the account's feed: by it a server put back to an earlier state sees that it was.
        """
        headers = {"Sync-Epoch": epoch} | ({"Sync-Seen": seen} if failures.header_text(seen) else {})
        return await self._ask("PUT", self._path(path), body=body, headers=headers)

    async def put_answer(
        self, order_id: str, revision: int, answer: bytes, *, status: int, receipt: str, sha256: str, epoch: str
    ) -> Answer:
        """Tell the server the recorded `answer` it has lost, with the `receipt` that proves it; else as `put`.

        `status` is the one it was recorded with, `sha256` the digest of the document it answered. A server of another
        make may know nothing of this: a bare 404 or 405 is its answer too.
        """
        headers = {
            "Sync-Epoch": epoch,
            "Outcome-Status": str(status),
            "Outcome-Receipt": receipt,
            "Document-SHA256": sha256,
        }
        path = self._path(f"orders/{quote(order_id, safe='')}/revisions/{revision}/answer")
        return await self._ask("PUT", path, body=answer, headers=headers, bare=(404, 405))

    async def put_draft(self, draft_id: str, body: bytes, *, match: int, epoch: str, seen: str = "") -> Answer:
        """Share a draft in place of its revision `match`, 0 for a new one; else as `put_order`."""
        headers = {"Sync-Epoch": epoch, "If-Match": f'"{match}"'}
        if failures.header_text(seen):
            headers["Sync-Seen"] = seen
        return await self._ask("PUT", self._path(f"drafts/{quote(draft_id, safe='')}"), body=body, headers=headers)

    async def outcomes(self, queries: Sequence[OutcomeQuery]) -> list[Outcome | None]:
        """The recorded answers in the order asked, None for what the server has never recorded."""
        body = msgspec.json.encode(OutcomeRequest(list(queries)))
        answer = await self._ask("POST", self._path("orders:outcomes"), body=body)
        outcomes = failures.decoded(_success(answer).body, OutcomeAnswer, "look-up of orders").outcomes
        if len(outcomes) != len(queries):
            raise ProtocolViolation("The server answered another number of orders than asked.", what="look-up")
        return outcomes

    async def put_sealed(
        self, content: bytes, records: Sequence[Sealed], *, send_held: bool = False
    ) -> list[SealedOutcome]:
        """Bring a file with these sealed `records`, also those held back where `send_held`; an outcome for each.

        Raises ServerRefused, ServerBusy ..., ProtocolViolation where the outcomes are of other records.
        """
        path = self._path(f"sealed/{hashlib.sha256(content).hexdigest()}{'?held=send' if send_held else ''}")
        answer = await self._ask("PUT", path, body=content, headers={"Content-Type": SEALED})
        outcomes = failures.decoded(_success(answer).body, SealedAnswer, "answer to the file").records
        if [outcome.key for outcome in outcomes] != [record.key for record in records]:
            raise ProtocolViolation("The server answered other messages than were sent.", what="sealed")
        return outcomes

    # --- practice -------------------------------------------------------------------------------------------------

    async def practice_clock(self, **changes: float) -> dict[str, object]:
        """Read a practice server's clock, or change it: `speed`, `advance_minutes`."""
        body = msgspec.json.encode(changes) if changes else None
        answer = await self._ask("POST" if changes else "GET", f"/v{API_VERSION}/practice/clock", body=body)
        return failures.decoded(_success(answer).body, dict[str, object], "clock")

    # --- inside ---------------------------------------------------------------------------------------------------

    def _path(self, rest: str) -> str:
        return f"/v{API_VERSION}/accounts/{quote(self._account, safe='')}/{rest}"

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        expected: tuple[str, ...] = (JSON,),
        cap: int = ANSWER_CAP,
        open_to_all: bool = False,
        bare: tuple[int, ...] = (),
    ) -> Answer:
        """One exchange; returns whatever the server itself answered. A status of `bare` counts in whatever form."""
        sent = dict(headers or {})
        if body is not None:
            sent.setdefault("Content-Type", JSON)
        if not open_to_all:
            sent["Authorization"] = f"Bearer {self._token}"
        async with self._stream(method, path, sent, body, expected, ANSWER_TIMEOUT_S, bare) as response:
            return _answer(response, await _whole(response, cap), self._now())

    async def _fetch(self, url: str, part: PartFile, progress: Callable[[int, int], None]) -> None:
        """Append the missing bytes of an immutable file to `part`.

        Its address lets in whoever has it, so the token stays here; only a server of before asks for it.
        """
        path = self._own(url)
        try:
            await self._fetch_with({}, path, part, progress)
        except Unauthorized:
            await self._fetch_with({"Authorization": f"Bearer {self._token}"}, path, part, progress)

    async def _fetch_with(
        self, headers: dict[str, str], path: str, part: PartFile, progress: Callable[[int, int], None]
    ) -> None:
        sent = {**headers, "Accept-Encoding": "identity"}
        if part.have:
            sent["Range"] = f"bytes={part.have}-"
        async with self._stream("GET", path, sent, None, (ZSTD,), DOWNLOAD_TIMEOUT_S) as response:
            if response.status_code not in (200, 206):
                content = await _whole(response, ANSWER_CAP)
                raise failures.refusal(Answer(response.status_code, content, failures.problem_of(content)))
            # A server that does not know ranges sends everything again: what is here already is passed over.
            known = part.have if response.status_code == 200 else 0
            async for chunk in response.aiter_raw():
                fresh, known = chunk[known:], max(known - len(chunk), 0)
                part.append(fresh)
                progress(part.have, part.size)

    @asynccontextmanager
    async def _stream(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes | None,
        expected: tuple[str, ...],
        timeout_s: float,
        bare: tuple[int, ...] = (),
        silence_s: float = READ_TIMEOUT_S,
    ) -> "AsyncIterator[httpx.Response]":
        """An answer with its body still to be read, once it is certain that the server itself gives it."""
        if self.unplugged:
            raise Offline("The cable is pulled out.", reason="unplugged")
        import httpx

        try:
            async with (
                asyncio.timeout(timeout_s),
                self._connections().stream(
                    method,
                    self._base_url + path,
                    headers=headers,
                    content=body,
                    follow_redirects=False,
                    timeout=httpx.Timeout(silence_s, connect=CONNECT_TIMEOUT_S),
                ) as response,
            ):
                media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
                reason = failures.portal_reason(response.status_code, media_type, response.headers, expected)
                if reason and response.status_code not in bare:
                    raise failures.not_the_server(self.host, reason)
                yield response
        except httpx.TransportError as error:
            raise failures.network_failure(error, self.host) from error
        except httpx.InvalidURL as error:
            raise ProtocolViolation("The server names an address that is none.", what="address") from error
        except TimeoutError as error:
            raise failures.Interrupted(f"{self.host} did not answer in time.", reason="timeout") from error

    def _own(self, url: str) -> str:
        """The path of an address the server named. Raises ProtocolViolation for another host's."""
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise ProtocolViolation("The server names an address that is none.", what="address") from error
        if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != self._base_url:
            raise ProtocolViolation(
                f"The server points to {parts.netloc}, which this desk does not know.", what="address"
            )
        if not parts.path.startswith("/"):
            raise ProtocolViolation("The server names an address that is none.", what="address")
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _connections(self) -> "httpx.AsyncClient":
        if self._http is None:
            import httpx

            self._http = httpx.AsyncClient(
                transport=self._transport,
                headers={
                    "Client-Instance": self._client_instance,
                    "Client-Version": self.version,
                    "Accept-Encoding": "gzip",
                    "User-Agent": "comptoir",
                },
                # A proxy of the network must not be asked for a server on this very machine.
                trust_env=not is_loopback(urlsplit(self._base_url).hostname or ""),
            )
        return self._http


def _success(answer: Answer) -> Answer:
    if not 200 <= answer.status < 300:
        raise failures.refusal(answer)
    return answer


def _answer(response: "httpx.Response", content: bytes, now: datetime) -> Answer:
    return Answer(
        status=response.status_code,
        body=content,
        problem=failures.problem_of(content) if response.status_code >= 400 else None,
        retry_after=failures.retry_after(response.headers.get("retry-after"), now),
        replayed=response.headers.get("idempotency-replayed", "").lower() == "true",
        receipt=failures.header_text(response.headers.get("outcome-receipt", "")),
    )


async def _whole(response: "httpx.Response", cap: int) -> bytes:
    """The decoded body. Raises ProtocolViolation beyond `cap` bytes, however small they were on the way."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise ProtocolViolation(f"The server's answer comes in the unknown encoding {encoding!r}.", what="answer")
    inflate = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    chunks: list[bytes] = []
    size = 0
    async for raw in response.aiter_raw(_CHUNK):
        try:
            chunk = raw if inflate is None else inflate.decompress(raw, cap - size + 1)
        except zlib.error as error:
            raise failures.Interrupted("The server's answer arrived damaged.", reason="interrupted") from error
        size += len(chunk)
        if size > cap:
            raise ProtocolViolation(_OVERSIZE, what="answer")
        chunks.append(chunk)
    if inflate is not None and not inflate.eof:
        raise failures.Interrupted("The server's answer arrived incomplete.", reason="interrupted")
    return b"".join(chunks)
