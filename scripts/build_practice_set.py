"""Builds resources/practice from a catalogue folder: real product names; everything else is invented by rule.

No randomness and no clock: each figure follows from the product's id, so two runs write the same bytes.
The small hand-written tables (families, wholesalers, carriage, dealers, conditions, agreements, accounts, turnover)
lie in practice_source/. Words in braces are dates that the import fills in.
"""

import argparse
import csv
import gzip
import hashlib
import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import zstandard

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "practice_source"
TARGET = HERE.parent / "resources" / "practice"
COPIED = ("wholesalers", "carriage", "dealers", "conditions", "agreements", "accounts", "turnover")
FIRST_YEAR, LAST_YEAR = 2000, 2030

# Share of the catalogue each wholesaler lists, share of its rows with its own price, and how far that may go.
WHOLESALERS = (("N", 82, 25, 2), ("S", 64, 45, 4), ("O", 55, 45, 5))
PRICE_PER_GIGABYTE = {"MEMORY": 3.2, "STORAGE": 0.07}
STOPPED_PER_MILLE = 18
UNLISTED_PER_MILLE = 4
PRODUCT_COLUMNS = (
    "sku", "ean", "manufacturer_ref", "brand", "name", "family", "list_price", "vat_rate", "eco_fee",
    "pack_multiple", "status", "replaced_by", "description", "private_copy_fee", "weight",
)  # fmt: skip
PRICE_COLUMNS = ("sku", "wholesaler", "list_price", "start", "label")
# Announced for the first of January: these brands become dearer by so many per cent.
RISES = {"Logitech": 4, "Corsair": 4, "Kingston": 3}
# Copie privée in euros per unit, and kilograms per unit, of the families that have some.
PRIVATE_COPY = {"STORAGE": "1.20"}
WEIGHTS = {
    "CASE": "7.5", "CHAIR": "19", "DESK": "32", "DESKTOP": "9",
    "LAPTOP": "2.4", "MONITOR": "5.5", "POWER": "2", "STAND": "3",
}  # fmt: skip
LIGHT = "0.4"
STOCK_COLUMNS = ("wholesaler", "sku", "available", "next_arrival", "next_qty", "list_price", "as_of")
# When a wholesaler's stock was taken, where it is not that of the import.
STOCK_TAKEN = {"O": "{three_days_ago}"}


def draw(product_id: str, purpose: str, below: int) -> int:
    """A whole number from 0 to `below` - 1 that always comes out the same for this product and purpose."""
    digest = hashlib.blake2b(f"{purpose}/{product_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % below


@dataclass(frozen=True)
class FamilyRule:
    """What the hand-written table says about one family."""

    code: str
    name_fr: str
    name_en: str
    price_low: int
    price_high: int
    eco_fee: str
    pack: int
    pack_per_cent: int


@dataclass(frozen=True)
class TypicalPrice:
    """What an article of this family costs about, where its name matches."""

    family: str
    name_has: re.Pattern[str]
    price: int


@dataclass(frozen=True)
class Source:
    """One product as the catalogue has it, cleaned."""

    id: str
    family: FamilyRule
    brand: str
    part_number: str
    name: str
    series: str
    variant: str
    year: int


def clean(text: str) -> str:
    """One line, single spaces, composed accents."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def part_number(text: str) -> str:
    """The first of several numbers in one cell (they are set apart by many spaces); none where it is a remark."""
    first = clean(re.split(r"\s{3,}|\n", text.strip())[0])
    return first if len(first) <= 40 and ";" not in first else ""


def year(text: str) -> int:
    """The release year, 0 where there is none to be believed."""
    return int(text) if text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR else 0


def brand_key(brand: str) -> str:
    """What two spellings of one brand have in common."""
    return re.sub(r"[\W_]+", "", brand.casefold())


def usual_spellings(brands: Iterable[str]) -> dict[str, str]:
    """For each brand the spelling used most often, by `brand_key`."""
    best: dict[str, str] = {}
    for brand, _count in sorted(Counter(brands).items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(brand_key(brand), brand)
    return best


def read_families() -> dict[str, FamilyRule]:
    """The families by the catalogue's own category names."""
    with (SOURCE / "families.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["category"]: FamilyRule(
                code=row["code"],
                name_fr=row["name_fr"],
                name_en=row["name_en"],
                price_low=int(row["price_low"]),
                price_high=int(row["price_high"]),
                eco_fee=row["eco_fee"],
                pack=int(row["pack"]),
                pack_per_cent=int(row["pack_per_cent"]),
            )
            for row in csv.DictReader(lines)
        }


def read_typical_prices() -> tuple[TypicalPrice, ...]:
    """The typical prices in their order: the first that matches counts."""
    with (SOURCE / "typical_prices.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            TypicalPrice(row["family"], re.compile(row["name_has"]), int(row["price"])) for row in csv.DictReader(lines)
        )


TYPICAL = read_typical_prices()


