"""A price's trace in words: the steps of the waterfall, and the same as text to copy. The prices are the domain's.

Works from a priced line alone, so that a line stored with an order is told as it was priced, whatever holds now.
"""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Step, Unit
from desktop_app.domain.order import PricedLine, TraceStep
from ui.formats import Formats, server_text
from ui.widgets.period_words import source_words
from ui.widgets.waterfall import WaterfallStep

translate = QCoreApplication.translate

_NO_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f"))


def trace_steps(priced: PricedLine, formats: Formats) -> tuple[WaterfallStep, ...]:
    """List price, each step that applied or was set aside, net price, what comes after the invoice, real cost."""
    first = next((step for step in priced.trace if step.step is Step.LIST), None)
    rows = [_list_row(priced.list_price, first, formats)]
    before = priced.list_price
    for step in priced.trace:
        if step.step is Step.LIST:
            continue
        rows.append(_step(step, before, formats))
        if step.applied:
            before = step.price_after
    net = float(priced.unit_net)
    rows.append(WaterfallStep("net", translate("Trace", "Net price"), "", formats.unit(priced.unit_net), 0.0, net))
    if priced.off_invoice or priced.real_cost != priced.unit_net:
        rows += _after_invoice(priced, formats)
    return tuple(rows)


def trace_text(priced: PricedLine, name: str, formats: Formats) -> str:
    """The same as lines of text, for the clipboard and for screen readers."""
    head = f"{server_text(name)} ({server_text(priced.sku)}), {formats.number(priced.quantity)} × {priced.wholesaler}"
    lines = [head, *(step_text(step) for step in trace_steps(priced, formats))]
    lines.append(f"{translate('Trace', 'Line total')}\t{formats.amount(priced.line_total)}")
    if priced.eco:
        lines.append(f"{translate('Trace', 'Eco-contribution')}\t{formats.amount(priced.eco)}")
    if priced.private_copy:
        lines.append(f"{translate('Trace', 'Private copying levy')}\t{formats.amount(priced.private_copy)}")
    return formats.typography("\n".join(lines))


def step_text(step: WaterfallStep) -> str:
    """One step as a line: words, what is known about it in brackets, figure after a tab."""
    return f"{step.words} ({step.told})\t{step.figure}" if step.told else f"{step.words}\t{step.figure}"


def step_name(step: Step) -> str:
    """What a step of the procedure is called."""
    names = {
        Step.LIST: translate("Trace", "List price"),
        Step.NET: translate("Trace", "Contract net price"),
        Step.BASE: translate("Trace", "Discount"),
        Step.QTY: translate("Trace", "Quantity discount"),
        Step.PROMO: translate("Trace", "Promotion"),
        Step.BID: translate("Trace", "Special price"),
        Step.DOCUMENT: translate("Trace", "Order discount"),
        Step.BONUS: translate("Trace", "Online bonus"),
        Step.RFA: translate("Trace", "Back-margin"),
    }
    return names.get(step, step.value)


def labelled_step(step: TraceStep, formats: Formats) -> str:
    """A step by its label and value; by its kind where the manufacturer gave no label."""
    label, value = server_text(step.label), _value(step, formats)
    if not label:
        return formats.typography(f"{step_name(step.step)} {value}".strip())
    # Many manufacturers write the figure into the label already.
    told = _plain(value) in _plain(label)
    return formats.typography(label if told else f"{label} {value}")


def set_aside_words(note: str, formats: Formats) -> str:
    """Why a step does not count."""
    words = {
        "less-favourable": translate("Trace", "set aside: less favourable"),
        "quota": translate("Trace", "set aside: more than is left of its quota"),
    }.get(note, translate("Trace", "set aside"))
    return formats.typography(words)


def source_of(step: TraceStep, formats: Formats) -> str:
    """Where a step stands: document, dates, version."""
    return source_words(server_text(step.contract_ref), step.start, step.end, step.version, formats)


def _list_row(list_price: Decimal, step: TraceStep | None, formats: Formats) -> WaterfallStep:
    label = server_text(step.label) if step is not None else ""
    dates = source_of(step, formats) if step is not None else ""
    detail = " · ".join(part for part in (label, dates) if part)
    figure = formats.unit(list_price)
    return WaterfallStep("total", step_name(Step.LIST), "", figure, 0.0, float(list_price), detail, label or dates)


def _step(step: TraceStep, before: Decimal, formats: Formats) -> WaterfallStep:
    words, source = labelled_step(step, formats), source_of(step, formats)
    if not step.applied:
        candidate = step.candidate if step.candidate is not None else step.price_after
        figure = f"({formats.unit(candidate)})"
        return WaterfallStep("aside", words, set_aside_words(step.note, formats), figure, 0.0, float(candidate), source)
    kind = "less" if step.delta <= 0 else "more"
    start, end = float(before), float(step.price_after)
    note = formats.typography(translate("Trace", "never below zero")) if step.note == "floor" else ""
    figure = formats.signed_unit(step.delta)
    return WaterfallStep(kind, words, note, figure, start, end, source, _brief(step, formats))


def _brief(step: TraceStep, formats: Formats) -> str:
    """A step's document and until when."""
    parts = [server_text(step.contract_ref)] if step.contract_ref else []
    if step.end is not None:
        parts.append(translate("Trace", "until {0}").format(formats.day(step.end)))
    return formats.typography(", ".join(parts))


def _after_invoice(priced: PricedLine, formats: Formats) -> list[WaterfallStep]:
    """Bonus and back-margins, then the real cost."""
    after = formats.typography(translate("Trace", "after invoice"))
    rows, before = [], priced.unit_net
    for step in priced.off_invoice:
        words, source = labelled_step(step, formats), source_of(step, formats)
        if not step.applied:
            note = set_aside_words(step.note, formats)
            rows.append(WaterfallStep("aside", words, note, formats.signed_unit(Decimal(0)), 0.0, 0.0, source))
            continue
        now = before + step.delta
        figure = formats.signed_unit(step.delta)
        rows.append(WaterfallStep("bonus", words, after, figure, float(before), float(now), source))
        before = now
    if not priced.off_invoice:
        rows.append(_plain_bonus(priced, after, formats))
    real = float(priced.real_cost)
    name = translate("Trace", "Real cost")
    return [*rows, WaterfallStep("real", name, "", formats.unit(priced.real_cost), 0.0, real)]


def _plain_bonus(priced: PricedLine, after: str, formats: Formats) -> WaterfallStep:
    """The bonus of a line that was priced before its off-invoice rows were kept."""
    bonus = priced.real_cost - priced.unit_net
    percent = (-bonus / priced.unit_net * 100).quantize(Decimal("0.01")) if priced.unit_net else Decimal(0)
    words = formats.typography(f"{step_name(Step.BONUS)} {formats.percent(percent)}")
    figure, net, real = formats.signed_unit(bonus), float(priced.unit_net), float(priced.real_cost)
    return WaterfallStep("bonus", words, after, figure, net, real)


def _plain(text: str) -> str:
    return text.replace(",", ".").translate(_NO_SPACES)


def _value(step: TraceStep, formats: Formats) -> str:
    if step.unit == Unit.PERCENT:
        return formats.percent(step.value)
    if step.unit == Unit.EUR:
        return formats.unit_price(step.value)
    return ""
