"""Rules BR-CO-10 to BR-CO-17 and BR-*-08 of EN 16931 on the sums of an invoice, and reading these sums from UBL.

A rule is looked at where the amounts it speaks of are given. VAT amounts must be right to the cent: the tolerance that
validators allow is not used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element, fromstring

CENT = Decimal("0.01")
NOTHING = Decimal(0)
# The rule on the taxable amount of each VAT category.
BASE_RULES = {"S": "BR-S-08", "Z": "BR-Z-08", "E": "BR-E-08", "G": "BR-G-08", "K": "BR-IC-08"}
NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "set": "http://difi.no/xsd/vefa/validator/1.0",
}


@dataclass(frozen=True)
class Taxed:
    """An amount before VAT, its VAT category (BT-151, BT-95, BT-102) and rate in per cent where given."""

    amount: Decimal
    category: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True)
class Breakdown:
    """One row of the VAT breakdown: taxable amount (BT-116), VAT (BT-117), category (BT-118), rate (BT-119)."""

    base: Decimal
    vat: Decimal | None
    category: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True)
class Invoice:
    """The sums of an invoice, by their business terms; None where it does not say them."""

    lines: Sequence[Taxed] = ()  # BT-131
    allowances: Sequence[Taxed] = ()  # BT-92
    charges: Sequence[Taxed] = ()  # BT-99
    sum_of_lines: Decimal | None = None  # BT-106
    sum_of_allowances: Decimal | None = None  # BT-107
    sum_of_charges: Decimal | None = None  # BT-108
    without_vat: Decimal | None = None  # BT-109
    vat: Sequence[Decimal] = ()  # BT-110, which is one amount in the currency of the invoice
    with_vat: Decimal | None = None  # BT-112
    paid: Decimal | None = None  # BT-113
    rounding: Decimal | None = None  # BT-114
    due: Decimal | None = None  # BT-115
    breakdown: Sequence[Breakdown] = ()


def broken(invoice: Invoice) -> list[str]:
    """The rules that its sums break, in order; empty where all is right."""
    found = [rule for rule, holds in RULES.items() if not holds(invoice)]
    return found + sorted({BASE_RULES[row.category] for row in invoice.breakdown if not _base_holds(row, invoice)})


def _is(said: Decimal | None, wanted: Decimal) -> bool:
    return said is None or said == wanted


def _listed(said: Decimal | None, parts: Sequence[Taxed]) -> bool:
    total = sum((part.amount for part in parts), NOTHING)
    return (said or NOTHING) == total


def _br_co_10(invoice: Invoice) -> bool:
    return invoice.sum_of_lines is None or not invoice.lines or _listed(invoice.sum_of_lines, invoice.lines)


def _br_co_11(invoice: Invoice) -> bool:
    return not (invoice.allowances or invoice.charges) or _listed(invoice.sum_of_allowances, invoice.allowances)


def _br_co_12(invoice: Invoice) -> bool:
    return not (invoice.allowances or invoice.charges) or _listed(invoice.sum_of_charges, invoice.charges)


def _br_co_13(invoice: Invoice) -> bool:
    if invoice.sum_of_lines is None:
        return True
    off, on = invoice.sum_of_allowances or NOTHING, invoice.sum_of_charges or NOTHING
    return _is(invoice.without_vat, invoice.sum_of_lines - off + on)


def _br_co_14(invoice: Invoice) -> bool:
    amounts = [row.vat for row in invoice.breakdown if row.vat is not None]
    return not (amounts and invoice.vat) or list(invoice.vat) == [sum(amounts, NOTHING)]


def _br_co_15(invoice: Invoice) -> bool:
    if invoice.without_vat is None:
        return True
    return len(invoice.vat) <= 1 and _is(invoice.with_vat, sum(invoice.vat, invoice.without_vat))


def _br_co_16(invoice: Invoice) -> bool:
    if invoice.with_vat is None:
        return True
    return _is(invoice.due, invoice.with_vat - (invoice.paid or NOTHING) + (invoice.rounding or NOTHING))


def _br_co_17(invoice: Invoice) -> bool:
    rows = [row for row in invoice.breakdown if row.vat is not None]
    return all(row.vat == (row.base * (row.rate or NOTHING) / 100).quantize(CENT, ROUND_HALF_UP) for row in rows)


RULES: dict[str, Callable[[Invoice], bool]] = {
    "BR-CO-10": _br_co_10,
    "BR-CO-11": _br_co_11,
    "BR-CO-12": _br_co_12,
    "BR-CO-13": _br_co_13,
    "BR-CO-14": _br_co_14,
    "BR-CO-15": _br_co_15,
    "BR-CO-16": _br_co_16,
    "BR-CO-17": _br_co_17,
}


def _base_holds(row: Breakdown, invoice: Invoice) -> bool:
    """Lines plus charges less allowances of the same category, and at the same rate where the category has rates."""

    def of_row(parts: Sequence[Taxed]) -> Decimal:
        mine = (
            part.amount
            for part in parts
            if part.category == row.category and (row.category != "S" or part.rate == row.rate)
        )
        return sum(mine, NOTHING)

    return row.category not in BASE_RULES or row.base == (
        of_row(invoice.lines) + of_row(invoice.charges) - of_row(invoice.allowances)
    )


# ---------------------------------------------------------------- UBL


@dataclass(frozen=True)
class Fragment:
    """One test of a file of the norm's test suite: a fragment of an invoice and the rule it keeps or breaks."""

    rule: str
    keeps: bool
    invoice: Invoice