def read_catalogue(folder: Path, families: Mapping[str, FamilyRule]) -> list[Source]:
    """All products, what people look for first: recent, with a part number, of a brand with at least 128 products."""
    with gzip.open(folder / "opendb_products.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    brands = [clean(row["manufacturer"]) for row in rows]
    spelling = usual_spellings(brands)
    products = [
        Source(
            id=row["opendb_id"],
            family=families[row["category"]],
            brand=spelling[brand_key(brand)],
            part_number=part_number(row["part_number"]),
            name=clean(row["name"]),
            series=clean(row["series"]),
            variant=clean(row["variant"]),
            year=year(row["release_year"]),
        )
        for row, brand in zip(rows, brands, strict=True)
    ]
    size = Counter(product.brand for product in products)
    return sorted(
        products,
        key=lambda p: (-p.year, not p.part_number, -min(size[p.brand].bit_length(), 8), draw(p.id, "place", 10**12)),
    )


def skus(products: list[Source]) -> dict[str, str]:
    """A unique sku for each product id: its part number, or brand letters and the start of its id."""
    wanted = {product.id: re.sub(r"[^A-Za-z0-9.#+_-]+", "-", product.part_number).strip("-") for product in products}
    seen = Counter(sku.casefold() for sku in wanted.values())
    result = {}
    for product in products:
        sku = wanted[product.id]
        if not sku or seen[sku.casefold()] > 1:
            plain = unicodedata.normalize("NFD", product.brand).encode("ascii", "ignore").decode()
            letters = re.sub(r"[^A-Za-z0-9]", "", plain).upper()[:4] or "DIV"
            sku = f"{letters}-{product.id[:8].upper()}"
        result[product.id] = sku
    if len({sku.casefold() for sku in result.values()}) != len(products):
        raise SystemExit("two products have the same sku")
    return result


def with_check_digit(twelve: str) -> str:
    """The EAN-13 of twelve digits."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-weighted % 10}"


def eans(products: list[Source]) -> dict[str, str]:
    """An EAN for each product id, in the range kept for use inside a house (20 to 29): never a real one."""
    result: dict[str, str] = {}
    taken: set[str] = set()
    for product in products:
        attempt = 0
        while (ean := with_check_digit(f"2{draw(product.id, f'ean{attempt}', 10**11):011d}")) in taken:
            attempt += 1
        taken.add(ean)
        result[product.id] = ean
    return result


def capacity(name: str) -> float | None:
    """Gigabytes named in a memory's or disk's name, None where there are none."""
    found = re.findall(r"(\d+(?:\.\d+)?)\s?([GT])B\b", name)
    if not found:
        return None
    number, unit = found[0]
    return float(number) * (1000 if unit == "T" else 1)


def list_price(product: Source) -> Decimal:
    """An invented price: by capacity or by what such an article costs about, else by the family's range and the id."""
    rule = product.family
    spread = draw(product.id, "price", 10_000) / 10_000
    gigabytes = capacity(product.name) if rule.code in PRICE_PER_GIGABYTE else None
    typical = next((t.price for t in TYPICAL if t.family == rule.code and t.name_has.search(product.name)), None)
    if gigabytes is not None:
        raw = 12 + gigabytes * PRICE_PER_GIGABYTE[rule.code] * (0.8 + 0.5 * spread)
    elif typical is not None:
        raw = typical * (0.86 + 0.32 * spread)
    else:
        raw = rule.price_low * (rule.price_high / rule.price_low) ** spread**1.6
    return with_usual_ending(max(raw, rule.price_low), draw(product.id, "ending", 10))


def with_usual_ending(raw: float, choice: int) -> Decimal:
    """The price beside `raw` that a price list would print: 12.90, 149.00, 1,249.00."""
    if raw < 20:
        return Decimal(int(raw)) + Decimal(("0.20", "0.50", "0.90", "0.90", "0.95")[choice % 5])
    if raw < 100:
        return Decimal(int(raw)) + Decimal(("0.00", "0.50", "0.90", "0.90", "0.90")[choice % 5])
    if raw < 1000:
        return Decimal(int(raw / 5) * 5 + (4 if choice < 6 else 0)) + Decimal("0.90" if choice < 3 else "0.00")
    return Decimal(int(raw / 10) * 10 + (9 if choice < 7 else 0))


def price_text(price: Decimal) -> str:
    """A price with two decimals."""
    return f"{price.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def is_stopped(product: Source) -> bool:
    """True for the few that can no longer be ordered; recent ones never."""
    return product.year < 2024 and draw(product.id, "stopped", 1000) < STOPPED_PER_MILLE


def successors(products: list[Source]) -> dict[str, str]:
    """For two in three stopped products the id of the best active one of the same brand and family, if any."""
    best: dict[tuple[str, str], str] = {}
    for product in products:
        if not is_stopped(product):
            best.setdefault((product.brand, product.family.code), product.id)
    return {
        product.id: best[product.brand, product.family.code]
        for product in products
        if is_stopped(product)
        and draw(product.id, "successor", 3)
        and product.brand
        and (product.brand, product.family.code) in best
    }


def product_rows(products: list[Source], sku: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """The rows of products.csv, best first."""
    ean, next_one = eans(products), successors(products)
    for product in products:
        rule = product.family
        pack = rule.pack if draw(product.id, "pack", 100) < rule.pack_per_cent else 1
        parts = dict.fromkeys((product.series, product.variant, str(product.year or "")))
        yield (
            sku[product.id],
            ean[product.id],
            product.part_number,
            product.brand,
            product.name,
            rule.code,
            price_text(list_price(product)),
            "20",
            rule.eco_fee,
            pack,
            "stopped" if is_stopped(product) else "active",
            sku.get(next_one.get(product.id, ""), ""),
            " · ".join(part for part in parts if part),
            PRIVATE_COPY.get(rule.code, ""),
            WEIGHTS.get(rule.code, LIGHT),
        )


def price_rows(products: list[Source], sku: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """The rows of prices.csv: the announced rise, to the cent, of the tarif and of the wholesalers' own prices."""
    for product in products:
        rise = RISES.get(product.brand)
        if not rise or is_stopped(product):
            continue
        own = [(code, Decimal(price)) for code, price in listings(product) if price]
        for code, price in (("", list_price(product)), *own):
            dearer = price_text(price * (100 + rise) / 100)
            yield sku[product.id], code, dearer, "{next_january}", "Tarif {next_year}"


def available(product: Source, wholesaler: str) -> int:
    """Units in stock: none for some, few of what is dear, many of what is cheap; next to nothing once stopped."""
    level = draw(product.id, f"level{wholesaler}", 100)
    amount = draw(product.id, f"stock{wholesaler}", 1000)
    if level < 14:
        return 0
    if is_stopped(product):
        return amount % 4
    most = 600 if product.family.price_high < 100 else 60 if product.family.price_high > 1000 else 180
    return 1 + amount % (6 if level < 34 else most // 4 if level < 80 else most)


def listings(product: Source) -> Iterator[tuple[str, str]]:
    """The wholesalers that list a product, each with its own price, empty where it has none."""
    if draw(product.id, "unlisted", 1000) < UNLISTED_PER_MILLE:
        return
    listing = [entry for entry in WHOLESALERS if draw(product.id, f"lists{entry[0]}", 100) < entry[1]]
    for code, _lists, own_price, per_cent in listing or WHOLESALERS[:1]:
        override = ""
        if draw(product.id, f"own{code}", 100) < own_price:
            change = 1 + draw(product.id, f"by{code}", per_cent * 20 + 1) / 1000 - per_cent / 100
            override = price_text(list_price(product) * Decimal(str(round(change, 3))))
        yield code, override


def stock_rows(products: list[Source], sku: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """The rows of stock.csv; one product's wholesalers stand together, which also packs best."""
    for product in products:
        for code, override in listings(product):
            there = available(product, code)
            day, units = ("", "") if there or is_stopped(product) else arriving(product, code)
            yield code, sku[product.id], there, day, units, override, STOCK_TAKEN.get(code, "")


def arriving(product: Source, wholesaler: str) -> tuple[str, str]:
    """When what is out of stock comes in, and how much of it; of one in four nobody knows."""
    if draw(product.id, f"arrives{wholesaler}", 4) == 0:
        return "", ""
    days = 3 + draw(product.id, f"arrival{wholesaler}", 26)
    return f"{{in_{days}_days}}", str(5 * (1 + draw(product.id, f"coming{wholesaler}", 12)))


def write(target: Path, name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> int:
    """Write one compressed CSV file; returns its number of rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    compressor = zstandard.ZstdCompressor(level=19, threads=0)
    (target / f"{name}.csv.zst").write_bytes(compressor.compress(text.getvalue().encode("utf-8")))
    return count


def build(catalogue: Path, target: Path) -> None:
    """Write all files into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    families = read_families()
    products = read_catalogue(catalogue, families)
    sku = skus(products)
    counts = {
        "products": write(target, "products", PRODUCT_COLUMNS, product_rows(products, sku)),
        "prices": write(target, "prices", PRICE_COLUMNS, price_rows(products, sku)),
        "stock": write(target, "stock", STOCK_COLUMNS, stock_rows(products, sku)),
        "families": write(
            target,
            "families",
            ("code", "name_fr", "name_en"),
            ((rule.code, rule.name_fr, rule.name_en) for rule in families.values()),
        ),
    }
    for name in COPIED:
        with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            columns, *rows = csv.reader(lines)
        counts[name] = write(target, name, columns, rows)
    for name, count in counts.items():
        size = (target / f"{name}.csv.zst").stat().st_size
        sys.stdout.write(f"{name:12} {count:7,} rows {size:10,} bytes\n")


def main() -> None:
    """Read the folder's name from the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path, help="folder with opendb_products.csv.gz")
    parser.add_argument("--target", type=Path, default=TARGET, help="where the files go (default: resources/practice)")
    arguments = parser.parse_args()
    build(arguments.catalogue, arguments.target)


if __name__ == "__main__":
    main()
