"""Long work in words and numbers: what is done, how far, how long still."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop_app.events import SyncProgress
from ui.formats import Formats

translate = QCoreApplication.translate
_MEGABYTE = 1_000_000
_IN_BYTES = ("download", "build")


def progress_words(progress: SyncProgress, formats: Formats) -> tuple[str, str]:
    """The stage in words, and its numbers."""
    names = {
        "found": translate("Progress", "The practice manufacturer is being set up"),
        "download": translate("Progress", "The catalogue is being received"),
        "build": translate("Progress", "Products are being put in place"),
        "index": translate("Progress", "The search is being prepared"),
    }
    words = names.get(progress.stage, translate("Progress", "Synchronising"))
    if progress.total <= 1:
        return words, ""
    if progress.stage in _IN_BYTES:
        done, total = (_megabytes(value, formats) for value in (progress.done, progress.total))
        numbers = translate("Progress", "{0} of {1} MB").format(done, total)
    else:
        numbers = translate("Progress", "{0} of {1}").format(
            formats.number(progress.done), formats.number(progress.total)
        )
    if progress.seconds_left is not None:
        left = formats.duration(timedelta(seconds=progress.seconds_left))
        numbers = translate("Progress", "{0}, {1} left").format(numbers, left)
    return words, formats.typography(numbers)


def _megabytes(value: int, formats: Formats) -> str:
    text = f"{value / _MEGABYTE:.1f}"
    return text.replace(".", ",") if formats.french else text
