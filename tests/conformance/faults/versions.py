"""The second server with hints and versions, which it need not have, and servers that have them wrongly."""

import re
import time
from typing import Any

from tests.conformance.faults.fault import Fault, seen_by
from tests.support.second_server.feed import OWN
from tests.support.second_server.orders import Document, Orders
from tests.support.second_server.refusals import PROBLEMS, Refused, encoded
from tests.support.second_server.shapes import Error
from tests.support.second_server.web import ACCOUNT, PROBLEM, Handler, Manufacturer

PROBLEMS.update(dict.fromkeys(("client-too-old", "schema-unknown"), (426, "upgrade")))
MINIMUM = "0.3"
# Longer than the visit takes; nobody waits for the end.
STREAM_S = 10.0


class Modern(Manufacturer):
    """Offers events, wants a version, and lists the forms of an order."""

    def discovery(self) -> dict[str, Any]:
        told = super().discovery()
        offered = {"features": [*told["features"], "events"], "client_minimum": MINIMUM}
        return told | offered | {"order_schemas": [{"schema": "order/1", "until": None}]}


class ModernOrders(Orders):
    """Leaves no trace of what has another form."""

    def defects(self, document: Document) -> list[Error]:
        if document["schema"] != "order/1":
            raise Refused("schema-unknown")
        return super().defects(document)


class ModernHandler(Handler):
    """Looks at versions first, and streams."""

    lasts_s = STREAM_S

    def reply(self) -> None:
        stream = re.fullmatch(ACCOUNT + "/events", self.path)
        try:
            if self.path != "/.well-known/order-sync":
                self.check_version(self.headers.get("Client-Version", ""))
            if stream is None:
                return super().reply()
            self.check_stream(stream["account"])
        except Refused as refused:
            self._body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._send(refused.status, PROBLEM, refused.body)
        else:
            self.stream(stream["account"])
        return None

    def check_version(self, version: str) -> None:
        """Raises Refused."""
        if [int(part) for part in version.split(".") if part] < [0, 3]:
            raise Refused("client-too-old", client_minimum=MINIMUM)

    def check_stream(self, account: str) -> None:
        """Raises Refused."""
        told = self.headers
        with self.manufacturer.lock:
            self.manufacturer.check_desk(told.get("Authorization", ""), told.get("Client-Instance", ""), account)

    def stream(self, account: str) -> None:
        """Hints, until the desk has gone or some time has passed."""
        self.close_connection = True
        self.send_response(200)
        for name, value in (("Content-Type", "text/event-stream"), ("Request-Id", str(time.monotonic_ns()))):
            self.send_header(name, value)
        self.end_headers()
        told, until = self.place(account), time.monotonic() + self.lasts_s
        try:
            self.wfile.write(b":\n\n")
            while time.monotonic() < until:
                time.sleep(0.02)
                if self.place(account) != told:
                    told = self.place(account)
                    self.wfile.write(b"data: " + self.hint() + b"\n\n")
        except OSError:
            return

    def place(self, account: str) -> int:
        """How far the dealer's collections have come."""
        with self.manufacturer.lock:
            return self.manufacturer.feed.head(account, OWN)

    def hint(self) -> bytes:
        """What a hint says."""
        return encoded({"collections": ["account", "orders"]})


WITHOUT_FAULT = Fault(
    "nothing, with hints and versions", frozenset(), orders=ModernOrders, manufacturer=Modern, handler=ModernHandler
)


class OpenHandler(ModernHandler):
    """Asks nobody who wants a stream."""

    def check_stream(self, account: str) -> None:
        return None


@seen_by("stream-of-events", handler=OpenHandler)
class StreamForAll(Modern):
    """a stream of events for strangers"""

    def discovery(self) -> dict[str, Any]:
        return super().discovery() | {"order_schemas": []}


class SilentHandler(ModernHandler):
    """Its streams end without a word."""

    lasts_s = 0.3

    def place(self, account: str) -> int:
        return 0


@seen_by("hint-of-an-order", handler=SilentHandler)
class SilentStream(Modern):
    """a stream that tells nothing"""

    def discovery(self) -> dict[str, Any]:
        return super().discovery() | {"order_schemas": []}


class OldDesksHandler(ModernHandler):
    """Serves desks of every version."""

    def check_version(self, version: str) -> None:
        return None


@seen_by("too-old", handler=OldDesksHandler)
class ServesAll(Modern):
    """old desks served although discovery says otherwise"""

    def discovery(self) -> dict[str, Any]:
        return super().discovery() | {"order_schemas": []}


@seen_by("unlisted-form", handler=ModernHandler)
class RecordsOtherForms(Modern):
    """an order in another form is rejected for ever"""
