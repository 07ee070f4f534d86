"""Long work in words and numbers."""

from datetime import UTC

import pytest

from desktop_app.events import SyncProgress
from ui.formats import Formats
from ui.progress_words import progress_words

EN = Formats("en", UTC)


@pytest.mark.parametrize(
    ("progress", "words", "numbers"),
    [
        (SyncProgress("found", 0, 1), "The practice manufacturer is being set up", ""),
        (SyncProgress("download", 1_234_567, 3_700_000, 12.0), "The catalogue is being received",
         "1.2 of 3.7 MB, 12 s left"),
        (SyncProgress("build", 3_700_000, 3_700_000), "Products are being put in place", "3.7 of 3.7 MB"),
        (SyncProgress("index", 0, 1), "The search is being prepared", ""),
        (SyncProgress("rows", 1_000, 47_551), "Synchronising", "1,000 of 47,551"),
    ],
)  # fmt: skip
def test_progress(progress: SyncProgress, words: str, numbers: str) -> None:
    assert progress_words(progress, EN) == (words, numbers)
