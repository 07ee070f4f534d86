"""What a mistake is that is made on purpose. The list: `mutants`."""

from msgspec import Struct


class Mutant(Struct, frozen=True):
    """In `file`, `old` (which is there exactly once) becomes `new`.

    Then one of the simulation's rules in `caught_by` does not hold, or where `by` names tests, one of those fails.
    """

    name: str
    file: str
    old: str
    new: str
    caught_by: tuple[str, ...] = ()
    by: str = ""

    @property
    def finder(self) -> str:
        """Who must find it, in a word for a table."""
        return f"`{self.by}`" if self.by else f"simulation, {' or '.join(self.caught_by)}"
