"""One form for what is indexed and what is typed; expressions that hold nothing but words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.catalog_text import (
    MAX_WORDS,
    compact,
    expression,
    facet,
    fold,
    indexed,
    read_typed,
    typing_mistakes,
    whole_words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Écran  PLAT", "ecran plat"),
        ("Œuvre Ø æ ß ł", "oeuvre o ae ss l"),
        ("Wi-Fi 6E", "wi fi 6e"),
        ("ｆｕｌｌ ½", "full 1 2"),
        ("a\u200bb\u00ad\u202ec", "abc"),
        ("", ""),
        ("-*\"'", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "number"),
    [("920-012660", "920012660"), ("920 012660", "920012660"), ("UM.HX1EE/É", "umhx1eee"), ("ABC", "abc")],
)
def test_compact(text: str, number: str) -> None:
    assert compact(text) == number


def test_a_text_is_indexed_with_its_inches_and_its_joined_words() -> None:
    assert fold(indexed('Monitor 27" Wi-Fi')).split() == ["monitor", "27", "inch", "wi", "fi", "wifi"]
    assert fold(indexed("Écran 27″")).split() == ["ecran", "27", "inch"]
    assert indexed("Plain words") == "Plain words"


def test_nobody_can_type_the_word_that_marks_a_family() -> None:
    assert fold(facet("SCREEN")) != facet("SCREEN").lower()
    assert facet("A-B") != facet("AB")


@given(st.text(max_size=300))
def test_an_expression_holds_words_in_quotes_and_nothing_of_the_text_besides(text: str) -> None:
    typed = read_typed(text)
    assert len(typed.groups) <= MAX_WORDS
    for made in (expression(typed, {}), whole_words(typed)):
        rest = re.sub(r'"[^\W_]+"\*?', "", made)
        assert re.fullmatch(r"(?:AND|OR|[() ])*", rest)


def test_every_mistake_of_one_letter_is_thought_of() -> None:
    mistakes = typing_mistakes("mouse")
    assert {"ouse", "muose", "nouse", "mousse", "mouse5", "mous"} <= mistakes
    assert not {"mouse", "moues1", "mo"} & mistakes
