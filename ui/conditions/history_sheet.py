"""The whole history of one condition: each version this desk has kept, from when to when, and what changed with it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.domain.condition import Condition
from desktop_app.services.condition_views import ConditionHistory, ConditionRow, ConditionVersion
from ui.conditions.condition_words import difference_words, from_words, on_words, what_words
from ui.formats import Formats, server_text
from ui.page import UiContext
from ui.theme.tokens import BODY, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.period_words import source_words
from ui.widgets.sheet import Sheet
from ui.widgets.text import Item, Text, body, column, row, rule, section, small

translate = QCoreApplication.translate

_WIDTH, _MARGIN, _BAR = 560, 24, 10


class HistorySheet(Sheet):
    """Newest first. Escape closes, Ctrl+C copies; `told` is what is shown, as lines of text."""

    def __init__(self, context: UiContext, window: QWidget, condition: ConditionRow, history: ConditionHistory) -> None:
        super().__init__(context.look, window, _WIDTH, top=72)
        self._context = context
        look, formats = context.look, context.formats
        title = self.tr("History of the condition")
        about = " · ".join(part for part in (*on_words(condition), server_text(condition.id)) if part)
        self.told = [about]
        items: list[Item] = []
        for place, version in enumerate(history.versions):
            if items:
                items += [6, rule(), 6]
            items += self._version(history.versions, place, version)
        if history.known_since is not None:
            since = formats.day(formats.local(history.known_since).date(), year=True)
            words = formats.typography(self.tr("This desk knows all versions since {0}.").format(since))
            items += [10, small(look, words, wrap=True)]
        content = QWidget()
        layout = column(*items, None, spacing=4, margins=(0, 0, 12, 0))
        content.setLayout(layout)
        self.area = scrolling(content)
        self.area.setAccessibleName(title)
        needed = layout.totalHeightForWidth(_WIDTH - 2 * _MARGIN - _BAR)
        content.setFixedHeight(needed)
        self.area.setFixedHeight(min(needed, max(window.height() - 240, 240)))
        self.close_button = KeyButton(look, self.tr("Close"), kind="primary", keys="Esc", bind=False)
        copy = KeyButton(look, self.tr("Copy"), kind="secondary", icon="copy", keys="Ctrl+C")
        self.close_button.clicked.connect(self.close_sheet)
        copy.clicked.connect(self._on_copy)
        head = column(section(look, title), small(look, about, "ink2", wrap=True), spacing=4)
        foot = row(copy, None, self.close_button)
        self.panel.setLayout(column(head, self.area, foot, spacing=12, margins=(_MARGIN, 20, _MARGIN, 20)))
        self.setAccessibleName(title)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Return closes."""
        super().open_sheet(focus or self.close_button)

    def _version(self, versions: tuple[ConditionVersion, ...], place: int, version: ConditionVersion) -> list[Item]:
        look, formats = self._context.look, self._context.formats
        condition = version.condition
        parts = (what_words(condition, formats), from_words(condition, formats))
        what = formats.typography(" ".join(part for part in parts if part))
        known = known_words(version, formats)
        terms = source_words(
            server_text(condition.contract_ref), condition.start, condition.end, condition.rev, formats
        )
        items: list[Item] = [row(Text(look, what, BODY, SEMIBOLD), None), small(look, known, "ink2", wrap=True)]
        lines = [what, known]
        newer = versions[place - 1] if place else None
        gone = gone_words(version, newer, formats)
        if gone:
            items.append(small(look, gone, "amber", wrap=True))
            lines.append(gone)
        if terms:
            items.append(small(look, terms, wrap=True))
            lines.append(terms)
        before = versions[place + 1].condition if place + 1 < len(versions) else None
        for words in change_lines(version, before, formats):
            items.append(body(look, words, "ink", wrap=True))
            lines.append(words)
        self.told += ["", *lines]
        return items

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.told))
        self._context.navigator.notify(self.tr("The history is in the clipboard."), "done", "copied")
        self.close_sheet()


def known_words(version: ConditionVersion, formats: Formats) -> str:
    """From when to when this desk had a version: `from 3 June 2026 at 09:58 on`."""
    since = _moment(version.since, formats)
    until = _moment(version.until, formats)
    if since and until:
        words = translate("History", "on this desk from {0} to {1}").format(since, until)
    elif since:
        words = translate("History", "on this desk since {0}").format(since)
    elif until:
        words = translate("History", "on this desk from the start to {0}").format(until)
    else:
        words = translate("History", "on this desk from the start on")
    return formats.typography(words)


def gone_words(version: ConditionVersion, newer: ConditionVersion | None, formats: Formats) -> str:
    """That the condition was withdrawn after a version, and whether it came back; empty where it was not."""
    if version.until is None or (newer is not None and newer.since == version.until):
        return ""
    gone, back = _moment(version.until, formats), _moment(newer.since, formats) if newer is not None else ""
    if back:
        return formats.typography(translate("History", "withdrawn on {0}, there again from {1}").format(gone, back))
    return formats.typography(translate("History", "withdrawn on {0}").format(gone))


def change_lines(version: ConditionVersion, before: Condition | None, formats: Formats) -> list[str]:
    """What changed with a version, one line per term: `Value: Discount 25 % instead of Discount 30 %`."""
    if before is None or not version.changed:
        return []
    lines = [
        translate("History", "{0}: {1} instead of {2}").format(what, now, was)
        for what, was, now in difference_words(before, version.condition, formats)
    ]
    return [formats.typography(words) for words in lines or [translate("History", "another detail changed")]]


def _moment(moment: datetime | None, formats: Formats) -> str:
    if moment is None:
        return ""
    day = formats.day(formats.local(moment).date(), year=True)
    return translate("History", "{0} at {1}", "a day, a time").format(day, formats.time(moment))
