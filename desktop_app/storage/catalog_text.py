"""How names and typed words are brought to one form, and how a typed text becomes a full-text expression. No I/O.

What is indexed and what is asked for pass through the same `fold`: case, accents, ligatures, invisible characters
and inch marks make no difference. Only letters and digits are left, so nothing a person types can be syntax.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_TEXT = 200
MAX_WORDS = 12
MAX_WORD = 40

_NO_LETTERS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_DROPPED = frozenset({"Mn", "Me", "Cf"})  # accents taken off their letters, joiners, direction marks
_SEPARATORS = re.compile(r"[\W_]+")
_INCH = re.compile(r"(?<=\d)(?:\s?(?:\"|''|′′|”|“)|[\s-]?(?:inch(?:es)?|pouces?)\b|in\b)")
_INCH_HINTS = ('"', "in", "pouce", "''", "′′", "”", "“")
_JOINED = re.compile(r"[^\W_]+(?:[-./_][^\W_]+)+")
_MODEL = re.compile(r"([a-z]{2,})(\d{3,})")


def plain(text: str) -> str:
    """Lower case without accents, ligatures and invisible characters; punctuation stays."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) not in _DROPPED)


def fold(text: str) -> str:
    """`plain`, with inch marks written out and only words left, one space apart."""
    text = plain(text)
    if any(hint in text for hint in _INCH_HINTS):
        text = _INCH.sub(" inch ", text)
    if text.isascii():
        return " ".join(text.translate(_NO_LETTERS).split())
    return _SEPARATORS.sub(" ", text).strip()


def compact(text: str) -> str:
    """Letters and digits only, in one piece: `920-012660` and `920 012660` are the same part number."""
    text = plain(text)
    if text.isalnum():
        return text
    return _SEPARATORS.sub("", text)


def joined_words(text: str) -> str:
    """The hyphenated words of a text in one piece each, so that `wifi` finds `Wi-Fi`."""
    if not ("-" in text or "." in text or "/" in text or "_" in text):
        return ""
    return " ".join(compact(word) for word in _JOINED.findall(text))


def facet(kind: str, code: str) -> str:
    """The index word that marks every product of a family (`kind` f) or a brand (`kind` b)."""
    return f"{kind}{compact(code)}"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What the full-text index holds of one product."""

    name: str
    brand: str
    codes: str
    facets: str


def index_row(name: str, brand: str, family: str, sku: str, ref: str, ean: str) -> IndexRow:
    """The index row of a product: folded name, brand, its codes whole and in pieces, its facets."""
    joined = joined_words(name)
    codes = f"{fold(sku)} {fold(ref)} {compact(ref)} {ean}" if ref else f"{fold(sku)} {ean}"
    if not sku.isalnum():
        codes += f" {compact(sku)}"
    return IndexRow(
        f"{fold(name)} {joined}" if joined else fold(name),
        fold(brand),
        codes,
        f"{facet('f', family)} {facet('b', brand)}",
    )


@dataclass(frozen=True, slots=True)
class TypedText:
    """A typed text, ready for searching.

    `groups` are to be found all together; each holds its ways to be written, every way a sequence of words.
    `part` is the whole text as a part number would be written.
    """

    groups: tuple[tuple[tuple[str, ...], ...], ...]
    part: str

    @property
    def words(self) -> tuple[str, ...]:
        """Every single word, in the order typed."""
        return tuple(word for group in self.groups for word in group[0])


def read_typed(text: str) -> TypedText:
    """Split what a person typed; anything beyond `MAX_TEXT` characters or `MAX_WORDS` words is left out."""
    text = text[:MAX_TEXT]
    groups: list[tuple[tuple[str, ...], ...]] = []
    # Inch marks are read over the whole text, because `27 inch` is two pieces of it.
    for piece in _INCH.sub(" inch ", plain(text)).split():
        words = tuple(word[:MAX_WORD] for word in fold(piece).split())
        if words:
            groups.append(_ways(words))
    return TypedText(tuple(groups[:MAX_WORDS]), compact(text)[:MAX_WORD])


def _ways(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if len(words) > 1:
        return (words[:MAX_WORDS], ("".join(words)[:MAX_WORD],))
    word = words[0]
    if model := _MODEL.fullmatch(word):
        return (words, model.groups())
    if len(word) >= 3 and "pouces".startswith(word):
        return (words, ("inch",))
    return (words,)


def expression(typed: TypedText, families: Mapping[str, Sequence[str]]) -> str:
    """The full-text expression of a typed text: all groups, words as prefixes, whole words ranking higher.

    `families` maps a family's code to the folded words of its names, so that a family's name finds its products.
    """
    return " AND ".join(_group(group, families) for group in typed.groups)


def any_of(words: Sequence[str]) -> str:
    """An expression for any of these words as a prefix."""
    return f"({' OR '.join(_word(word) for word in words)})"


def _group(ways: tuple[tuple[str, ...], ...], families: Mapping[str, Sequence[str]]) -> str:
    alternatives = [" AND ".join(_word(word) for word in way) for way in ways]
    alternatives = [f"({text})" if " AND " in text else text for text in alternatives]
    if len(ways[0]) == 1 and len(ways[0][0]) >= 3:
        word = ways[0][0]
        alternatives += [f'"{facet("f", code)}"' for code, names in families.items() if _names(word, names)]
    return f"({' OR '.join(alternatives)})" if len(alternatives) > 1 else alternatives[0]


def _word(word: str) -> str:
    # A one-letter word is the start of a longer one: ranking its few whole matches is not worth a second list.
    return f'("{word}" OR "{word}"*)' if len(word) > 1 else f'"{word}"*'


def _names(word: str, names: Sequence[str]) -> bool:
    singular = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return any(name.startswith(singular) for name in names)
