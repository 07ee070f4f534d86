"""The card of Home and the calculation behind it, by keyboard."""

from collections.abc import Callable, Iterator
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.keyboard import settle, shown
from tests.support.meters import GROWN, NOW, OVERDUE, at_the_top, meter_view
from ui.back_margin.meter_card import MeterCard
from ui.back_margin.meter_sheet import MeterSheet
from ui.formats import Formats
from ui.page import UiContext
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.translation import Translation
from ui.widgets.text import Text


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Text) if label.isVisible())


@pytest.fixture
def card(look: Look, qtbot: QtBot) -> Iterator[MeterCard]:
    made = MeterCard(look, Formats("en", UTC))
    made.setFixedWidth(368)
    with shown(made):
        yield made


def test_the_nearest_step_stands_first_with_its_worth_its_age_and_its_gates(card: MeterCard) -> None:
    card.show_meters([meter_view(gates=(OVERDUE, GROWN)), at_the_top()], NOW)
    settle()
    words = said(card)
    assert "€21,540.00 more to order" in words
    assert "by 30 June to reach 2.5%" in words
    assert "€1,204.00 overdue" in words
    assert card._gain.figure == "€3,750.00"
    assert card._how.text() == "The 2 calculations"
    assert card._age.text() == "counted at 08:31, 2 h ago"


def test_without_an_agreement_there_is_no_card(card: MeterCard) -> None:
    card.show_meters([], NOW)
    assert not card.isVisible()


def test_where_room_is_short_the_words_go_under_the_figure_and_nothing_is_cut(
    look: Look, qtbot: QtBot, translation: Translation
) -> None:
    translation.use("fr")
    made = MeterCard(look, Formats("fr", UTC))
    qtbot.addWidget(made)
    made.show_meters([meter_view(missing=Decimal("121540.00"))], NOW)
    made.show()
    for width, beside in ((368, True), (316, False)):
        made.setFixedWidth(width)
        settle()
        assert bool(made._still.text()) is beside
        assert made._missing.width() >= look.width(made._missing.text(), FIGURE, SEMIBOLD)


def test_at_the_highest_step_the_sum_so_far_is_told(card: MeterCard) -> None:
    card.show_meters([at_the_top()], NOW)
    settle()
    assert "€5,486.50 at the highest step" in said(card)
    assert not card._gain.isVisible()


def test_a_letter_asks_for_the_calculation(card: MeterCard, qtbot: QtBot) -> None:
    card.show_meters([meter_view()], NOW)
    settle()
    with qtbot.waitSignal(card.calculation_wanted):
        QTest.keyClick(card.window(), Qt.Key.Key_M)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_on_the_card(language: str, look: Look, qtbot: QtBot, translation: Translation) -> None:
    translation.use(language)
    for width in (316, 368):
        made = MeterCard(look, Formats(language, UTC))
        made.setFixedWidth(width)
        qtbot.addWidget(made)
        made.show_meters([meter_view(gates=(OVERDUE, GROWN)), at_the_top()], NOW)
        made.show()
        made.grab()
    assert look.elisions == []


def test_the_sheet_shows_every_agreement_and_copies_it_all(
    context: UiContext, qtbot: QtBot, navigator: Any, now: Callable[..., Any]
) -> None:
    window = QWidget()
    window.resize(1200, 800)
    views = [meter_view(basket=Decimal("6582.01"), gates=(OVERDUE,)), replace(at_the_top(), label="Accord Editis")]
    with shown(window):
        sheet = MeterSheet(context, window, views)
        sheet.open_sheet()
        settle()
        assert "Accord Xantia" in said(sheet)
        assert "Accord Editis" in said(sheet)
        assert window.focusWidget() is sheet.close_button
        sheet.copy.click()
        text = QGuiApplication.clipboard().text()
        assert text.count("Together: ") == 2
        assert navigator.asked[-1][0] == "notice"
        window.grab()
        assert context.look.elisions == []
        with qtbot.waitSignal(sheet.closed):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
