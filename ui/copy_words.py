"""How the copies of what has not left are, in words: for the Sync centre and the settings."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.services.second_copy import CopiesView
from desktop_app.services.second_folder import FolderState, FolderView
from ui.formats import Formats

translate = QCoreApplication.translate


class CopyWords(Struct, frozen=True):
    """One line: the shape of its state (`done`, `off`, `look`), what is said, and a second line."""

    kind: str
    words: str
    detail: str


def copy_words(copies: CopiesView, formats: Formats, now: datetime) -> tuple[CopyWords, ...]:
    """What there is to say: a copy that cannot be written, and the second folder where one was chosen."""
    told = []
    if copies.failed:
        since = formats.since(copies.failed_since or now, now)
        told.append(
            CopyWords(
                "look",
                translate("Copies", "Second copy not written since {0}").format(since),
                translate("Copies", "Your orders are saved. Make room on the disk."),
            )
        )
    if copies.folder.folder:
        told.append(folder_words(copies.folder, formats, now))
    return tuple(told)


def folder_words(folder: FolderView, formats: Formats, now: datetime) -> CopyWords:
    """How the second folder is, and since when it has not been in step."""
    since = "" if folder.since is None else formats.since(folder.since, now)
    match folder.state:
        case FolderState.IN_STEP if folder.same_disk:
            words = translate("Copies", "Second folder on this desk’s own disk")
            return CopyWords("look", words, translate("Copies", "It goes when that disk goes: choose another disk."))
        case FolderState.IN_STEP:
            return CopyWords("done", translate("Copies", "Second folder up to date"), folder.folder)
        case FolderState.LOOKED_FOR:
            return CopyWords("waiting", translate("Copies", "Second folder being looked at"), folder.folder)
        case FolderState.FAILED:
            words = translate("Copies", "Second folder not written")
            if since:
                words = translate("Copies", "Second folder not written since {0}").format(since)
            return CopyWords("look", words, folder.detail)
        case _:
            words = translate("Copies", "Second folder not there")
            if since:
                words = translate("Copies", "Second folder not there since {0}").format(since)
            return CopyWords("off", words, folder.folder)
