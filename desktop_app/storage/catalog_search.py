"""Finding products as somebody types: which rows match and in which order. What a row holds is not read here.

Part numbers come first, then words, few matches ranked by bm25; where nothing is found, numbers that contain the text;
last, words with a typing mistake. The rows of a catalogue file are kept best first.
"""

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from desktop_app.storage.catalog_text import (
    TypedText,
    expression,
    facet,
    mended,
    read_typed,
    typing_mistakes,
    whole_words,
)
from desktop_app.storage.database import Connection

TOTAL_CAP = 1_000
RANKED = 2_000
MAX_NUMBERS = 50
MIN_PART = 3
MIN_INSIDE = 4
MIN_EAN = 8
MIN_MISTAKEN, MAX_MISTAKEN = 4, 24
MAX_CORRECTIONS = 12

# How much a match counts in: name, brand, codes, facets.
_WEIGHTS = "6.0, 4.0, 2.0, 1.0"


class SearchQuery(Struct, frozen=True):
    """What to look for. Empty `text`, `family` and `brand` mean any; `offset` counts from 0."""

    text: str = ""
    family: str = ""
    brand: str = ""
    in_stock: bool = False
    limit: int = 50
    offset: int = 0


class Matches(Struct, frozen=True):
    """The ids of the products found, best first. `corrected` where the text only matched after mending a mistake."""

    ids: tuple[int, ...]
    corrected: bool = False

    @property
    def total(self) -> int:
        """How many there are, at most `TOTAL_CAP`."""
        return min(len(self.ids), TOTAL_CAP)

    @property
    def capped(self) -> bool:
        """Whether there may be more than `total`."""
        return len(self.ids) > TOTAL_CAP


