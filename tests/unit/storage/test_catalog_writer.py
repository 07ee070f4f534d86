"""Changes of the shared feed: a page with its cursor or nothing; bad rows set apart; sums that prove the file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.storage import catalog_words
from desktop_app.storage.catalog_builder import CatalogBuilder
from desktop_app.storage.catalog_repository import CatalogRepository
from desktop_app.storage.catalog_schema import FeedState
from desktop_app.storage.catalog_search import SearchQuery
from desktop_app.storage.catalog_writer import CatalogApplied, apply_changes
from tests.support.catalog_feed import (
    NOW,
    Line,
    catalog_file,
    checkpoint,
    family,
    gone,
    page,
    product,
    put,
    stock,
    sums,
    wholesaler,
)

ROWS = [
    family("SCREEN", "Écrans", "Screens"),
    wholesaler("N", "Nord"),
    product("LQ27", "Liquid screen 27", family="SCREEN"),
    product("KB1", "Quiet keyboard"),
    stock("N", "LQ27", 5),
    stock("N", "KB1", 7),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return catalog_file(tmp_path / "catalog-1.db", ROWS)


def changed(rows: Sequence[Line], *changes: Line) -> list[Line]:
    """The server's rows after `changes`."""
    now: dict[tuple[str, str], Line] = {(row["c"], row["id"]): row for row in rows}
    for change in changes:
        if change["op"] == "del":
            now.pop((change["c"], change["id"]), None)
        elif change["op"] == "put":
            now[change["c"], change["id"]] = change
    return list(now.values())


def apply(catalog: Path, *changes: Line, version: int = 2, before: Sequence[Line] = ROWS) -> CatalogApplied:
    """Apply the changes with the sums of a server that made them."""
    return apply_changes(catalog, page(*changes, checkpoint(version, **sums(changed(before, *changes)))), NOW)


def names(catalog: Path, text: str) -> list[str]:
    with CatalogRepository(catalog) as repository:
        return [found.name for found in repository.search(SearchQuery(text)).products]


def test_rows_and_cursor_change_together_and_the_sums_agree(catalog: Path) -> None:
    applied = apply(
        catalog,
        stock("N", "LQ27", 2, rev=2),
        product("LQ27", "Liquid screen 27 wide", rev=3, family="SCREEN"),
        product("MS1", "Mouse", rev=4),
        gone("products", "KB1"),
        gone("stock", "N/KB1"),
    )
    assert applied.counts == {"stock": 2, "products": 3}
    assert applied.agrees is True
    with CatalogRepository(catalog) as repository:
        assert [offer.available for offer in repository.offers("LQ27")] == [2]
        assert repository.product("KB1") is None
        assert repository.offers("KB1") == ()
        state = repository.state()
        assert (state.cursor, state.version, state.epoch, state.synced_at) == ("c2", 2, "e1", NOW)
        assert state.counts == {"families": 1, "wholesalers": 1, "products": 2, "stock": 1}
    assert names(catalog, "wide") == ["Liquid screen 27 wide"]
    assert names(catalog, "mouse") == ["Mouse"]
    assert names(catalog, "keyboard") == []


