"""The feed: pages that prove themselves, cursors that cannot be bent, and rows that only their dealer sees."""

import base64
from typing import Any

import httpx

from desktop_app.contract.wire import HASH_MODULUS, hash_text, row_hash
from tests.support import worked_example
from tests.support.shop import Desk, Shop

SHARED = "families,wholesalers,products,stock"
OWN = "account,terms,orders"


def held(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Revisions by collection and id after applying rows in their order."""
    state: dict[str, dict[str, int]] = {}
    for row in rows:
        if row["op"] == "put":
            state.setdefault(row["c"], {})[row["id"]] = row["rev"]
        elif row["op"] == "del":
            state.setdefault(row["c"], {}).pop(row["id"], None)
    return state


def assert_proven(rows: list[dict[str, Any]], collections: str) -> None:
    """The checkpoint's counts and hashes are those of the rows."""
    state, checkpoint = held(rows), rows[-1]
    assert checkpoint["op"] == "checkpoint"
    assert set(checkpoint["counts"]) == set(collections.split(","))
    for name in collections.split(","):
        mine = state.get(name, {})
        assert checkpoint["counts"][name] == len(mine), name
        share = sum(row_hash(row_id, rev) for row_id, rev in mine.items()) % HASH_MODULUS
        assert checkpoint["hash"][name] == hash_text(share), name


def slug(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rsplit(":", 1)[-1]


def test_the_feed_from_the_start_proves_itself(desk: Desk) -> None:
    for collections in (SHARED, OWN, "terms", "products,stock"):
        assert_proven(desk.rows(collections), collections)
    assert desk.changes(SHARED).headers["content-type"].startswith("application/x-ndjson")


def test_pages_of_any_size_add_up_to_the_same(desk: Desk) -> None:
    whole = desk.rows(SHARED)
    for limit in (1, 2, 3, 10, 11, 12):
        pages, cursor = [], ""
        while True:
            lines = [
                httpx.Response(200, content=one).json()
                for one in desk.changes(SHARED, cursor, limit=limit).iter_lines()
            ]
            assert len(lines) <= limit + 1
            pages += lines[:-1]
            cursor = lines[-1]["cursor"]
            if not lines[-1]["more"]:
                break
            assert lines[-1]["counts"] == lines[-1]["hash"] == {}
        assert pages == whole[:-1]
        assert lines[-1]["counts"] == whole[-1]["counts"]
        assert lines[-1]["version"] == whole[-1]["version"]


def test_nothing_new_is_an_empty_page_at_the_same_place(shop: Shop, desk: Desk) -> None:
    first = desk.rows(SHARED)[-1]
    shop.clock.forward(minutes=5)
    (again,) = desk.rows(SHARED, first["cursor"])
    assert (again["version"], again["cursor"]) == (first["version"], first["cursor"])
    assert again["server_time"] > first["server_time"]


def test_an_import_beside_the_running_server_is_seen_at_once(shop: Shop, desk: Desk) -> None:
    start = desk.rows(SHARED)
    dearer = worked_example.FILES["products.csv"].replace("148.37", "158.37").replace("BK1,", "BK2,")
    assert shop.take_in(products=dearer).exit_code == 0
    rows = desk.rows(SHARED, start[-1]["cursor"])
    assert [(row["op"], row["c"], row["id"]) for row in rows[:-1]] == [
        ("del", "products", "BK1"),
        ("put", "products", "TN1"),
        ("put", "products", "BK2"),
        ("del", "stock", "N/BK1"),
    ]
    assert rows[1]["d"]["list_price"] == "158.37"
    assert_proven(start[:-1] + rows, SHARED)
    assert shop.take_in(products=worked_example.FILES["products.csv"]).exit_code == 0
    assert_proven(start[:-1] + rows[:-1] + desk.rows(SHARED, rows[-1]["cursor"]), SHARED)


def test_a_dealer_sees_only_his_own_terms_and_data(shop: Shop) -> None:
    canary = "CANARY-43"
    conditions = worked_example.FILES["conditions.csv"] + f"S1,base,10,%,group:silver,all,,,,,{canary}\n"
    conditions += f"S2,net,500,NET,dealer:D43,sku:MF9,,,,,{canary}\n"
    assert shop.take_in(conditions=conditions).exit_code == 0
    gold, silver = shop.desk("D42"), shop.desk("D43")
    assert "CANARY" not in gold.changes(OWN).text
    assert "D43" not in gold.changes(OWN).text
    assert set(silver.current("terms")) == {"P38", "S1", "S2"}
    assert set(gold.current("terms")) == {"G30", "G35", "Q10", "Q50", "P38", "N612", "B540"}
    assert_proven(silver.rows(OWN), OWN)


def test_a_condition_that_changes_hands_leaves_one_dealer_and_reaches_the_other(shop: Shop) -> None:
    gold, silver = shop.desk("D42"), shop.desk("D43")
    before = {desk.account: desk.rows(OWN) for desk in (gold, silver)}
    moved = worked_example.FILES["conditions.csv"].replace(
        "N612,net,612.00,NET,dealer:D42", "N612,net,612.00,NET,dealer:D43"
    )
    assert shop.take_in(conditions=moved).exit_code == 0
    lost, checkpoint = gold.rows(OWN, before["D42"][-1]["cursor"])
    assert (lost["op"], lost["id"], lost["reason"]) == ("del", "N612", "revoked")
    assert_proven([*before["D42"][:-1], lost, checkpoint], OWN)
    won, checkpoint = silver.rows(OWN, before["D43"][-1]["cursor"])
    assert (won["op"], won["id"]) == ("put", "N612")
    assert_proven([*before["D43"][:-1], won, checkpoint], OWN)
    for_all = moved.replace("dealer:D43", "all")
    assert shop.take_in(conditions=for_all).exit_code == 0
    for desk in (gold, silver):
        assert_proven(desk.rows(OWN), OWN)
        rows = desk.rows(OWN, before[desk.account][-1]["cursor"])
        assert_proven(before[desk.account][:-1] + rows, OWN)
        assert "N612" in desk.current("terms")


def test_another_group_means_reading_the_terms_anew(shop: Shop, desk: Desk) -> None:
    own, shared = desk.rows(OWN)[-1], desk.rows(SHARED)[-1]
    dealers = worked_example.FILES["dealers.csv"].replace("gold", "silver")
    assert shop.take_in(dealers=dealers).exit_code == 0
    answer = desk.changes(OWN, own["cursor"])
    assert (answer.status_code, slug(answer), answer.json()["retry"]) == (410, "visibility-changed", "resync")
    assert desk.changes(SHARED, shared["cursor"]).status_code == 200
    assert set(desk.current("terms")) == {"P38", "N612", "B540"}


def test_another_epoch_means_reading_everything_anew(shop: Shop, desk: Desk) -> None:
    cursors = {name: desk.rows(name)[-1]["cursor"] for name in (OWN, SHARED)}
    fresh = shop.renew_epoch()
    for name, cursor in cursors.items():
        answer = desk.changes(name, cursor)
        assert (answer.status_code, slug(answer)) == (410, "epoch-changed")
        assert desk.rows(name)[-1]["epoch"] == fresh


def test_a_cursor_with_one_bit_flipped_gives_no_data(desk: Desk) -> None:
    cursor = desk.rows(OWN)[-1]["cursor"]
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for position in range(0, len(raw), 5):
        bent = bytearray(raw)
        bent[position] ^= 1 << (position % 8)
        answer = desk.changes(OWN, base64.urlsafe_b64encode(bytes(bent)).decode().rstrip("="))
        assert (answer.status_code, slug(answer)) == (410, "cursor-expired"), position
    for junk in (
        "x",
        "A" * 200,
        cursor[:-1],
        cursor + "A",
        cursor + "=",
        "\0",
        "é",
        cursor[:-1] + chr(ord(cursor[-1]) ^ 1),
    ):
        assert desk.changes(OWN, junk).status_code in (400, 410), junk
    assert desk.changes(OWN, "A" * 3_000).status_code == 400


def test_a_cursor_of_another_account_or_other_collections_gives_no_data(shop: Shop, desk: Desk) -> None:
    foreign = shop.desk("D43")
    for name in (OWN, SHARED):
        answer = desk.changes(name, foreign.rows(name)[-1]["cursor"])
        assert (answer.status_code, slug(answer)) == (410, "cursor-expired")
    for name, other in (("terms", OWN), (OWN, SHARED)):
        answer = desk.changes(name, desk.rows(other)[-1]["cursor"])
        assert (answer.status_code, slug(answer)) == (410, "cursor-expired")


def test_pages_that_cannot_be_asked_for(desk: Desk) -> None:
    for limit in ("0", "-1", "1000000000", "5001", "x", "1.5", ""):
        answer = desk.changes(SHARED, limit=limit)
        assert (answer.status_code, slug(answer)) == (400, "malformed"), limit
    for collections in ("", ",", "nonsense", "products,nonsense", "products,terms", "terms'--"):
        answer = desk.changes(collections)
        assert (answer.status_code, slug(answer)) == (400, "malformed"), collections
    assert desk.get("changes").status_code == 400


def test_long_pages_travel_compressed(desk: Desk) -> None:
    with desk.http.stream("GET", f"{desk.path}/changes", params={"collections": OWN}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