class CatalogSearch:
    """Searches one catalogue file. `families` gives the folded words of the names of each family."""

    def __init__(self, connection: Connection, families: Mapping[str, Sequence[str]]) -> None:
        self._connection = connection
        self._families = families

    def find(self, query: SearchQuery) -> Matches:
        """The products that match, best first, whatever `limit` and `offset` say. Raises SQLite's errors."""
        where = _Filter(query)
        if not query.text.strip():
            return Matches(self._browse(where))
        typed = read_typed(query.text)
        if not typed.groups:
            return Matches(())
        whole = whole_words(typed)
        found = [*self._numbers(typed.part, where), *self._words(expression(typed, self._families), whole, where)]
        if not found:
            found = self._inside_numbers(typed.part, where)
        if found:
            return Matches(tuple(dict.fromkeys(found)))
        match = self._mended(typed)
        return Matches(tuple(self._words(match, match, where)) if match else (), corrected=True)

    def _browse(self, where: "_Filter") -> tuple[int, ...]:
        sql = f"SELECT p.id FROM products AS p WHERE {where.condition} ORDER BY p.id LIMIT {TOTAL_CAP + 1}"
        return tuple(row[0] for row in self._connection.execute(sql, where.values))

    def _numbers(self, part: str, where: "_Filter") -> list[int]:
        """Products with that number, then those with a number that begins so.

        A beginning without any digit is more likely a word than a number, and is left to the words.
        """
        if len(part) < MIN_PART:
            return []
        beginning = any(letter.isdigit() for letter in part)
        sql = (
            "SELECT p.id FROM ("
            "SELECT id, sku_key <> :part AS other FROM products WHERE sku_key >= :part AND sku_key < :end"
            " UNION ALL SELECT id, ref_key <> :part FROM products WHERE ref_key >= :part AND ref_key < :end"
            " UNION ALL SELECT id, ean <> :part FROM products WHERE :ean AND ean >= :part AND ean < :end"
            f") AS found CROSS JOIN products AS p ON p.id = found.id WHERE {where.condition} "
            f"GROUP BY p.id ORDER BY min(found.other), p.id LIMIT {MAX_NUMBERS}"
        )
        end = f"{part}\U0010ffff" if beginning else f"{part}\0"
        values = {**where.values, "part": part, "end": end, "ean": len(part) >= MIN_EAN}
        return [row[0] for row in self._connection.execute(sql, values)]

    def _words(self, match: str, whole: str, where: "_Filter") -> list[int]:
        """The matches, best first: ranked by bm25 where they are few, else those with `whole` words before the others.

        Rows lie best first, so the first matches of many are good ones; bm25 would read every match to rank any.
        """
        found = self._matching(match, where)
        if len(found) == RANKED:
            return list(dict.fromkeys([*self._matching(whole, where), *found]))
        sql = (
            f"SELECT w.rowid {where.source} WHERE product_words MATCH :match AND {where.condition} "
            f"ORDER BY bm25(product_words, {_WEIGHTS}), w.rowid"
        )
        return [row[0] for row in self._connection.execute(sql, {**where.values, "match": where.narrow(match)})]

    def _matching(self, match: str, where: "_Filter") -> list[int]:
        sql = f"SELECT w.rowid {where.source} WHERE product_words MATCH :match AND {where.condition} LIMIT {RANKED}"
        return [row[0] for row in self._connection.execute(sql, {**where.values, "match": where.narrow(match)})]

    def _inside_numbers(self, part: str, where: "_Filter") -> list[int]:
        if len(part) < MIN_INSIDE:
            return []
        sql = (
            "SELECT p.id FROM product_parts AS n CROSS JOIN products AS p ON p.id = n.rowid "
            f"WHERE product_parts MATCH :match AND {where.condition} LIMIT {TOTAL_CAP + 1}"
        )
        return [row[0] for row in self._connection.execute(sql, {**where.values, "match": f'"{part}"'})]

    def _mended(self, typed: TypedText) -> str:
        """The expression with mistakes mended: in the words that match nothing, else in any one of them; else ""."""
        places = [place for place, word in enumerate(typed.words) if not self._is_begun(word)]
        if places:
            likely = {place: self._likely(typed.words[place]) for place in places}
            return mended(typed, likely, self._families) if all(likely.values()) else ""
        candidates = {place: self._likely(word) for place, word in enumerate(typed.words)}
        ways = [mended(typed, {place: words}, self._families) for place, words in candidates.items() if words]
        return " OR ".join(ways)

    def _is_begun(self, word: str) -> bool:
        """Whether any indexed word begins so."""
        sql = "SELECT 1 FROM temp.indexed_words WHERE term >= ?1 AND term < ?1 || '~' LIMIT 1"
        return self._connection.execute(sql, (word,)).fetchone() is not None

    def _likely(self, word: str) -> list[str]:
        """The beginnings of indexed words that differ from `word` by one typing mistake, frequent ones first."""
        if not MIN_MISTAKEN <= len(word) <= MAX_MISTAKEN:
            return []
        sql = (
            "SELECT value, (SELECT doc FROM temp.indexed_words WHERE term >= value AND term < value || '~' LIMIT 1)"
            f" AS docs FROM json_each(?) WHERE docs IS NOT NULL ORDER BY docs DESC, value LIMIT {MAX_CORRECTIONS}"
        )
        rows = self._connection.execute(sql, (json.dumps(sorted(typing_mistakes(word))),))
        return [row[0] for row in rows]


class _Filter:
    """The family, brand and stock asked for, as SQL on `products AS p`."""

    def __init__(self, query: SearchQuery) -> None:
        self.values: dict[str, str | int] = {}
        conditions = []
        if query.family:
            conditions.append("p.family = :family")
            self.values["family"] = query.family
        if query.brand:
            conditions.append("p.brand = :brand")
            self.values["brand"] = query.brand
        if query.in_stock:
            conditions.append("EXISTS (SELECT 1 FROM stock WHERE stock.sku = p.sku AND stock.available > 0)")
        self.condition = " AND ".join(conditions) or "TRUE"
        self._family = query.family

    @property
    def source(self) -> str:
        """Where words are looked up; the products only where there is something to ask them."""
        joined = " CROSS JOIN products AS p ON p.id = w.rowid" if self.condition != "TRUE" else ""
        return f"FROM product_words AS w{joined}"

    def narrow(self, match: str) -> str:
        """The expression, within the family asked for: sparing rows that the condition would throw away."""
        return f'({match}) AND facets : "{facet(self._family)}"' if self._family else match
