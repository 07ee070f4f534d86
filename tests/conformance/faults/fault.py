"""What a fault is: one part of the second server done wrong, and the checks that must name it."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.support.second_server.feed import Feed
from tests.support.second_server.orders import Orders
from tests.support.second_server.web import Handler, Manufacturer


@dataclass(frozen=True)
class Fault:
    """One fault. `seen_by` are the names of exactly the checks that fail because of it."""

    what: str
    seen_by: frozenset[str]
    feed: type[Feed] = Feed
    orders: type[Orders] = Orders
    manufacturer: type[Manufacturer] = Manufacturer
    handler: type[Handler] = Handler


def seen_by(*checks: str, handler: type[Handler] = Handler) -> Callable[[type[Any]], Fault]:
    """Makes a fault of a class that does one thing wrong; its docstring says which. `handler` serves it."""

    def made(kind: type[Any]) -> Fault:
        places = {Feed: "feed", Orders: "orders", Manufacturer: "manufacturer", Handler: "handler"}
        place: dict[str, Any] = {"handler": handler} | {
            name: kind for part, name in places.items() if issubclass(kind, part)
        }
        return Fault(str(kind.__doc__), frozenset(checks), **place)

    return made


def faults_of(*modules: ModuleType) -> list[Fault]:
    """All faults that modules hold, in their order."""
    return [value for module in modules for value in vars(module).values() if isinstance(value, Fault)]
