"""Lists of order lines from files and the clipboard, matched against the catalogue. Ordering them: `order_service`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from desktop_app.documents.order_lines_csv import Defect, TypedLine, decode, parse, read_bytes, unreadable
from desktop_app.errors import FileUnreadable
from desktop_app.services.price_basis import CatalogSource
from desktop_app.storage.catalog_search import SearchQuery

_LOOKED_AT = 20


class ImportedLine(Struct, frozen=True):
    """One line whose product was found. `typed` is what the list said where it was not the sku itself, else ""."""

    row: int
    sku: str
    quantity: int
    wholesaler: str
    typed: str = ""


class ImportReport(Struct, frozen=True):
    """What a list gave: the lines that were understood, and what is wrong with the others."""

    source: str
    lines: tuple[ImportedLine, ...]
    defects: tuple[Defect, ...]

    def whole(self) -> tuple[ImportedLine, ...]:
        """All lines; raises FileUnreadable naming every defect where one was not understood."""
        if self.defects:
            raise unreadable(self.source, self.defects)
        return self.lines


class OrderImport:
    """Reads lists. A product is named by its sku, else by a manufacturer's reference or an EAN that only one has."""

    def __init__(self, catalog: Callable[[], CatalogSource]) -> None:
        self._catalog = catalog

    def read_file(self, path: Path) -> ImportReport:
        """The lines of a CSV file. Raises FileUnreadable where it cannot be opened or is no text."""
        try:
            text = decode(read_bytes(path))
        except ValueError as error:
            raise FileUnreadable(f"{path} is not a text file.", source=str(path)) from error
        report = self.read_text(text, str(path))
        if not report.lines and not report.defects:
            raise FileUnreadable(f"{path} holds no order line.", source=str(path))
        return report

    def read_text(self, text: str, source: str = "clipboard") -> ImportReport:
        """The lines of a table pasted from a spreadsheet."""
        typed, defects = parse(text)
        found = self._products(typed)
        known = {wholesaler.code for wholesaler in self._catalog().wholesalers()}
        lines: list[ImportedLine] = []
        for line in typed:
            sku, reason = found[line.sku]
            wrong = [Defect(line.row, "sku", reason)] if reason else []
            if line.wholesaler and line.wholesaler not in known:
                wrong.append(Defect(line.row, "wholesaler", f"there is no wholesaler {line.wholesaler!r}"))
            defects += wrong
            if not wrong:
                as_typed = "" if sku == line.sku else line.sku
                lines.append(ImportedLine(line.row, sku, line.quantity, line.wholesaler, as_typed))
        return ImportReport(source, tuple(lines), tuple(sorted(defects, key=lambda defect: defect.row)))

    def _products(self, typed: Sequence[TypedLine]) -> dict[str, tuple[str, str]]:
        """For each name of a product: its sku, or why there is none."""
        names = dict.fromkeys(line.sku for line in typed)
        by_sku = self._catalog().products_many(names)
        return {name: (name, "") if name in by_sku else self._by_reference(name) for name in names}

    def _by_reference(self, name: str) -> tuple[str, str]:
        wanted = name.casefold()
        page = self._catalog().search(SearchQuery(name, limit=_LOOKED_AT)).products
        exact = [
            product
            for product in page
            if wanted in (product.sku.casefold(), product.manufacturer_ref.casefold(), product.ean)
        ]
        if len(exact) == 1:
            return exact[0].sku, ""
        if exact:
            return "", f"{name!r} could be {' or '.join(product.sku for product in exact)}"
        return "", f"no product has the number {name!r}"
