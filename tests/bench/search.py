"""Search per keystroke over the practice catalogue: names, part numbers and slips, typed letter by letter."""

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from desktop_app.contract.documents import ConditionDoc
from desktop_app.domain.condition import Condition
from desktop_app.domain.party import Dealer
from desktop_app.domain.pricing import Terms
from desktop_app.services.catalog_service import CatalogService
from desktop_app.storage.catalog_repository import CatalogRepository
from tests.bench.figure import Figure, percentile
from tests.bench.practice_catalog import build, table

SEED = 11
NAMES, NUMBERS, SLIPS = 120, 80, 30
ACCOUNT, GROUP = "D101", "Or"
GOAL_MS = 8.0


def measure() -> Iterable[Figure]:
    """Milliseconds from a keystroke to a page of 50 rows with my prices and the stock of every wholesaler."""
    with (
        tempfile.TemporaryDirectory() as folder,
        CatalogRepository(build(Path(folder) / "catalog-1.db")) as repository,
    ):
        terms = Terms(_conditions(), ACCOUNT, GROUP)
        catalog = CatalogService(
            lambda: repository,
            terms=lambda: terms,
            dealer=lambda: Dealer(ACCOUNT, "", GROUP),
            today=lambda: date(2026, 3, 2),
        )
        catalog.search("warm up")
        rng = random.Random(SEED)
        products = list(table("products"))
        names = list(_names(products, rng))
        numbers = [rng.choice(products)["sku"] for _ in range(NUMBERS)]
        everything = list(_typed(catalog, [*names, *numbers]))
        slips = list(_typed(catalog, [_slip(rng.choice(names), rng) for _ in range(SLIPS)]))
        note = f"{len(everything):,} keystrokes"
        yield Figure("search per keystroke, p50", percentile(everything, 50), note=note)
        yield Figure("search per keystroke, p95", percentile(everything, 95), goal=GOAL_MS, note=note)
        yield Figure("search per keystroke, slowest", max(everything), note=note)
        yield Figure("search with a typing mistake, p95", percentile(slips, 95), note=f"{len(slips):,} keystrokes")


def _conditions() -> Iterator[Condition]:
    for row in table("conditions"):
        yield msgspec.convert(row, ConditionDoc, strict=False).to_domain(1)


def _names(products: Sequence[dict[str, str]], rng: random.Random) -> Iterator[str]:
    """One to four words of a name, in any order, as people type them."""
    for _ in range(NAMES):
        words = rng.choice(products)["name"].lower().split()
        yield " ".join(rng.sample(words, min(len(words), rng.randint(1, 4))))


def _slip(text: str, rng: random.Random) -> str:
    """The text with two letters of it exchanged."""
    place = rng.randrange(max(len(text) - 1, 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _typed(catalog: CatalogService, texts: Iterable[str]) -> Iterator[float]:
    for text in texts:
        for length in range(1, len(text) + 1):
            yield catalog.search(text[:length]).elapsed_ms
