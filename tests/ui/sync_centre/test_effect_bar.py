"""What the choices do to the total: no figure lies over another."""

from decimal import Decimal

import pytest

from ui.formats import Formats
from ui.sync_centre.effect_bar import EffectBar
from ui.theme.look import Look


@pytest.mark.parametrize(
    ("yours", "chosen", "theirs"),
    [
        ("2892.44", "1344.07", "2752.29"),
        ("1344.07", "1350.00", "9752.29"),
        ("100.00", "100.01", "100.02"),
        ("100.00", "100.00", "100.00"),
    ],
)
def test_figures_stand_beside_one_another(look: Look, yours: str, chosen: str, theirs: str) -> None:
    bar = EffectBar(look, Formats("fr"))
    bar.resize(620, bar.height())
    bar.show_totals(Decimal(yours), Decimal(chosen), Decimal(theirs), 0)
    bar.grab()
    marks = {"yours": 8.0, "chosen": 300.0, "theirs": 612.0}
    for places in (marks, dict.fromkeys(marks, 8.0), dict.fromkeys(marks, 612.0)):
        placed = bar._placed(places)
        ends = [left + figure.width for left, figure in placed]
        assert all(end < left for end, (left, _) in zip(ends, placed[1:], strict=False))
        assert placed[0][0] >= 0
        assert ends[-1] <= bar.width()
