"""Which forms of the order document are taken, and until when: a queue may have waited for very long."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from desktop_app.contract.orders import ORDER_SCHEMA
from desktop_app.contract.wire import OrderSchema
from manufacturer_server.problems import Refused

# So long a form is taken after the last program that wrote it was given out.
WINDOW_YEARS = 2


@dataclass(frozen=True, slots=True)
class KnownSchema:
    """A form this server can read, and the day the last program that writes it was given out (None: it still is)."""

    name: str
    last_issued: date | None = None

    @property
    def until(self) -> date | None:
        """The last day it is taken; None while there is no end to it."""
        if self.last_issued is None:
            return None
        year = self.last_issued.year + WINDOW_YEARS
        try:
            return self.last_issued.replace(year=year)
        except ValueError:  # the 29th of February
            return date(year, 3, 1)


KNOWN: tuple[KnownSchema, ...] = (KnownSchema(ORDER_SCHEMA),)


class _Named(msgspec.Struct):
    schema: str


def accepted(day: date) -> list[OrderSchema]:
    """What is taken on a day, as discovery says it."""
    return [OrderSchema(known.name, known.until) for known in KNOWN if known.until is None or day <= known.until]


def check(body: bytes, at: datetime) -> None:
    """Raises Refused (`schema-unknown`) for an order in another form; what names none is judged like any document."""
    try:
        name = msgspec.json.decode(body, type=_Named).schema
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    taken = [one.schema for one in accepted(at.date())]
    if name not in taken:
        raise Refused("schema-unknown", f"This server takes {', '.join(taken)}.")
