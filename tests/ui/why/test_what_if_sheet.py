"""What if, by keyboard: quantity, day, wholesaler and client move the price; no order is touched."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.application import Application
from desktop_app.services.condition_views import PriceQuestion
from tests.support.keyboard import press, settle, shown, write
from ui.page import UiContext
from ui.theme.look import Look
from ui.why.what_if_sheet import WhatIfSheet


@pytest.fixture
def window() -> Iterator[QWidget]:
    with shown(QWidget(), (1200, 780)) as made:
        yield made


def opened(context: UiContext, application: Application, window: QWidget, *, apply: Any = None) -> WhatIfSheet:
    sheet = WhatIfSheet(context, window, application.prices, PriceQuestion("TN1", 1), apply)
    sheet.open_sheet()
    settle()
    return sheet


def test_another_quantity_moves_price_and_difference(
    context: UiContext, application: Application, window: QWidget, look: Look
) -> None:
    sheet = opened(context, application, window)
    assert sheet._net.text() == "€91.9894"
    assert sheet._difference.text() == "as today"
    write("12")
    assert sheet._net.text() == "€91.6185"
    assert "−0.3709" in sheet._difference.text()
    assert "91.9894" in sheet._difference.text()
    window.grab()
    assert look.elisions == []
    assert application.orders.list() == ()


def test_another_wholesaler_and_another_day_are_asked_by_keyboard(
    context: UiContext, application: Application, window: QWidget
) -> None:
    sheet = opened(context, application, window)
    press("Tab")
    while not sheet.fields.day.hasFocus():
        press("Tab")
    write("+30")
    assert sheet.answer.day > application.prices.what_if(PriceQuestion("TN1", 1)).day
    while not sheet.fields.wholesaler.isAncestorOf(window.focusWidget() or window):
        press("Tab")
    press("Right", "Right")
    assert sheet.fields.question.wholesaler == "S"
    assert sheet.answer.priced is not None
    assert sheet.answer.priced.wholesaler == "S"


def test_the_answer_can_be_put_into_a_line(context: UiContext, application: Application, window: QWidget) -> None:
    taken: list[tuple[int, str]] = []
    sheet = opened(context, application, window, apply=lambda quantity, code: taken.append((quantity, code)))
    press("Ctrl+A")
    write("50")
    assert sheet._take.text() == "Put 50 into the order"
    press("Ctrl+Return")
    assert taken == [(50, "")]


def test_without_a_line_a_new_order_is_offered_and_the_calculation_copied(
    context: UiContext, application: Application, window: QWidget, navigator: Any
) -> None:
    sheet = opened(context, application, window)
    sheet._copy.click()
    assert "148.3700" in QGuiApplication.clipboard().text()
    assert "price of " in QGuiApplication.clipboard().text()
    press("Ctrl+Return")
    assert navigator.asked[-1] == ("new", "TN1", 1)


def test_escape_leaves_everything_as_it_was(
    context: UiContext, application: Application, window: QWidget, navigator: Any
) -> None:
    opened(context, application, window)
    press("Esc")
    assert window.findChildren(WhatIfSheet) == []
    assert navigator.asked == []


def test_the_waterfall_takes_the_height_that_is_free(
    context: UiContext, application: Application, window: QWidget
) -> None:
    sheet = opened(context, application, window)
    panel, foot = sheet.panel, sheet._copy.geometry().top()
    # Nothing but the spacing of the panel lies between the longer of the two halves and the buttons.
    ends = [sheet._scroll.mapTo(panel, sheet._scroll.rect().bottomLeft()).y()]
    ends += [part.mapTo(panel, part.rect().bottomLeft()).y() for part in (sheet.fields._breaks,) if part.isVisible()]
    assert 0 < foot - max(ends) < 40
    assert sheet.rect().contains(panel.geometry())
