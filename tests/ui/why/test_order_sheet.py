"""Why this total: a draft's and a sent order's, from stored lines, as a waterfall and as text."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app.application import Application
from tests.support.keyboard import press, settle, shown, write
from tests.support.wizard import wizard_page
from ui.formats import Formats
from ui.orders.order_page import OrderPage
from ui.orders.told_order import told_order
from ui.page import UiContext
from ui.theme.look import Look
from ui.why.order_sheet import OrderSheet
from ui.why.order_words import order_steps, order_text
from ui.why.price_sheet import PriceSheet

EN = Formats("en", UTC)


@pytest.fixture
def dossier(context: UiContext, application: Application, make_order: Callable[..., str]) -> Iterator[OrderPage]:
    page = OrderPage(context, application.orders, make_order("BC-7"))
    with shown(page):
        page.on_shown()
        settle()
        yield page


def told(page: OrderPage) -> list[tuple[str, str, str]]:
    steps = order_steps(told_order(page.order, EN), EN)
    return [(step.words, step.note, step.figure) for step in steps]


def test_the_worked_example_from_list_to_real_cost(dossier: OrderPage) -> None:
    assert told(dossier) == [
        ("Total at list prices", "", "€3,598.41"),
        ("Contract net prices", "1 line", "−€534.00"),
        ("Discounts", "2 lines", "−€641.14"),
        ("Quantity discounts", "1 line", "−€57.87"),
        ("Promotions", "set aside on 1 line", "–"),
        ("Special prices", "1 line", "−€144.00"),
        ("Goods excl. VAT", "", "€2,221.40"),
        ("Eco-contribution", "", "+€5.00"),
        ("Total excl. VAT", "", "€2,226.40"),
        ("VAT 20%", "", "+€436.88"),
        ("VAT 5.5%", "", "+€2.31"),
        ("Total incl. VAT", "", "€2,665.59"),
        ("Online bonus 0.5%", "after invoice", "−€11.11"),
        ("Real cost of the goods", "without levies, carriage and VAT", "€2,210.29"),
    ]


def test_the_text_has_the_order_and_each_of_its_lines(dossier: OrderPage) -> None:
    blocks = order_text(told_order(dossier.order, EN), EN).split("\n\n")
    assert blocks[0].splitlines()[0] == dossier.order.summary.desk_no
    assert "as it was sent" in blocks[0]
    assert [block.splitlines()[0] for block in blocks[1:]] == [
        "Toner noir 12k (TN1), 12 × N",
        "Multifonction A4 couleur (MF9), 2 × N",
        "Guide de l'imprimeur (BK1), 3 × N",
    ]


def test_alt_t_opens_it_and_ctrl_c_copies_it(dossier: OrderPage, look: Look) -> None:
    press("Alt+T")
    (sheet,) = dossier.window().findChildren(OrderSheet)
    assert sheet.isVisible()
    dossier.window().grab()
    assert look.elisions == []
    press("PgDown", "Ctrl+C")
    assert "3,598.41" in QGuiApplication.clipboard().text()
    assert dossier.window().findChildren(OrderSheet) == []


def test_a_low_window_holds_the_whole_sheet(dossier: OrderPage) -> None:
    dossier.window().resize(1048, 560)
    settle()
    press("Alt+T")
    (sheet,) = dossier.window().findChildren(OrderSheet)
    assert sheet.panel.height() <= sheet.height()
    bar = sheet._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    press("PgDown")
    assert bar.value() > 0
    press("Esc")
    assert dossier.window().findChildren(OrderSheet) == []


def test_alt_p_tells_the_chosen_line_as_it_was_priced_then(
    dossier: OrderPage, application: Application, desk: Any
) -> None:
    desk.clock.ahead = timedelta(days=183)
    dossier.grid.setFocus()
    dossier.grid.select_row(1)
    press("Alt+P")
    (sheet,) = dossier.window().findChildren(PriceSheet)
    assert sheet.steps[0].figure == "148.3700"
    assert "91.6185" in sheet.text
    year = datetime.now(UTC).year
    assert f"priced on {datetime.now(UTC).day}" in sheet.text
    assert str(year) in sheet.text


def test_a_draft_tells_its_total_too(context: UiContext, application: Application) -> None:
    orders = application.orders
    order_id = orders.new_draft().order_id
    page = wizard_page(context, application, order_id)
    with shown(page):
        page.on_shown()
        settle()
        page.go_to(1)
        write("TN1")
        press("Return")
        write("12")
        press("Return", "Alt+T")
        (sheet,) = page.window().findChildren(OrderSheet)
        figures = {step.words: step.figure for step in sheet.steps}
        assert figures["Total at list prices"] == "€1,780.44"
        assert figures["Goods excl. VAT"] == "€1,099.42"
