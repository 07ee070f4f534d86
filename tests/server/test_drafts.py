"""Drafts that the desks of an account share: the latest counts, and nobody overwrites another unseen."""

import threading
from typing import Any

import httpx
import pytest

from desktop_app.contract.wire import hash_text, row_hash
from tests.support.shop import Desk, Shop, draft

OWN = "account,terms,agreements,turnover,orders"


def slug(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rsplit(":", 1)[-1]


def kept(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    rev: int = answer.json()["rev"]
    assert answer.headers["etag"] == f'"{rev}"'
    return rev


def test_a_new_draft_is_in_the_feed_with_counts_and_hash(shop: Shop, desk: Desk) -> None:
    before = desk.rows("drafts")[-1]
    assert before["counts"] == {"drafts": 0}
    document = draft(note="by the gate", later_field={"kept": [1, 2]})
    rev = kept(desk.put_draft(document, 0))
    row, end = desk.rows("drafts", before["cursor"])
    assert (row["op"], row["id"], row["rev"], row["d"]) == ("put", document["draft_id"], rev, document)
    assert end["counts"] == {"drafts": 1}
    assert end["hash"] == {"drafts": hash_text(row_hash(document["draft_id"], rev))}
    assert desk.rows(f"{OWN},drafts")[-1]["counts"]["drafts"] == 1


def test_only_the_latest_revision_is_replaced(desk: Desk) -> None:
    document = draft()
    first = kept(desk.put_draft(document, 0))
    second = kept(desk.put_draft({**document, "holder": "Sophie"}, first))
    assert second > first
    for match in (0, first, second + 1):
        answer = desk.put_draft({**document, "note": "mine"}, match)
        assert (answer.status_code, slug(answer), answer.json()["retry"]) == (412, "draft-changed", "never")
        assert (answer.json()["revision"], answer.json()["proposal"]["holder"]) == (second, "Sophie")
    assert desk.current("drafts")[document["draft_id"]]["holder"] == "Sophie"


def test_of_a_draft_that_the_server_does_not_have_nothing_is_proposed(desk: Desk) -> None:
    answer = desk.put_draft(draft(), 17)
    assert (answer.status_code, slug(answer)) == (412, "draft-changed")
    assert "proposal" not in answer.json()
    assert "revision" not in answer.json()


def test_the_copy_of_a_request_whose_answer_was_lost_is_kept_already(desk: Desk) -> None:
    document = draft()
    rev = kept(desk.put_draft(document, 0))
    assert kept(desk.put_draft(document, 0)) == rev
    assert len(desk.rows("drafts")) == 2


def test_of_many_at_once_one_is_kept(shop: Shop, desk: Desk) -> None:
    document = draft()
    rev = kept(desk.put_draft(document, 0))
    answers: list[int] = []

    def put(name: str) -> None:
        answers.append(desk.put_draft({**document, "holder": name}, rev).status_code)

    threads = [threading.Thread(target=put, args=(f"person {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7


def test_a_draft_belongs_to_its_account(shop: Shop, desk: Desk) -> None:
    document = draft()
    rev = kept(desk.put_draft(document, 0))
    other = shop.desk("D43")
    foreign = other.http.put(
        f"{desk.path}/drafts/{document['draft_id']}",
        json={**document, "holder": "X"},
        headers={"Sync-Epoch": other.epoch, "If-Match": f'"{rev}"'},
    )
    assert (foreign.status_code, slug(foreign)) == (404, "not-found")
    assert other.current("drafts") == {}
    # The same id in another account is another draft.
    kept(other.put_draft({**document, "holder": "Y"}, 0))
    assert desk.current("drafts")[document["draft_id"]]["holder"] == "Camille"


def test_the_epoch_comes_first_and_is_told_apart_by_its_type(shop: Shop, desk: Desk) -> None:
    document = draft()
    rev = kept(desk.put_draft(document, 0))
    missing = desk.put_draft(document, rev, **{"Sync-Epoch": ""})
    assert (missing.status_code, slug(missing)) == (428, "epoch-missing")
    other = desk.put_draft({**document, "note": "x"}, rev - 1, **{"Sync-Epoch": "e-0"})
    assert (other.status_code, slug(other), other.json()["epoch"]) == (412, "epoch-changed", desk.epoch)
    assert desk.current("drafts")[document["draft_id"]] == document


def test_a_server_put_back_notices_by_the_cursor_of_the_desk(shop: Shop, desk: Desk) -> None:
    backup = shop.backup()
    document = draft()
    rev = kept(desk.put_draft(document, 0))
    seen = desk.rows("drafts")[-1]["cursor"]
    shop.put_back(backup)
    answer = desk.put_draft({**document, "note": "x"}, rev, **{"Sync-Seen": seen})
    assert (answer.status_code, slug(answer)) == (412, "epoch-changed")
    desk.epoch = answer.json()["epoch"]
    gone = desk.put_draft({**document, "note": "x"}, rev)
    assert (gone.status_code, slug(gone)) == (412, "draft-changed")
    # No revision is given twice, also not after a loss.
    assert kept(desk.put_draft({**document, "note": "x"}, 0)) > rev


@pytest.mark.parametrize("match", ["*", "17", 'W/"17"', '"1", "2"', '"-1"', '"x"', '""', '"01"'])
def test_if_match_names_one_revision(desk: Desk, match: str) -> None:
    answer = desk.put_draft(draft(), 0, **{"If-Match": match})
    assert (answer.status_code, slug(answer)) == (400, "malformed")


def test_without_if_match_nothing_is_kept(desk: Desk) -> None:
    answer = desk.put_draft(draft(), 0, **{"If-Match": ""})
    assert (answer.status_code, slug(answer)) == (428, "match-missing")
    assert desk.current("drafts") == {}


def line(**changes: Any) -> dict[str, Any]:
    return {"key": 1, "place": 1.0, "sku": "TN1", "quantity": 12} | changes


@pytest.mark.parametrize(
    "faulty",
    [
        {"lines": [line(), line(sku="MF9")]},
        {"lines": [line(quantity=-1)]},
        {"lines": [line(sku="")]},
        {"lines": [line(key=number) for number in range(5_001)]},
        {"state": "lost"},
        {"total": "1e9"},
        {"holder": "x" * 2_001},
        {"updated_at": "2026-03-10T09:00:00"},
        {"held_since": "0001-01-01T00:00:00Z"},
    ],
)
def test_a_faulty_document_is_refused(desk: Desk, faulty: dict[str, Any]) -> None:
    answer = desk.put_draft(draft(**faulty), 0)
    assert (answer.status_code, slug(answer)) == (422, "rejected")
    assert answer.json()["errors"]
    assert desk.current("drafts") == {}


def test_what_is_no_document_is_refused(desk: Desk) -> None:
    document = draft()
    headers = {"Sync-Epoch": desk.epoch, "If-Match": '"0"', "Content-Type": "application/json"}
    path = f"{desk.path}/drafts/{document['draft_id']}"
    for content, status, code in (
        (b"{", 400, "malformed"),
        (b'{"note": "\\u0000"}', 400, "malformed"),
        (b" " * 8_000_001, 413, "too-large"),
    ):
        answer = desk.http.put(path, content=content, headers=headers)
        assert (answer.status_code, slug(answer)) == (status, code)
    other = desk.http.put(f"{desk.path}/drafts/another", json=document, headers=headers)
    assert (other.status_code, slug(other)) == (422, "rejected")
    # Spread over many lines it is still one line of the feed.
    spread = httpx.Request("PUT", "http://x", json=document).content.replace(b'{"draft_id"', b'{\n\r\n  "draft_id"')
    kept(desk.http.put(path, content=spread, headers=headers))
    assert desk.current("drafts") == {document["draft_id"]: document}


def test_what_ended_is_told_for_thirty_days_and_known_for_ever(shop: Shop, desk: Desk) -> None:
    ended = draft(state="sent")
    rev = kept(desk.put_draft(ended, 0))
    kept(desk.put_draft(draft(), 0))
    shop.clock.forward(days=29)
    kept(desk.put_draft(draft(), 0))
    assert ended["draft_id"] in desk.current("drafts")
    shop.clock.forward(days=2)
    kept(desk.put_draft(draft(), 0))
    assert len(desk.current("drafts")) == 3
    assert ended["draft_id"] not in desk.current("drafts")
    late = desk.put_draft({**ended, "state": "open"}, 0)
    assert (late.status_code, late.json()["revision"], late.json()["proposal"]["state"]) == (412, rev, "sent")


def test_desks_of_both_versions_read_their_own_collections(desk: Desk) -> None:
    """One of before never hears of drafts; one that is renewed reads from the start, and is not refused."""
    old = desk.rows(OWN)[-1]["cursor"]
    kept(desk.put_draft(draft(), 0))
    (end,) = desk.rows(OWN, old)
    assert "drafts" not in end["counts"]
    renewed = desk.changes(f"{OWN},drafts", old)
    assert (renewed.status_code, slug(renewed), renewed.json()["retry"]) == (410, "cursor-expired", "resync")
    new = desk.rows(f"{OWN},drafts")[-1]["cursor"]
    back = desk.changes(OWN, new)
    assert (back.status_code, slug(back)) == (410, "cursor-expired")
