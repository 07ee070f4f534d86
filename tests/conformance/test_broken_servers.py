"""Each fault of a server is caught by the checks that are named for it, and by no others."""

import pytest

from conformance.checks import CHECKS, make_all
from conformance.findings import Result
from conformance.peer import connected
from conformance.visit import begin
from tests.conformance.faults import entering, pulling, pushing, receipts
from tests.conformance.faults.fault import Fault, faults_of
from tests.support.second_server.goods import DEALER, OTHER_DEALER, fill
from tests.support.second_server.web import SecondServer

FAULTS = faults_of(entering, pulling, pushing, receipts)


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


def test_each_check_is_there_because_of_a_fault() -> None:
    assert {name for fault in FAULTS for name in fault.seen_by} == {check.name for check in CHECKS}
