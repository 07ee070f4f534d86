"""The views are values: nobody who reads one can change it, and a question without details asks for everything."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.services.condition_views import VIEWS, ConditionQuery, PriceAhead, PriceQuestion


def test_an_empty_question_asks_for_all_conditions() -> None:
    assert ConditionQuery() == ConditionQuery("", "", "", "", None, VIEWS[0])
    assert PriceQuestion("A", 1) == PriceQuestion("A", 1, "", None, "")


def test_views_do_not_change() -> None:
    ahead = PriceAhead(date(2027, 1, 1), Decimal(2), Decimal(1), "Tarif 2027")
    with pytest.raises(AttributeError):
        ahead.label = "other"  # type: ignore[misc]
