"""What stands beside the steps: every sum by its rule, and the way to the next back-margin step."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from desktop_app.domain.party import CreditPolicy
from desktop_app.domain.vat import Territory
from desktop_app.services.views import DraftSummary
from tests.support.keyboard import press, settle, shown
from tests.support.meters import NOW, OVERDUE, at_the_top, meter_view
from ui.back_margin.meter_sheet import MeterSheet
from ui.order_wizard.summary_panel import SummaryPanel
from ui.order_wizard.wizard_page import WizardPage
from ui.page import UiContext
from ui.widgets.figures import FigureRow


@pytest.fixture
def summary(wizard: WizardPage) -> DraftSummary:
    wizard.lines.add("MF9", 2)
    return wizard.session.summary()


@pytest.fixture
def panel(context: UiContext) -> Iterator[SummaryPanel]:
    made = SummaryPanel(context.look, context.formats, lambda: NOW)
    with shown(made):
        yield made


def figures(panel: SummaryPanel) -> dict[str, str]:
    rows = [row for row in panel.findChildren(FigureRow) if row.isVisible()]
    return dict(row.accessibleName().split(": ", 1) for row in rows if row.accessibleName())


def test_only_the_sums_an_order_has_are_shown(panel: SummaryPanel, summary: DraftSummary) -> None:
    panel.show_summary(summary)
    settle()
    assert set(figures(panel)) == {"Goods excl. VAT", "Eco-contribution", "VAT 20%", "Total incl. VAT"}
    totals = replace(
        summary.totals,
        discount=Decimal("32.40"),
        private_copy=Decimal("2.40"),
        vat={Decimal(0): Decimal("0.00")},
        vat_reason="VATEX-EU-G",
    )
    panel.show_summary(replace(summary, totals=totals, territory=Territory.EXPORT))
    settle()
    found = figures(panel)
    assert (found["Order discount"], found["Private copying levy"], found["VAT 0%"]) == ("−€32.40", "€2.40", "€0.00")
    assert panel._vat_note.text() == "No VAT: export, VATEX-EU-G"


def test_the_next_step_stands_under_the_bonus_with_its_age(panel: SummaryPanel, summary: DraftSummary) -> None:
    card = panel._earnings
    panel.show_summary(summary)
    assert card.accessibleName().startswith("Online bonus: +€5.40")
    assert not card.isEnabled()
    panel.show_meters([meter_view(gates=(OVERDUE,))])
    settle()
    told = card.accessibleName()
    assert "2.5% step: €21,540.00 more" in told
    assert "€1,204.00 overdue" in told
    assert told.endswith("counted at 08:31, 2 h ago")
    panel.show_summary(replace(summary, totals=replace(summary.totals, online_bonus=Decimal(0))))
    panel.show_meters([at_the_top()])
    assert card.accessibleName() == "Back-margin: Highest step reached: 2.5% counted at 08:31, 2 h ago"
    panel.show_meters([])
    assert not card.isVisible()


def test_nothing_is_cut_in_the_summary(panel: SummaryPanel, summary: DraftSummary, context: UiContext) -> None:
    panel.resize(panel.width(), 900)
    for policy in CreditPolicy:
        credit = replace(summary.credit, policy=policy)
        view = meter_view(missing=Decimal("1234567.89"), gates=(OVERDUE,))
        panel.show_summary(replace(summary, credit=credit))
        panel.show_meters([view])
        settle()
        panel.grab()
    assert context.look.elisions == []


def test_the_meter_follows_the_lines_and_a_key_shows_how_it_adds_up(wizard: WizardPage, qtbot: QtBot) -> None:
    wizard._meters = lambda session: (meter_view(basket=session.summary().totals.goods),)
    wizard.lines.add("MF9", 2)
    qtbot.waitUntil(wizard.summary._earnings.isEnabled)
    press("Alt+M")
    settle()
    (sheet,) = wizard.window().findChildren(MeterSheet)
    assert sheet.isVisible()
    press("Escape")


def test_a_page_nobody_sees_counts_nothing(wizard: WizardPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    wizard._meters = lambda session: asked.append(session.order_id) or ()  # type: ignore[func-returns-value]
    wizard.lines.add("MF9", 2)
    settle()
    wizard.on_hidden()
    qtbot.wait(200)
    assert asked == []
    wizard.on_shown()
    assert len(asked) == 1
