"""How names and typed words are brought to one form, and how a typed text becomes a full-text expression. No I/O.

What is indexed and what is asked for are brought to the same form: case, accents, ligatures, invisible characters
and inch marks make no difference. Only letters and digits are left, so nothing a person types can be syntax.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct

MAX_TEXT = 200
MAX_WORDS = 12
MAX_WORD = 40
MAX_FAMILIES = 50

_NO_LETTERS = str.maketrans({chr(code): None for code in range(128) if not chr(code).isalnum()})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_MARKS = str.maketrans({"™": " ", "℠": " "})  # decomposed they would be letters of the word before
_DROPPED = frozenset({"Mn", "Me", "Cf"})  # accents taken off their letters, joiners, direction marks
_SEPARATORS = re.compile(r"[\W_]+")
_INCH = re.compile(r"(?<=\d)(?:\"|''|′′|”|“|[\s-]?(?:inch(?:es)?|pouces?)\b)", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_INCH_WORD = re.compile(r"(\d+)in")
_MODEL = re.compile(r"([a-z]{2,})(\d{3,})")


def plain(text: str) -> str:
    """Lower case without accents, ligatures and invisible characters; punctuation stays."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_MARKS).casefold()).translate(_LIGATURES)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) not in _DROPPED)


def fold(text: str) -> str:
    """`plain`, with only words left, one space apart."""
    return _SEPARATORS.sub(" ", plain(text)).strip()


def compact(text: str) -> str:
    """Letters and digits only, in one piece: `920-012660` and `920 012660` are the same part number."""
    if text.isascii():
        return text.lower() if text.isalnum() else text.lower().translate(_NO_LETTERS)
    return _SEPARATORS.sub("", plain(text))


@lru_cache(maxsize=4_096)
def facet(family: str) -> str:
    """The index word that marks every product of a family; nobody can type it, for § is no letter."""
    return f"§{family.encode().hex()}"


def indexed(text: str) -> str:
    """A text as it is given to the index, which itself splits words and lowers the case of plain Latin letters.

    Inch marks are written out; hyphenated words are added in one piece, so that `wifi` finds `Wi-Fi`.
    """
    if not text.isascii():
        # The index takes every other character for a letter: accents and foreign punctuation go before.
        text = _SEPARATORS.sub(" ", _join(_write_inches(plain(text))))
    elif "-" in text or '"' in text or "''" in text:
        text = _join(_write_inches(text))
    return text


def _write_inches(text: str) -> str:
    return _INCH.sub(" inch ", text)


def _join(text: str) -> str:
    if "-" not in text:
        return text
    return " ".join([text, *(word.replace("-", "") for word in text.split() if "-" in word)])


@lru_cache(maxsize=4_096)
def indexed_brand(brand: str) -> str:
    """A brand's name as it is given to the index."""
    return indexed(brand)


def index_codes(sku: str, ref: str, ean: str, sku_key: str, ref_key: str) -> str:
    """The numbers of a product for the index, as written and in one piece, each once."""
    numbers = {sku: sku_key, ref: ref_key}
    written = [key if key == number.lower() else f"{indexed(number)} {key}" for number, key in numbers.items()]
    return f"{' '.join(written)} {ean}"


class TypedText(Struct, frozen=True):
    """A typed text, ready for searching.

    `groups` are to be found all together; each holds its ways to be written, every way a sequence of words.
    `part` is the whole text as a part number would be written.
    """

    groups: tuple[tuple[tuple[str, ...], ...], ...]
    part: str

    @property
    def words(self) -> tuple[str, ...]:
        """Each group as one word."""
        return tuple("".join(group[0]) for group in self.groups)


def read_typed(text: str) -> TypedText:
    """Split what a person typed; anything beyond `MAX_TEXT` characters or `MAX_WORDS` words is left out."""
    text = text[:MAX_TEXT]
    groups: list[tuple[tuple[str, ...], ...]] = []
    # Inch marks are read over the whole text, because `27 inch` is two pieces of it.
    for piece in _write_inches(plain(text)).split():
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
    if size := _INCH_WORD.fullmatch(word):
        return (words, (size[1], "inch"))
    if len(word) >= 3 and "pouces".startswith(word):
        return (words, ("inch",))
    return (words,)


def expression(typed: TypedText, families: Mapping[str, Sequence[str]]) -> str:
    """The full-text expression of a typed text: all groups, words as prefixes, whole words counting more.

    `families` maps a family's code to the folded words of its names, so that a family's name finds its products.
    """
    return " AND ".join(_group(group, families) for group in typed.groups)


def whole_words(typed: TypedText) -> str:
    """The expression of a typed text with every word whole."""
    groups = ([" AND ".join(f'"{word}"' for word in way) for way in group] for group in typed.groups)
    return " AND ".join(f"({' OR '.join(f'({way})' for way in ways)})" for ways in groups)


def mended(typed: TypedText, likely: Mapping[int, Sequence[str]], families: Mapping[str, Sequence[str]]) -> str:
    """The expression of a typed text with the words at the places of `likely` replaced by any of the likely ones."""
    groups = [
        f"({' OR '.join(_word(word) for word in likely[place])})" if place in likely else _group(group, families)
        for place, group in enumerate(typed.groups)
    ]
    return f"({' AND '.join(groups)})"


def typing_mistakes(word: str) -> set[str]:
    """Every word that becomes `word` by one mistake: a letter too many or missing, a wrong one, two exchanged."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in halves if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in halves if tail for letter in _LETTERS}
    found |= {head + letter + tail for head, tail in halves for letter in _LETTERS}
    return found - {word}


def _group(ways: tuple[tuple[str, ...], ...], families: Mapping[str, Sequence[str]]) -> str:
    alternatives = [" AND ".join(_word(word) for word in way) for way in ways]
    alternatives = [f"({text})" if " AND " in text else text for text in alternatives]
    if len(ways[0]) == 1 and len(ways[0][0]) >= 3:
        word = ways[0][0]
        named = (code for code, names in families.items() if _names(word, names))
        alternatives += [f'"{facet(code)}"' for code in islice(named, MAX_FAMILIES)]
    return f"({' OR '.join(alternatives)})" if len(alternatives) > 1 else alternatives[0]


def _word(word: str) -> str:
    # A one-letter word is the start of a longer one: ranking its few whole matches is not worth a second list.
    return f'("{word}" OR "{word}"*)' if len(word) > 1 else f'"{word}"*'


def _names(word: str, names: Sequence[str]) -> bool:
    singular = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return any(name.startswith(singular) for name in names)
