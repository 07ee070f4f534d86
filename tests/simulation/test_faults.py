"""Every single fault in every story: a part of them here, all of them and the pairs by command."""

from pathlib import Path

import pytest

from tests.simulation import faults
from tests.simulation.faults import pairs, places, schedule_of, shuffled, singles
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.schedule import FAULTS, REQUESTS

# A part that is spread over all stories, requests and faults; about a quarter of a second each.
IN_CI = 80
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_no_single_fault_loses_or_doubles_anything(part: int) -> None:
    for number in range(part, IN_CI, PARTS):
        found = faults.one_fault(20, number)
        assert not found, f"python -m tests.simulation.faults --seed 20 --case {number}"


@pytest.mark.parametrize("number", range(3))
def test_nor_do_two(number: int) -> None:
    assert not faults.two_faults(20, number), f"python -m tests.simulation.faults --pairs --seed 20 --case {number}"


def test_every_kind_of_request_and_every_fault_is_tried() -> None:
    tried = {(fault.method, fault.kind) for _, case in singles() for fault in case}
    assert tried == {(request, kind) for request in REQUESTS for kind in FAULTS}
    assert {name for name, _ in singles()} == set(SCENARIOS)
    assert all(first.method != second.method or first.nth != second.nth for _, (first, second) in pairs())
    assert len({(name, case) for name, case in pairs()}) == len(pairs())


def test_a_seed_shuffles_all_of_them_and_they_end() -> None:
    assert sorted(map(repr, shuffled(1, in_pairs=False))) == sorted(map(repr, singles()))
    assert list(shuffled(1, in_pairs=False)) != singles()
    assert shuffled(1, in_pairs=False)[:5] != shuffled(2, in_pairs=False)[:5]
    assert schedule_of(1, len(singles()), in_pairs=False) is None
    assert faults.one_fault(1, len(singles())) == []


def test_a_story_is_disturbed_where_it_asks_for_something() -> None:
    assert ("order", 0) in places("an order")
    assert ("request", 0) in places("a cancellation")
    assert {("manifest", 0), ("file", 0)} <= set(places("the first synchronisation"))
    assert ("answer", 0) in places("a server put back")


def test_runs_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.SINGLY.main(["--n", "2", "--seed", "3"], tmp_path / "faults.json") == 0
    assert faults.SINGLY.main(["--n", "1", "--seed", "3"], tmp_path / "faults.json") == 0
    assert "seed 3: 3 faults" in capsys.readouterr().out
