"""Why this price: the worked example told as a waterfall and as text."""

from datetime import UTC

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.domain.order import PricedLine
from ui.formats import Formats
from ui.theme.look import Look
from ui.widgets.trace_words import trace_steps, trace_text
from ui.widgets.waterfall import Waterfall

EN = Formats("en", UTC)


@pytest.fixture
def toner(application: Application) -> PricedLine:
    return application.catalog.price("TN1", 12)


def test_each_step_is_told_in_order(toner: PricedLine) -> None:
    steps = trace_steps(toner, EN)
    assert [(step.kind, step.words, step.figure) for step in steps] == [
        ("total", "List price", "148.3700"),
        ("less", "Remise Or toners 35 %", "−51.9295"),
        ("less", "Des 10 : 5 %", "−4.8220"),
        ("aside", "Promo 38 %", "(91.9894)"),
        ("net", "Net price", "91.6185"),
        ("bonus", "Online bonus 0.5%", "−0.4581"),
        ("real", "Real cost", "91.1604"),
    ]
    assert steps[3].note == "set aside: less favourable"


def test_the_bars_lead_from_list_price_to_net(toner: PricedLine) -> None:
    counted = [step for step in trace_steps(toner, EN) if step.kind in ("less", "more")]
    assert counted[0].start == pytest.approx(148.37)
    assert counted[0].end == pytest.approx(counted[1].start)
    assert counted[-1].end == pytest.approx(91.6185, abs=0.0001)


def test_the_same_as_text(toner: PricedLine) -> None:
    lines = trace_text(toner, "Toner noir 12k", EN).splitlines()
    assert lines[0] == "Toner noir 12k (TN1), 12 × N"
    assert "Promo 38 % (set aside: less favourable)\t(91.9894)" in lines
    assert lines[-1] == "Line total\t€1,099.42"


def test_the_waterfall_says_it_to_screen_readers_and_cuts_nothing(look: Look, qtbot: QtBot, toner: PricedLine) -> None:
    widget = Waterfall(look, "Why this price")
    qtbot.addWidget(widget)
    widget.show_steps(trace_steps(toner, EN))
    widget.resize(352, widget.sizeHint().height())
    widget.grab()
    assert "Net price" in widget.accessibleName()
    assert "91.6185" in widget.accessibleName()
    assert look.elisions == []
