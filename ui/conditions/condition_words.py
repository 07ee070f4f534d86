"""A condition in words: what it gives, on what, from when to when, and all of it in one plain sentence."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Combine, Condition, QtyScope, Step, Unit
from desktop_app.services.condition_views import ConditionRow
from ui.formats import Formats, server_text
from ui.widgets.period_words import period_words
from ui.widgets.trace_words import step_name

translate = QCoreApplication.translate

# What a row and the record it replaced have in common.
Record = ConditionRow | Condition


def what_words(record: Record, formats: Formats) -> str:
    """`Discount 35 %`, `Promotion at 12,00`, `Contract net price 612,00`: what it gives, in a few words."""
    step, value = Step(record.step), value_words(record, formats)
    if step is Step.NET:
        return formats.typography(translate("Condition", "Net price {0}").format(value))
    if record.unit == Unit.NET and step in (Step.PROMO, Step.QTY, Step.BASE):
        return formats.typography(translate("Condition", "{0} at {1}").format(step_name(step), value))
    return formats.typography(f"{step_name(step)} {value}")


def value_words(record: Record, formats: Formats) -> str:
    """`35 %`, `2,0000 off each`, `50,00 off the order`, `612,0000`."""
    if record.unit == Unit.PERCENT:
        return formats.percent(record.value)
    if record.unit == Unit.NET:
        return formats.short_unit_price(record.value)
    if record.step == Step.DOCUMENT:
        return formats.short_amount(record.value)
    return translate("Condition", "{0} off each").format(formats.short_unit_price(record.value))


def on_words(row: ConditionRow) -> tuple[str, str]:
    """On what it holds, and what kind of thing that is: a product's name and number, a family, a brand, everything."""
    kind, _, key = row.product.partition(":")
    name = server_text(row.product_name)
    match kind:
        case "sku":
            return name or key, key if name else translate("Condition", "not in the catalogue")
        case "family":
            return name or key, translate("Condition", "family")
        case "brand":
            return name or key, translate("Condition", "brand")
        case _:
            return translate("Condition", "All products"), ""


def from_words(record: Record, formats: Formats) -> str:
    """From which quantity or amount on; empty where from the first unit."""
    if record.step == Step.DOCUMENT:
        if not record.amount_min:
            return ""
        return translate("Condition", "from {0}").format(formats.short_amount(record.amount_min))
    if record.qty_min <= 1:
        return ""
    return translate("Condition", "from {0}").format(formats.number(record.qty_min))


def state_words(row: ConditionRow) -> tuple[str, str]:
    """A chip for what is not simply in force, with its tone; empty words where it is."""
    if row.state == "conflict":
        return translate("Condition", "contradictory"), "red"
    changes = {
        "new": (translate("Condition", "new"), "accent_ink"),
        "changed": (translate("Condition", "changed"), "amber"),
        "gone": (translate("Condition", "withdrawn"), "amber"),
    }
    if row.change in changes:
        return changes[row.change]
    if row.state == "ahead":
        return translate("Condition", "ahead"), "accent_ink"
    if row.state == "over":
        return translate("Condition", "over"), "ink3"
    return "", ""


def date_lines(start: date | None, end: date | None, today: date, formats: Formats) -> tuple[str, str]:
    """The dates on two lines: what comes next first, the other under it."""
    ends = translate("Condition", "until {0}", "a date in figures").format(formats.figures_day(end)) if end else ""
    if start is not None and start > today:
        return translate("Condition", "from {0}", "a date in figures").format(formats.figures_day(start)), ends
    since = translate("Condition", "since {0}", "a date in figures").format(formats.figures_day(start)) if start else ""
    return ends or translate("Condition", "without end"), since


def sentence(row: ConditionRow, formats: Formats) -> str:
    """The whole condition in one plain sentence."""
    name, kind = on_words(row)
    parts = [_gives(row, _on_phrase(row, name, kind), formats), *_limits(row, formats)]
    return formats.typography(", ".join(parts) + ".")


def combine_words(row: Record) -> str:
    """How it meets the discounts before it."""
    if row.step in (Step.NET, Step.DOCUMENT):
        return ""
    match row.combine:
        case Combine.BEST:
            return translate("Condition", "where that is cheaper than your other discounts")
        case Combine.REPLACE:
            return translate("Condition", "in place of your other discounts")
        case _ if row.step == Step.BASE:
            return ""
        case _:
            return translate("Condition", "on top of your other discounts")


def buyer_words(buyer_kind: str) -> str:
    """For whom it was given."""
    return {
        "dealer": translate("Condition", "for you alone"),
        "group": translate("Condition", "for your group"),
    }.get(buyer_kind, translate("Condition", "for every dealer"))


def quota_words(row: ConditionRow, formats: Formats) -> str:
    """What is left of its quantity: `8 of 20`, `8 left`; empty where there is no limit."""
    if row.quota_left is None:
        return ""
    left = formats.number(max(row.quota_left, 0))
    if row.quota is None or row.quota_left > row.quota:
        return translate("Condition", "{0} left").format(left)
    return translate("Condition", "{0} of {1}").format(left, formats.number(row.quota))


