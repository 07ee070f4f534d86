"""Lines that take units of the same limited record."""

from desktop_app.domain.limits import Overdrawn, SharedLimits


def test_a_record_is_overdrawn_by_all_its_lines_together() -> None:
    limits = SharedLimits()
    limits.put(1, 6, (("BID", 10),))
    limits.put(2, 4, (("BID", 10),))
    assert limits.overdrawn(1) == limits.overdrawn(2) == ()
    limits.put(2, 5, (("BID", 10),))
    assert limits.overdrawn(1) == limits.overdrawn(2) == (Overdrawn("BID", 10, 11),)
    assert limits.overdrawn(3) == ()


def test_a_line_that_leaves_gives_its_units_back() -> None:
    limits = SharedLimits()
    limits.put(1, 6, (("BID", 10),))
    limits.put(2, 6, (("BID", 10),))
    limits.drop(2)
    assert limits.overdrawn(1) == ()
    limits.put(2, 6, (("OTHER", 10),))
    assert limits.overdrawn(1) == ()


def test_two_records_are_told_in_the_order_of_the_line() -> None:
    limits = SharedLimits()
    for key in (1, 2):
        limits.put(key, 6, (("PROMO", 7), ("BID", 8)))
    assert [one.condition for one in limits.overdrawn(1)] == ["PROMO", "BID"]


def test_stirred_are_the_lines_beside_a_change_and_only_once() -> None:
    limits = SharedLimits()
    limits.put(1, 1, (("A", 9),))
    limits.put(2, 1, (("A", 9), ("B", 9)))
    limits.put(3, 1, (("B", 9),))
    limits.put(4, 1, ())
    assert limits.stirred() == {1, 2, 3}
    assert limits.stirred() == set()
    limits.put(1, 2, (("A", 9),))
    assert limits.stirred() == {1, 2}
    limits.drop(1)
    assert limits.stirred() == {2}
    limits.drop(4)
    assert limits.stirred() == set()
