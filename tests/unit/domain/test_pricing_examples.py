"""The published examples: what they say comes out, from the engine and from a second reading of the rules."""

from pathlib import Path

import pytest

from tests.support.pricing_examples import FOLDER, outcome, read

FILES = sorted(FOLDER.glob("*.json"))


def test_the_examples_are_there() -> None:
    assert len(FILES) >= 19


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_gives_what_the_example_says(file: Path) -> None:
    example = read(file.read_bytes())
    assert example.title
    assert example.reasoning
    assert outcome(example) == example.expected
