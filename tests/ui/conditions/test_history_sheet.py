"""What the history of a condition says: from when to when, what changed, withdrawn and there again."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from desktop_app.services.condition_views import ConditionVersion
from tests.support.trade import condition
from ui.conditions.history_sheet import change_lines, gone_words, known_words
from ui.formats import Formats

FIRST, SECOND, THIRD = (datetime(2026, 6, day, 9, 30, tzinfo=UTC) for day in (1, 9, 20))
G30 = condition("G30", "base", "30")


@pytest.fixture
def formats() -> Formats:
    return Formats("en", UTC)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, "on this desk from the start on"),
        (FIRST, None, "on this desk since 1 June 2026 at 09:30"),
        (None, SECOND, "on this desk from the start to 9 June 2026 at 09:30"),
        (FIRST, SECOND, "on this desk from 1 June 2026 at 09:30 to 9 June 2026 at 09:30"),
    ],
)
def test_from_when_to_when(formats: Formats, since: datetime | None, until: datetime | None, words: str) -> None:
    assert known_words(ConditionVersion(G30, since, until), formats) == words


def test_withdrawn_and_there_again(formats: Formats) -> None:
    old, replaced = ConditionVersion(G30, None, FIRST), ConditionVersion(G30, FIRST, None)
    assert gone_words(replaced, None, formats) == ""
    assert gone_words(old, replaced, formats) == ""
    assert gone_words(old, None, formats) == "withdrawn on 1 June 2026 at 09:30"
    back = ConditionVersion(G30, THIRD, None)
    assert gone_words(old, back, formats) == (
        "withdrawn on 1 June 2026 at 09:30, there again from 20 June 2026 at 09:30"
    )


def test_what_changed(formats: Formats) -> None:
    now = replace(G30, value=Decimal(25), end=SECOND.date(), stock_cap=9, label="Gold")
    version = ConditionVersion(now, FIRST, None, ("value", "end", "stock_cap", "label"))
    assert change_lines(version, G30, formats) == [
        "Value: Discount 25% instead of Discount 30%",
        "Dates: until 9 June 2026 instead of \u2013",
        "Name: Gold instead of \u2013",
        "Stock for all dealers: 9 instead of \u2013",
    ]
    assert change_lines(version, None, formats) == []


def test_a_change_is_never_passed_over(formats: Formats) -> None:
    other = replace(G30, buyer="group:platinum", product="all")
    version = ConditionVersion(other, FIRST, None, ("buyer",))
    before = replace(G30, buyer="group:gold", product="all")
    assert change_lines(version, before, formats) == ["another detail changed"]
