"""The shapes of what desks send (docs/openapi.yaml), and the errors that name what is wrong with a document."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

Error = dict[str, str]
Shape = Callable[[Any, str], Iterator[Error]]


def error(pointer: str, code: str, yours: str = "", ours: str = "", **more: str) -> Error:
    """One defect or difference."""
    return {"pointer": pointer, "code": code, "yours": yours, "ours": ours, **more}


def where(holds: Callable[[Any], object]) -> Shape:
    """A value of which this holds."""
    return lambda value, pointer: iter(() if holds(value) else (error(pointer, "invalid"),))


def text(pattern: str = r".{0,2000}") -> Shape:
    """Text of this form from end to end."""
    return where(lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL))


def whole(least: int, most: int) -> Shape:
    """A whole number between these."""
    return where(lambda value: type(value) is int and least <= value <= most)


def or_null(shape: Shape) -> Shape:
    return lambda value, pointer: shape(value, pointer) if value is not None else iter(())


def is_moment(value: Any) -> bool:
    """Whether it is a moment with its offset from UTC."""
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
    except (ValueError, AttributeError):
        return False


def each(kind: type[list[Any]] | type[dict[str, Any]], shape: Shape, least: int = 0) -> Shape:
    """A list, or an object with keys of its own, of at least so many values of a shape."""

    def check(value: Any, pointer: str) -> Iterator[Error]:
        if not isinstance(value, kind) or len(value) < least:
            yield error(pointer, "invalid")
        else:
            for name, part in value.items() if isinstance(value, dict) else enumerate(value):
                yield from shape(part, f"{pointer}/{name}")

    return check


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object with these members and no others."""
    known = {**(optional or {}), **required}

    def check(value: Any, pointer: str) -> Iterator[Error]:
        if not isinstance(value, dict):
            yield error(pointer, "invalid")
            return
        yield from (error(f"{pointer}/{name}", "missing") for name in required if name not in value)
        for name, part in value.items():
            place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            yield from known[name](part, place) if name in known else [error(place, "unknown-field")]

    return check


KEY, WORDS, ANY_WHOLE, MOMENT = text(r".{1,200}"), text(), whole(-(2**63), 2**63 - 1), where(is_moment)
AMOUNT, DAY = text(r"[0-9]{1,15}\.[0-9]{2}"), text(r"\d{4}-\d\d-\d\d")
TRUTH = where(lambda value: isinstance(value, bool))
_ADDRESS = record({}, dict.fromkeys(("name", "street", "postcode", "city", "country"), WORDS))
_DELIVERY = record({}, {"address": or_null(_ADDRESS), "wanted_date": or_null(DAY), "mode": WORDS, "express": TRUTH})
_LINE = record(
    {"sku": KEY, "wholesaler": KEY, "quantity": whole(1, 999_999), "unit_price": text(r"[0-9]{1,12}\.[0-9]{4}")},
    {"rev": ANY_WHOLE},
)
_TOTALS = record(
    {**dict.fromkeys(("goods", "eco", "carriage", "fees", "total"), AMOUNT), "vat": each(dict, AMOUNT)},
    {"private_copy": AMOUNT, "discount": AMOUNT, "vat_reason": WORDS},
)
ORDER = record(
    {
        "schema": WORDS,
        "order_id": KEY,
        "revision": whole(1, 1_000_000),
        "desk_no": KEY,
        "created_at": MOMENT,
        "terms_version": ANY_WHOLE,
        "catalog_version": ANY_WHOLE,
        "lines": each(list, _LINE, 1),
        "totals": _TOTALS,
    },
    {"delivery": _DELIVERY} | dict.fromkeys(("author", "on_behalf_of", "reference", "end_client", "note"), WORDS),
)
CANCEL = record(
    {"kind": text("cancel"), "order_id": KEY, "request_id": KEY, "created_at": MOMENT},
    {"author": WORDS, "reason": WORDS},
)
LOOK_UP = record({"ids": each(list, record({"order_id": KEY, "revision": ANY_WHOLE}))})
JOIN = record({"code": WORDS, "client_instance": KEY})
