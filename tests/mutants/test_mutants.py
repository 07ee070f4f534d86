"""Each known mistake can still be made, and two of them are found; all of them: `make mutants`."""

from pathlib import Path

import pytest

from tests.campaign.resumable import ROOT
from tests.mutants import __main__ as mutants
from tests.mutants.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_its_place_is_there_exactly_once(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new


def test_a_mistake_is_found_by_the_rule_named_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["--only", "export marks", "--n", "20"]) == 0
    assert "caught" in capsys.readouterr().out


def test_a_change_that_is_no_mistake_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Mutant("other words", "desktop_app/sync/push.py", '"cancelled"', '"stopped"', ("K1",))
    assert (Path(ROOT) / words.file).read_text(encoding="utf-8").count(words.old) == 1
    monkeypatch.setattr(mutants, "MUTANTS", (words,))
    assert mutants.main(["--n", "3"]) == 1
