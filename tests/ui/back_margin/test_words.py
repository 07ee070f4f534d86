"""The meter in words: the next step, the period, the gates, and figures that add up."""

from datetime import UTC, date
from decimal import Decimal

import pytest

from desktop_app.domain.agreement import CountedOrders, TierMode
from desktop_app.services.back_margin_service import GateState, GateView
from tests.support.meters import GROWN, NOW, OVERDUE, at_the_top, meter_view
from ui.back_margin.meter_sheet import as_text
from ui.back_margin.words import age_words, calculation, gain_words, gate_words, goal_words, span_words, tier_words
from ui.formats import Formats

EN = Formats("en", UTC)


def test_the_next_step_says_what_is_missing_by_when_and_of_what() -> None:
    assert tier_words(meter_view(), EN) == "2.5% step: €21,540.00 more"
    assert goal_words(meter_view(), EN) == "by 30 June to reach 2.5%, online orders, excl. VAT"
    assert gain_words(meter_view(), EN) == "At 2.5%, on all turnover"
    marginal = meter_view(mode=TierMode.MARGINAL, base=CountedOrders.ALL)
    assert gain_words(marginal, EN) == "At 2.5%, on what is above"
    assert goal_words(marginal, EN).endswith("all orders, excl. VAT")


def test_beyond_the_last_step_nothing_is_missing() -> None:
    assert tier_words(at_the_top(), EN) == "Highest step reached: 2.5%"
    assert gain_words(at_the_top(), EN) == ""


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), "2nd quarter 2026"),
        (date(2026, 10, 1), date(2026, 12, 31), "4th quarter 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 4, 1), date(2026, 5, 31), "from 1 April to 31 May 2026"),
        (date(2026, 4, 2), date(2026, 6, 30), "from 2 April to 30 June 2026"),
    ],
)
def test_the_period_has_its_usual_name(start: date, end: date, words: str) -> None:
    assert span_words(meter_view(start=start, end=end), EN) == words


def test_the_count_has_its_age() -> None:
    assert age_words(meter_view(), EN, NOW) == "counted at 08:31, 2 h ago"
    assert age_words(meter_view(as_of=None), EN, NOW) == "nothing counted yet"


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (OVERDUE, "€1,204.00 overdue: nothing is due until that is paid."),
        (GateView("paid", GateState.OPEN, Decimal(0), Decimal(0)), "Invoices paid: no payment is overdue."),
        (GateView("paid", GateState.UNKNOWN), "Due only while no invoice is overdue."),
        (GROWN, "Growth of 7.2%, 5% are needed."),
        (GateView("growth", GateState.SHUT, Decimal("3.1"), Decimal(5)), "Growth of 3.1%: nothing is due below 5%."),
        (GateView("growth", GateState.UNKNOWN, None, Decimal(5)), "Due from 5% of growth on."),
    ],
)
def test_each_gate_says_what_it_asks_and_how_it_stands(gate: GateView, words: str) -> None:
    assert gate_words(gate, EN) == words


def test_the_calculation_adds_up_line_by_line_and_can_be_copied() -> None:
    view = meter_view(basket=Decimal("6582.01"), missing=Decimal("14957.99"), gates=(OVERDUE,))
    figures = {row.words: row.figure for row in calculation(view, EN, NOW)}
    assert figures == {
        "Counted by the manufacturer": "€119,000.00",
        "Your orders not counted yet": "€9,460.00",
        "This order": "€6,582.01",
        "Together": "€135,042.01",
        "Back-margin so far, at 2%": "€2,569.20",
        "Next step, 2.5%, from": "€150,000.00",
        "Still missing": "€14,957.99",
        "Worth, once it is reached": "+€1,180.80",
    }
    text = as_text(view, EN, NOW)
    assert text.startswith("Accord Xantia · 2nd quarter 2026 · online orders, excl. VAT · XA-17\n")
    assert "Counted by the manufacturer: €119,000.00 (counted at 08:31, 2 h ago)" in text
    assert text.endswith("€1,204.00 overdue: nothing is due until that is paid.")


def test_without_a_basket_there_is_no_row_for_it() -> None:
    assert "This order" not in [row.words for row in calculation(meter_view(), EN, NOW)]
