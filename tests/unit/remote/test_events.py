"""Hints are read from the bytes of a stream however it is cut, and nothing else is taken for one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.wire import Hint
from desktop_app.errors import ProtocolViolation
from desktop_app.remote.events import EVENT_CAP, HintReader

STREAM = (
    b": \r\n\r\n"
    b'data: {"collections":["orders"],"version":7}\r\n\r\n'
    b": still there\n\n"
    b'id: 9\ndata:{"collections":\ndata: ["stock"]}\n\n'
    b'event: message\rretry: 5\rdata: {"collections":[],"later":"fields"}\r\r'
    b"x"
)
HINTS = [Hint(["orders"], 7), Hint(["stock"]), Hint([])]


def read(*chunks: bytes) -> list[Hint]:
    reader = HintReader()
    return [hint for chunk in chunks for hint in reader.read(chunk)]


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_a_stream_is_read_the_same_wherever_it_is_cut(cuts: list[int]) -> None:
    places = sorted({0, len(STREAM), *cuts})
    assert read(*(STREAM[one:two] for one, two in pairwise(places))) == HINTS


@pytest.mark.parametrize(
    "event",
    [
        b"data: <html>\n\n",
        b"data: [1]\n\n",
        b"data: " + b"[" * 50_000 + b"\n\n",
        b'data: {"collections":[1]}\n\n',
        b'event: drafts-moved\ndata: {"collections":["orders"]}\n\n',
        b'{"collections":["orders"]}\n\n',
        b'data: {"collections":["orders"]}',
    ],
)
def test_what_is_no_whole_hint_is_passed_over(event: bytes) -> None:
    assert read(event) == []


@pytest.mark.parametrize("chunk", [b"x" * 1_000, b"data: " + b"x" * 1_000 + b"\n"])
def test_an_event_without_an_end_does_not_fill_the_memory(chunk: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        read(*[chunk] * (2 * EVENT_CAP // len(chunk)))
