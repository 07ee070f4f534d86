"""A request for a special price in words: what the draft's note says, and what is copied into a mail.

English, for the headless front end; the screens say it in the user's language.
"""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from desktop_app.services.order_terms import TermsAnswer

# What the note field of the screens takes, and well below what the wire does.
NOTE_LENGTH = 1_000


class AskedLine(Struct, frozen=True):
    """One line whose price is asked for. Unit prices before VAT at 4 decimals; `theirs` is "" where there is none."""

    sku: str
    name: str
    quantity: int
    yours: str
    theirs: str


def asked_lines(answer: TermsAnswer, skus: Collection[str], names: dict[str, str]) -> tuple[AskedLine, ...]:
    """The lines of `skus` in the order they were sent."""
    found = []
    for line in answer.document.lines:
        if line.sku in skus:
            proposed = answer.proposed(line.sku, line.wholesaler)
            theirs = "" if proposed is None else proposed.unit_net
            found.append(AskedLine(line.sku, names.get(line.sku, ""), line.quantity, line.unit_price, theirs))
    return tuple(found)


def request_words(lines: Iterable[AskedLine], day: date, desk_no: str) -> str:
    """The request in one line, as the note of an order is."""
    head = f"Special price asked for on {day.isoformat()} (order {desk_no}):"
    return fitted(head, [_words(line) for line in lines])


def fitted(head: str, sentences: Iterable[str]) -> str:
    """`head` and as many whole sentences as a note takes; how many are left out is said."""
    told, left_out = [head], 0
    length = len(head)
    for sentence in sentences:
        # Room for the count of what does not fit.
        if left_out or length + len(sentence) + 1 > NOTE_LENGTH - 10:
            left_out += 1
            continue
        told.append(sentence)
        length += len(sentence) + 1
    return " ".join([*told, f"(+{left_out})"] if left_out else told)


def _words(line: AskedLine) -> str:
    what = f"{line.quantity} x {line.sku}" + (f" {line.name}" if line.name else "")
    yours = f"{what}: ordered at {line.yours} EUR,"
    return f"{yours} offered at {line.theirs} EUR." if line.theirs else f"{yours} not offered any more."
