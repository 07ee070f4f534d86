"""Connection and queue in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from desktop_app.services.views import CollectionAge, SyncStatus
from desktop_app.sync.status import SHUT_OUT
from ui.formats import Formats
from ui.shell.status_words import queue_words, status_words

EN = Formats("en", UTC)
NOW = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)
READ = NOW - timedelta(hours=2)


def status(online: bool = True, stale: bool = False, **counts: int) -> SyncStatus:
    ages = (
        CollectionAge("products", 3, READ, True, False),
        CollectionAge("stock", 4, READ, True, stale),
    )
    numbers: dict[str, Any] = {"waiting": 0, "held": 0, "attention": 0, **counts}
    since = None if online else NOW - timedelta(hours=2, minutes=10)
    return SyncStatus(
        connected=True, online=online, since=since, last_success=READ, next_try=None, running=False, reason="",
        collections=ages, **numbers,
    )  # fmt: skip


def said(state: SyncStatus, *, practice: bool = False) -> str:
    words = status_words(state, EN, NOW, practice=practice)
    return " | ".join((words.lead, *words.parts))


def test_online_and_everything_gone() -> None:
    assert said(status()) == "Online | everything has left | prices and stock read at 08:30, 2 h ago"


def test_offline_says_how_long_and_how_many() -> None:
    words = said(status(online=False, waiting=2))
    assert words.startswith("Offline for 2\u00a0h\u00a010 | 2 orders waiting")


def test_stock_past_its_shelf_life_is_to_be_confirmed() -> None:
    assert "to be confirmed" in said(status(stale=True))


def test_practice_says_so() -> None:
    assert "practice manufacturer" in said(status(), practice=True)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "everything has left"),
        ({"held": 1}, "1 order held back by you"),
        ({"held": 2}, "2 orders held back by you"),
        ({"waiting": 1, "held": 1, "attention": 1}, "everything has left but 3 orders"),
    ],
)
def test_what_has_not_left_is_counted(counts: dict[str, int], words: str) -> None:
    assert queue_words(status(True, False, **counts)) == words


def test_offline_since_a_moment_does_not_count_seconds() -> None:
    state = status(online=False)
    moment = NOW - timedelta(seconds=20)
    short = SyncStatus(True, False, moment, READ, None, False, 0, 0, 0, "", state.collections)
    assert said(short).startswith("Offline | ")


@pytest.mark.parametrize("reason", sorted(SHUT_OUT))
def test_a_desk_that_is_shut_out_is_never_said_to_be_online(reason: str) -> None:
    words = status_words(replace(status(online=False), since=None, reason=reason), EN, NOW, practice=False)
    assert (words.kind, words.lead in ("Online", "Offline")) == ("offline", False)
