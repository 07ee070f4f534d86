"""Records that have only so many units left, and the lines of a basket that take of them together."""

from typing import NamedTuple


class Overdrawn(NamedTuple):
    """A record of which all lines together take `wanted` units where `left` are left."""

    condition: str
    left: int
    wanted: int


class SharedLimits:
    """Which lines take units of which limited record. Lines may come, change and go."""

    __slots__ = ("_limits", "_stirred", "_takers")

    def __init__(self) -> None:
        self._limits: dict[int, tuple[tuple[str, int], ...]] = {}
        self._takers: dict[str, dict[int, int]] = {}
        self._stirred: set[str] = set()

    def put(self, key: int, quantity: int, limits: tuple[tuple[str, int], ...]) -> None:
        """Line `key` takes `quantity` units of each of `limits`: (condition id, units left), and of nothing else."""
        if not limits and key not in self._limits:
            return
        for condition, _ in self._limits.pop(key, ()):
            del self._takers[condition][key]
            self._stirred.add(condition)
        for condition, _ in limits:
            self._takers.setdefault(condition, {})[key] = quantity
            self._stirred.add(condition)
        if limits:
            self._limits[key] = limits

    def drop(self, key: int) -> None:
        """Line `key` takes nothing any more."""
        self.put(key, 0, ())

    def stirred(self) -> set[int]:
        """The lines that share a record with one that changed since this was last asked."""
        found = {key for condition in self._stirred for key in self._takers[condition]}
        self._stirred.clear()
        return found

    def overdrawn(self, key: int) -> tuple[Overdrawn, ...]:
        """Of what line `key` takes: the records that do not have enough for all their lines, in the order of steps."""
        sums = (
            Overdrawn(condition, left, sum(self._takers[condition].values()))
            for condition, left in self._limits.get(key, ())
        )
        return tuple(one for one in sums if one.wanted > one.left)
