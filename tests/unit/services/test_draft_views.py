"""A draft as the screen reads it: marks, carriage, credit, problems with the numbers on screen."""

from decimal import Decimal

from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.draft_views import DraftViews, credit
from desktop_app.services.views import StockView
from tests.support.desk_world import DeskWorld


def test_a_line_shows_its_product_price_and_marks(world: DeskWorld) -> None:
    lines = DraftLines(world.basis(), [DraftLine(4, 1.0, "TN1", 5, None, "S")])
    view = DraftViews(world.stock_view).line(lines, 4, 1, was=Decimal("1.0000"))
    assert (view.name, view.manufacturer_ref, view.wholesaler, view.chosen) == ("Toner noir 12k", "106R-TN1", "S", True)
    assert [(mark.letter, mark.listed, mark.available, mark.mark(5)) for mark in view.stock] == [
        ("M", False, 0, "none"),
        ("N", True, 140, "enough"),
        ("S", True, 3, "short"),
    ]
    assert [(problem.code, problem.line) for problem in view.problems] == [("stock-short", 1)]
    assert view.was == Decimal("1.0000")


def test_a_product_that_is_gone_still_has_a_line(world: DeskWorld) -> None:
    lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "GONE", 5)])
    view = DraftViews(world.stock_view).line(lines, 1, 1)
    assert (view.name, view.priced, view.problems[0].code) == ("", None, "unknown-product")


def test_marks_are_read_once_while_the_draft_is_open(world: DeskWorld) -> None:
    read: list[str] = []

    def stock(sku: str) -> tuple[StockView, ...]:
        read.append(sku)
        return world.stock_view(sku)

    views = DraftViews(stock)
    assert views.stock("TN1") == views.stock("TN1")
    assert read == ["TN1"]
    views.forget()
    views.stock("TN1")
    assert read == ["TN1", "TN1"]


def test_carriage_says_how_far_free_carriage_is(world: DeskWorld) -> None:
    lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "TN1", 1, None, "N"), DraftLine(2, 2.0, "PK5", 10, None, "S")])
    north, south = DraftViews(world.stock_view).summary(lines).carriage
    assert (north.name, north.carriage, north.free_from) == ("Grossiste Nord", Decimal("12.50"), Decimal(500))
    assert north.missing == Decimal(500) - north.goods
    assert (south.carriage, south.free_from, south.missing) == (Decimal("9.90"), None, None)


def test_credit_counts_this_basket(world: DeskWorld) -> None:
    world.dealer |= {"unpaid": "100.00", "undelivered": "50.00", "credit_limit": "200"}
    world.publish_account()
    lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "TN1", 1)])
    total = lines.basket().totals().total
    assert credit(lines, total).left == Decimal(50) - total
    (problem,) = lines.problems()
    assert (problem.code, problem.blocking, problem.line) == ("credit-limit", False, None)


def test_an_empty_draft_costs_nothing(world: DeskWorld) -> None:
    summary = DraftViews(world.stock_view).summary(DraftLines(world.basis(), []))
    assert (summary.lines, summary.pieces, summary.totals.total) == (0, 0, Decimal(0))
