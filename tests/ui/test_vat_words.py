"""Why the VAT of an order is what it is, in words."""

from decimal import Decimal

import pytest

from desktop_app.domain.order import Totals
from desktop_app.domain.vat import Territory
from ui.formats import Formats
from ui.vat_words import vat_label, vat_note

EN = Formats("en")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("VATEX-EU-G", "No VAT: export, VATEX-EU-G"),
        ("VATEX-EU-IC", "No VAT: within the EU, VATEX-EU-IC"),
        ("Art. 294 CGI", "No VAT overseas, Art. 294 CGI"),
        ("VATEX-NEW", "No VAT: VATEX-NEW"),
        ("", ""),
    ],
)
def test_a_rate_of_nothing_has_its_reason(reason: str, words: str) -> None:
    assert vat_note(Totals(vat_reason=reason), EN) == words


def test_the_rates_overseas_are_named_even_where_only_the_sums_are_known() -> None:
    overseas = Totals(vat={Decimal("8.5"): Decimal(1)})
    assert vat_note(overseas, EN) == "Rates of the overseas departments"
    assert vat_note(Totals(vat={Decimal("2.1"): Decimal(1)}), EN) == ""
    assert vat_note(Totals(), EN, Territory.OVERSEAS) == "Rates of the overseas departments"
    assert vat_note(overseas, EN, Territory.MAINLAND) == ""
    assert vat_label(Decimal("5.5"), EN) == "VAT 5.5%"
