"""A draft as the screen reads it: marks, carriage, credit, problems with the numbers on screen."""

from datetime import date
from decimal import Decimal

from desktop_app.services.draft_lines import DraftLine, DraftLines
from desktop_app.services.draft_views import DraftViews, credit, payment
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


def test_the_payment_clause_is_that_of_an_invoice_of_today(world: DeskWorld) -> None:
    world.dealer |= {
        "payment_days": 45, "payment_month_end": "after-days", "early_payment_percent": "1.5", "early_payment_days": 8,
    }  # fmt: skip
    world.publish_account()
    dealer = world.basis().dealer
    clause = payment(dealer, Decimal("2665.59"), date(2026, 6, 9))
    assert clause is not None
    assert (clause.due, clause.early, clause.early_until) == (date(2026, 7, 31), Decimal("39.98"), date(2026, 6, 17))
    world.dealer |= {"payment_days": None, "early_payment_percent": "0"}
    world.publish_account()
    assert payment(world.basis().dealer, Decimal(1), date(2026, 6, 9)) is None


def test_express_costs_what_the_table_says_for_weight_and_place(world: DeskWorld) -> None:
    world.products["TN1"]["weight"] = "2.5"
    world.wholesalers["N"] |= {
        "express_fee": "9.00",
        "carriage_table": [
            {"zone": "*", "fee": "8.00", "weight_max": "10"},
            {"zone": "*", "fee": "20.00", "express_fee": "15.00"},
        ],
    }
    world.publish_catalog()
    fees = []
    for quantity in (4, 5):
        lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "TN1", quantity, None, "N")])
        (north,) = DraftViews(world.stock_view).summary(lines).carriage
        fees.append((north.carriage, north.express_fee))
    assert fees == [(Decimal("8.00"), Decimal("9.00")), (Decimal("20.00"), Decimal("15.00"))]


def test_free_carriage_counts_the_goods_after_their_discount(world: DeskWorld) -> None:
    world.terms["DOC"] = {
        "id": "DOC", "step": "document", "value": "50", "unit": "EUR", "buyer": "all", "product": "all",
    }  # fmt: skip
    world.publish_account()
    lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "MF9", 1)])
    (north,) = DraftViews(world.stock_view).summary(lines).carriage
    assert (north.goods, north.missing, north.carriage) == (Decimal("490.00"), Decimal("10.00"), Decimal("12.50"))


def test_a_credit_policy_that_refuses_stops_the_order(world: DeskWorld) -> None:
    codes = []
    for policy in ("warn", "hold", "refuse"):
        world.dealer |= {"credit_limit": "1", "credit_policy": policy}
        world.publish_account()
        lines = DraftLines(world.basis(), [DraftLine(1, 1.0, "TN1", 1)])
        (problem,) = lines.problems()
        codes.append((problem.code, problem.blocking, credit(lines, Decimal(0)).policy.value))
    assert codes == [("credit-limit", False, "warn"), ("credit-hold", False, "hold"), ("credit-limit", True, "refuse")]
