"""A field for a day, typed as people write it: `15/06`, `1er janvier 2027`, `2026-06-15`, `+7`. Empty means no day."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.formats import Formats
from ui.theme.look import Look
from ui.widgets.fields import LineField

_NUMBERS = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AHEAD = re.compile(r"([+-])\s*(\d{1,4})")
_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d_]{3,})\.?(?:\s+(\d{2}|\d{4}))?")
_STEPS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 30, Qt.Key.Key_PageDown: -30}
_CENTURY = 2000


def parse_day(text: str, today: date, *, past: bool = False) -> date | None:
    """The day meant by `text`, None for an empty one. Without a year: the next such day, with `past` the last one.

    Raises ValueError where no day is meant.
    """
    words = _fold(text)
    if not words:
        return None
    if ahead := _AHEAD.fullmatch(words):
        days = int(ahead[2])
        return _moved(today, days if ahead[1] == "+" else -days)
    if iso := _ISO.fullmatch(words):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if numbers := _NUMBERS.fullmatch(words):
        return _in_year(int(numbers[1]), int(numbers[2]), numbers[3], today, past)
    if named := _WORDS.fullmatch(words):
        return _in_year(int(named[1]), _month(named[2]), named[3], today, past)
    raise ValueError(f"no day: {text!r}")


class DayField(LineField):
    """`changed` carries the day, None where the field was emptied. Up and Down go on by a day, Page keys by thirty."""

    changed = Signal(object)

    def __init__(
        self, look: Look, formats: Formats, today: Callable[[], date], placeholder: str, *, past: bool = False
    ) -> None:
        super().__init__(look, placeholder, max_length=30)
        self._formats, self._today, self._past = formats, today, past
        self._day: date | None = None
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    @property
    def day(self) -> date | None:
        """The day, None where the field is empty."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day without telling anyone."""
        self._day = day
        self._mark(False)
        self.setText("" if day is None else self._formats.day(day, year=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move the day; Escape empties the field."""
        step = _STEPS.get(event.key())
        if step is not None and not event.modifiers():
            self._take(_moved(self._day or self._today(), step))
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self._take(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is there is chosen, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def _take(self, day: date | None) -> None:
        self.set_day(day)
        self.changed.emit(day)

    def _on_edited(self, text: str) -> None:
        try:
            day = parse_day(text, self._today(), past=self._past)
        except ValueError:
            self._mark(bool(text.strip()))
            return
        self._mark(False)
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def _on_finished(self) -> None:
        """What was typed is shown as it was understood; what was not is put back."""
        self.set_day(self._day)

    def _mark(self, bad: bool) -> None:
        if bool(self.property("bad")) != bad:
            self.setProperty("bad", bad)
            self.style().unpolish(self)
            self.style().polish(self)


def _in_year(day: int, month: int, year: str | None, today: date, past: bool) -> date:
    if year is not None:
        return date(int(year) if len(year) == 4 else _CENTURY + int(year), month, day)
    here = date(today.year, month, day)
    if past and here > today:
        return date(today.year - 1, month, day)
    if not past and here < today:
        return date(today.year + 1, month, day)
    return here


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _month(name: str) -> int:
    for language in (QLocale.Language.French, QLocale.Language.English):
        locale = QLocale(language)
        for month in range(1, 13):
            if _fold(locale.monthName(month, QLocale.FormatType.LongFormat)).startswith(name):
                return month
    raise ValueError(f"no month: {name!r}")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
