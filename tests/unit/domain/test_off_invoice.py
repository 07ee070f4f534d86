"""From the unit net to the real cost."""

from datetime import date
from decimal import Decimal

from desktop_app.domain.agreement import Accrual, Agreement, Tier
from desktop_app.domain.condition import Step
from desktop_app.domain.off_invoice import off_invoice
from desktop_app.domain.party import Dealer

DEALER = Dealer("D42", "Dealer", online_bonus_from=date(2026, 1, 1), online_bonus_to=date(2026, 6, 30))


def accrual(name: str, percent: str) -> Accrual:
    tiers = (Tier(Decimal(0), Decimal(percent)),)
    one = Agreement(name, "all", date(2026, 1, 1), date(2026, 12, 31), tiers, contract_ref="K1", label="RFA", rev=7)
    return Accrual(one, Decimal(percent))


def test_without_anything_the_real_cost_is_the_unit_net() -> None:
    assert off_invoice(Decimal("9.9999"), Decimal(0), DEALER, ()) == (Decimal("9.9999"), ())


def test_all_rates_are_of_the_unit_net_and_rounded_once() -> None:
    # Four times 5 % of 0.0010; each rounded by itself would be 0.0001, and 0.0006 would be left.
    cost, rows = off_invoice(Decimal("0.0010"), Decimal(5), DEALER, [accrual(name, "5") for name in "ABC"])
    assert cost == Decimal("0.0008")
    assert [str(row.price_after) for row in rows] == ["0.0010", "0.0009", "0.0009", "0.0008"]


def test_the_rows_add_up_and_name_their_document_and_dates() -> None:
    cost, (bonus, rfa) = off_invoice(Decimal("33.3333"), Decimal("0.7"), DEALER, [accrual("A", "1.3")])
    assert Decimal("33.3333") + bonus.delta + rfa.delta == rfa.price_after == cost == Decimal("32.6666")
    assert (bonus.step, bonus.value, bonus.start, bonus.end) == (
        Step.BONUS,
        Decimal("0.7"),
        date(2026, 1, 1),
        date(2026, 6, 30),
    )
    assert (rfa.step, rfa.condition, rfa.label, rfa.contract_ref, rfa.version) == (Step.RFA, "A", "RFA", "K1", 7)


def test_an_agreement_that_earns_nothing_yet_is_no_row() -> None:
    assert off_invoice(Decimal(10), Decimal(0), DEALER, [accrual("A", "0")]) == (Decimal(10), ())
