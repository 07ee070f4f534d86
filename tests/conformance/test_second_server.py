"""The second server, which shares no code with ours: it passes, and a real desk works with it."""

import ast
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from conformance import hints, receipts, versions
from conformance.main import main
from desktop_app.domain.order import Status
from tests.support.desks import TestDesk
from tests.support.second_server.goods import DEALER, OTHER_DEALER, fill
from tests.support.second_server.web import Manufacturer, SecondServer

FILES = sorted((Path(__file__).resolve().parents[1] / "support" / "second_server").glob("*.py"))
MOST_LINES = 800
# What a server need not have.
OPTIONAL = {check.name for check in (*receipts.CHECKS, *hints.CHECKS, *versions.CHECKS)}


@pytest.fixture
def second() -> Iterator[SecondServer]:
    manufacturer = Manufacturer()
    fill(manufacturer.feed)
    with SecondServer(manufacturer) as running:
        yield running


def test_it_is_small_and_stands_on_nothing_of_ours() -> None:
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES) <= MOST_LINES
    imported = set()
    for node in (node for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    own = {name for name in imported if name.startswith("tests.support.second_server")}
    assert {name.partition(".")[0] for name in imported - own} <= set(sys.stdlib_module_names) | {"zstandard"}


def test_it_passes(second: SecondServer, capsys: pytest.CaptureFixture[str]) -> None:
    code = second.manufacturer.code(DEALER)
    exit_code = main([second.url, "--code", code, "--write", "--other", OTHER_DEALER, "--json"])
    report = json.loads(capsys.readouterr().out)
    failed = [finding for finding in report["findings"] if finding["result"] == "failed"]
    assert (exit_code, failed, report["orders_left"]) == (0, [], [])
    assert {finding["check"] for finding in report["findings"] if finding["result"] == "not-tried"} == OPTIONAL


def test_a_real_desk_orders_there_and_takes_the_manufacturer_s_terms(second: SecondServer, tmp_path: Path) -> None:
    feed = second.manufacturer.feed
    desk = TestDesk(tmp_path / "desk")
    desk.connect(second.url, second.manufacturer.code(DEALER))
    sent, dearer = desk.order(("SAW", 3, "A"), ("BOOK", 2, "A")), desk.order(("NAILS", 200, "A"))
    feed.put("products", "NAILS", (feed.get("products", "NAILS") or {}) | {"list_price": "0.0450"})
    desk.round()
    accepted, asked = desk.show(sent.summary.order_id), desk.show(dearer.summary.order_id)
    assert (accepted.summary.status, asked.summary.status) == (Status.ACCEPTED, Status.TO_CONFIRM)
    assert accepted.summary.order_no.startswith("ZW-")
    assert accepted.totals.total == Decimal("87.18")
    assert asked.changed_terms is not None
    with desk.opened() as application:
        application.orders.confirm(dearer.summary.order_id)
        application.orders.cancel(sent.summary.order_id)
    desk.round()
    accepted, asked = desk.show(sent.summary.order_id), desk.show(dearer.summary.order_id)
    assert (accepted.summary.status, asked.summary.status) == (Status.CANCELLED, Status.ACCEPTED)
    assert asked.totals.total == Decimal("10.80")
