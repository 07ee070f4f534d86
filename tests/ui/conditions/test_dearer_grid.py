"""What the list of rises leaves out is said, with both numbers."""

from datetime import UTC, date
from decimal import Decimal

from desktop_app.services.condition_views import DearerPage, DearerRow
from ui.conditions.dearer_grid import bounds_words
from ui.formats import Formats

ROW = DearerRow("A", "Toner", "N", "Nord", date(2027, 1, 1), *(Decimal(1),) * 4, reason="list-price", label="")


def test_nothing_is_said_of_a_whole_list() -> None:
    assert bounds_words(DearerPage((ROW,), 1, 20, complete=True), Formats("en", UTC)) == ""


def test_what_is_not_shown_and_what_was_not_looked_at() -> None:
    formats = Formats("en", UTC)
    assert bounds_words(DearerPage((ROW,), 7_412, 9_000, complete=True), formats) == (
        "Shown are the 1 biggest rises out of 7,412; the search looks among them."
    )
    assert bounds_words(DearerPage((ROW,), 1, 16_000, complete=False), formats) == (
        "16,000 products were looked at; more are touched, and some of them may rise too."
    )
