"""`comptoir order`: all or nothing, on disk before it is printed, each refusal with its reason."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.commands.order_json import totals_json
from desktop_app.contract.wire import FieldError
from desktop_app.domain.order import DeliveryState, Totals
from tests.support.desk_world import DeskWorld, proposed_part
from tests.unit.commands.conftest import Comptoir

Write = Callable[..., Path]


def test_a_new_order_is_a_draft_on_disk(comptoir: Comptoir, world: DeskWorld, lines_file: Write) -> None:
    order = comptoir("order", "new", "--file", lines_file(), "--reference", "BC-7", "--json").json
    assert {name: order[name] for name in ("desk_no", "revision", "status", "delivery_state", "order_no")} == {
        "desk_no": f"B-{world.today().year}-0001",
        "revision": 1,
        "status": "draft",
        "delivery_state": "none",
        "order_no": None,
    }
    (part,) = order["sub_orders"]
    assert part["lines"] == [
        {"sku": "TN1", "quantity": 12, "unit_net": "91.6185", "line_total": "1099.42"},
        {"sku": "MF9", "quantity": 2, "unit_net": "540.0000", "line_total": "1080.00"},
        {"sku": "BK1", "quantity": 3, "unit_net": "13.9930", "line_total": "41.98"},
    ]
    assert order["totals"] == {
        "goods": "2221.40",
        "eco": "5.00",
        "carriage": "0.00",
        "fees": "0.00",
        "vat": {"20": "436.88", "5.5": "2.31"},
        "total": "2665.59",
    }
    assert {name: part[name] for name in ("wholesaler", "vat", "total", "online_bonus")} == {
        "wholesaler": "N",
        "vat": {"20": "436.88", "5.5": "2.31"},
        "total": "2665.59",
        "online_bonus": "11.11",
    }
    assert (order["online_bonus"], order["problems"]) == ("11.11", [])
    (row,) = world.orders.list()
    assert row.order_id == order["order_id"]


def test_the_seldom_sums_are_told_where_an_order_has_them() -> None:
    assert not {"private_copy", "discount", "vat_reason"} & set(totals_json(Totals()))
    found = totals_json(Totals(private_copy=Decimal("2.4"), discount=Decimal(10), vat_reason="VATEX-EU-G"))
    assert (found["private_copy"], found["discount"], found["vat_reason"]) == ("2.40", "10.00", "VATEX-EU-G")


def test_without_an_answer_the_order_is_queued_and_the_exit_is_0(comptoir: Comptoir, lines_file: Write) -> None:
    order = comptoir("order", "new", "--file", lines_file(), "--send", "--json").json
    assert (order["status"], order["order_no"]) == ("submitted", None)
    assert order["delivery_state"] in ("pending", "waiting", "in_doubt")
    (row,) = comptoir("queue", "--json").json["queue"]
    assert (row["order_id"], row["revision"]) == (order["order_id"], 1)


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "abc", "1.5", ""])
def test_bad_quantities_leave_nothing(comptoir: Comptoir, world: DeskWorld, lines_file: Write, quantity: str) -> None:
    refused = comptoir("order", "new", "--file", lines_file(f"sku,quantity\nTN1,1\nMF9,{quantity}\n"), expect=1)
    assert "lines.csv:3:quantity:" in refused.stderr
    assert refused.stdout == ""
    assert world.orders.list() == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sku,quantity\nPK5,12\n", "15 would do"),
        ("sku,quantity\nNOPE,1\n", "lines.csv:2:sku: no product has the number 'NOPE'"),
        ("sku,quantity,wholesaler\nTN1,1,Q\n", "lines.csv:2:wholesaler: there is no wholesaler 'Q'"),
        ("sku,quantity,wholesaler\nMF9,1,S\n", "S does not list MF9"),
        ("sku,quantity\nOLD,1\n", "no longer sold. It is replaced by TN1"),
        ("sku,quantity\nMIN,1\n", "Maison Minimum takes orders from 300.00 EUR"),
        ("sku,quantity\n", "holds no order line"),
        ("name,price\nA,1\n", "no product has the number"),
    ],
)
def test_every_refusal_says_why_and_leaves_nothing(
    comptoir: Comptoir, world: DeskWorld, lines_file: Write, text: str, words: str
) -> None:
    refused = comptoir("order", "new", "--file", lines_file(text), expect=1)
    assert words in refused.stderr
    assert world.orders.list() == ()


def test_a_missing_file_is_refused(comptoir: Comptoir) -> None:
    assert "missing.csv" in comptoir("order", "new", "--file", "missing.csv", expect=1).stderr


def test_rounding_is_a_wish(comptoir: Comptoir, lines_file: Write) -> None:
    path = lines_file("sku;quantity\nPK5;12\nPK5;5\n")
    order = comptoir("order", "new", "--file", path, "--round").json
    assert [line["quantity"] for line in order["sub_orders"][0]["lines"]] == [20]


def test_warnings_are_told_and_stop_nothing(comptoir: Comptoir, world: DeskWorld, lines_file: Write) -> None:
    world.dealer["credit_limit"] = "10"
    world.publish_account()
    path = lines_file("sku,quantity,wholesaler\nTN1,5,S\n")
    order = comptoir("order", "new", "--file", path, "--reference", "BC-7", "--send").json
    problems = {(one["line"], one["code"], one["blocking"]) for one in order["problems"]}
    assert problems == {(1, "stock-short", False), (None, "credit-limit", False)}
    again = comptoir("order", "new", "--file", path, "--reference", "BC-7")
    codes = {one["code"] for one in again.json["problems"]}
    assert codes >= {"same-reference", "same-lines"}
    assert "looks like the same order" in again.stderr


def test_list_show_and_every_act_take_any_number(comptoir: Comptoir, world: DeskWorld, lines_file: Write) -> None:
    view = world.orders.new_order([("TN1", 1, "")], reference="BC-7", round_up=False).submit()
    order_id, desk_no = view.summary.order_id, view.summary.desk_no
    (row,) = comptoir("order", "list", "--json").json["orders"]
    assert (row["order_id"], row["lines"], row["reference"]) == (order_id, 1, "BC-7")
    shown = comptoir("order", "show", desk_no, "--json").json
    assert [entry["code"] for entry in shown["history"]] == ["created", "submitted"]
    assert comptoir("order", "hold", desk_no).json["delivery_state"] == "held"
    assert comptoir("order", "release", order_id).json["delivery_state"] == "pending"
    assert comptoir("order", "withdraw", order_id).json["status"] == "draft"
    assert comptoir("order", "send", order_id).json["status"] == "submitted"
    assert comptoir("order", "list", "--status", "draft").json["orders"] == []
    assert comptoir("order", "list", "--text", "BC-7", "--status", "submitted").json["orders"] != []


def test_a_stuck_order_has_its_ways_out(comptoir: Comptoir, world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 1, "")], round_up=False).submit().summary.order_id
    world.sent(order_id)
    stuck = world.decision(order_id, 1, DeliveryState.ATTENTION, reason="superseded")
    assert world.repository.apply_outcome(stuck, world.now())
    assert comptoir("order", "show", order_id).json["ways_out"] == ["as-new"]
    for way in ("resend", "take-theirs", "leave"):
        assert "no way out" in comptoir("order", way, order_id, expect=1).stderr
    draft = comptoir("order", "as-new", order_id).json
    assert (draft["status"], draft["sub_orders"][0]["lines"][0]["sku"]) == ("draft", "TN1")
    assert comptoir("order", "show", order_id).json["status"] == "cancelled"


def test_a_change_of_an_accepted_order_is_queued_as_it_was_written(comptoir: Comptoir, world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 12, ""), ("MF9", 2, "")], round_up=False).submit().summary.order_id
    assert world.accept(order_id)
    written = comptoir("order", "amend", order_id, "--date", "2026-04-01", "--note", "Ring", "--json").json
    assert written["change"] == {
        "state": "waiting",
        "at": written["change"]["at"],
        "lines": [],
        "wanted_date": "2026-04-01",
        "no_date": False,
        "reference": None,
        "note": "Ring",
        "code": "",
        "detail": "",
    }
    assert written["delivery_state"] == "pending"
    assert "already on its way" in comptoir("order", "amend", order_id, "--note", "More", expect=1).stderr
    assert "already on its way" in comptoir("order", "cancel", order_id, expect=1).stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--line", "TN1"), "not written like"),
        (("--line", "=3"), "not written like"),
        (("--line", "TN1=-1"), "not written like"),
        (("--date", "1/4/26"), "no day like"),
        (("--line", "MF9=1"), "no line of this order"),
        ((), "Nothing is to be changed"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(
    comptoir: Comptoir, world: DeskWorld, given: tuple[str, ...], words: str
) -> None:
    order_id = world.orders.new_order([("TN1", 12, "")], round_up=False).submit().summary.order_id
    assert world.accept(order_id)
    assert words in comptoir("order", "amend", order_id, *given, expect=1).stderr
    assert world.outbox.rows() == []


def test_acts_that_do_not_go_are_refused(comptoir: Comptoir, world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 1, "")], round_up=False)
    assert "Unknown order" in comptoir("order", "show", "B-1-1", expect=1).stderr
    assert "it is draft" in comptoir("order", "release", session.desk_no, expect=1).stderr
    assert "No changed terms" in comptoir("order", "confirm", session.desk_no, expect=1).stderr
    assert comptoir("order", "cancel", session.desk_no).json["status"] == "cancelled"
    assert comptoir("order", "withdraw", session.desk_no).json["status"] == "draft"


def test_sending_on_old_prices_shows_the_new_ones_first(comptoir: Comptoir, world: DeskWorld) -> None:
    session = world.orders.new_order([("TN1", 12, "")], round_up=False)
    world.products["TN1"]["list_price"] = "158.37"
    world.publish_catalog()
    refused = comptoir("order", "send", session.desk_no, expect=1)
    assert "TN1 was 91.6185 and is 97.7935 now" in refused.stderr
    assert "send it again" in refused.stderr
    assert world.orders.get(session.order_id).summary.status == "draft"
    assert comptoir("order", "send", session.desk_no).json["status"] == "submitted"


def test_changed_terms_are_listed_and_confirmed(comptoir: Comptoir, world: DeskWorld) -> None:
    order_id = world.orders.new_order([("TN1", 12, ""), ("MF9", 1, "")], round_up=False).submit().summary.order_id
    part = proposed_part(
        "N", [("TN1", 12, "95.0000", "1140.00")], goods="1140.00", vat={"20": "228.00"}, total="1368.00"
    )
    errors = [
        FieldError("/lines/0/unit_price", "price-changed", "91.6185", "95.0000"),
        FieldError("/lines/1", "not-listed"),
    ]
    world.answer_terms_changed(order_id, [part], errors, "1368.00")
    shown = comptoir("order", "show", order_id).json
    assert [(one["line"], one["code"]) for one in shown["problems"]] == [(1, "price-changed"), (2, "not-listed")]
    assert "cannot take MF9" in comptoir("order", "confirm", order_id, expect=1).stderr
    confirmed = comptoir("order", "confirm", order_id, "--without", "MF9", "--json").json
    assert (confirmed["revision"], confirmed["status"], confirmed["totals"]["total"]) == (2, "submitted", "1368.00")


def test_wrong_usage_is_2(comptoir: Comptoir) -> None:
    for words in (
        ["order"],
        ["order", "new"],
        ["order", "show"],
        ["order", "list", "--status", "lost"],
        ["order", "sing"],
    ):
        answer = comptoir(*words, expect=2)
        assert answer.stdout == ""
        assert "usage:" in answer.stderr
