"""The part of all choices a node stands for, and the work that is left."""

from desktop_app.domain.planning.classes import Classes, Kind, Meter


def test_narrowing_changes_one_range_only() -> None:
    whole = Classes(0, 0, ((0, 2), (0, 1)), ((0, 3), (0, 0)), ((0, 0), (0, 1)))
    assert whole.narrowed(Kind.GOODS, 1, (1, 1)).goods == ((0, 2), (1, 1))
    assert whole.narrowed(Kind.WEIGHT, 0, (0, 1)).weights == ((0, 1), (0, 0))
    assert whole.narrowed(Kind.DOCUMENT, 1, (0, 0)).documents == ((0, 0), (0, 0))
    assert whole.narrowed(Kind.GOODS, 0, (0, 2)) == whole


def test_a_meter_is_empty_once_all_is_taken() -> None:
    meter = Meter(10)
    meter.take(9)
    assert not meter.empty
    meter.take(1)
    assert meter.empty
