"""The ways to place a line: all of them, and the turning ones between which the others lie."""

import itertools
import random

from desktop_app.domain.planning.placements import Line, Parts, Source, all_ways, backordered, turning_ways


def every_way(line: Line) -> set[Parts]:
    """All placements in whole packs, found by trying every division."""
    packs = line.free // line.multiple
    found = set()
    for counts in itertools.product(range(packs + 1), repeat=len(line.sources)):
        units = [one.kept + count * line.multiple for one, count in zip(line.sources, counts, strict=True)]
        allowed = all(
            count == 0 or (here >= line.minimum and not one.closed)
            for one, count, here in zip(line.sources, counts, units, strict=True)
        )
        if sum(counts) == packs and allowed:
            found.add(tuple((one.at, here) for one, here in zip(line.sources, units, strict=True) if here))
    return found


def drawn_line(rng: random.Random) -> Line:
    multiple = rng.choice([1, 1, 2, 5])
    quantity = multiple * rng.randint(1, 8)
    count = rng.randint(1, 4)
    kept = [0] * count
    if rng.random() < 0.2:
        kept[rng.randrange(count)] = multiple * rng.randint(0, quantity // multiple)
    sources = tuple(
        Source(
            at,
            rng.choice([0, 0, 3, 7, rng.randint(0, 30), 100]),
            kept[at],
            tuple(sorted(rng.sample(range(2, 12), rng.choice([0, 0, 1, 2])))),
            kept[at] > 0 and count > 1 and rng.random() < 0.5,
        )
        for at in range(count)
    )
    return Line(quantity, sources, multiple, rng.choice([1, 1, 1, 3, 4, 10]))


def test_all_ways_are_those_with_the_fewest_backordered_units() -> None:
    rng = random.Random(1)
    looked_at = 0
    for _ in range(3_000):
        line = drawn_line(rng)
        possible = every_way(line)
        turning = turning_ways(line).parts
        if line.quantity < line.minimum:
            continue
        if not possible:
            # What is free is below the minimum everywhere: it goes whole.
            assert turning
            assert all_ways(line, turning, 10_000).parts == turning
            continue
        fewest = min(backordered(line, parts) for parts in possible)
        wanted = {parts for parts in possible if backordered(line, parts) == fewest}
        assert set(turning) <= wanted
        assert turning
        ways = all_ways(line, turning, 10_000)
        assert ways.complete
        assert set(ways.parts) == wanted
        assert set(all_ways(line, turning, 10_000, any_backorder=True).parts) == possible
        looked_at += 1
    assert looked_at > 2_000


def test_a_line_that_one_wholesaler_has_is_turned_whole() -> None:
    line = Line(10, (Source(0, 100), Source(1, 50)))
    assert turning_ways(line).parts == (((0, 10),), ((1, 10),))


def test_a_stock_that_ends_and_a_price_that_turns_are_where_a_line_is_split() -> None:
    line = Line(10, (Source(0, 6, turns=(5,)), Source(1, 100)))
    assert turning_ways(line).parts == (((0, 4), (1, 6)), ((0, 5), (1, 5)), ((0, 6), (1, 4)), ((1, 10),))


def test_packs_are_not_opened() -> None:
    line = Line(20, (Source(0, 12), Source(1, 14)), multiple=5)
    assert all(units % 5 == 0 for parts in turning_ways(line).parts for _, units in parts)


def test_a_quantity_that_is_no_number_of_packs_goes_whole() -> None:
    line = Line(7, (Source(0, 3), Source(1, 100)), multiple=5)
    assert turning_ways(line).parts == (((1, 7),),)


def test_where_there_are_too_many_ways_only_the_known_ones_are_told() -> None:
    line = Line(50, (Source(0, 100), Source(1, 100), Source(2, 100)))
    known = turning_ways(line).parts
    ways = all_ways(line, known, 100)
    assert not ways.complete
    assert ways.parts == known


def test_as_many_wholesalers_as_it_takes_deliver_a_line() -> None:
    line = Line(50, tuple(Source(at, 10, turns=(3, 6)) for at in range(5)))
    assert backordered(line, turning_ways(line).parts[0]) == 0


def test_where_too_much_turns_stocks_are_still_used_up_first() -> None:
    line = Line(50, tuple(Source(at, 10, turns=(3, 6)) for at in range(5)))
    ways = turning_ways(line, limit=100)
    assert not ways.complete
    assert backordered(line, ways.parts[0]) == 0


def test_a_pack_that_ends_a_stock_is_turned_wherever_a_backorder_may_be() -> None:
    # Of packs of five, the one that takes the first three leaves two on backorder, each other one five.
    line = Line(15, (Source(0, 3), Source(1, 50)), multiple=5)
    assert ((0, 5), (1, 10)) in turning_ways(line, any_backorder=True).parts
