"""The epochs of a history: how it is known that one was lost, and what never happens twice after it."""

import base64
import hmac
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import msgspec
import pytest

from manufacturer_server import cursors
from manufacturer_server.cli import main
from manufacturer_server.lineage import all_epochs
from manufacturer_server.storage.database import Database
from manufacturer_server.storage.identity import identity
from tests.support.shop import Desk, Shop, order

OWN = "account,terms,orders"


def epochs_of(shop: Shop) -> list[tuple[str, str]]:
    """The lives of the server's history and how each began."""
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        return [(one.epoch, one.reason) for one in all_epochs(connection)]


def test_a_cursor_of_the_lost_history_proves_that_it_was_lost(shop: Shop, desk: Desk) -> None:
    backup = shop.backup()
    desk.send(order())
    cursor = desk.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    answer = desk.changes(OWN, cursor)
    assert (answer.status_code, answer.json()["type"]) == (410, "urn:order-sync:epoch-changed")
    fresh = answer.json()["epoch"]
    assert fresh != desk.epoch
    assert shop.http.get("/.well-known/order-sync").json()["epoch"] == fresh
    assert desk.send(order()).json()["epoch"] == fresh
    desk.epoch = fresh
    assert desk.send(order()).json()["order_no"] == "MF-2026-010001"


@pytest.mark.parametrize("collections", [OWN, "products,stock"])
def test_it_does_so_however_far_the_server_has_come_since(shop: Shop, desk: Desk, collections: str) -> None:
    """The sequence has passed the old position: only the mark says that this is another history."""
    backup = shop.backup()
    desk.send(order())
    checkpoint = desk.rows(collections)[-1]
    shop.put_back(backup)
    other = shop.desk("D43")
    for _ in range(3):
        assert desk.send(order()).status_code == 201
    assert desk.rows(OWN)[-1]["version"] > checkpoint["version"]
    assert desk.changes(collections, checkpoint["cursor"]).json()["type"] == "urn:order-sync:epoch-changed"
    assert len(epochs_of(shop)) == 2
    assert other.send(order()).status_code == 412


def test_what_a_desk_saw_of_others_orders_proves_it_too(shop: Shop, desk: Desk) -> None:
    other, backup = shop.desk("D43"), shop.backup()
    desk.send(order())
    # Nothing of this account has changed, but the desk has been there after it.
    cursor = other.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    assert other.changes(OWN, cursor).status_code == 410
    assert len(epochs_of(shop)) == 2


def test_the_first_write_after_it_proves_it(shop: Shop, desk: Desk) -> None:
    backup, document, kept = shop.backup(), order(), order()
    desk.send(document)
    seen = desk.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    refused = desk.send(kept, **{"Sync-Seen": seen})
    assert (refused.status_code, refused.json()["type"]) == (412, "urn:order-sync:epoch-changed")
    desk.epoch = refused.json()["epoch"]
    ids = [{"order_id": one["order_id"], "revision": 1} for one in (document, kept)]
    assert desk.http.post(f"{desk.path}/orders:outcomes", json={"ids": ids}).json() == {"outcomes": [None, None]}
    # The cursor is an old one now, which proves nothing more.
    assert desk.send(kept, **{"Sync-Seen": seen}).status_code == 201
    assert desk.cancel(kept["order_id"], "r-1", **{"Sync-Seen": seen}).status_code == 200
    assert len(epochs_of(shop)) == 2


def test_requests_and_earlier_answers_prove_it_as_well(shop: Shop, desk: Desk) -> None:
    document = order()
    given = desk.send(document)
    backup = shop.backup()
    desk.send(order())
    seen = desk.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    assert desk.cancel(document["order_id"], "r-1", **{"Sync-Seen": seen}).status_code == 412
    shop.put_back(backup)
    told = desk.bring_back(document["order_id"], 1, given, given.request.content, **{"Sync-Seen": seen})
    assert told.status_code == 412


def test_a_position_that_says_nothing_is_ignored(shop: Shop, desk: Desk) -> None:
    earlier = desk.rows(OWN)[-1]["cursor"]
    desk.send(order())
    for seen in (earlier, desk.rows(OWN)[-1]["cursor"], "x", "A" * 5_000, earlier[:-1], ""):
        assert desk.send(order(), **{"Sync-Seen": seen}).status_code == 201
    assert desk.changes(OWN, earlier).status_code == 200
    assert epochs_of(shop) == []