def changes_words(row: ConditionRow, formats: Formats) -> tuple[tuple[str, str, str], ...]:
    """What differs from the record before, as (what, before, now)."""
    return () if row.before is None else difference_words(row.before, row, formats)


def difference_words(before: Condition, after: Record, formats: Formats) -> tuple[tuple[str, str, str], ...]:
    """What differs between two versions of a condition, as (what, before, now)."""
    told = zip(_terms(before, formats), _terms(after, formats), strict=True)
    pairs = [(what, was, now) for (what, was), (_, now) in told if was != now]
    if isinstance(after, Condition) and before.stock_cap != after.stock_cap:
        caps = _count(before.stock_cap, formats), _count(after.stock_cap, formats)
        pairs.append((translate("Condition", "Stock for all dealers"), *caps))
    return tuple((what, was or "\u2013", now or "\u2013") for what, was, now in pairs)


def _terms(record: Record, formats: Formats) -> tuple[tuple[str, str], ...]:
    """The terms of a condition, each with what it is called."""
    buyer = record.buyer_kind if isinstance(record, ConditionRow) else record.buyer.partition(":")[0]
    return (
        (translate("Condition", "Value"), what_words(record, formats)),
        (translate("Condition", "From"), from_words(record, formats)),
        (translate("Condition", "Counted on"), scope_words(record)),
        (translate("Condition", "Dates"), period_words(record.start, record.end, formats)),
        (translate("Condition", "Product"), server_text(record.product.partition(":")[2])),
        (translate("Condition", "Wholesaler"), server_text(record.wholesaler)),
        (translate("Condition", "For whom"), buyer_words(buyer)),
        (translate("Condition", "Only for"), channel_words(record.channel)),
        (translate("Condition", "End client"), server_text(record.end_client)),
        (translate("Condition", "With other discounts"), combine_words(record)),
        (translate("Condition", "Quantity in all"), _count(record.quota, formats)),
        (translate("Condition", "Document"), server_text(record.contract_ref)),
        (translate("Condition", "Name"), server_text(record.label)),
    )


def scope_words(record: Record) -> str:
    """Whose quantity a break counts; empty where it is the line's own."""
    if record.qty_scope != QtyScope.MATCH:
        return ""
    return translate("Condition", "all lines of the assortment together")


def channel_words(channel: str) -> str:
    """For which orders alone it holds; empty where for all."""
    return translate("Condition", "orders placed online") if channel == "online" else server_text(channel)


def _count(value: int | None, formats: Formats) -> str:
    return "" if value is None else formats.number(value)


def _on_phrase(row: ConditionRow, name: str, kind: str) -> str:
    match row.product.partition(":")[0]:
        case "sku":
            return f"{name} ({kind})" if kind != name else name
        case "family":
            return translate("Condition", "the family {0}").format(name)
        case "brand":
            return translate("Condition", "the brand {0}").format(name)
        case _:
            return translate("Condition", "all products")


def _gives(row: ConditionRow, what: str, formats: Formats) -> str:
    """The first part of the sentence: value and product."""
    value = value_words(row, formats)
    if row.unit == Unit.NET:
        words = {
            Step.NET: translate("Condition", "You pay the contract net price of {0} for {1}"),
            Step.BID: translate("Condition", "You pay the special price of {0} for {1}"),
            Step.PROMO: translate("Condition", "On promotion you pay {0} for {1}"),
        }.get(Step(row.step), translate("Condition", "You pay {0} for {1}"))
        return words.format(value, what)
    words = {
        Step.DOCUMENT: translate("Condition", "You get {0} off the order, counted on {1}"),
        Step.PROMO: translate("Condition", "On promotion you get {0} off {1}"),
        Step.QTY: translate("Condition", "For the quantity you get {0} off {1}"),
        Step.BID: translate("Condition", "As a special price you get {0} off {1}"),
    }.get(Step(row.step), translate("Condition", "You get {0} off {1}"))
    each = row.unit == Unit.EUR and row.step != Step.DOCUMENT
    return words.format(formats.short_unit_price(row.value) if each else value, what)


def _limits(row: ConditionRow, formats: Formats) -> list[str]:
    """The parts after it: quantity, wholesaler, client, dates, quota, how it combines."""
    parts = []
    if row.step == Step.DOCUMENT and row.amount_min > Decimal(0):
        parts.append(translate("Condition", "from {0} of goods on").format(formats.short_amount(row.amount_min)))
    elif row.qty_min > 1 and row.qty_scope == QtyScope.MATCH:
        words = translate("Condition", "from {0} units on, all lines of the assortment together")
        parts.append(words.format(formats.number(row.qty_min)))
    elif row.qty_min > 1:
        parts.append(translate("Condition", "from {0} units on").format(formats.number(row.qty_min)))
    if row.wholesaler:
        name = server_text(row.wholesaler_name or row.wholesaler)
        parts.append(translate("Condition", "bought from {0}").format(name))
    if row.end_client:
        parts.append(translate("Condition", "for your client {0}").format(server_text(row.end_client)))
    parts.append(period_words(row.start, row.end, formats))
    if row.quota is not None:
        parts.append(translate("Condition", "for {0} units in all").format(formats.number(row.quota)))
    parts.append(combine_words(row))
    return [part for part in parts if part]
