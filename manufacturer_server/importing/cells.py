"""Reading one cell: each reader returns the value as it is stored, or raises ValueError with the reason."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from desktop_app.contract.wire import check_moment
from desktop_app.domain.money import parse_decimal, round_amount

CellReader = Callable[[str], object]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CODE = re.compile(r"[^\s/\\?#%\x00-\x1f\x7f]{1,64}")
_ZONE = re.compile(r"\*|[A-Z]{2}(-[0-9A-Z]{1,10})?")
_VAT_ID = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_YES, _NO = ("yes", "true", "1", "oui", "vrai"), ("no", "false", "0", "non", "faux")
_MOST_KEYS = 1_000


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
        raise ValueError(f"{_short(cell)!r} is not a code: at most 64 characters, no blanks and none of / \\ ? # %")
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
def percentage(cell: str) -> str:
    """A number that is not negative; 20 and 20 % both mean 20 per cent."""
    return decimal(_without_percent_sign(cell))


@lru_cache(maxsize=1_000)
def percent(cell: str) -> str:
    """A number from 0 to 100; 20 and 20 % both mean 20 per cent."""
    value = percentage(cell)
    if Decimal(value) > 100:
        raise ValueError(f"{cell!r} is more than 100 per cent")
    return value


@lru_cache(maxsize=10_000)
def value(cell: str) -> tuple[str, bool]:
    """The value of a condition, and whether it is written with a per cent sign, which only one of the units bears."""
    number = _without_percent_sign(cell)
    return decimal(number), number != cell


def amount(cell: str) -> str:
    """A sum of euros that is not negative, to the cent."""
    number = _number(cell)
    if number < 0:
        raise ValueError(f"{cell!r} is negative")
    if number != round_amount(number):
        raise ValueError(f"{cell!r} has more than 2 decimals")
    return plain(number)


def _without_percent_sign(cell: str) -> str:
    return cell[:-1].rstrip() if cell.endswith("%") else cell


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
        raise ValueError(f"{_short(cell)!r} is not an ISO date like 2026-03-31")
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
        raise ValueError(f"{_short(cell)!r} is not an ISO date or time like 2026-03-31T14:30") from None
    check_moment(value)
    return value if value.tzinfo is None else value.astimezone(UTC)


def choice(*values: str) -> CellReader:
    """One of `values`, whatever its case."""
    by_folded = {value.casefold(): value for value in values}

    def read(cell: str) -> str:
        try:
            return by_folded[cell.casefold()]
        except KeyError:
            raise ValueError(f"{_short(cell)!r} is none of {', '.join(values)}") from None

    return read


def who(cell: str) -> str:
    """A buyer: `all`, `group:G` or `dealer:A`."""
    return _pair(cell, ("group", "dealer"))


def what(cell: str) -> str:
    """A product key: `all`, `brand:B`, `family:F` or `sku:S`."""
    return _pair(cell, ("brand", "family", "sku"))


def product_keys(cell: str) -> list[str]:
    """Product keys parted by `|`: `family:F|sku:S`."""
    keys = [part.strip() for part in cell.split("|") if part.strip()]
    if len(keys) > _MOST_KEYS:
        raise ValueError(f"names more than {_MOST_KEYS:,} products")
    found = [_pair(part, ("brand", "family", "sku")) for part in keys]
    if "all" in found:
        raise ValueError("'all' is said by an empty cell")
    return found


def zone(cell: str) -> str:
    """A zone of a carriage table: `*`, a country, or a country and the first figures of the postcode."""
    written = cell.upper()
    if not _ZONE.fullmatch(written):
        raise ValueError(f"{_short(cell)!r} is no zone: one is *, FR or FR-20")
    return written


def vat_id(cell: str) -> str:
    """A VAT number, without the blanks people write: a country's two letters and what follows."""
    written = re.sub(r"[\s.-]", "", cell).upper()
    if not _VAT_ID.fullmatch(written):
        raise ValueError(f"{_short(cell)!r} is no VAT number like FR32123456789")
    return written


def yes_or_no(cell: str) -> bool:
    """Yes or no, in English or French, or as a spreadsheet writes it."""
    word = cell.casefold()
    if word not in (*_YES, *_NO):
        raise ValueError(f"{_short(cell)!r} is neither yes nor no")
    return word in _YES


def plain(value: Decimal) -> str:
    """A decimal as it is stored: `12.5`, `879`, never an exponent."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _number(cell: str) -> Decimal:
    try:
        return parse_decimal(cell)
    except ValueError:
        raise ValueError(f"{_short(cell)!r} is not a number of at most 12 digits and 8 decimals") from None


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}..."


def _pair(cell: str, kinds: tuple[str, ...]) -> str:
    if cell.casefold() == "all":
        return "all"
    kind, colon, name = cell.partition(":")
    if not colon or kind.strip().casefold() not in kinds or not name.strip():
        raise ValueError(f"{_short(cell)!r} is neither all nor {', '.join(f'{kind}:...' for kind in kinds)}")
    return f"{kind.strip().casefold()}:{key(name.strip())}"
