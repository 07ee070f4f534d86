"""Each known mistake can still be made, and some of them are found here; all of them: `make mutants`."""

import pytest

from tests.campaign.resumable import ROOT
from tests.mutants import __main__ as mutants
from tests.mutants.mutant import Mutant
from tests.mutants.mutants import MUTANTS, as_table


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_its_place_is_there_exactly_once(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new
    assert bool(mutant.by) != bool(mutant.caught_by)
    assert (ROOT / mutant.by).is_file() or not mutant.by


def test_there_are_enough_and_many_are_for_the_simulation() -> None:
    assert len(MUTANTS) >= 40
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert sum(not mutant.by for mutant in MUTANTS) >= 25


def test_the_list_stands_in_the_documentation() -> None:
    """To be renewed with `python -m tests.mutants --table`."""
    assert as_table() in (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["export marks", "what the server has no record of", "fails for ever"])
def test_a_mistake_is_found_by_what_is_named_for_it(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["--only", words, "--n", "20"]) == 0
    assert capsys.readouterr().out.startswith("caught")


@pytest.mark.parametrize("by", ["", "tests/unit/sync/test_retry.py"])
def test_a_change_that_is_no_mistake_is_not_found(monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    words = Mutant("other words", "desktop_app/sync/push.py", '"cancelled"', '"stopped"', () if by else ("K1",), by)
    assert (ROOT / words.file).read_text(encoding="utf-8").count(words.old) == 1
    monkeypatch.setattr(mutants, "MUTANTS", (words,))
    assert mutants.main(["--n", "3"]) == 1
