"""The published examples: what they say comes out, from the engine and from a second reading of the rules."""

from pathlib import Path

import pytest

from tests.support.example_outcomes import engine_outcome, second_outcome
from tests.support.pricing_examples import FOLDER, read

FILES = sorted(FOLDER.glob("*.json"))


def test_the_examples_are_there_and_numbered() -> None:
    numbers = [file.stem.partition("-")[0] for file in FILES]
    assert len(FILES) >= 60
    assert numbers == [f"{number:02}" for number in range(1, len(FILES) + 1)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_says_in_words_what_it_shows(file: Path) -> None:
    example = read(file.read_bytes())
    assert example.title
    assert example.title_fr
    assert example.title != example.title_fr
    assert all(example.reasoning)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_gives_what_the_example_says(file: Path) -> None:
    example = read(file.read_bytes())
    assert engine_outcome(example) == example.expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_reading_of_the_rules_gives_the_same(file: Path) -> None:
    example = read(file.read_bytes())
    assert second_outcome(example) == example.expected
