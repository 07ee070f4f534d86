"""Colours: every pair that carries text can be read, in light and dark."""

import pytest

from ui.theme.tokens import DARK, LIGHT, Tokens, tokens_for

PAIRS = (
    ("ink", "paper"), ("ink", "surface"), ("ink", "selected"), ("ink", "amber_soft"), ("ink2", "surface"),
    ("ink2", "paper"), ("ink2", "rail"), ("ink2", "cap"), ("ink3", "surface"), ("ink3", "paper"),
    ("ink3", "selected"), ("on_accent", "accent"), ("on_accent", "accent_hover"), ("accent_ink", "accent_soft"),
    ("accent_ink", "rail_current"), ("accent_ink", "paper"), ("amber", "amber_soft"), ("amber", "paper"),
    ("amber", "surface"), ("green", "green_soft"), ("green", "surface"), ("red", "red_soft"), ("red", "paper"),
    ("on_stock", "stock"), ("on_violet", "violet"),
)  # fmt: skip
MARKS = (("line2", "surface"), ("amber_mark", "amber_soft"), ("green_mark", "surface"), ("red_mark", "surface"))


def luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_borders_and_shapes_can_be_seen(tokens: Tokens, mark: str, ground: str) -> None:
    assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3.0


def test_a_scheme_by_name() -> None:
    assert tokens_for("dark") is DARK
    assert tokens_for("light") is LIGHT
    assert tokens_for("whatever") is LIGHT


def test_a_tone_that_is_none_is_plain_ink() -> None:
    assert LIGHT.tone("amber") == LIGHT.amber
    assert LIGHT.tone("no such tone") == LIGHT.ink
