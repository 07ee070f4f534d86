"""Why this price: the worked example told as a waterfall and as text."""

from datetime import UTC, date
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.domain.condition import Step
from desktop_app.domain.order import PricedLine, TraceStep
from ui.formats import Formats
from ui.theme.look import Look
from ui.widgets.trace_words import trace_steps, trace_text
from ui.widgets.waterfall import DETAILED_STEP, STEP, Waterfall, WaterfallStep

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
    assert lines[4].startswith("Promo 38 % (set aside: less favourable · version ")
    assert lines[4].endswith(")\t(91.9894)")
    assert lines[-1] == "Line total\t€1,099.42"


def step(kind: str, delta: str, label: str, **more: Any) -> TraceStep:
    facts = {"condition": label, "applied": True, "price_after": Decimal("90"), "label": label, **more}
    return TraceStep(step=Step(kind), delta=Decimal(delta), **facts)


def test_each_step_names_its_document_its_dates_and_its_version() -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    trace = (
        step("list", "0", "Tarif de juin", start=first, price_after=Decimal("100")),
        step(
            "promo", "-10", "Promo", start=first, end=last, contract_ref="PR-26", version=7, value=Decimal(10), unit="%"
        ),
    )
    net, none = Decimal("90"), Decimal(0)
    line = PricedLine("A", "N", 1, Decimal("100"), net, net, none, Decimal(20), net, trace)
    listed, promo, _ = trace_steps(line, EN)
    assert (listed.detail, listed.brief) == ("Tarif de juin · from 1 June 2026 on", "Tarif de juin")
    assert promo.detail == "PR-26 · from 1 to 30 June 2026 · version 7"
    assert promo.brief == "PR-26, until 30 June"


def test_after_the_invoice_each_agreement_has_its_row() -> None:
    off = (
        step("bonus", "-0.4500", "", value=Decimal("0.5"), unit="%"),
        step("rfa", "-1.8000", "RFA 2026", value=Decimal(2), unit="%", contract_ref="RFA-7"),
    )
    line = PricedLine(
        "A", "N", 1, Decimal("90"), Decimal("90"), Decimal("90.00"), Decimal(0), Decimal(20), Decimal("87.7500"),
        off_invoice=off,
    )  # fmt: skip
    told = [(one.kind, one.words, one.note, one.figure) for one in trace_steps(line, EN)]
    assert told[2:] == [
        ("bonus", "Online bonus 0.5%", "after invoice", "−0.4500"),
        ("bonus", "RFA 2026 2%", "after invoice", "−1.8000"),
        ("real", "Real cost", "", "87.7500"),
    ]
    bars = trace_steps(line, EN)
    assert bars[2].end == pytest.approx(bars[3].start)
    assert bars[3].end == pytest.approx(87.75)


def test_why_a_step_is_set_aside_is_said_even_where_its_name_is_long(look: Look, qtbot: QtBot) -> None:
    words = "Promotion de rentrée sur tous les toners 38 %"
    widget = Waterfall(look, "Why this price")
    qtbot.addWidget(widget)
    aside = WaterfallStep("aside", words, "set aside: less favourable", "(91.9894)", 0.0, 91.9)
    widget.resize(352, 100)
    widget.show_steps([aside])
    widget.show()
    assert widget.sizeHint().height() == DETAILED_STEP
    widget.resize(640, 100)
    assert widget.sizeHint().height() == STEP


def test_the_waterfall_says_it_to_screen_readers_and_cuts_nothing(look: Look, qtbot: QtBot, toner: PricedLine) -> None:
    widget = Waterfall(look, "Why this price")
    qtbot.addWidget(widget)
    widget.show_steps(trace_steps(toner, EN))
    widget.resize(352, widget.sizeHint().height())
    widget.grab()
    assert "Net price" in widget.accessibleName()
    assert "91.6185" in widget.accessibleName()
    assert look.elisions == []
