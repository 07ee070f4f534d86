"""Long runs add up, go on where they ended, begin anew for other code, and keep failing once anything was violated."""

from pathlib import Path

import msgspec
import pytest

from tests.campaign.long_runs import LongRun
from tests.campaign.resumable import State, rules_digest


def odd_cases(seed: int, number: int) -> list[str]:
    return [f"{seed}/{number} is 7"] if number == 7 else []


RUN = LongRun("trial", "things", "a.trial", odd_cases, ("tests/campaign/long_runs.py",), size=10)


def test_runs_add_up_and_go_on_where_they_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "build" / "trial.json"
    assert RUN.main(["--n", "31", "--seed", "3"], path) == 0
    assert RUN.main(["--n", "20", "--seed", "3"], path) == 0
    assert msgspec.json.decode(path.read_bytes(), type=State).seeds[3].cases == 6
    said = capsys.readouterr().out
    assert "seed 3: 60 things" in said
    assert f"code {rules_digest(*RUN.tried)}" in said
    assert RUN.main(["--n", "20", "--seed", "3"], path) == 1
    assert "VIOLATED: python -m a.trial --seed 3 --case 7" in capsys.readouterr().out
    assert RUN.main(["--n", "10", "--seed", "3"], path) == 1, "what was once violated stays so"


def test_other_code_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "trial.json"
    RUN.main(["--n", "80"], path)
    other = LongRun("trial", "things", "a.trial", odd_cases, ("tests/campaign/words.py",))
    assert other.main(["--n", "2"], path) == 0
    assert msgspec.json.decode(path.read_bytes(), type=State).seeds[1].cases == 2


def test_processes_share_the_cases_and_one_can_be_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert RUN.main(["--n", "80", "--jobs", "2"], tmp_path / "trial.json") == 1
    assert RUN.main(["--case", "6"]) == 0
    assert RUN.main(["--case", "7"]) == 1
    assert capsys.readouterr().out.endswith("nothing is violated\n1/7 is 7\n")
