"""The dealer's conditions as they stood on one day, sorted and ready to be searched. What is asked of it: services."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from desktop_app.domain.applying import product_keys
from desktop_app.domain.catalog import Family, Product
from desktop_app.domain.condition import CONDITION_STEPS, Condition
from desktop_app.storage.catalog_repository import CatalogRepository, ProductBrief
from desktop_app.storage.catalog_text import compact, fold

_KINDS = {"all": 0, "brand": 1, "family": 2, "sku": 3}
_STEPS = {step: place for place, step in enumerate(CONDITION_STEPS)}


class ConditionBook:
    """Conditions by what they hold on: everything, brands, families, products by name; then by step and quantity.

    Texts are folded when words are first asked for, once.
    """

    def __init__(self, conditions: Iterable[Condition], catalog: CatalogRepository, conflicts: frozenset[str]) -> None:
        groups: dict[str, list[Condition]] = {}
        for condition in conditions:
            groups.setdefault(condition.product, []).append(condition)
        self.conflicts = conflicts
        self._families = {family.code: family for family, _ in catalog.families()}
        self._briefs = catalog.briefs(key[4:] for key in groups if key.startswith("sku:"))
        self.groups = {key: sorted(groups[key], key=_order) for key in sorted(groups, key=self._place)}
        self._texts: list[tuple[str, Condition]] | None = None

    def __iter__(self) -> Iterator[Condition]:
        return (condition for group in self.groups.values() for condition in group)

    def name_of(self, key: str, language: str) -> str:
        """The words for a product key; empty where the catalogue has none."""
        kind, _, value = key.partition(":")
        if kind == "sku":
            brief = self._briefs.get(value)
            return "" if brief is None else brief.name
        if kind == "family":
            return self._families.get(value, Family(value)).name(language)
        return value

    def touching(self, sku: str, product: Product | None) -> list[Condition]:
        """The conditions that touch a product: its own, its family's, its brand's and those on all."""
        keys = {f"sku:{sku}", "all"} if product is None else set(product_keys(product))
        return [condition for key, group in self.groups.items() if key in keys for condition in group]

    def in_family(self, code: str) -> list[Condition]:
        """The conditions on a family and on its products."""
        return [condition for key, group in self.groups.items() if self.family_of(key) == code for condition in group]

    def family_of(self, key: str) -> str:
        """The family a product key belongs to, empty where to none."""
        kind, _, value = key.partition(":")
        if kind == "family":
            return value
        brief = self._briefs.get(value) if kind == "sku" else None
        return "" if brief is None else brief.family

    def with_words(self, text: str) -> list[Condition]:
        """The conditions of which each typed word begins some word; all of them for a text without words."""
        if self._texts is None:
            self._texts = self._folded()
        found = self._texts
        for typed in fold(text).split():
            word = f" {typed}"
            found = [one for one in found if word in one[0]]
        return [condition for _, condition in found]

    def _folded(self) -> list[tuple[str, Condition]]:
        said: dict[str, str] = {}

        def folded(text: str) -> str:
            known = said.get(text)
            if known is None:
                known = said[text] = fold(text)
            return known

        found = []
        for key, group in self.groups.items():
            subject = self._subject(key, folded)
            for one in group:
                own = f"{folded(one.label)} {folded(one.contract_ref)} {fold(one.id)} {folded(one.end_client)}"
                found.append((f"{subject} {own}", one))
        return found

    def _subject(self, key: str, folded: Callable[[str], str]) -> str:
        brief = self._briefs.get(key[4:]) if key.startswith("sku:") else None
        words = [key.partition(":")[2]]
        if brief is not None:
            words = [*words, compact(brief.sku), brief.name, brief.brand]
        family = self._families.get(self.family_of(key))
        if family is not None:
            words = [*words, family.code, family.name_fr, family.name_en]
        return " " + " ".join(folded(word) for word in words if word)

    def _place(self, key: str) -> tuple[int, str]:
        kind, _, value = key.partition(":")
        brief: ProductBrief | None = self._briefs.get(value) if kind == "sku" else None
        name = brief.name if brief is not None else self.name_of(key, "fr")
        return _KINDS.get(kind, 4), f"{name.casefold()} {value}"


def _order(one: Condition) -> tuple[object, ...]:
    return (
        _STEPS.get(one.step, -1),
        one.wholesaler,
        one.end_client,
        one.qty_min,
        one.amount_min,
        one.start or date.min,
        one.id,
    )
