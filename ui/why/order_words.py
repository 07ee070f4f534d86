"""A whole order's story in words: the steps of its waterfall, and the same as text to copy with the lines under it."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Step, Unit
from desktop_app.domain.order import SubOrder, Totals
from desktop_app.services.order_story import StoryRow, order_story
from ui.formats import Formats, server_text
from ui.widgets.counts import lines_words
from ui.widgets.trace_words import labelled_step, set_aside_words, source_of, step_name, step_text, trace_text
from ui.widgets.waterfall import WaterfallStep

translate = QCoreApplication.translate

_BARS = {
    "list": "total", "goods": "net", "discounted": "net", "before-vat": "net", "total": "net", "bonus": "bonus",
    "rfa": "bonus", "real": "real", "eco": "added", "private-copy": "added", "carriage": "added", "fees": "added",
    "vat": "added",
}  # fmt: skip
_SUMS = ("list", "goods", "discounted", "before-vat", "total", "real")


class ToldOrder(Struct, frozen=True):
    """What an order's story is told from. `names` maps sku to product name, `wholesalers` code to name; `title` is the
    order's number, `when` says when it was priced, empty for a draft.
    """

    title: str
    sub_orders: tuple[SubOrder, ...]
    totals: Totals
    names: Mapping[str, str]
    wholesalers: Mapping[str, str]
    when: str = ""


def order_steps(order: ToldOrder, formats: Formats) -> tuple[WaterfallStep, ...]:
    """List total, discounts by kind, goods, document discounts, what is passed on, VAT, total; then the real cost."""
    story = order_story(order.sub_orders, order.totals)
    return tuple(_step(row, above, order, formats) for above, row in zip([None, *story], story, strict=False))


def order_text(order: ToldOrder, formats: Formats) -> str:
    """The same as lines of text, followed by the calculation of each line."""
    head = [order.title, order.when] if order.when else [order.title]
    blocks = ["\n".join([*head, *(step_text(step) for step in order_steps(order, formats))])]
    for part in order.sub_orders:
        blocks += [trace_text(line, order.names.get(line.sku, line.sku), formats) for line in part.lines]
    return formats.typography("\n\n".join(blocks))


def _step(row: StoryRow, above: StoryRow | None, order: ToldOrder, formats: Formats) -> WaterfallStep:
    words, note = formats.typography(_words(row, formats)), _note(row, order, formats)
    detail = formats.typography(_detail(row, formats))
    if row.kind in _SUMS:
        return WaterfallStep(_BARS[row.kind], words, note, formats.amount(row.after), 0.0, float(row.after), detail)
    start, end = float(row.after - row.amount), float(row.after)
    if _is_aside(row):
        candidate = row.trace.candidate if row.trace is not None else None
        figure = f"({formats.amount(candidate)})" if candidate is not None else "\u2013"
        return WaterfallStep("aside", words, note, figure, 0.0, float(candidate or 0), detail)
    kind = _BARS.get(row.kind) or ("less" if row.amount <= 0 else "more")
    figure, apart = formats.signed_amount(row.amount), above is not None and above.kind == "total"
    return WaterfallStep(kind, words, note, figure, start, end, detail, apart=apart)


def _is_aside(row: StoryRow) -> bool:
    return bool(row.aside) and not row.lines and not row.amount


def _words(row: StoryRow, formats: Formats) -> str:
    match row.kind:
        case "step":
            return _kind_name(row.step)
        case "document":
            return _document_words(row, formats)
        case "vat":
            return translate("OrderStory", "VAT {0}").format(formats.percent(row.rate or Decimal(0)))
        case "bonus" | "rfa":
            if row.trace is not None:
                return labelled_step(row.trace, formats)
            return step_name(row.step or Step.RFA)
        case _:
            return _NAMES[row.kind]()


_NAMES: dict[str, Callable[[], str]] = {
    "list": lambda: translate("OrderStory", "Total at list prices"),
    "rounding": lambda: translate("OrderStory", "Rounding of the lines"),
    "goods": lambda: translate("OrderStory", "Goods excl. VAT"),
    "discounted": lambda: translate("OrderStory", "Goods after discount"),
    "eco": lambda: translate("OrderStory", "Eco-contribution"),
    "private-copy": lambda: translate("OrderStory", "Private copying levy"),
    "carriage": lambda: translate("OrderStory", "Carriage"),
    "fees": lambda: translate("OrderStory", "Small-order fees"),
    "before-vat": lambda: translate("OrderStory", "Total excl. VAT"),
    "total": lambda: translate("OrderStory", "Total incl. VAT"),
    "real": lambda: translate("OrderStory", "Real cost of the goods"),
}


def _kind_name(step: Step | None) -> str:
    names = {
        Step.NET: translate("OrderStory", "Contract net prices"),
        Step.BASE: translate("OrderStory", "Discounts"),
        Step.QTY: translate("OrderStory", "Quantity discounts"),
        Step.PROMO: translate("OrderStory", "Promotions"),
        Step.BID: translate("OrderStory", "Special prices"),
    }
    return names.get(step, "") if step is not None else ""


def _document_words(row: StoryRow, formats: Formats) -> str:
    if row.trace is None:
        return step_name(Step.DOCUMENT)
    if row.trace.unit == Unit.EUR:
        # An amount off the whole order, not a unit price.
        label = server_text(row.label) or step_name(Step.DOCUMENT)
        return f"{label} {formats.amount(row.trace.value)}"
    return labelled_step(row.trace, formats)


def _note(row: StoryRow, order: ToldOrder, formats: Formats) -> str:
    if row.kind == "step":
        words = [lines_words(row.lines, formats)] if row.lines else []
        if row.aside:
            aside = translate("OrderStory", "set aside on {0}").format(lines_words(row.aside, formats))
            words.append(aside)
        return formats.typography(", ".join(words))
    if row.kind == "document" and _is_aside(row) and row.trace is not None:
        return set_aside_words(row.trace.note, formats)
    if row.kind in ("bonus", "rfa"):
        return formats.typography(translate("OrderStory", "after invoice"))
    if row.kind == "real":
        return formats.typography(translate("OrderStory", "without levies, carriage and VAT"))
    if row.kind == "before-vat":
        return row.label
    return server_text(order.wholesalers.get(row.wholesaler, row.wholesaler))


def _detail(row: StoryRow, formats: Formats) -> str:
    """Documents, dates and versions: of the one record where there is one, else the documents of all."""
    if row.trace is not None:
        return source_of(row.trace, formats)
    return " · ".join(server_text(document) for document in row.documents)
