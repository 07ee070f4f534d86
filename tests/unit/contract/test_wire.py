"""Discovery, feed lines and problems on the wire, and the hash by which both sides compare their rows."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.wire import (
    HASH_MODULUS,
    Checkpoint,
    Del,
    Discovery,
    FeedLine,
    FieldError,
    JoinAnswer,
    JoinRequest,
    Limits,
    Manifest,
    Problem,
    Put,
    SealingKey,
    hash_text,
    problem_type,
    row_hash,
)

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
CHECKPOINT = Checkpoint("c1", False, "e1", NOW, 7)
MESSAGES: list[msgspec.Struct] = [
    Discovery("Xantia", "0190-1", ["1"], "e1", NOW, practice=True, limits=Limits(order_lines=10), features=["cancel"]),
    Discovery("Xantia", "0190-1", ["1"], "e1", NOW, sealing_key=SealingKey("ab" * 8, "A" * 43)),
    JoinRequest("CODE-1", "0190-2"),
    JoinAnswer("D42", "Bureautique Morvan", "secret"),
    Manifest("e1", "c1", "/v1/accounts/D42/catalog/7.zst", 12, "ab" * 32, {"products": 3}, {"products": "0" * 64}, 7),
    Problem(problem_type("terms-changed"), "Terms changed", 409, errors=[FieldError("/lines/0/unit_price", "x")]),
]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Discovery, {"server_time": "2026-03-02T08:30:00"}),
        (Discovery, {"server_time": "0001-01-01T00:00:00+14:00"}),
        (Discovery, {"sealing_key": {"id": "ab" * 8, "public": "../" * 15}}),
        (Manifest, {"sha256": "../../../../../../tmp/elsewhere"}),
        (Manifest, {"hash": {"products": "zz"}}),
        (Manifest, {"bytes": 0}),
        (Manifest, {"bytes": 1 << 40}),
        (Manifest, {"version": 1 << 70}),
        (Manifest, {"counts": {"products": -1}}),
        (Manifest, {"cursor": "c" * 100_000}),
        (Checkpoint, {"version": 1 << 70}),
        (Checkpoint, {"server_time": "9999-12-31T23:59:59-14:00"}),
        (Checkpoint, {"cursor": "c" * 100_000}),
    ],
)
def test_what_a_desk_could_not_keep_is_refused(kind: type[msgspec.Struct], change: dict[str, object]) -> None:
    good = next(message for message in [*MESSAGES, CHECKPOINT] if isinstance(message, kind))
    document = msgspec.to_builtins(good, builtin_types=(datetime,), str_keys=True) | change
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(document), type=kind)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_back_as_it_went(message: msgspec.Struct) -> None:
    assert msgspec.json.decode(msgspec.json.encode(message), type=type(message)) == message


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_unknown_fields_are_ignored(message: msgspec.Struct) -> None:
    fields = {**msgspec.to_builtins(message), "from_a_later_version": 1}
    assert msgspec.json.decode(msgspec.json.encode(fields), type=type(message)) == message


def test_the_lines_of_a_feed_are_told_apart_by_op() -> None:
    decoder: msgspec.json.Decoder[FeedLine] = msgspec.json.Decoder(FeedLine)
    put = decoder.decode(b'{"op":"put","c":"products","id":"A","rev":3,"d":{"sku":"A","later":[1]}}')
    assert isinstance(put, Put)
    assert (put.c, put.id, put.rev, bytes(put.d)) == ("products", "A", 3, b'{"sku":"A","later":[1]}')
    assert decoder.decode(b'{"op":"del","c":"products","id":"A"}') == Del("products", "A", "deleted")
    line = Checkpoint("c2", False, "e1", NOW, 7, {"products": 1}, {"products": "0" * 64})
    assert decoder.decode(msgspec.json.encode(line)) == line
    with pytest.raises(msgspec.ValidationError):
        decoder.decode(b'{"op":"upsert","c":"products","id":"A"}')


def test_the_share_of_a_row_is_fixed_for_ever() -> None:
    # `printf 'TN1\n12' | sha256sum`; any change here would make every desk in the field load everything again.
    assert hash_text(row_hash("TN1", 12)) == "a3c345595b23e0b70eaeae8f7ea74181b3f63ce9081564eb33a156815b9249c7"
    assert hash_text(row_hash("wholesaler/é", 0)) == "1064f6a24bd5b5c6faa3c1852d41a14d861cdfd3aa7fb5a534f2126305e212da"


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 10**6)), max_size=8))
def test_the_hash_of_a_collection_does_not_know_the_order_of_its_rows(rows: list[tuple[str, int]]) -> None:
    total = sum(row_hash(*row) for row in rows)
    assert hash_text(total) == hash_text(sum(row_hash(*row) for row in reversed(rows)))
    assert len(hash_text(total)) == 64


def test_the_hash_can_be_kept_by_adding_and_taking_away() -> None:
    kept = (row_hash("A", 1) + row_hash("B", 1)) % HASH_MODULUS
    kept = (kept - row_hash("A", 1) + row_hash("A", 2)) % HASH_MODULUS
    assert hash_text(kept) == hash_text(row_hash("B", 1) + row_hash("A", 2))
    assert hash_text(kept - row_hash("B", 1) - row_hash("A", 2)) == "0" * 64


def test_a_problem_is_known_by_the_last_part_of_its_type() -> None:
    assert Problem("urn:order-sync:terms-changed", "Terms changed", 409).slug == "terms-changed"
    assert Problem("about:blank", "Not found", 404).slug == "blank"
    assert problem_type("busy") == "urn:order-sync:busy"


def test_a_problem_writes_only_what_it_says() -> None:
    written = msgspec.json.encode(Problem(problem_type("busy"), "Busy", 409, retry="later"))
    assert msgspec.json.decode(written) == {
        "type": "urn:order-sync:busy",
        "title": "Busy",
        "status": 409,
        "retry": "later",
    }


def test_a_problem_carries_its_proposal_untouched() -> None:
    body = b'{"type":"urn:order-sync:terms-changed","title":"t","status":409,"proposal":{"total":"12.00","x":[1]}}'
    problem = msgspec.json.decode(body, type=Problem)
    assert bytes(problem.proposal) == b'{"total":"12.00","x":[1]}'
    assert msgspec.json.encode(problem) == body


def test_a_problem_without_a_proposal_has_no_bytes_of_one() -> None:
    problem = msgspec.json.decode(b'{"type":"urn:order-sync:busy","title":"Busy","status":409}', type=Problem)
    assert bytes(problem.proposal) == b""
