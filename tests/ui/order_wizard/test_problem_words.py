"""What a problem says in its row or in the summary, and its ways out."""

from decimal import Decimal

import pytest

from desktop_app.domain.order import Problem
from desktop_app.domain.validation import bid_exhausted
from desktop_app.services.views import LineView
from ui.formats import Formats
from ui.order_wizard.problem_words import ExitKind, line_problem, order_problem

EN = Formats("en")


def line(quantity: int, pack: int = 1) -> LineView:
    return LineView(1, 1, "MF9", "Multifonction", "", quantity, None, "N", True, None, (), (), pack)


@pytest.mark.parametrize(
    ("quantity", "pack", "left", "wanted", "reduced"),
    [(12, 1, 20, 24, "8"), (12, 5, 20, 24, "5"), (4, 1, 20, 24, ""), (3, 1, 0, 24, "")],
    ids=["by what is too much", "in whole packs", "nothing would be left of it", "none left at all"],
)
def test_a_used_up_price_offers_what_is_left_or_to_remove_the_line(
    quantity: int, pack: int, left: int, wanted: int, reduced: str
) -> None:
    problem = bid_exhausted("MF9", quantity, "B540", "Derogation", left, wanted)
    words = line_problem(problem, line(quantity, pack), EN)
    assert words.headline == f"Only {left} left at this price."
    assert words.detail == f"Derogation: the lines of this order together want {wanted}."
    offered = [one.value for one in words.exits if one.kind is ExitKind.QUANTITY]
    assert offered == ([reduced] if reduced else [])
    assert words.exits[-1].kind is ExitKind.REMOVE


@pytest.mark.parametrize(
    ("code", "blocking", "words"),
    [
        ("credit-limit", False, "Credit exceeded by €1.50. The order can leave; the manufacturer decides."),
        ("credit-limit", True, "Credit exceeded by €1.50. The manufacturer refuses orders over the limit."),
        (
            "credit-hold",
            False,
            "Credit exceeded by €1.50. The order can leave; the manufacturer holds it until it releases it.",
        ),
        (
            "express-unavailable",
            True,
            "Nord does not deliver express. Choose another wholesaler, or the usual delivery.",
        ),
        (
            "vat-id-missing",
            False,
            "Your VAT number is not known. French VAT is charged; the manufacturer can enter your number.",
        ),
    ],
)
def test_a_problem_of_the_whole_order_says_what_happens_then(code: str, blocking: bool, words: str) -> None:
    params = {"over": str(Decimal("1.5")), "name": "Nord", "wholesaler": "N"}
    assert order_problem(Problem(code, "English.", blocking=blocking, params=params), EN).text == words
