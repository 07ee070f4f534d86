"""After sending: what was answered can be looked up, and an order can be cancelled until goods leave."""

import uuid

from tests.support.shop import Desk, Shop, line, order

HEADER = "order_no,wholesaler,sku,state,quantity,date\n"


def test_recorded_answers_are_found_again_as_they_were(shop: Shop, desk: Desk) -> None:
    good, stale, unsound = order(), order(lines=[line("TN1", 12, "9.0000")]), order(lines=[line("TN1", 0)])
    given = [desk.send(document) for document in (good, stale, unsound)]
    ids = [{"order_id": document["order_id"], "revision": 1} for document in (good, stale, unsound)]
    unknown = [{"order_id": good["order_id"], "revision": 2}, {"order_id": str(uuid.uuid4()), "revision": 1}]
    answer = desk.http.post(f"{desk.path}/orders:outcomes", json={"ids": [*unknown, *reversed(ids)]})
    assert answer.status_code == 200
    found = answer.json()["outcomes"]
    assert found[:2] == [None, None]
    assert [(one["status"], one["body"]) for one in reversed(found[2:])] == [
        (status, one.json()) for status, one in zip((201, 409, 422), given, strict=True)
    ]
    assert all(len(one["sha256"]) == 64 for one in found[2:])
    assert given[0].content in answer.content
    other = shop.desk("D43")
    foreign = other.http.post(f"{other.path}/orders:outcomes", json={"ids": ids})
    assert foreign.json()["outcomes"] == [None, None, None]


def test_a_look_up_has_its_bounds(desk: Desk) -> None:
    path = f"{desk.path}/orders:outcomes"
    many = [{"order_id": f"o-{number}", "revision": 1} for number in range(500)]
    assert desk.http.post(path, json={"ids": many}).json()["outcomes"] == [None] * 500
    assert desk.http.post(path, json={"ids": [*many, many[0]]}).status_code == 400
    bodies: list[object] = [{}, {"ids": "x"}, {"ids": [{"order_id": 1, "revision": 1}]}, []]
    for body in bodies:
        assert desk.http.post(path, json=body).status_code == 400
    assert desk.http.post(path, json={"ids": []}).json() == {"outcomes": []}


def test_the_answer_to_a_request_is_found_again_too(shop: Shop, desk: Desk) -> None:
    document = order()
    desk.send(document)
    given = desk.cancel(document["order_id"], "r-1")
    mine = {"order_id": document["order_id"], "revision": 1}
    ids = [{**mine, "request_id": "r-1"}, mine, {**mine, "request_id": "r-2"}]
    found = desk.http.post(f"{desk.path}/orders:outcomes", json={"ids": ids}).json()["outcomes"]
    assert (found[0]["request_id"], found[0]["status"], found[0]["body"]) == ("r-1", 200, given.json())
    assert "request_id" not in found[1]
    assert found[1]["body"]["order_no"]
    assert found[2] is None
    other = shop.desk("D43")
    assert other.http.post(f"{other.path}/orders:outcomes", json={"ids": ids}).json()["outcomes"] == [None] * 3


def test_an_order_is_cancelled_once_and_the_account_relieved(desk: Desk) -> None:
    document = order()
    desk.send(document)
    first = desk.cancel(document["order_id"], "r-1")
    assert first.status_code == 200, first.text
    assert first.json() == {
        "request_id": "r-1",
        "order_id": document["order_id"],
        "result": "done",
        "status": "cancelled",
    }
    copy = desk.cancel(document["order_id"], "r-1")
    assert (copy.content, copy.headers["idempotency-replayed"]) == (first.content, "true")
    assert desk.cancel(document["order_id"], "r-2").json()["result"] == "done"
    row = desk.current("orders")[document["order_id"]]
    assert row["status"] == "cancelled"
    assert [entry["state"] for entry in row["history"]] == ["accepted", "cancelled"]
    assert row["history"][1]["text"] == "ordered twice"
    assert desk.current("account")["D42"]["undelivered"] == "0.00"
    assert desk.send(document).headers["idempotency-replayed"] == "true"


def test_what_has_left_cannot_be_cancelled_and_the_answer_stays(shop: Shop, desk: Desk) -> None:
    document = order()
    number = desk.send(document).json()["order_no"]
    shop.take_in(status=HEADER + f"{number},N,BK1,shipped,1,2026-03-11\n")
    refused = desk.cancel(document["order_id"], "r-1")
    assert (refused.status_code, refused.json()["result"], refused.json()["status"]) == (
        200,
        "refused",
        "partly_shipped",
    )
    assert refused.json()["detail"]
    assert desk.cancel(document["order_id"], "r-1").content == refused.content
    assert desk.current("orders")[document["order_id"]]["status"] == "partly_shipped"


def test_requests_have_the_same_rules_as_orders(shop: Shop, desk: Desk) -> None:
    document = order()
    desk.send(document)
    order_id = document["order_id"]
    assert desk.cancel(order_id, "r-1", **{"Sync-Epoch": ""}).status_code == 428
    assert desk.cancel(order_id, "r-1", **{"Sync-Epoch": "x"}).status_code == 412
    assert desk.cancel(order_id, "r-1", **{"Content-Type": "text/plain"}).status_code == 415
    assert desk.cancel(str(uuid.uuid4()), "r-1").status_code == 404
    assert shop.desk("D43").cancel(order_id, "r-1").status_code == 404
    path, epoch = f"{desk.path}/orders/{order_id}/requests/r-1", {"Sync-Epoch": desk.epoch}
    sound = {"kind": "cancel", "order_id": order_id, "request_id": "r-1", "created_at": "2026-03-10T10:00:00Z"}
    for changes, status in (
        ({"kind": "enlarge"}, 422),
        ({"status": "cancelled"}, 422),
        ({"request_id": "r-2"}, 400),
        ({"order_id": "x"}, 400),
        ({"created_at": 7}, 422),
    ):
        assert desk.http.put(path, json=sound | changes, headers=epoch).status_code == status, changes
    assert desk.current("orders")[order_id]["status"] == "accepted"
    assert desk.http.put(path, json=sound, headers=epoch).json()["result"] == "done"
    reused = desk.http.put(path, json=sound | {"reason": "other"}, headers=epoch)
    assert (reused.status_code, reused.json()["type"]) == (422, "urn:order-sync:key-reused")
