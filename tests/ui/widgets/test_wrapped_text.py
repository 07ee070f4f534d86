"""Names and part numbers on one or two lines."""

from ui.theme.look import Look
from ui.widgets.wrapped_text import two_lines


def test_what_fits_stays_on_one_line(look: Look) -> None:
    assert two_lines(look, "Toner noir", 400) == ("Toner noir", "")


def test_a_name_breaks_between_words(look: Look) -> None:
    words = "Crucial Pro 32GB DDR5"
    first, second = two_lines(look, words, look.width("Crucial Pro 32GB") + 1)
    assert (first, second) == ("Crucial Pro 32GB", "DDR5")


def test_a_part_number_without_a_break_is_shown_whole(look: Look) -> None:
    number, width = "CP2K16G64C32U5W", look.width("CP2K16G64C") + 1
    first, second = two_lines(look, number, width)
    assert first + second == number
    assert look.width(first) <= width
    assert look.width(second) <= width


def test_a_long_word_after_a_short_one_starts_the_second_line(look: Look) -> None:
    assert two_lines(look, "HP CP2K16G64C32U5W", look.width("CP2K16G64C32U5") + 1)[0] == "HP"
