"""The cheapest plan as a mixed-integer program for HiGHS: written from `docs/sourcing.md`, knowing nothing of ours.

It counts exact unit prices where invoices round each line to the cent, so the two may differ by half a cent a part and
amount. For orders of `long_order`: breaks by line or family, francos, minimums, percentages on the whole sub-order.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import highsbox

from desktop_app.domain.catalog import Offer, Product
from desktop_app.domain.condition import Condition, QtyScope, Step
from desktop_app.domain.list_price import list_price_on
from tests.support.sourcing_orders import Order
from tests.support.trade import DAY

_MUCH = 10_000_000


def least_payable(order: Order, folder: Path, seconds: int) -> tuple[Decimal, Decimal]:
    """A bound below every plan, and the best plan found in so much time: euros before VAT, five cents a split part."""
    program, answer = folder / "order.lp", folder / "answer.txt"
    program.write_text("\n".join(_Program(order).text()), encoding="ascii")
    library = highsbox.highs_lib_dir()
    paths = {name: os.pathsep.join([library, os.environ.get(name, "")]) for name in ("LD_LIBRARY_PATH", "PATH")}
    options = folder / "options.txt"
    options.write_text("mip_rel_gap = 0\nmip_abs_gap = 0.001\n", encoding="ascii")
    command: list[str] = [
        highsbox.highs_bin_path(),
        str(program),
        *("--time_limit", str(seconds)),
        *("--options_file", str(options)),
        *("--solution_file", str(answer)),
    ]
    # It writes a log where it is run.
    told = subprocess.run(
        command, cwd=folder, env=os.environ | paths, capture_output=True, text=True, check=True
    ).stdout
    bound, best = (re.search(rf"{name} bound\s+(\S+)", told) for name in ("Dual", "Primal"))
    assert bound is not None, told
    assert best is not None, told
    return Decimal(bound[1]), Decimal(best[1])


class _Program:
    """The rows and columns of one order."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._terms = order.terms
        self._codes = sorted(house.code for house in order.wholesalers)
        self._goods: dict[str, list[str]] = {code: [] for code in self._codes}
        self._counted: dict[tuple[str, str], list[str]] = {}
        self._objective: list[str] = []
        self._rows: list[str] = ["one | = 1"]
        self._integers: set[str] = set()
        self._binaries: set[str] = set()

    def text(self) -> Iterator[str]:
        """The program in LP format."""
        for number, (product, units) in enumerate(self._order.lines):
            self._line(number, product, units)
        for (code, key), terms in self._counted.items():
            self._levels(code, key, terms)
        for house in self._order.wholesalers:
            self._house(house.code)
        # One part of a line is no split.
        self._objective.append(f"- {Decimal('0.05') * len(self._order.lines)} one")
        yield "minimize"
        yield from _wrapped(self._objective)
        yield "subject to"
        for place, row in enumerate(self._rows):
            head, _, tail = row.partition("|")
            yield f"r{place}:"
            yield from _wrapped(head.split(";"))
            yield tail
        yield "general"
        yield from sorted(self._integers)
        yield "binary"
        yield from sorted(self._binaries)
        yield "end"

    def _line(self, number: int, product: Product, units: int) -> None:
        offers = [offer for offer in self._order.offers if offer.sku == product.sku]
        packs, size = units // product.pack_multiple, product.pack_multiple
        placed, used, short = [], [], []
        for offer in offers:
            at = f"{number}_{offer.wholesaler}"
            here = self._part(number, product, units, offer)
            placed += here
            used.append(f"+ y_{at}")
            self._rows.append(f"y_{at} ; - u_{offer.wholesaler} | <= 0")
            self._binaries.add(f"y_{at}")
            self._rows.append(
                ";".join([f"s_{at}", *(f"- {size} {name}" for name in here)]) + f"| >= {-offer.available}"
            )
            short.append(f"+ s_{at}")
            self._objective.append(f"+ 0.05 y_{at}")
        self._rows.append(";".join(f"+ {name}" for name in placed) + f"| = {packs}")
        self._rows.append(";".join(short) + f"| <= {self._fewest(offers, units, size)}")

    def _fewest(self, offers: list[Offer], units: int, size: int) -> int:
        """The fewest units that are not in stock: packs go where they lack least."""
        lacks = sorted(
            max((pack + 1) * size - offer.available, 0) - max(pack * size - offer.available, 0)
            for offer in offers
            for pack in range(units // size)
        )
        return sum(lacks[: units // size])

    def _part(self, number: int, product: Product, units: int, offer: Offer) -> list[str]:
        """The packs of a line at one wholesaler, one variable per price."""
        code, at = offer.wholesaler, f"{number}_{offer.wholesaler}"
        family = f"family:{product.family}"
        starts = [one for one in self._terms.match_thresholds(family) if one <= self._units(family)]
        pieces = self._pieces(product, units)
        found, chosen = [], []
        for piece, (low, high) in enumerate(pieces):
            names = []
            for level in range(len(starts) + 1):
                name = f"x_{at}_{piece}_{level}"
                names.append(name)
                self._integers.add(name)
                price = self._price(product, offer, low, {family: starts[level - 1] if level else 0}, bool(starts))
                self._goods[code].append(f"+ {price * product.pack_multiple} {name}")
                fees = product.eco_fee * product.pack_multiple
                self._objective.append(f"+ {price * product.pack_multiple + fees} {name}")
                if starts:
                    self._counted.setdefault((code, family), []).append(f"+ {product.pack_multiple} {name}")
                    self._rows.append(
                        f"{product.pack_multiple} {name} ; - {units} z_{code}_{product.family}_{level} | <= 0"
                    )
            packed = [f"+ {product.pack_multiple} {name}" for name in names]
            self._rows.append(";".join([*packed, f"- {low} w_{at}_{piece}"]) + "| >= 0")
            self._rows.append(";".join([*packed, f"- {high} w_{at}_{piece}"]) + "| <= 0")
            self._binaries.add(f"w_{at}_{piece}")
            chosen.append(f"+ w_{at}_{piece}")
            found += names
        self._rows.append(";".join([*chosen, f"- y_{at}"]) + "| = 0")
        return found

    def _price(self, product: Product, offer: Offer, units: int, matched: dict[str, int], levelled: bool) -> Decimal:
        list_price = list_price_on(product, offer, DAY)[0]
        return self._terms.unit_net(
            product, offer.wholesaler, list_price, units, DAY, matched=matched if levelled else None
        )

    def _pieces(self, product: Product, units: int) -> list[tuple[int, int]]:
        starts = {1} | {
            one.qty_min
            for one in self._order.conditions
            if one.qty_scope is QtyScope.LINE and one.product == f"family:{product.family}" and 1 < one.qty_min <= units
        }
        ordered = sorted(starts)
        return list(zip(ordered, [*(start - 1 for start in ordered[1:]), units], strict=True))

    def _units(self, key: str) -> int:
        return sum(units for product, units in self._order.lines if key == f"family:{product.family}")

    def _levels(self, code: str, key: str, terms: list[str]) -> None:
        family = key.partition(":")[2]
        starts = [one for one in self._terms.match_thresholds(key) if one <= self._units(key)]
        names = [f"z_{code}_{family}_{level}" for level in range(len(starts) + 1)]
        self._binaries.update(names)
        self._rows.append(";".join(f"+ {name}" for name in names) + "| = 1")
        begun = [f"- {start} {name}" for start, name in zip(starts, names[1:], strict=True)]
        self._rows.append(";".join([*terms, *begun]) + "| >= 0")

    def _house(self, code: str) -> None:
        house = next(one for one in self._order.wholesalers if one.code == code)
        self._binaries.add(f"u_{code}")
        self._rows.append(";".join([*self._goods[code], f"- g_{code}"]) + "| = 0")
        net = [f"g_{code}", *(f"- d_{code}_{_name(one)}" for one in self._documents())]
        for one in self._documents():
            self._document(code, one)
        if self._documents():
            self._rows.append(";".join(f"+ v_{code}_{_name(one)}" for one in self._documents()) + "| <= 1")
        if house.free_carriage_from is not None:
            self._binaries.add(f"f_{code}")
            self._objective.append(f"+ {house.carriage_fee} u_{code}")
            self._objective.append(f"- {house.carriage_fee} f_{code}")
            self._rows.append(";".join([*net, f"- {house.free_carriage_from} f_{code}"]) + "| >= 0")
            self._rows.append(f"f_{code} ; - u_{code} | <= 0")
        if house.order_minimum is not None:
            fee = house.small_order_fee
            self._rows.append(
                ";".join([*net, f"- {house.order_minimum} u_{code}", f"+ {house.order_minimum} b_{code}"]) + "| >= 0"
            )
            self._binaries.add(f"b_{code}")
            self._objective.append(f"+ {_MUCH if fee is None else fee} b_{code}")

    def _documents(self) -> list[Condition]:
        return [one for one in self._order.conditions if one.step is Step.DOCUMENT]

    def _document(self, code: str, one: Condition) -> None:
        name, reached = f"d_{code}_{_name(one)}", f"v_{code}_{_name(one)}"
        self._binaries.add(reached)
        self._objective.append(f"- {name}")
        self._rows.append(f"{name} ; - {one.value / 100} g_{code} | <= 0")
        self._rows.append(f"{name} ; - {_MUCH} {reached} | <= 0")
        self._rows.append(f"g_{code} ; - {one.amount_min} {reached} | >= 0")


def _name(condition: Condition) -> str:
    return condition.id.replace("-", "_")


def _wrapped(terms: list[str]) -> Iterator[str]:
    """Terms on lines of a length that every reader takes."""
    for start in range(0, len(terms), 8):
        yield " ".join(terms[start : start + 8])