def test_a_cursor_of_an_epoch_that_was_lost_as_a_whole_proves_one_loss_only(shop: Shop, desk: Desk) -> None:
    backup = shop.backup()
    desk.epoch = lost = shop.renew_epoch()
    cursor = desk.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    answer = desk.changes(OWN, cursor).json()
    assert answer["epoch"] != lost
    for _ in range(2):
        assert desk.changes(OWN, cursor).json() == answer
    assert [reason for _, reason in epochs_of(shop)].count("founded") == 1
    assert len(epochs_of(shop)) == 3


def test_desks_that_prove_it_at_the_same_time_prove_it_once(shop: Shop, desk: Desk) -> None:
    backup = shop.backup()
    desk.send(order())
    cursor = desk.rows(OWN)[-1]["cursor"]
    shop.put_back(backup)
    with ThreadPoolExecutor(8) as desks:
        answers = list(desks.map(lambda _: desk.changes(OWN, cursor), range(16)))
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.json()["epoch"] for answer in answers}) == 1
    assert len(epochs_of(shop)) == 2


def test_going_back_and_forth_is_noticed_each_time(shop: Shop, desk: Desk) -> None:
    early = shop.backup()
    desk.send(order())
    late, before = shop.backup(), desk.rows(OWN)[-1]["cursor"]
    shop.put_back(early)
    first = desk.changes(OWN, before).json()["epoch"]
    between = desk.rows(OWN)[-1]["cursor"]
    # It was the wrong file: the one of a later day is put in its place.
    shop.put_back(late)
    second = desk.changes(OWN, between).json()["epoch"]
    assert len({desk.epoch, first, second}) == 3
    assert desk.changes(OWN, before).json()["epoch"] == second


def test_cursors_of_a_version_before_are_taken_as_they_were(shop: Shop, desk: Desk) -> None:
    with closing(Database.open(shop.data)) as database, database.reading() as connection:
        who = identity(connection)
    position = cursors.verified(who, desk.rows(OWN)[-1]["cursor"])
    assert position is not None
    old = msgspec.to_builtins(position)[:5]
    payload = msgspec.msgpack.encode(old)
    mac = hmac.digest(who.secret, payload, "sha256")[:16]
    cursor = base64.urlsafe_b64encode(payload + mac).decode().rstrip("=")
    assert desk.changes(OWN, cursor).status_code == 200


def test_a_new_epoch_stops_all_writes_until_desks_have_looked_up(
    shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    cursor = desk.rows("orders")[-1]["cursor"]
    data = ["--data", str(shop.data)]
    assert main(["epoch", *data]) == 0
    assert "no history was ever lost" in capsys.readouterr().out
    assert main(["epoch", *data, "--renew", "--reason", "copied back by hand"]) == 0
    said = capsys.readouterr().out
    assert "jump ahead" in said
    fresh = shop.http.get("/.well-known/order-sync").json()["epoch"]
    assert fresh != desk.epoch
    assert [line.split("  ")[1:] for line in said.splitlines()[2:]] == [
        [desk.epoch, "founded"],
        [fresh, "copied back by hand"],
    ]
    refused = desk.send(order())
    assert (refused.status_code, refused.json()["epoch"]) == (412, fresh)
    assert desk.changes("orders", cursor).json()["type"] == "urn:order-sync:epoch-changed"
    desk.epoch = fresh
    assert desk.send(order()).status_code == 201


def test_a_new_epoch_needs_a_reason(shop: Shop, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (["--renew"], ["--reason", "x"]):
        assert main(["epoch", "--data", str(shop.data), *asked]) == 1
        assert "go together" in capsys.readouterr().err
    assert shop.http.get("/.well-known/order-sync").json()["epoch"] == desk.epoch


def test_all_that_is_counted_jumps_beyond_what_was_lost(shop: Shop, desk: Desk) -> None:
    desk.send(order())
    before = desk.rows("orders")[-1]["version"]
    main(["export", "--data", str(shop.data), "--out", str(shop.files / "out")])
    numbers = []
    for _ in range(2):
        desk.epoch = shop.renew_epoch()
        numbers.append(desk.send(order()).json()["order_no"])
        main(["export", "--data", str(shop.data), "--out", str(shop.files / "out")])
    assert numbers == ["MF-2026-020001", "MF-2026-040001"]
    assert desk.rows("orders")[-1]["version"] > before + 2_000_000
    names = sorted(path.name[:13] for path in (shop.files / "out").iterdir())
    assert names == ["orders-000001", "orders-001002", "orders-002003"]


def test_orders_priced_with_terms_of_the_lost_history_are_judged_not_turned_away(shop: Shop, desk: Desk) -> None:
    version = desk.rows("terms")[-1]["version"] + 500
    assert desk.send(order(terms_version=version)).json()["type"] == "urn:order-sync:terms-unknown"
    desk.epoch = shop.renew_epoch()
    assert desk.send(order(terms_version=version)).status_code == 201
