"""Reading the bodies desks send: no JSON is `malformed`, JSON of another shape has a defect to name."""

import re
from typing import TypeVar

import msgspec

from desktop_app.contract.wire import FieldError
from manufacturer_server.problems import Refused

T = TypeVar("T")
_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_MEMBER = re.compile(r"(unknown|required) field `(?P<name>.*)`", re.DOTALL)


class Misshapen(Exception):
    """The body is JSON, but not the document it should be."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error.detail)
        self.error = error


def decode(body: bytes, kind: type[T]) -> T:
    """`body` as a document of `kind`. Raises Refused (`malformed`) or Misshapen."""
    try:
        plain = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("malformed", f"The body is not JSON in UTF-8: {error}") from error
    except RecursionError as error:
        raise Refused("malformed", "The body is nested too deeply.") from error
    if b"\\u0000" in body and _holds_nul(plain):
        raise Refused("malformed", "The body holds a NUL character.")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise Misshapen(_field_error(str(error))) from error


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_holds_nul, value))


def _field_error(text: str) -> FieldError:
    """What msgspec says, with its path `$.lines[0].quantity` as the JSON pointer `/lines/0/quantity`."""
    found = _PLACE.match(text)
    what, path = (found["what"], found["path"] or "") if found else (text, "")
    pointer = re.sub(r"\[(\d+)\]", r"/\1", path.removeprefix("$").replace("[...]", "")).replace(".", "/")
    member = _MEMBER.search(what)
    if member is None:
        return FieldError(pointer, "invalid", detail=what)
    name = member["name"].replace("~", "~0").replace("/", "~1")
    code = "missing" if member[1] == "required" else "unknown-field"
    return FieldError(f"{pointer}/{name}", code, detail=what)
