"""A price's trace in words: the steps of the waterfall, and the same as text to copy."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Step, Unit
from desktop_app.domain.order import PricedLine, TraceStep
from ui.formats import Formats, server_text
from ui.widgets.waterfall import WaterfallStep

translate = QCoreApplication.translate


def trace_steps(priced: PricedLine, formats: Formats) -> tuple[WaterfallStep, ...]:
    """From list price over each step to unit net, and below it the real cost where a bonus lowers it."""
    steps: list[WaterfallStep] = []
    price = Decimal(0)
    for step in priced.trace:
        steps.append(_step(step, price, formats))
        price = step.price_after
    net = priced.unit_net
    steps.append(WaterfallStep("net", translate("Trace", "Net price"), "", formats.unit(net), 0.0, float(net)))
    if priced.real_cost != net:
        bonus = priced.real_cost - net
        note = translate("Trace", "after the invoice")
        figure, cost = formats.signed_unit(bonus), formats.unit(priced.real_cost)
        words = translate("Trace", "Online bonus")
        steps.append(WaterfallStep("bonus", words, note, figure, float(priced.real_cost), float(net)))
        steps.append(WaterfallStep("real", translate("Trace", "Real cost"), "", cost, 0.0, float(priced.real_cost)))
    return tuple(steps)


def trace_text(priced: PricedLine, name: str, formats: Formats) -> str:
    """The calculation as lines of text, for a message to the wholesaler."""
    head = f"{priced.sku} {name}".strip()
    quantity = translate("Trace", "quantity {0}, {1}").format(formats.number(priced.quantity), priced.wholesaler)
    lines = [head, quantity]
    for step in trace_steps(priced, formats):
        note = f" ({step.note})" if step.note else ""
        lines.append(f"{step.words}{note}: {step.figure}")
    return "\n".join(lines)


def step_name(step: Step) -> str:
    """What a step is called."""
    names = {
        Step.LIST: translate("Trace", "List price"),
        Step.NET: translate("Trace", "Contract net price"),
        Step.BASE: translate("Trace", "Discount"),
        Step.QTY: translate("Trace", "Quantity"),
        Step.PROMO: translate("Trace", "Promotion"),
        Step.BID: translate("Trace", "Special bid"),
    }
    return names[step]


def _step(step: TraceStep, price: Decimal, formats: Formats) -> WaterfallStep:
    name = server_text(step.label) or _named_value(step, formats)
    if step.step is Step.LIST:
        after = step.price_after
        return WaterfallStep("total", step_name(Step.LIST), "", formats.unit(after), 0.0, float(after))
    if not step.applied:
        candidate = step.candidate if step.candidate is not None else price
        figure = f"({formats.unit(candidate)})"
        return WaterfallStep("aside", name, _aside_words(step.note), figure, 0.0, float(candidate))
    kind = "more" if step.delta > 0 else "less"
    figure = formats.signed_unit(step.delta)
    return WaterfallStep(kind, name, _note(step, formats), figure, float(price), float(step.price_after))


def _named_value(step: TraceStep, formats: Formats) -> str:
    name = step_name(step.step)
    if step.unit == Unit.PERCENT:
        return f"{name} {formats.percent(step.value)}"
    return name


def _aside_words(note: str) -> str:
    reasons = {
        "less-favourable": translate("Trace", "set aside: less favourable"),
        "quota": translate("Trace", "set aside: quota used up"),
    }
    return reasons.get(note, translate("Trace", "set aside"))


def _note(step: TraceStep, formats: Formats) -> str:
    if step.note == "floor":
        return translate("Trace", "stops at zero")
    if step.contract_ref:
        return server_text(step.contract_ref)
    if step.end is not None:
        return translate("Trace", "until {0}").format(formats.day(step.end))
    return ""
