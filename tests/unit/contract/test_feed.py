"""Pages of the feed are taken whole or not at all; what is unknown is counted."""

import pytest

from desktop_app.contract.feed import PageVoid, read_page
from desktop_app.contract.wire import Del, Put

CHECKPOINT = (
    b'{"op":"checkpoint","cursor":"c1","more":false,"epoch":"e1","server_time":"2026-03-02T08:00:00Z","version":7}\n'
)
PUT = b'{"op":"put","c":"products","id":"A","rev":3,"d":{"sku":"A"},"later":1}\n'
DEL = b'{"op":"del","c":"products","id":"B"}\n'


def test_a_whole_page_is_read() -> None:
    page = read_page(PUT + DEL + CHECKPOINT)
    put, gone = page.rows
    assert isinstance(put, Put)
    assert (put.c, put.id, put.rev, bytes(put.d)) == ("products", "A", 3, b'{"sku":"A"}')
    assert isinstance(gone, Del)
    assert gone.reason == "deleted"
    assert (page.checkpoint.cursor, page.checkpoint.version) == ("c1", 7)
    assert not page.ignored


def test_the_last_line_may_lack_its_line_end() -> None:
    assert len(read_page(PUT + CHECKPOINT.rstrip(b"\n")).rows) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        PUT,
        PUT + DEL,
        PUT + CHECKPOINT[:40],
        PUT[:30] + b"\n" + CHECKPOINT,
        CHECKPOINT + PUT,
        b"<html>Sign in to the hotel network</html>",
        b'{"op":"put","c":"products","id":"A"}\n' + CHECKPOINT,
        b'{"op":"put","c":"products","id":"A","rev":1,"d":' + b"[" * 20_000 + b"]" * 20_000 + b"}\n" + CHECKPOINT,
        b'{"op":"put","c":"products","id":"\xff","rev":1,"d":{}}\n' + CHECKPOINT,
    ],
    ids=["empty", "one row", "rows", "cut", "cut row", "rows after", "portal", "incomplete", "deep", "not utf-8"],
)
def test_anything_else_is_void(body: bytes) -> None:
    with pytest.raises(PageVoid):
        read_page(body)


def test_unknown_operations_are_counted_and_left_out() -> None:
    page = read_page(PUT + b'{"op":"merge","c":"products"}\n\n{"op":"merge"}\n' + CHECKPOINT)
    assert len(page.rows) == 1
    assert page.ignored == {"op:merge": 2}
