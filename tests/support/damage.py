"""Damaging a SQLite file on purpose, so that it still opens."""

import random
from pathlib import Path

PAGE = 4_096
_TREE = 100  # where the tree of the schema begins in the first page, see the SQLite file format
_INNER = 5


def spoil_contents(path: Path) -> None:
    """Overwrite every page of a closed file but those of the schema: what lies in the tables is gone."""
    content = bytearray(path.read_bytes())
    noise = random.Random(4)
    for number in range(1, len(content) // PAGE + 1):
        if number not in _schema_pages(content):
            content[(number - 1) * PAGE : number * PAGE] = noise.randbytes(PAGE)
    path.write_bytes(content)


def _schema_pages(content: bytes | bytearray) -> set[int]:
    """The first page, and its children where the schema does not fit into it."""
    pages = {1}
    if content[_TREE] == _INNER:
        cells = int.from_bytes(content[_TREE + 3 : _TREE + 5])
        places = [int.from_bytes(content[at : at + 2]) for at in range(_TREE + 12, _TREE + 12 + 2 * cells, 2)]
        pages |= {int.from_bytes(content[at : at + 4]) for at in (*places, _TREE + 8)}
    return pages
