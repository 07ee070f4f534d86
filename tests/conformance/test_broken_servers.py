"""Each fault of a server is caught by the checks that are named for it, and by no others."""

import pytest

from conformance.checks import CHECKS, make_all
from conformance.findings import Result
from conformance.main import main
from conformance.peer import connected
from conformance.visit import begin
from tests.conformance.faults import entering, pulling, pushing, receipts, versions
from tests.conformance.faults.fault import Fault, faults_of
from tests.support.second_server.goods import DEALER, OTHER_DEALER, fill
from tests.support.second_server.web import Manufacturer, SecondServer

FAULTS = faults_of(entering, pulling, pushing, receipts, versions)


def failing(fault: Fault) -> dict[str, str]:
    """What the checks say of a server with a fault: the sentence by the name of the check."""
    manufacturer = fault.manufacturer(fault.feed, fault.orders)
    fill(manufacturer.feed)
    with SecondServer(manufacturer, fault.handler) as server:
        peer = connected(server.url)
        with peer.http:
            findings = make_all(begin(peer, manufacturer.code(DEALER), may_write=True, other=OTHER_DEALER))
    return {finding.check: finding.said for finding in findings if finding.result is Result.FAILED}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.what.replace(" ", "-") for fault in FAULTS])
def test_the_fault_is_named(fault: Fault) -> None:
    said = failing(fault)
    assert set(said) == fault.seen_by, said
    assert all(sentence.endswith(".") for sentence in said.values())


def test_the_command_says_in_words_what_fails(capsys: pytest.CaptureFixture[str]) -> None:
    forgetful = next(fault for fault in FAULTS if fault.what.startswith("a late copy"))
    manufacturer = Manufacturer(orders=forgetful.orders)
    fill(manufacturer.feed)
    with SecondServer(manufacturer) as server:
        assert main([server.url, "--code", manufacturer.code(DEALER), "--write"]) == 1
    said = capsys.readouterr().out
    assert "FAILED     rule 13  A late copy of a refused revision stays refused after the next one is accepted" in said
    assert "A copy of a refused revision was accepted." in said
    assert "1 failed" in said


def test_what_a_broken_server_accepts_wrongly_is_cancelled_too() -> None:
    gullible = next(fault for fault in FAULTS if fault.what.startswith("the desk's price"))
    manufacturer = Manufacturer(orders=gullible.orders)
    fill(manufacturer.feed)
    with SecondServer(manufacturer) as server:
        main([server.url, "--code", manufacturer.code(DEALER), "--write"])
    orders = [row.document for (_, name, _), row in manufacturer.feed.rows.items() if name == "orders"]
    assert [order and order["status"] for order in orders] == ["cancelled"]


def test_each_check_is_there_because_of_a_fault() -> None:
    assert {name for fault in FAULTS for name in fault.seen_by} == {check.name for check in CHECKS}
