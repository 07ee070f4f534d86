"""Conditions and rises as a CSV file: every column, figures as the reader writes them, words where they are given."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.services.condition_export import (
    CONDITION_COLUMNS,
    DEARER_COLUMNS,
    TableWords,
    export_conditions,
    export_dearer,
)
from desktop_app.services.condition_views import ConditionRow, DearerRow

ROW = ConditionRow(
    id="P1", step="promo", value=Decimal("12.50"), unit="%", buyer_kind="all", product="sku:A", product_name="=Toner",
    wholesaler="", wholesaler_name="", channel="", start=date(2026, 6, 1), end=None, qty_min=0, qty_scope="line",
    amount_min=Decimal(0), end_client="", combine="best", quota=40, quota_left=0, contract_ref="-CT", label="Été",
    rev=7, state="now",
)  # fmt: skip
RISE = DearerRow(
    sku="A", name="Toner", wholesaler="N", wholesaler_name="Nord", day=date(2027, 1, 1), list_now=Decimal(100),
    list_then=Decimal("104.5"), net_now=Decimal(70), net_then=Decimal("73.15"), reason="list-price", label="Tarif 2027",
)  # fmt: skip


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_every_column_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    assert export_conditions(path, [ROW]) == 1
    (row,) = read(path)
    assert tuple(row) == CONDITION_COLUMNS
    assert (row["value"], row["start"], row["end"], row["quota_left"]) == ("12.50", "2026-06-01", "", "0")
    assert (row["product_name"], row["contract_ref"], row["label"]) == ("'=Toner", "'-CT", "Été")


def test_in_the_words_of_a_screen(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    words = TableWords({"value": "Valeur", "sentence": "En clair"}, {("step", "promo"): "Promotion"}, ",")
    export_conditions(path, [ROW], words, lambda row: f"Vous avez {row.value} %")
    (row,) = read(path, ";")
    assert (row["Valeur"], row["step"], row["En clair"]) == ("12,50", "Promotion", "Vous avez 12.50 %")


def test_what_becomes_dearer(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    assert export_dearer(path, [RISE, RISE]) == 2
    row, _ = read(path)
    assert tuple(row) == DEARER_COLUMNS
    assert (row["list_then"], row["net_then"], row["day"]) == ("104.5000", "73.1500", "2027-01-01")
