"""Servers that are entered wrongly, or refuse in a form of their own."""

from typing import Any
from uuid import uuid4

from tests.conformance.faults.fault import seen_by
from tests.support.second_server.refusals import Refused, encoded, problem
from tests.support.second_server.web import PROBLEM, Handler, Manufacturer


@seen_by("discovery")
class TwoFaces(Manufacturer):
    """another server_id each time"""

    def discovery(self) -> dict[str, Any]:
        return super().discovery() | {"server_id": str(uuid4())}


@seen_by("one-clock")
class WrongClock(Manufacturer):
    """a server_time of last year"""

    def discovery(self) -> dict[str, Any]:
        return super().discovery() | {"server_time": "2025-01-01T00:00:00Z"}


@seen_by("date-and-request-id")
class Nameless(Handler):
    """no Request-Id"""

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Request-Id":
            super().send_header(keyword, value)


@seen_by("no-browser")
class Cookies(Handler):
    """a cookie"""

    def end_headers(self) -> None:
        self.send_header("Set-Cookie", "session=1")
        super().end_headers()


@seen_by("joining")
class ExactCodes(Manufacturer):
    """codes taken only as they are written"""

    @staticmethod
    def plain(code: str) -> str:
        return code


@seen_by("code-works-once")
class CodesForEver(Manufacturer):
    """a code that works again"""

    def join(self, asked: Any) -> dict[str, str]:
        before = dict(self.codes)
        joined = super().join(asked)
        self.codes = before
        return joined


@seen_by("unknown-code")
class AnyCode(Manufacturer):
    """a code that never was is not found"""

    def join(self, asked: Any) -> dict[str, str]:
        if asked["code"].startswith("ZZZZ"):
            raise Refused("not-found")
        return super().join(asked)


@seen_by("token-needed", "token-of-one-desk", "problem-documents")
class ForbiddenInstead(Manufacturer):
    """403 without the member retry instead of 401"""

    def check_desk(self, authorization: str, instance: str, account: str) -> None:
        try:
            super().check_desk(authorization, instance, account)
        except Refused as refused:
            if refused.status == 401:
                refused.status = 403
                refused.body = encoded({"type": "about:blank", "title": "Forbidden", "status": 403})
            raise


@seen_by("token-of-one-desk")
class AnyInstallation(Manufacturer):
    """a token that works for every installation"""

    def check_desk(self, authorization: str, instance: str, account: str) -> None:
        mine = next((desk[1] for desk in self._desks.values() if desk[0] == account), instance)
        super().check_desk(authorization, mine if instance else instance, account)


@seen_by("other-account")
class Talkative(Manufacturer):
    """another dealer's account is 403, which says that it exists"""

    def not_yours(self, account: str) -> Refused:
        if self.feed.get("account", account, account) is None:
            return Refused("not-found")
        refused = Refused("code-invalid")
        refused.body = encoded(problem("code-invalid") | {"type": "urn:order-sync:account-suspended"})
        return refused


@seen_by("other-account")
class TalkativeBody(Manufacturer):
    """another dealer's account is 404 with a word that says that it exists"""

    def not_yours(self, account: str) -> Refused:
        known = self.feed.get("account", account, account) is not None
        return Refused("not-found", "This is another dealer's." if known else "")


@seen_by("unknown-account")
class UnknownIsUnauthorized(Manufacturer):
    """every other account is 401, at which a desk would sign in again for ever"""

    def not_yours(self, account: str) -> Refused:
        return Refused("unauthorized")


@seen_by("nothing-there", "problem-documents")
class PagesForPeople(Handler):
    """a page for people where nothing is"""

    def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        if status in (404, 405) and "/accounts/" not in self.path:
            media_type, body = "text/html", b"<h1>Not found</h1>"
        super()._send(status, media_type, body, headers)


@seen_by("problem-documents")
class WrongRetry(Handler):
    """a retry that sends a desk the wrong way"""

    def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        if media_type == PROBLEM and status == 415:
            body = body.replace(b'"never"', b'"later"')
        super()._send(status, media_type, body, headers)


@seen_by("no-failures", "nothing-there")
class Fails(Handler):
    """500 where nothing is"""

    def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        if self.path == "/v1/nothing-here":
            status, body = 500, encoded(problem("internal"))
        super()._send(status, media_type, body, headers)
