"""The campaign finds what differs, tells it so that it can be looked at again, and goes on where it ended."""

from pathlib import Path

import msgspec
import pytest

from tests.campaign import pricing
from tests.campaign.cases import make
from tests.campaign.pricing import RULES, main, run_part
from tests.campaign.resumable import Part, Seed, State, read_state, rules_digest, write_state


def test_a_case_is_the_same_each_time_and_another_for_another_seed() -> None:
    one, again, other = make(1, 7), make(1, 7), make(2, 7)
    assert (one.conditions, one.lines, one.about.dealer) == (again.conditions, again.lines, again.about.dealer)
    assert one.conditions != other.conditions


def test_a_thousand_cases_agree() -> None:
    assert run_part(1, 0, 1_000) == Part()


def test_runs_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "build" / "campaign.json"
    assert main(["--cases", "6", "--seed", "4"], path) == 0
    assert main(["--cases", "5", "--seed", "4"], path) == 0
    state = msgspec.json.decode(path.read_bytes(), type=State)
    assert state.seeds[4].cases == 11
    assert "seed 4: 11 dealers x baskets" in capsys.readouterr().out


def test_other_rules_start_anew(tmp_path: Path) -> None:
    path = tmp_path / "campaign.json"
    write_state(path, State("old", {1: Seed(1_000, 1.0, [5])}))
    assert read_state(path, "new") == State("new")
    assert read_state(path, "old").seeds[1].cases == 1_000


def test_a_difference_found_before_still_fails(tmp_path: Path) -> None:
    path = tmp_path / "campaign.json"
    write_state(path, State(rules_digest(*RULES), {4: Seed(10, 1.0, [5])}))
    assert main(["--cases", "1", "--seed", "4"], path) == 1


def test_what_differs_is_named_and_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stand-in for a wrong engine: every basket costs a cent more."""
    monkeypatch.setattr(pricing, "differences", lambda *_: ["basket total: engine 0.01, second reading 0.00"])
    assert run_part(1, 10, 13).failed == [10, 11, 12]
    assert main(["--seed", "1", "--case", "12"]) == 1
    told = capsys.readouterr().out
    assert "CASE 12 OF SEED 1" in told
    assert "basket total: engine 0.01, second reading 0.00" in told


def test_a_crash_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> list[str]:
        raise ArithmeticError("too large")

    monkeypatch.setattr(pricing, "differences", crash)
    assert pricing.different(make(1, 0), 1) == ["stopped with ArithmeticError: too large"]


def test_a_case_that_agrees_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "1", "--case", "3"]) == 0
    assert "ENGINE AND SECOND READING AGREE" in capsys.readouterr().out