def test_a_page_that_breaks_off_in_the_middle_leaves_everything_as_it_was(
    catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(catalog_words.WordIndex, "flush", fail)
    with pytest.raises(StorageFailed) as caught:
        apply(catalog, product("LQ27", "Renamed", rev=2))
    assert caught.value.params["reason"] == "full"
    with CatalogRepository(catalog) as repository:
        assert repository.state().cursor == "c1"
        found = repository.product("LQ27")
        assert found is not None
        assert found.name == "Liquid screen 27"


@pytest.mark.parametrize(
    "price",
    ["1e400", "NaN", "-0", "-1", "12,90", "0." + "1" * 40, 12.9, None, ""],
)
def test_an_impossible_price_sets_the_row_apart_and_keeps_the_old_one(catalog: Path, price: object) -> None:
    applied = apply(catalog, product("LQ27", rev=2, list_price=price), product("KB1", "Loud keyboard", rev=3))
    (bad,) = applied.bad_rows
    assert (bad.collection, bad.id, bad.rev) == ("products", "LQ27", 2)
    assert "list_price" in bad.reason
    assert applied.agrees is True
    with CatalogRepository(catalog) as repository:
        kept, other = repository.product("LQ27"), repository.product("KB1")
        assert kept is not None
        assert other is not None
        assert (kept.name, kept.rev, other.name) == ("Liquid screen 27", 1, "Loud keyboard")
        assert repository.bad_rows() == (bad,)
    assert apply(catalog, product("LQ27", "Mended", rev=4), version=3).agrees is False  # of the rows as first built
    with CatalogRepository(catalog) as repository:
        assert repository.bad_rows() == ()


def test_a_row_in_quarantine_still_counts_as_the_server_counts_it(catalog: Path) -> None:
    bad = put("stock", "N/NEW", 2, wholesaler="N", sku="NEW", available=-1)
    assert apply(catalog, bad).agrees is True
    after = [*ROWS, bad]
    assert apply(catalog, stock("N", "NEW", 3, rev=3), version=3, before=after).agrees is True
    assert apply(catalog, gone("stock", "N/NEW"), version=4, before=after).agrees is True
    with CatalogRepository(catalog) as repository:
        assert repository.offers("NEW") == ()
        assert repository.counts()["stock"] == 2


@pytest.mark.parametrize(
    "line",
    [
        put("products", "LQ27", 2, sku="OTHER", name="x", list_price="1", vat_rate="20"),
        put("products", "LQ27", 2, sku="LQ27", name="x" * 1_000_000, list_price="1", vat_rate="20"),
        put("products", "LQ27", -1, sku="LQ27", name="x", list_price="1", vat_rate="20"),
        put("products", "LQ27", 1 << 70, sku="LQ27", name="x", list_price="1", vat_rate="20"),
        put("products", "LQ27", 2, sku="LQ27", name="x", list_price="1", vat_rate="20", status="unheard-of"),
        put("products", "LQ27", 2, sku="LQ27", name="x", list_price="1"),
    ],
    ids=["another id", "a name of a megabyte", "negative revision", "endless revision", "unknown status", "no rate"],
)
def test_other_rows_that_cannot_be_taken_are_named(catalog: Path, line: Line) -> None:
    (bad,) = apply(catalog, line).bad_rows
    assert (bad.id, bool(bad.reason)) == ("LQ27", True)
    assert names(catalog, "liquid") == ["Liquid screen 27"]


def test_what_is_unknown_is_counted_and_left_out(catalog: Path) -> None:
    applied = apply(
        catalog,
        put("documents", "D1", 2, title="Notice"),
        put("documents", "D2", 3, title="Notice"),
        product("LQ27", "Liquid", rev=4, colour="blue"),
        {"op": "merge", "c": "products", "id": "LQ27"},
    )
    assert applied.ignored == {"collection:documents": 2, "field:products.colour": 1, "op:merge": 1}
    assert names(catalog, "liquid") == ["Liquid"]


def test_the_last_of_two_rows_counts_and_an_unknown_one_is_deleted_in_peace(catalog: Path) -> None:
    lines = [product("LQ27", "First", rev=2), product("LQ27", "Second", rev=3), gone("stock", "N/NEVER")]
    applied = apply_changes(catalog, page(*lines, checkpoint(2, **sums(changed(ROWS, *lines)))), NOW)
    assert applied.counts == {"products": 1}
    assert applied.agrees is True
    assert names(catalog, "second") == ["Second"]
    assert names(catalog, "first") == []


@pytest.mark.parametrize("wrong", [{"counts": {"products": 9}}, {"hash": {"stock": "0" * 64}}])
def test_sums_that_differ_are_told_and_remembered(catalog: Path, wrong: dict[str, Any]) -> None:
    applied = apply_changes(catalog, page(stock("N", "KB1", 1, rev=2), checkpoint(2, **wrong)), NOW)
    assert applied.agrees is False
    with CatalogRepository(catalog) as repository:
        assert repository.state().agrees is False


def test_sums_are_only_compared_on_the_last_page(catalog: Path) -> None:
    lines = (stock("N", "KB1", 1, rev=2), checkpoint(2, more=True, counts={"products": 9}))
    assert apply_changes(catalog, page(*lines), NOW).agrees is None


def test_a_file_that_has_read_nothing_can_be_filled_by_changes_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalog-0.db"
    with CatalogBuilder(path) as builder:
        builder.finish(FeedState("", "", 0))
    assert apply_changes(path, page(*ROWS, checkpoint(1, **sums(ROWS))), NOW).agrees is True
    assert names(path, "écran 27") == ["Liquid screen 27"]


def test_a_new_name_of_a_family_finds_its_products(catalog: Path) -> None:
    assert names(catalog, "moniteur") == []
    apply(catalog, family("SCREEN", "Moniteurs", "Monitors", rev=2))
    assert names(catalog, "moniteur") == ["Liquid screen 27"]


def test_readers_see_a_change_without_opening_the_file_again(catalog: Path) -> None:
    with CatalogRepository(catalog) as repository:
        assert repository.search(SearchQuery("mouse")).total == 0
        assert repository.wholesaler("S") is None
        apply(catalog, product("MS1", "Mouse", rev=2), wholesaler("S", "Sud", rev=3))
        assert repository.search(SearchQuery("mouse")).total == 1
        assert repository.wholesaler("S") is not None


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_words, "MANY_TEXTS", 1)


@pytest.mark.usefixtures("few_are_many")
def test_many_changed_texts_are_all_found(catalog: Path) -> None:
    applied = apply(
        catalog, product("LQ27", "Alpha", rev=2), product("KB1", "Beta", rev=3), product("MS1", "Gamma", rev=4)
    )
    assert applied.agrees is True
    assert [names(catalog, text) for text in ("alpha", "beta", "gamma", "kb1", "liquid", "quiet")] == [
        ["Alpha"],
        ["Beta"],
        ["Gamma"],
        ["Beta"],
        [],
        [],
    ]


def test_wholesaler_codes_and_skus_may_hold_slashes(tmp_path: Path) -> None:
    rows = [product("A/1"), product("1"), stock("N/A", "1"), stock("N", "A/1")]
    del rows[2]  # `N/A` + `1` and `N` + `A/1` have one feed id: a server can only hold one of them
    path = catalog_file(tmp_path / "catalog-1.db", rows)
    assert apply(path, gone("stock", "N/A/1"), before=rows).agrees is True
    with CatalogRepository(path) as repository:
        assert repository.offers("A/1") == ()
