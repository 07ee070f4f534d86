"""Prices to come, beside the product."""

from datetime import UTC, date
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.condition import Step
from desktop_app.domain.order import PricedLine, TraceStep
from desktop_app.services.views import PriceAhead
from ui.catalogue.price_ahead import PriceAheadList
from ui.formats import Formats
from ui.theme.look import Look

D, TODAY = Decimal, date(2026, 11, 24)


def line(*trace: TraceStep) -> PricedLine:
    return PricedLine("A", "N", 1, D("148.37"), D("148.3700"), D("148.37"), D(0), D(20), D("148.3700"), trace)


def told(widget: PriceAheadList) -> list[str]:
    return [entry.accessibleName() for entry in widget.findChildren(QWidget) if entry.accessibleName()]


def test_a_rise_is_told_with_its_day_and_its_share(look: Look, qtbot: QtBot) -> None:
    widget = PriceAheadList(look, Formats("fr", UTC))
    qtbot.addWidget(widget)
    ahead = (PriceAhead(date(2027, 1, 1), D("154.3048"), D("154.3048"), "Tarif 2027"),)
    widget.show_prices(line(), ahead, TODAY)
    (words,) = told(widget)
    assert "154,3048" in words
    assert "1er" in words
    assert "+4,0" in words
    assert "Tarif 2027" in words


def test_the_end_of_a_promotion_is_told_and_nothing_where_nothing_comes(look: Look, qtbot: QtBot) -> None:
    widget = PriceAheadList(look, Formats("en", UTC))
    qtbot.addWidget(widget)
    promo = TraceStep(Step.PROMO, "P", True, D(140), D(-8), "Promo", end=date(2026, 11, 30))
    widget.show_prices(line(promo), (), TODAY)
    assert told(widget) == ["The promotion ends on 30 November"]
    widget.show_prices(line(), (), TODAY)
    assert widget.isHidden()
