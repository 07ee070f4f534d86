"""The steps as a picture: which bars are shown, on which scale."""

from datetime import UTC
from decimal import Decimal

from pytestqt.qtbot import QtBot

from desktop_app.domain.agreement import Tier
from tests.support.meters import TIERS, at_the_top, meter_view
from ui.back_margin.step_meter import SHOWN, StepMeter, bars_of, thousands
from ui.formats import Formats
from ui.theme.look import Look


def tiers(*starts: int) -> tuple[Tier, ...]:
    return tuple(Tier(Decimal(start), Decimal(place + 1)) for place, start in enumerate(starts))


def test_the_step_reached_and_the_one_ahead_are_always_shown() -> None:
    many = tiers(*range(0, 100_000, 10_000))
    for reached in (0, 9_999, 10_000, 45_000, 89_999, 95_000):
        bars = bars_of(many, Decimal(reached))
        assert len(bars) == SHOWN
        assert bars[0].start <= reached <= bars[-1].end
        assert any(bar.ahead for bar in bars) is (reached < 90_000)


def test_before_the_first_step_there_is_a_way_without_rate() -> None:
    bars = bars_of(tiers(20_000, 50_000), Decimal(1_200))
    assert [(int(bar.start), int(bar.end), int(bar.percent), bar.ahead) for bar in bars] == [
        (0, 20_000, 0, False),
        (20_000, 50_000, 1, True),
        (50_000, 80_000, 2, True),
    ]


def test_the_last_step_holds_what_goes_beyond_it() -> None:
    assert bars_of(TIERS, Decimal(500_000))[-1].end == 500_000
    assert bars_of(tiers(0), Decimal(10))[0].end >= 10


def test_the_scale_is_written_short() -> None:
    en, fr = Formats("en"), Formats("fr")
    assert [thousands(Decimal(value), en) for value in (0, 500, 50_000, 1_500_000, 2_500)] == [
        "0",
        "500 €",
        "€50k",
        "€1,500k",
        "€2.5k",
    ]
    assert thousands(Decimal(50_000), fr) == "50\u00a0k€"


def test_the_picture_says_its_figures_and_cuts_nothing(look: Look, qtbot: QtBot) -> None:
    meter = StepMeter(look, Formats("en", UTC))
    qtbot.addWidget(meter)
    for view in (meter_view(), meter_view(basket=Decimal("6582.01")), at_the_top(), meter_view(tiers=())):
        for width in (280, 330, 480):
            meter.resize(width, meter.height())
            meter.show_meter(view)
            meter.grab()
    assert look.elisions == []
    meter.show_meter(meter_view())
    assert meter.accessibleName() == "Accord Xantia: 2.5% step: €21,540.00 more, you: €128,460.00"
