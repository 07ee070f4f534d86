"""The practice set keeps its promises: its size, keys that hold together, and nothing that could be taken as real."""

import csv
import gzip
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import zstandard

import resources

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "build_practice_set.py"
NAMES = ("products", "stock", "families", "wholesalers", "dealers", "conditions", "accounts")

Rows = list[dict[str, str]]


def read(file: Path) -> Rows:
    text = zstandard.ZstdDecompressor().decompress(file.read_bytes()).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def practice() -> Mapping[str, Rows]:
    return {name: read(resources.path("practice", f"{name}.csv.zst")) for name in NAMES}


def test_it_is_as_large_as_promised(practice: Mapping[str, Rows]) -> None:
    assert len(practice["products"]) == 47_551
    assert [len(practice[name]) for name in ("families", "wholesalers", "dealers", "accounts")] == [30, 3, 5, 5]
    assert len({dealer["group"] for dealer in practice["dealers"]}) == 3
    assert sum(file.stat().st_size for file in resources.path("practice").iterdir()) <= 3_500_000


def test_skus_and_eans_are_unique_and_eans_are_of_a_house_range_with_their_check_digit(
    practice: Mapping[str, Rows],
) -> None:
    products = practice["products"]
    assert len({product["sku"].casefold() for product in products}) == len(products)
    assert len({product["ean"] for product in products}) == len(products)
    for product in products:
        digits = [int(digit) for digit in product["ean"]]
        assert len(digits) == 13
        assert digits[0] == 2
        assert (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_every_family_is_named_in_both_languages_and_used(practice: Mapping[str, Rows]) -> None:
    families = {family["code"]: family for family in practice["families"]}
    assert {product["family"] for product in practice["products"]} == set(families)
    assert all(family["name_fr"] and family["name_en"] for family in families.values())


def test_one_brand_has_one_spelling(practice: Mapping[str, Rows]) -> None:
    brands = {product["brand"] for product in practice["products"]}
    assert len({brand.casefold() for brand in brands}) == len(brands)


def test_prices_are_above_zero_and_packs_whole(practice: Mapping[str, Rows]) -> None:
    for product in practice["products"]:
        assert Decimal("3") <= Decimal(product["list_price"]) <= Decimal("4000")
        assert int(product["pack_multiple"]) in {1, 5, 10}
        assert product["name"] == " ".join(product["name"].split()) != ""


def test_a_stopped_product_is_replaced_by_one_that_can_be_ordered(practice: Mapping[str, Rows]) -> None:
    by_sku = {product["sku"]: product for product in practice["products"]}
    stopped = [product for product in by_sku.values() if product["status"] == "stopped"]
    replaced = [product for product in stopped if product["replaced_by"]]
    assert 400 < len(replaced) < len(stopped) < 1500
    for product in replaced:
        successor = by_sku[product["replaced_by"]]
        assert (successor["status"], successor["family"]) == ("active", product["family"])
    assert not any(product["replaced_by"] for product in by_sku.values() if product["status"] == "active")


def test_each_wholesaler_lists_a_part_of_the_catalogue_at_its_own_prices(practice: Mapping[str, Rows]) -> None:
    prices = {product["sku"]: Decimal(product["list_price"]) for product in practice["products"]}
    stock = practice["stock"]
    assert len({(row["wholesaler"], row["sku"]) for row in stock}) == len(stock)
    assert {row["wholesaler"] for row in stock} == {row["code"] for row in practice["wholesalers"]}
    for rows in Counter(row["wholesaler"] for row in stock).values():
        assert 0.4 < rows / len(prices) < 0.95
    own = [row for row in stock if row["list_price"]]
    assert 0.2 < len(own) / len(stock) < 0.6
    for row in own:
        assert abs(Decimal(row["list_price"]) / prices[row["sku"]] - 1) < Decimal("0.06")
    assert 0.05 < sum(row["available"] == "0" for row in stock) / len(stock) < 0.25


def test_each_condition_names_a_buyer_and_products_that_exist(practice: Mapping[str, Rows]) -> None:
    products = practice["products"]
    known = {
        "buyer": {"all", *(f"dealer:{row['account']}" for row in practice["dealers"])}
        | {f"group:{row['group']}" for row in practice["dealers"]},
        "product": {"all", *(f"sku:{row['sku']}" for row in products)}
        | {f"{kind}:{row[kind]}" for kind in ("brand", "family") for row in products},
    }
    conditions = practice["conditions"]
    assert len({condition["id"] for condition in conditions}) == len(conditions)
    for condition in conditions:
        assert condition["buyer"] in known["buyer"]
        assert condition["product"] in known["product"]
    assert {condition["step"] for condition in conditions} == {"net", "base", "qty", "promo", "bid", "document"}
    assert {row["account"] for row in practice["accounts"]} == {row["account"] for row in practice["dealers"]}


def test_the_source_is_named(practice: Mapping[str, Rows]) -> None:
    words = resources.path("practice", "README.md").read_text(encoding="utf-8")
    assert "Contains data from BuildCores OpenDB" in words
    assert "invented" in words


def test_the_script_writes_the_same_bytes_each_time_and_copes_with_dirt(tmp_path: Path) -> None:
    columns = "opendb_id,category,manufacturer,part_number,name,series,variant,release_year,manufacturer_url"
    rows = (
        'aaaa1111,Mouse,Logi  Tech,910-1,"  Big   mouse ",MX,Grey,2025,x',
        "bbbb2222,Mouse,LOGITECH,910-1,Twin number,,,,x",
        "cccc3333,Mouse,Logitech,,No number,,,20117,x",
        'dddd4444,Monitor,Logitech,"X1    X2    X3","27"" 4K",,,4,x',
        "eeee5555,Stand,,a remark; not a number,No brand,,,,x",
    )
    source = tmp_path / "catalogue"
    source.mkdir()
    (source / "opendb_products.csv.gz").write_bytes(gzip.compress("\n".join((columns, *rows, "")).encode("utf-8")))

    def build(name: str) -> dict[str, bytes]:
        target = tmp_path / name
        subprocess.run([sys.executable, SCRIPT, source, "--target", target], check=True, capture_output=True)
        return {file.name: file.read_bytes() for file in target.iterdir()}

    assert build("one") == build("two")
    products = {product["name"]: product for product in read(tmp_path / "one" / "products.csv.zst")}
    assert {product["brand"] for product in products.values()} == {"Logitech", ""}
    assert (products["Big mouse"]["sku"], products["Twin number"]["sku"]) == ("LOGI-AAAA1111", "LOGI-BBBB2222")
    assert products["Big mouse"]["description"] == "MX · Grey · 2025"
    assert products["No number"]["description"] == ""
    assert products['27" 4K']["sku"] == "X1"
    assert products["No brand"]["sku"] == "DIV-EEEE5555"
