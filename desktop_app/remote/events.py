"""Reading the server's stream of events: bytes in as they come, hints out.

Of the format (server-sent events) only unnamed events and their data are needed, and an event without an end must not
fill the memory: that is why no library reads it.
"""

import re

import msgspec

from desktop_app.contract.wire import Hint
from desktop_app.errors import ProtocolViolation

EVENTS = "text/event-stream"
EVENT_CAP = 65_536
# A carriage return at the end of what has come may be half of a line's end.
_LINE_END = re.compile(rb"\r\n|\n|\r(?=.)", re.DOTALL)


class HintReader:
    """Puts the lines of one stream together. Comments, other kinds of events and unreadable ones are passed over."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._named = False

    def read(self, chunk: bytes) -> list[Hint]:
        """The hints that are complete with this chunk. Raises ProtocolViolation for an event longer than any hint."""
        *lines, self._rest = _LINE_END.split(self._rest + chunk)
        hints = [hint for line in lines if (hint := self._take(line)) is not None]
        if len(self._rest) + sum(map(len, self._data)) > EVENT_CAP:
            raise ProtocolViolation("The server's event is longer than this program accepts.", what="event")
        return hints

    def _take(self, line: bytes) -> Hint | None:
        """One line; the hint where it is the empty one that ends an event."""
        if line:
            field, _, value = line.partition(b":")
            if field == b"data":
                self._data.append(value.removeprefix(b" "))
            elif field == b"event":
                self._named = value.strip() not in (b"", b"message")
            return None
        data, named = b"\n".join(self._data), self._named
        self._data, self._named = [], False
        if not data or named:
            return None
        try:
            return msgspec.json.decode(data, type=Hint)
        except (msgspec.MsgspecError, RecursionError):
            return None
