"""Mistakes that the proofs of the sync must find: each is one small change of the programs.

What the desk does wrong: `of_the_desk`; what the manufacturer's server does: `of_the_server`.
"""

from tests.mutants.mutant import Mutant
from tests.mutants.of_the_desk import OF_THE_DESK
from tests.mutants.of_the_server import OF_THE_SERVER

MUTANTS = (*OF_THE_DESK, *OF_THE_SERVER)
TABLE_HEAD = ("| in | mistake | found by |", "|---|---|---|")


def as_table(mutants: tuple[Mutant, ...] = MUTANTS) -> str:
    """The list as it stands in docs/sync.md."""
    return "\n".join([*TABLE_HEAD, *(f"| `{one.file}` | {one.name} | {one.finder} |" for one in mutants)])
