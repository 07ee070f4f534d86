"""The lines of a draft in memory: what is merged, rounded and taken back, whatever is done in whatever order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop_app.errors import InvalidQuantity, UnknownProduct, UnknownWholesaler
from desktop_app.services.draft_lines import DraftLine, DraftLines, check_wholesaler, orderable, raised
from tests.support.desk_world import DeskWorld


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskWorld]:
    """One desk for all: nothing is written to it here."""
    folder: Path = tmp_path_factory.mktemp("market")
    world = DeskWorld(folder)
    yield world
    world.close()


def drawn(lines: DraftLines) -> list[tuple[int, str, int, str]]:
    return [(line.key, line.sku, line.quantity, line.wholesaler) for line in lines.all()]


def test_lines_stand_in_their_places(market: DeskWorld) -> None:
    lines = DraftLines(market.basis(), [DraftLine(7, 2.0, "TN1", 1), DraftLine(3, 1.0, "MF9", 1)])
    assert lines.in_order() == [3, 7]
    assert (lines.number(3), lines.number(7)) == (1, 2)
    new = lines.new_line("BK1", 1, None, "")
    assert (new.key, new.place) == (8, 3.0)
    assert len(lines) == 2
    assert 8 not in lines


def test_two_sourced_lines_of_a_product_are_one_even_where_stock_would_part_them(market: DeskWorld) -> None:
    lines = DraftLines(market.basis(), [DraftLine(1, 1.0, "TN1", 1)])
    lines.do([(2, DraftLine(2, 2.0, "TN1", 200))])
    assert drawn(lines) == [(1, "TN1", 201, "")]


def test_what_was_typed_adds_up_too(market: DeskWorld) -> None:
    lines = DraftLines(market.basis(), [DraftLine(1, 1.0, "PK5", 15, 12)])
    lines.do([(2, DraftLine(2, 2.0, "PK5", 10))])
    assert lines.get(1) == DraftLine(1, 1.0, "PK5", 25, 22)


def test_quantities_are_raised_or_refused(market: DeskWorld) -> None:
    catalog = market.catalog
    assert orderable(catalog, "PK5", 11) == (15, 11)
    assert orderable(catalog, "TN1", 11) == (11, None)
    assert raised(catalog, DraftLine(1, 1.0, "PK5", 3)) == DraftLine(1, 1.0, "PK5", 10, 3)
    assert raised(catalog, DraftLine(1, 1.0, "PK5", 10)) is None
    assert raised(catalog, DraftLine(1, 1.0, "NOPE", 3)) is None
    with pytest.raises(InvalidQuantity):
        orderable(catalog, "PK5", 0)
    with pytest.raises(UnknownProduct):
        orderable(catalog, "NOPE", 1)
    with pytest.raises(UnknownWholesaler):
        check_wholesaler(catalog, "Q")
    check_wholesaler(catalog, "")


acts = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["TN1", "PK5", "MF9"]), st.integers(1, 60), st.sampled_from("NS ")),
        st.tuples(st.just("quantity"), st.integers(0, 9), st.integers(1, 300), st.just("")),
        st.tuples(st.just("wholesaler"), st.integers(0, 9), st.just(0), st.sampled_from("NS ")),
        st.tuples(st.just("remove"), st.integers(0, 9), st.just(0), st.just("")),
    ),
    max_size=12,
)


@given(plan=acts)
def test_every_act_can_be_taken_back_and_repeated_exactly(
    market: DeskWorld, plan: list[tuple[str, str | int, int, str]]
) -> None:
    lines = DraftLines(market.basis(), [])
    done, states = [], [drawn(lines)]
    for name, what, quantity, code in plan:
        wanted = wish(lines, name, what, quantity, code.strip())
        if wanted is not None:
            act, changed = lines.do([wanted])
            assert changed <= set(lines.in_order())
            done.append(act)
            states.append(drawn(lines))
        assert_no_twins(lines)
    for act, state in zip(reversed(done), reversed(states[:-1]), strict=True):
        lines.take_back(act)
        assert drawn(lines) == state
    for act, state in zip(done, states[1:], strict=True):
        lines.repeat(act)
        assert drawn(lines) == state


def wish(
    lines: DraftLines, name: str, what: str | int, quantity: int, code: str
) -> tuple[int, DraftLine | None] | None:
    if name == "add":
        line = lines.new_line(str(what), quantity, None, code)
        return line.key, line
    keys = lines.in_order()
    if not keys:
        return None
    line = lines.get(keys[int(what) % len(keys)])
    changed = {"quantity": replace(line, quantity=max(quantity, 1)), "wholesaler": replace(line, wholesaler=code)}
    return line.key, changed.get(name)


def assert_no_twins(lines: DraftLines) -> None:
    twins = [(line.sku, lines.priced(line.key).wholesaler) for line in lines.all()]
    # A wholesaler that the sourcing rule newly takes for one line may be another line's: that is told as a problem.
    doubled = {twin for twin in twins if twins.count(twin) > 1}
    told = {
        line.sku
        for line in lines.all()
        for problem in lines.priced(line.key).problems
        if problem.code == "duplicate-line"
    }
    assert {sku for sku, _ in doubled} == told
