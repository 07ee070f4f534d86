"""Two versions of a draft, side by side."""

from desktop_app.services.shared_views import ComparedLine


def test_a_line_differs_where_its_quantities_do() -> None:
    assert not ComparedLine("TN1", "Toner", "N", 12, 12).differs
    assert ComparedLine("TN1", "Toner", "N", 12, 0).differs