def read_fragments(text: bytes) -> list[Fragment]:
    """The fragments of one file; those that expect a warning or nothing are left out."""
    found = []
    for test in fromstring(text).iterfind("set:test", NAMES):
        expected = test.find("set:assert", NAMES)
        content = [child for child in test if not child.tag.startswith(f"{{{NAMES['set']}}}")]
        if expected is None or not content:
            continue
        for outcome in ("success", "error"):
            rule = expected.findtext(f"set:{outcome}", "", NAMES).strip()
            if rule:
                found.append(Fragment(rule, outcome == "success", read_ubl(content[0])))
    return found


def read_ubl(invoice: Element) -> Invoice:
    """The sums of a UBL invoice or credit note, whole or in part."""
    parts = invoice.findall("cac:AllowanceCharge", NAMES)
    lines = [*invoice.findall("cac:InvoiceLine", NAMES), *invoice.findall("cac:CreditNoteLine", NAMES)]
    said = {
        name: _amount(invoice, f"cac:LegalMonetaryTotal/cbc:{tag}")
        for name, tag in {
            "sum_of_lines": "LineExtensionAmount",
            "sum_of_allowances": "AllowanceTotalAmount",
            "sum_of_charges": "ChargeTotalAmount",
            "without_vat": "TaxExclusiveAmount",
            "with_vat": "TaxInclusiveAmount",
            "paid": "PrepaidAmount",
            "rounding": "PayableRoundingAmount",
            "due": "PayableAmount",
        }.items()
    }
    return Invoice(
        lines=[_taxed(line, "cbc:LineExtensionAmount", "cac:Item/cac:ClassifiedTaxCategory") for line in lines],
        allowances=[_taxed(part, "cbc:Amount", "cac:TaxCategory") for part in parts if not _is_charge(part)],
        charges=[_taxed(part, "cbc:Amount", "cac:TaxCategory") for part in parts if _is_charge(part)],
        vat=_vat_totals(invoice),
        breakdown=[_breakdown(row) for row in invoice.iterfind("cac:TaxTotal/cac:TaxSubtotal", NAMES)],
        **said,
    )


def _amount(element: Element, path: str) -> Decimal | None:
    text = element.findtext(path, "", NAMES).strip()
    return Decimal(text) if text else None


def _taxed(element: Element, amount: str, category: str) -> Taxed:
    code = element.findtext(f"{category}/cbc:ID", "", NAMES).strip()
    return Taxed(_amount(element, amount) or NOTHING, code, _amount(element, f"{category}/cbc:Percent"))


def _breakdown(row: Element) -> Breakdown:
    code = row.findtext("cac:TaxCategory/cbc:ID", "", NAMES).strip()
    rate = _amount(row, "cac:TaxCategory/cbc:Percent")
    return Breakdown(_amount(row, "cbc:TaxableAmount") or NOTHING, _amount(row, "cbc:TaxAmount"), code, rate)


def _is_charge(part: Element) -> bool:
    return part.findtext("cbc:ChargeIndicator", "", NAMES).strip() == "true"


def _vat_totals(invoice: Element) -> list[Decimal]:
    """The VAT in the currency of the document; it may be given in the one of the tax office besides."""
    currency = invoice.findtext("cbc:DocumentCurrencyCode", "", NAMES)
    totals = invoice.findall("cac:TaxTotal/cbc:TaxAmount", NAMES)
    mine = [one.text for one in totals if not currency or one.get("currencyID", currency) == currency]
    return [Decimal(text) for text in mine if text]
