"""Reading one cell: each reader returns the value as it is stored, or raises ValueError with the reason."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from desktop_app.contract.wire import check_moment
from desktop_app.domain.money import parse_decimal

CellReader = Callable[[str], object]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CODE = re.compile(r"[^\s/\\?#%\x00-\x1f\x7f]{1,64}")


def text(limit: int = 2_000) -> CellReader:
    """Any text up to `limit` characters, without control characters other than tab and line ends."""

    def read(cell: str) -> str:
        if len(cell) > limit:
            raise ValueError(f"longer than {limit:,} characters")
        if _CONTROL.search(cell):
            raise ValueError("contains a control character")
        return cell

    return read


short_text = text()


def key(cell: str) -> str:
    """What names a row: one line of at most 200 characters."""
    if len(cell) > 200:
        raise ValueError("longer than 200 characters")
    if _CONTROL.search(cell) or "\n" in cell or "\r" in cell or "\t" in cell:
        raise ValueError("contains a line end or control character")
    return cell


def code(cell: str) -> str:
    """A code that also stands in addresses: at most 64 characters, no blank and none of / \\ ? # %."""
    if not _CODE.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a code: at most 64 characters, no blanks and none of / \\ ? # %")
    return cell


# The same prices, rates and packs come again and again in a catalogue.
@lru_cache(maxsize=10_000)
def decimal(cell: str) -> str:
    """A number that is not negative, point or comma, as plain text without needless zeros."""
    value = _number(cell)
    if value < 0:
        raise ValueError(f"{cell!r} is negative")
    return plain(value)


@lru_cache(maxsize=1_000)
def percent(cell: str) -> str:
    """A number from 0 to 100; 20 means 20 %."""
    value = decimal(cell)
    if Decimal(value) > 100:
        raise ValueError(f"{cell!r} is more than 100 per cent")
    return value


def whole(lowest: int, highest: int) -> CellReader:
    """A whole number within bounds; `12`, `12.0` and `1 200` are whole."""

    @lru_cache(maxsize=10_000)
    def read(cell: str) -> int:
        value = _number(cell)
        if value != value.to_integral_value():
            raise ValueError(f"{cell!r} is not a whole number")
        if not lowest <= value <= highest:
            raise ValueError(f"{cell!r} is not between {lowest} and {highest:,}")
        return int(value)

    return read


def day(cell: str) -> date:
    """An ISO date, 2026-03-31."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        raise ValueError(f"{cell!r} is not an ISO date like 2026-03-31")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a day of the calendar") from None


def moment(cell: str) -> datetime | date:
    """An ISO date, or an ISO date and time; a time without a zone stays without one."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        whole_day = day(cell)
        check_moment(whole_day)
        return whole_day
    try:
        value = datetime.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not an ISO date or time like 2026-03-31T14:30") from None
    check_moment(value)
    return value if value.tzinfo is None else value.astimezone(UTC)


def choice(*values: str) -> CellReader:
    """One of `values`, whatever its case."""
    by_folded = {value.casefold(): value for value in values}

    def read(cell: str) -> str:
        try:
            return by_folded[cell.casefold()]
        except KeyError:
            raise ValueError(f"{cell!r} is none of {', '.join(values)}") from None

    return read


def who(cell: str) -> str:
    """A buyer: `all`, `group:G` or `dealer:A`."""
    return _pair(cell, ("group", "dealer"))


def what(cell: str) -> str:
    """A product key: `all`, `brand:B`, `family:F` or `sku:S`."""
    return _pair(cell, ("brand", "family", "sku"))


def plain(value: Decimal) -> str:
    """A decimal as it is stored: `12.5`, `879`, never an exponent."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _number(cell: str) -> Decimal:
    try:
        return parse_decimal(cell)
    except ValueError:
        shown = cell if len(cell) <= 40 else f"{cell[:40]}..."
        raise ValueError(f"{shown!r} is not a number of at most 12 digits and 8 decimals") from None


def _pair(cell: str, kinds: tuple[str, ...]) -> str:
    if cell.casefold() == "all":
        return "all"
    kind, colon, name = cell.partition(":")
    if not colon or kind.strip().casefold() not in kinds or not name.strip():
        raise ValueError(f"{cell!r} is neither all nor {', '.join(f'{kind}:...' for kind in kinds)}")
    return f"{kind.strip().casefold()}:{key(name.strip())}"
