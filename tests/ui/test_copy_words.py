"""The copies of what has not left, in words."""

from datetime import UTC, datetime, timedelta

from desktop_app.services.second_copy import CopiesView
from desktop_app.services.second_folder import FolderState, FolderView
from ui.copy_words import copy_words, folder_words
from ui.formats import Formats

NOW = datetime(2026, 6, 9, 10, 30, tzinfo=UTC)
EN = Formats("en", UTC)


def words(folder: FolderView) -> tuple[str, str]:
    told = folder_words(folder, EN, NOW)
    return told.kind, told.words


def test_nothing_is_said_where_all_is_as_it_should_be() -> None:
    assert copy_words(CopiesView(), EN, NOW) == ()


def test_a_copy_that_fails_says_since_when_and_what_to_do() -> None:
    (told,) = copy_words(CopiesView("no room", NOW - timedelta(hours=2)), EN, NOW)
    assert (told.kind, told.words) == ("look", "Second copy not written since 08:30")
    assert "Make room" in told.detail


def test_the_second_folder_says_how_it_is_and_since_when() -> None:
    yesterday = NOW - timedelta(days=1)
    assert words(FolderView("E:", FolderState.IN_STEP, NOW)) == ("done", "Second folder up to date")
    assert words(FolderView("E:", FolderState.ABSENT, yesterday)) == (
        "off",
        "Second folder not there since yesterday 10:30",
    )
    assert words(FolderView("E:", FolderState.ABSENT)) == ("off", "Second folder not there")
    assert words(FolderView("E:", FolderState.FAILED, None, "full")) == ("look", "Second folder not written")
    assert words(FolderView("E:", FolderState.IN_STEP, NOW, same_disk=True)) == (
        "look",
        "Second folder on this desk’s own disk",
    )
    assert words(FolderView("E:", FolderState.LOOKED_FOR))[0] == "waiting"
    (told,) = copy_words(CopiesView(folder=FolderView("E:", FolderState.FAILED, None, "full")), EN, NOW)
    assert told.detail == "full"
