"""A price's trace in words: the steps of the waterfall, and the same as text to copy. The prices are the domain's."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Step, Unit
from desktop_app.domain.order import PricedLine, TraceStep
from ui.formats import Formats, server_text
from ui.widgets.waterfall import WaterfallStep

translate = QCoreApplication.translate

_NO_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f"))


def trace_steps(priced: PricedLine, formats: Formats) -> tuple[WaterfallStep, ...]:
    """List price, each step that applied or was set aside, net price, online bonus, real cost."""
    rows = [
        WaterfallStep(
            "total",
            translate("Trace", "List price"),
            "",
            formats.unit(priced.list_price),
            0.0,
            float(priced.list_price),
        )
    ]
    before = priced.list_price
    for step in priced.trace:
        if step.step is Step.LIST:
            continue
        rows.append(_step(step, before, formats))
        if step.applied:
            before = step.price_after
    net = float(priced.unit_net)
    rows.append(WaterfallStep("net", translate("Trace", "Net price"), "", formats.unit(priced.unit_net), 0.0, net))
    if priced.real_cost != priced.unit_net:
        rows += _bonus(priced, formats)
    return tuple(rows)


def trace_text(priced: PricedLine, name: str, formats: Formats) -> str:
    """The same as lines of text, for the clipboard and for screen readers."""
    head = f"{server_text(name)} ({server_text(priced.sku)}), {formats.number(priced.quantity)} × {priced.wholesaler}"
    lines = [head]
    for step in trace_steps(priced, formats):
        note = f" ({step.note})" if step.note else ""
        lines.append(f"{step.words}{note}\t{step.figure}")
    total = translate("Trace", "Line total")
    lines.append(f"{total}\t{formats.amount(priced.line_total)}")
    return formats.typography("\n".join(lines))


def _step(step: TraceStep, before: Decimal, formats: Formats) -> WaterfallStep:
    words = formats.typography(_step_words(step, formats))
    if not step.applied:
        candidate = step.candidate if step.candidate is not None else step.price_after
        note = {
            "less-favourable": translate("Trace", "set aside: less favourable"),
            "quota": translate("Trace", "set aside: quota used up"),
        }.get(step.note, translate("Trace", "set aside"))
        figure = f"({formats.unit(candidate)})"
        return WaterfallStep("aside", words, formats.typography(note), figure, 0.0, float(candidate))
    kind = "less" if step.delta <= 0 else "more"
    start, end = float(before), float(step.price_after)
    return WaterfallStep(kind, words, _step_note(step, formats), formats.signed_unit(step.delta), start, end)


def _step_words(step: TraceStep, formats: Formats) -> str:
    label = server_text(step.label)
    value = _value(step, formats)
    if label:
        # Many manufacturers write the figure into the label already.
        told = _plain(value) in _plain(label)
        return label if told else f"{label} {value}"
    names = {
        Step.NET: translate("Trace", "Contract net price"),
        Step.BASE: translate("Trace", "Discount"),
        Step.QTY: translate("Trace", "Quantity discount"),
        Step.PROMO: translate("Trace", "Promotion"),
        Step.BID: translate("Trace", "Special price"),
    }
    return f"{names.get(step.step, step.step.value)} {value}".strip()


def _plain(text: str) -> str:
    return text.replace(",", ".").translate(_NO_SPACES)


def _value(step: TraceStep, formats: Formats) -> str:
    if step.unit == Unit.PERCENT:
        return formats.percent(step.value)
    if step.unit == Unit.EUR:
        return formats.unit_price(step.value)
    return ""


def _step_note(step: TraceStep, formats: Formats) -> str:
    if step.note == "floor":
        return formats.typography(translate("Trace", "never below zero"))
    parts = [server_text(step.contract_ref)] if step.contract_ref else []
    if step.end is not None:
        parts.append(translate("Trace", "until {0}").format(formats.day(step.end)))
    return formats.typography(", ".join(parts))


def _bonus(priced: PricedLine, formats: Formats) -> list[WaterfallStep]:
    bonus = priced.real_cost - priced.unit_net
    net, real = float(priced.unit_net), float(priced.real_cost)
    percent = (-bonus / priced.unit_net * 100).quantize(Decimal("0.01")) if priced.unit_net else Decimal(0)
    words = formats.typography(translate("Trace", "Online bonus {0}").format(formats.percent(percent)))
    after = formats.typography(translate("Trace", "after invoice"))
    return [
        WaterfallStep("bonus", words, after, formats.signed_unit(bonus), net, real),
        WaterfallStep("real", translate("Trace", "Real cost"), "", formats.unit(priced.real_cost), 0.0, real),
    ]
