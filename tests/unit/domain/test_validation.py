"""What can be ordered, and what a person is told where it cannot."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.catalog import Offer, ProductStatus
from desktop_app.domain.order import MAX_QUANTITY
from desktop_app.domain.party import Dealer
from desktop_app.domain.validation import (
    check_credit,
    check_line,
    check_minimum,
    check_quantity,
    parse_quantity,
    round_up,
)
from tests.support.trade import product, wholesaler

HOUSE = wholesaler("N", name="Grossiste Nord")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1", 1),
        (" 12 ", 12),
        ("007", 7),
        ("999999", 999_999),
        ("1 200", 1_200),
        ("1\u202f200", 1_200),
        ("12,0", 12),
        ("12.00", 12),
    ],
)
def test_whole_quantities_are_read(text: str, quantity: int) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "-1",
        "+1",
        "1000000",
        "1e9",
        "1000000000",
        "abc",
        "1.5",
        "1,5",
        "1 2",
        "1,200",
        "1.200",
        "٣",
        "9" * 5_000,
        "1\n2",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole quantity"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("multiple", "minimum", "quantity", "rounded"),
    [
        (1, 1, 7, 7),
        (6, 1, 7, 12),
        (6, 1, 12, 12),
        (1, 10, 3, 10),
        (4, 10, 3, 12),
        (4, 10, 13, 16),
        (10, 1, 999_995, 999_990),
    ],
)
def test_quantities_are_rounded_up_to_packs_and_minimum(
    multiple: int, minimum: int, quantity: int, rounded: int
) -> None:
    assert round_up(product(pack_multiple=multiple, min_qty=minimum), quantity) == rounded


@pytest.mark.parametrize("quantity", [0, -1, 1_000_000, 10**9])
def test_rounding_does_not_mend_an_impossible_quantity(quantity: int) -> None:
    packed = product(pack_multiple=6)
    assert round_up(packed, quantity) == quantity
    problem = check_quantity(packed, quantity)
    assert problem is not None
    assert (problem.code, problem.blocking) == ("invalid-quantity", True)


@given(st.integers(1, 50), st.integers(1, 200), st.integers(1, MAX_QUANTITY))
def test_a_rounded_quantity_is_the_smallest_right_one(multiple: int, minimum: int, quantity: int) -> None:
    packed = product(pack_multiple=multiple, min_qty=minimum)
    rounded = round_up(packed, quantity)
    assert check_quantity(packed, rounded) is None
    if quantity <= MAX_QUANTITY - multiple:
        assert rounded >= quantity
        smaller = rounded - multiple
        assert smaller < max(quantity, minimum)


def test_off_the_pack_multiple_the_right_quantity_is_named() -> None:
    problem = check_quantity(product(pack_multiple=6), 7)
    assert problem is not None
    assert problem.code == "pack-multiple"
    assert problem.params == {"sku": "A", "quantity": "7", "suggestion": "12", "multiple": "6"}
    assert "12" in problem.message


def test_below_the_minimum_quantity_the_right_one_is_a_full_pack() -> None:
    problem = check_quantity(product(pack_multiple=4, min_qty=10), 4)
    assert problem is not None
    assert problem.code == "min-quantity"
    assert (problem.params["minimum"], problem.params["suggestion"]) == ("10", "12")


def test_a_line_that_is_right_has_no_problem() -> None:
    assert check_line("A", 5, "N", product(), HOUSE, Offer("N", "A", 5)) == ()


def test_an_unknown_product_is_all_there_is_to_say() -> None:
    (problem,) = check_line("ZZ", 0, "", None, None, None)
    assert (problem.code, problem.params) == ("unknown-product", {"sku": "ZZ"})


def test_an_unknown_wholesaler_is_named() -> None:
    (problem,) = check_line("A", 1, "X", product(), None, None)
    assert (problem.code, problem.params["wholesaler"]) == ("unknown-wholesaler", "X")


def test_a_wholesaler_that_does_not_list_the_product_is_named() -> None:
    (problem,) = check_line("A", 1, "N", product(), HOUSE, None)
    assert (problem.code, problem.params["wholesaler"], problem.blocking) == ("not-listed", "N", True)


def test_a_product_that_nobody_lists_cannot_be_ordered() -> None:
    (problem,) = check_line("A", 1, "", product(), None, None)
    assert (problem.code, problem.params["wholesaler"]) == ("not-listed", "")


def test_a_stopped_product_names_what_replaces_it() -> None:
    stopped = product(status=ProductStatus.STOPPED, replaced_by="A2")
    (problem,) = check_line("A", 1, "N", stopped, HOUSE, Offer("N", "A", 5))
    assert (problem.code, problem.params["replaced_by"], problem.blocking) == ("discontinued", "A2", True)
    assert "A2" in problem.message


def test_short_stock_only_warns_and_names_the_backorder() -> None:
    offer = Offer("N", "A", 3, next_arrival=date(2026, 3, 9))
    (problem,) = check_line("A", 5, "N", product(), HOUSE, offer)
    assert (problem.code, problem.blocking) == ("stock-short", False)
    assert (problem.params["available"], problem.params["missing"]) == ("3", "2")
    assert problem.params["next_arrival"] == "2026-03-09"


def test_several_problems_of_a_line_are_all_said() -> None:
    stopped = product(status=ProductStatus.STOPPED, pack_multiple=6)
    codes = [problem.code for problem in check_line("A", 7, "N", stopped, HOUSE, Offer("N", "A", 0))]
    assert codes == ["discontinued", "pack-multiple", "stock-short"]


@pytest.mark.parametrize(
    ("goods", "fee", "refused"),
    [("99.99", None, True), ("100", None, False), ("99.99", "15", False), ("0", "0", False)],
)
def test_below_the_minimum_is_refused_unless_a_fee_settles_it(goods: str, fee: str | None, refused: bool) -> None:
    more = {} if fee is None else {"small_order_fee": fee}
    house = wholesaler("N", order_minimum="100", **more)
    assert (check_minimum(house, Decimal(goods)) is not None) is refused


def test_the_refusal_names_the_wholesaler_and_what_is_missing() -> None:
    problem = check_minimum(wholesaler("N", name="Grossiste Nord", order_minimum="100"), Decimal("80.5"))
    assert problem is not None
    assert (problem.code, problem.blocking) == ("below-minimum", True)
    assert problem.params == {
        "wholesaler": "N",
        "name": "Grossiste Nord",
        "minimum": "100.00",
        "goods": "80.50",
        "missing": "19.50",
    }


def test_credit_warns_only_past_the_limit_and_shows_its_terms() -> None:
    dealer = Dealer(
        "D42",
        "Bureautique Morvan",
        credit_limit=Decimal(1000),
        unpaid=Decimal(300),
        unpaid_as_of=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
        undelivered=Decimal("200.50"),
    )
    assert check_credit(dealer, Decimal("499.50")) is None
    problem = check_credit(dealer, Decimal("499.51"))
    assert problem is not None
    assert (problem.code, problem.blocking) == ("credit-limit", False)
    assert problem.params == {
        "limit": "1000.00",
        "unpaid": "300.00",
        "undelivered": "200.50",
        "basket": "499.51",
        "left": "-0.01",
        "over": "0.01",
        "as_of": "2026-03-01T08:00:00+00:00",
    }


def test_no_limit_never_warns() -> None:
    assert check_credit(Dealer("D42", "Bureautique Morvan"), Decimal(10**9)) is None
