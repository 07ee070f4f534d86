"""The story of a whole order: from its list prices to what it costs, added up to the cent."""

from decimal import Decimal
from itertools import pairwise

from desktop_app.domain.condition import Step
from desktop_app.domain.order import PricedLine, SubOrder, Totals, TraceStep
from desktop_app.services.order_story import StoryRow, order_story
from tests.support.desk_world import WORKED_EXAMPLE, DeskWorld

D = Decimal


def row(step: str, delta: str, **more: object) -> TraceStep:
    facts: dict[str, object] = {"condition": step.upper(), "applied": True, "price_after": D(0), "label": ""}
    return TraceStep(step=Step(step), delta=D(delta), **(facts | more))  # type: ignore[arg-type]


def line(
    sku: str, quantity: int, list_price: str, net: str, total: str, *trace: TraceStep, **more: object
) -> PricedLine:
    return PricedLine(
        sku,
        "N",
        quantity,
        D(list_price),
        D(net),
        D(total),
        D(0),
        D(20),
        D(net),
        trace,
        **more,  # type: ignore[arg-type]
    )


def kinds(rows: tuple[StoryRow, ...]) -> list[str]:
    return [one.kind if one.step is None else f"{one.kind} {one.step}" for one in rows]


def adds_up(rows: tuple[StoryRow, ...]) -> None:
    before_real = [one for one in rows if one.kind not in ("bonus", "rfa", "real")]
    for above, below in pairwise(before_real):
        assert above.after + below.amount == below.after, below


def test_the_worked_example_from_list_to_real_cost(world: DeskWorld) -> None:
    session = world.orders.new_order(WORKED_EXAMPLE, round_up=False)
    session.submit()
    order = world.orders.get(session.order_id)
    rows = order_story(order.sub_orders, order.totals)
    assert kinds(rows)[:6] == ["list", "step net", "step base", "step qty", "step promo", "step bid"]
    by_kind = {one.kind if one.step is None else str(one.step): one for one in rows}
    assert by_kind["list"].after == D("3598.41")
    assert by_kind["net"].amount == D("-534.00")
    assert by_kind["bid"].amount == D("-144.00")
    assert (by_kind["promo"].amount, by_kind["promo"].lines, by_kind["promo"].aside) == (D(0), 0, 1)
    assert by_kind["goods"].after == D("2221.40")
    assert by_kind["eco"].amount == D("5.00")
    assert [one.rate for one in rows if one.kind == "vat"] == [D(20), D("5.5")]
    assert by_kind["total"].after == D("2665.59")
    assert by_kind["bonus"].amount == D("-11.11")
    assert rows[-1].kind == "real"
    assert rows[-1].after == D("2210.29")
    adds_up(rows)


def test_what_is_shown_adds_up_to_the_cent_however_lines_round() -> None:
    lines = tuple(
        line(str(number), 7, "0.3333", "0.2222", "1.56", row("base", "-0.0777"), row("qty", "-0.0334"))
        for number in range(9)
    )
    goods = D("1.56") * 9
    part = SubOrder("N", lines, Totals(goods=goods, total=goods))
    rows = order_story((part,), part.totals)
    assert kinds(rows) == ["list", "step base", "step qty", "rounding", "goods", "before-vat", "total"]
    adds_up(rows)


def test_a_document_discount_names_its_document_and_one_set_aside_takes_nothing() -> None:
    goods = D("100.00")
    given = row("document", "-5.00", contract_ref="FIN-26", label="Fin d'année", value=D(5), unit="%")
    aside = row("document", "0", condition="D2", applied=False, candidate=D(97), note="less-favourable")
    totals = Totals(goods=goods, discount=D("5.00"), total=D("95.00"))
    part = SubOrder("N", (line("A", 1, "100", "100", "100.00"),), totals, (given, aside))
    rows = order_story((part,), totals)
    documents = [one for one in rows if one.kind == "document"]
    assert [(one.amount, one.documents, one.aside) for one in documents] == [
        (D("-5.00"), ("FIN-26",), 0),
        (D(0), (), 1),
    ]
    assert next(one for one in rows if one.kind == "discounted").after == D("95.00")
    adds_up(rows)


def test_back_margins_are_told_by_agreement_and_sum_to_what_accrues() -> None:
    earned = (
        row("rfa", "-2.0000", condition="R1", label="Palier", value=D(2)),
        row("rfa", "-1.0000", condition="R2", label="Croissance", value=D(1)),
    )
    lines = (line("A", 1, "100", "100", "100.00", off_invoice=earned),)
    totals = Totals(goods=D("100.00"), total=D("100.00"), rfa=D("2.95"), online_bonus=D("0.50"))
    rows = order_story((SubOrder("N", lines, totals),), totals)
    shares = {one.label: one.amount for one in rows if one.kind == "rfa"}
    assert shares == {"Palier": D("-1.97"), "Croissance": D("-0.98")}
    assert rows[-1].after == D("96.55")


def test_an_order_known_only_by_its_sums_begins_with_its_goods() -> None:
    totals = Totals(goods=D(50), eco=D(1), carriage=D(9), vat={D(20): D(12)}, total=D(72))
    assert kinds(order_story((), totals)) == ["goods", "eco", "carriage", "before-vat", "vat", "total"]


def test_carriage_is_told_wholesaler_by_wholesaler() -> None:
    parts = tuple(
        SubOrder(code, (), Totals(goods=D(10), carriage=D(fee), total=D(10) + D(fee)))
        for code, fee in (("N", "12.50"), ("S", "0"), ("O", "9.90"))
    )
    totals = Totals(goods=D(30), carriage=D("22.40"), total=D("52.40"))
    rows = order_story(parts, totals)
    assert [(one.wholesaler, one.amount) for one in rows if one.kind == "carriage"] == [
        ("N", D("12.50")),
        ("O", D("9.90")),
    ]
