"""What a check is."""

from collections.abc import Callable
from dataclasses import dataclass

from conformance.findings import Broken, Finding, NotTried, Result
from conformance.visit import Visit

WITHOUT_CODE = "it needs a desk that has joined: give a joining code (--code)"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a server must do. `rule` is the number in docs/conformance.md, `writes` whether it sends documents."""

    name: str
    rule: int
    title: str
    run: Callable[[Visit], None]
    signed_in: bool
    writes: bool

    def find(self, visit: Visit) -> Finding:
        """Make the check."""
        try:
            self._may_run(visit)
            self.run(visit)
        except Broken as broken:
            return Finding(self.name, self.rule, self.title, Result.FAILED, str(broken))
        except NotTried as reason:
            return Finding(self.name, self.rule, self.title, Result.NOT_TRIED, str(reason))
        return Finding(self.name, self.rule, self.title, Result.PASSED)

    def _may_run(self, visit: Visit) -> None:
        if self.signed_in and not visit.peer.signed_in:
            raise NotTried(WITHOUT_CODE)
        if self.writes and not visit.may_write:
            raise NotTried("it sends test orders: say --write to allow it")


def check(
    rule: int, title: str, *, signed_in: bool = True, writes: bool = False
) -> Callable[[Callable[[Visit], None]], Check]:
    """Makes a check of a function that raises Broken or NotTried; its name is the function's."""

    def made(run: Callable[[Visit], None]) -> Check:
        return Check(run.__name__.replace("_", "-"), rule, title, run, signed_in, writes)

    return made
