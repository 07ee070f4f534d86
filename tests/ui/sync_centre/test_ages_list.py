"""How old the data is and what proves it, as a person reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.services.views import CollectionAge
from ui.formats import Formats
from ui.sync_centre.ages_list import AgesList
from ui.theme.look import Look

NOW = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
READ = NOW - timedelta(minutes=4)
HASH = "3f9a0c" + 58 * "1"


def age(collection: str = "terms", rows: int = 1_234, **more: object) -> CollectionAge:
    values = {"synced_at": READ, "verified": True, "stale": False, "hash": HASH} | more
    return CollectionAge(collection, rows, **values)  # type: ignore[arg-type]


@pytest.fixture
def ages(look: Look) -> AgesList:
    return AgesList(look, Formats("en", UTC), lambda: NOW)


def told(ages: AgesList) -> list[str]:
    return [entry.accessibleName() for entry in ages.findChildren(QWidget) if entry.accessibleName()]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (age(), "Your conditions: 4 min ago, 1,234 rows, as the manufacturer · 3f9a"),
        (age(rows=1), "Your conditions: 4 min ago, 1 row, as the manufacturer · 3f9a"),
        (age(verified=False), "Your conditions: 4 min ago, not complete, 1,234 rows, unlike the manufacturer"),
        (age(stale=True), "Your conditions: 4 min ago, to be confirmed, 1,234 rows, as the manufacturer · 3f9a"),
        (age(rows=0, synced_at=None, hash=""), "Your conditions: never read, 0 rows"),
    ],
)
def test_each_collection_tells_its_age_its_rows_and_their_proof(ages: AgesList, one: CollectionAge, words: str) -> None:
    ages.show_ages((one,))
    assert told(ages) == [words]


def test_the_whole_hash_can_be_read_and_the_catalogue_comes_first(ages: AgesList) -> None:
    ages.show_ages((age(), age("products"), age("stock_dates")))
    assert [words.partition(":")[0] for words in told(ages)] == ["Products and prices", "Your conditions"]
    assert {entry.toolTip() for entry in ages.findChildren(QWidget) if entry.accessibleName()} == {HASH}


def test_what_reads_the_same_stays_as_it_is(ages: AgesList) -> None:
    ages.show_ages((age(),))
    (before,) = (entry for entry in ages.findChildren(QWidget) if entry.accessibleName())
    ages.show_ages((age(synced_at=READ),))
    assert before.isVisibleTo(ages)
    ages.show_ages((age(rows=2),))
    assert not before.isVisibleTo(ages)
