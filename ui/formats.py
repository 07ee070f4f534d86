"""Figures, dates, ages and typography for people, in French and English. Money on the wire is `domain.money`'s."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.domain.money import round_amount, round_unit

THIN = "\u202f"
NBSP = "\u00a0"
MINUS = "\u2212"
APOSTROPHE = "\u2019"
MAX_SERVER_TEXT = 400

translate = QCoreApplication.translate

_HIGH_SIGNS = re.compile(r"[ \u00a0\u202f]+(?=[:;!?%\u00bb])")
_GUILLEMET = re.compile(r"\u00ab[ \u00a0\u202f]*")
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"\s*[\r\n\t]+\s*")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def french_typography(text: str) -> str:
    """Thin spaces before high punctuation and inside guillemets, and the curly apostrophe."""
    text = _HIGH_SIGNS.sub(THIN, text)
    return _GUILLEMET.sub(f"\u00ab{THIN}", text).replace("'", APOSTROPHE)


def server_text(text: str) -> str:
    """Text from outside made safe for one line: no controls, no direction marks, cut with a visible mark.

    Right-to-left text is isolated, so that it cannot reorder what stands beside it.
    """
    clean = _CONTROLS.sub("", _BREAKS.sub(" ", text[: MAX_SERVER_TEXT * 4]))
    if len(clean) > MAX_SERVER_TEXT:
        clean = clean[:MAX_SERVER_TEXT] + "\u2026"
    return f"\u2068{clean}\u2069" if _RTL.search(clean) else clean


class Formats:
    """One language's way of writing. Dates and times are given in UTC and shown in `zone` (None: the system's)."""

    def __init__(self, language: str = "fr", zone: tzinfo | None = None) -> None:
        self.language = "fr" if language == "fr" else "en"
        self._zone = zone
        self._locale = QLocale(QLocale.Language.French if self.french else QLocale.Language.English)

    @property
    def french(self) -> bool:
        """True where texts are French."""
        return self.language == "fr"

    def number(self, value: int) -> str:
        """A whole number with its thousands apart: `47 551` or `47,551`."""
        return self._group(str(abs(value)), value < 0)

    def decimal(self, value: Decimal, places: int) -> str:
        """A number with exactly `places` decimals, already rounded by the rules."""
        whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
        sign = "," if self.french else "."
        grouped = self._group(whole, value < 0 and any(digit != "0" for digit in whole + fraction))
        return f"{grouped}{sign}{fraction}" if places else grouped

    def plain_amount(self, value: Decimal) -> str:
        """An amount without its currency: `1 234,56`."""
        return self.decimal(round_amount(value), 2)

    def amount(self, value: Decimal) -> str:
        """An amount with its currency: `1 234,56 EUR sign` in French, sign first in English."""
        return self._with_currency(self.plain_amount(value))

    def signed_amount(self, value: Decimal) -> str:
        """An amount that always shows its sign: `+ 109,55` with its currency."""
        if value < 0:
            return self._spaced_minus(self.amount(value))
        return self._plus(self.amount(value))

    def short_amount(self, value: Decimal) -> str:
        """An amount without its cents where it has none: `1 500` with its currency."""
        if value == value.to_integral_value():
            return self._with_currency(self.number(int(value)))
        return self.amount(value)

    def short_unit_price(self, value: Decimal) -> str:
        """A unit price with its currency, with 2 decimals where it has no more."""
        return self.amount(value) if value == round_amount(value) else self.unit_price(value)

    def unit(self, value: Decimal) -> str:
        """A unit price, 4 decimals, without currency: `198,8350`."""
        return self.decimal(round_unit(value), 4)

    def unit_price(self, value: Decimal) -> str:
        """A unit price with its currency."""
        return self._with_currency(self.unit(value))

    def signed_unit(self, value: Decimal) -> str:
        """A change of a unit price with its sign: `- 89,7000`."""
        text = self.unit(value)
        if value < 0:
            return self._spaced_minus(text)
        return text if value <= 0 else self._plus(text)

    def percent(self, value: Decimal) -> str:
        """`30 %`, `0,5 %` or `5.5%`: as many decimals as needed."""
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = text.replace("-", MINUS)
        return f"{text.replace('.', ',')}{THIN}%" if self.french else f"{text}%"

    def change(self, share: Decimal) -> str:
        """A change in per cent, one decimal, always with its sign: `+4,0 %`."""
        text = self.decimal(share.quantize(Decimal("0.1"), ROUND_HALF_UP), 1)
        signed = text if share < 0 else f"+{text}"
        return f"{signed}{THIN}%" if self.french else f"{signed}%"

    def local(self, moment: datetime) -> datetime:
        """`moment` in the zone of the user."""
        return moment.astimezone(self._zone)

    def time(self, moment: datetime) -> str:
        """`09:58`."""
        return f"{self.local(moment):%H:%M}"

    def day(self, day: date, *, year: bool = False) -> str:
        """`9 juin`, with the year where asked: `9 juin 2026` or `9 June 2026`."""
        number = "1er" if self.french and day.day == 1 else str(day.day)
        month = self._locale.monthName(day.month, QLocale.FormatType.LongFormat)
        return f"{number} {month} {day.year}" if year else f"{number} {month}"

    def long_day(self, day: date) -> str:
        """`Mardi 9 juin 2026`."""
        return f"{self.weekday(day).capitalize()} {self.day(day, year=True)}"

    def named_day(self, day: date) -> str:
        """`jeudi 11 juin` or `Thursday 11 June`: a day that is near enough to need no year."""
        return f"{self.weekday(day)} {self.day(day)}"

    def weekday(self, day: date) -> str:
        """`mardi` or `Tuesday`."""
        return self._locale.dayName(day.isoweekday(), QLocale.FormatType.LongFormat)

    def short_day(self, day: date) -> str:
        """`09/06` in French, `9 Jun` in English."""
        if self.french:
            return f"{day:%d/%m}"
        return f"{day.day} {self._locale.monthName(day.month, QLocale.FormatType.ShortFormat)}"

    def figures_day(self, day: date) -> str:
        """A day with its year, as short as can be: `09/06/2026` in French, `9 Jun 2026` in English."""
        return f"{self.short_day(day)}/{day.year}" if self.french else f"{self.short_day(day)} {day.year}"

    def moment(self, moment: datetime, now: datetime) -> str:
        """A past moment as people say it: `09:58` today, `hier 17:48`, `5 juin`, `5 juin 2025`."""
        local, today = self.local(moment), self.local(now).date()
        if local.date() == today:
            return self.time(moment)
        if local.date() == today - timedelta(days=1):
            return translate("Formats", "yesterday {0}").format(self.time(moment))
        return self.day(local.date(), year=local.year != today.year)

    def at(self, moment: datetime, now: datetime) -> str:
        """A moment inside a sentence: `à 09:58`, `hier à 17:48`, `le 5 juin`; `at 09:58`, `on 5 June`."""
        local, today = self.local(moment), self.local(now).date()
        if local.date() == today:
            return translate("Formats", "at {0}").format(self.time(moment))
        if local.date() == today - timedelta(days=1):
            return translate("Formats", "yesterday at {0}").format(self.time(moment))
        return translate("Formats", "on {0}").format(self.moment(moment, now))

    def since(self, moment: datetime, now: datetime) -> str:
        """A moment after `since`: `09:58`, `hier 17:48`, `le 5 juin`; `5 June`."""
        if self.local(moment).date() < self.local(now).date() - timedelta(days=1):
            return translate("Formats", "{0}", "a day after `since`").format(self.moment(moment, now))
        return self.moment(moment, now)

    def read_words(self, moment: datetime | None, now: datetime, *, short: bool = False) -> str:
        """When a figure was read: `relevé à 08:31, il y a 2 h`; `short` without its age.

        A clock ahead of ours read it just now.
        """
        if moment is None:
            return translate("Formats", "never read")
        if moment > now:
            return translate("Formats", "read just now")
        words = translate("Formats", "read {0}").format(self.at(moment, now))
        same_day = self.local(moment).date() == self.local(now).date()
        return f"{words}, {self.age(moment, now)}" if same_day and not short else words

    def age(self, moment: datetime, now: datetime) -> str:
        """How long ago: `à l'instant`, `il y a 5 min`, `il y a 2 h`, `il y a 3 j`."""
        passed = now - moment
        if passed < timedelta(minutes=1):
            return translate("Formats", "just now")
        return translate("Formats", "{0} ago").format(self.duration(passed))

    def duration(self, span: timedelta) -> str:
        """A span in its largest unit: `40 s`, `5 min`, `2 h 10`, `3 j`."""
        seconds = max(int(span.total_seconds()), 0)
        if seconds < 60:
            return translate("Formats", "{0} s").format(seconds)
        if seconds < 3600:
            return translate("Formats", "{0} min").format(seconds // 60)
        hours, minutes = divmod(seconds // 60, 60)
        if hours < 24:
            return (
                translate("Formats", "{0} h").format(hours)
                if hours > 3 or minutes < 5
                else f"{hours}{NBSP}h{NBSP}{minutes:02d}"
            )
        return translate("Formats", "{0} d").format(hours // 24)

    def ago_words(self, moment: datetime | None, now: datetime) -> str:
        """The age of a figure, or the words for a figure that was never read."""
        return translate("Formats", "never read") if moment is None else self.age(moment, now)

    def typography(self, text: str) -> str:
        """Text put together from parts, with this language's spaces."""
        return french_typography(text) if self.french else text

    def semicolons(self, parts: Iterable[str]) -> str:
        """Parts with a semicolon between two of them: in French it stands off."""
        return f"{THIN if self.french else ''}; ".join(parts)

    def _group(self, digits: str, negative: bool) -> str:
        parts = []
        while len(digits) > 3:
            parts.append(digits[-3:])
            digits = digits[:-3]
        parts.append(digits)
        grouped = (THIN if self.french else ",").join(reversed(parts))
        return f"{MINUS}{grouped}" if negative else grouped

    def _plus(self, text: str) -> str:
        return f"+{THIN}{text}" if self.french else f"+{text}"

    def _spaced_minus(self, text: str) -> str:
        return text.replace(MINUS, MINUS + THIN, 1) if self.french else text

    def _with_currency(self, text: str) -> str:
        if self.french:
            return f"{text}{NBSP}\u20ac"
        return f"{MINUS}\u20ac{text[1:]}" if text.startswith(MINUS) else f"\u20ac{text}"


def utc_now() -> datetime:
    """The clock of the screens."""
    return datetime.now(UTC)
