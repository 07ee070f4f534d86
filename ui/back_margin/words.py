"""A back-margin agreement in words: how far it is to the next step, what is counted, which gates stand open."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.agreement import CountedOrders, TierMode
from desktop_app.domain.money import ZERO
from desktop_app.services.back_margin_service import GateState, GateView, MeterView
from ui.formats import Formats, server_text
from ui.widgets.period_words import period_words

translate = QCoreApplication.translate

_QUARTERS = (1, 4, 7, 10)
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


class Figure(Struct, frozen=True):
    """One row of the calculation: what it is, the figure, a note below; `strong` for the sums."""

    words: str
    figure: str
    note: str = ""
    strong: bool = False
    tone: str = "ink"


def name_words(view: MeterView) -> str:
    """What the agreement is called."""
    return server_text(view.label or view.contract_ref or view.agreement)


def span_words(view: MeterView, formats: Formats) -> str:
    """`2nd quarter 2026`, `2026`, else `from 1 March to 30 June 2026`."""
    start, end = view.start, view.end
    if start.year == end.year and (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return str(start.year)
    if start.year == end.year and start.day == 1 and start.month in _QUARTERS:
        quarter = _QUARTERS.index(start.month)
        if (end.month, end.day) == _QUARTER_ENDS[quarter]:
            names = (
                translate("Meter", "1st quarter {0}"),
                translate("Meter", "2nd quarter {0}"),
                translate("Meter", "3rd quarter {0}"),
                translate("Meter", "4th quarter {0}"),
            )
            return names[quarter].format(start.year)
    return period_words(start, end, formats)


def tier_words(view: MeterView, formats: Formats) -> str:
    """`2.5% step: 14,957.99 more`; the highest step, or none at all, is said too."""
    if view.next_percent is not None and view.missing is not None:
        words = translate("Meter", "{0} step: {1} more")
        return formats.typography(words.format(formats.percent(view.next_percent), formats.amount(view.missing)))
    return formats.typography(translate("Meter", "Highest step reached: {0}").format(formats.percent(view.percent)))


def goal_words(view: MeterView, formats: Formats) -> str:
    """What follows the missing amount: `by 30 June to reach 2.5%, online orders, excl. VAT`."""
    if view.next_percent is None:
        return base_words(view)
    words = translate("Meter", "by {0} to reach {1}, {2}")
    day, percent = formats.day(view.end), formats.percent(view.next_percent)
    return formats.typography(words.format(day, percent, base_words(view)))


def base_words(view: MeterView) -> str:
    """Which turnover counts."""
    if view.base is CountedOrders.ONLINE:
        return translate("Meter", "online orders, excl. VAT")
    return translate("Meter", "all orders, excl. VAT")


def gain_words(view: MeterView, formats: Formats) -> str:
    """What the next step is worth in all: `At the 2.5% step, on all turnover`."""
    if view.next_percent is None:
        return ""
    percent = formats.percent(view.next_percent)
    if view.mode is TierMode.TOTAL:
        return formats.typography(translate("Meter", "At {0}, on all turnover").format(percent))
    return formats.typography(translate("Meter", "At {0}, on what is above").format(percent))


def age_words(view: MeterView, formats: Formats, now: datetime) -> str:
    """When the manufacturer counted; this figure is never newer than that."""
    if view.as_of is None:
        return translate("Meter", "nothing counted yet")
    counted = translate("Meter", "counted {0}").format(formats.at(view.as_of, now))
    return f"{counted}, {formats.age(view.as_of, now)}"


def gate_words(gate: GateView, formats: Formats) -> str:
    """One gate: what it asks for and how it stands."""
    return formats.typography(_paid(gate, formats) if gate.kind == "paid" else _growth(gate, formats))


def gate_state(gate: GateView) -> str:
    """The shape of a gate: done, look (shut), off (nobody knows)."""
    return {GateState.OPEN: "done", GateState.SHUT: "look"}.get(gate.state, "off")


def calculation(view: MeterView, formats: Formats, now: datetime) -> tuple[Figure, ...]:
    """The figures of the meter, one under the other, as they add up."""
    amount = formats.amount
    rows = [
        Figure(translate("Meter", "Counted by the manufacturer"), amount(view.turnover), age_words(view, formats, now)),
        Figure(
            translate("Meter", "Your orders not counted yet"),
            amount(view.under_way),
            translate("Meter", "sent from here, not invoiced when it was counted"),
        ),
    ]
    if view.basket:
        rows.append(Figure(translate("Meter", "This order"), amount(view.basket)))
    rows.append(Figure(translate("Meter", "Together"), amount(view.reached), strong=True))
    earned = translate("Meter", "Back-margin so far, at {0}").format(formats.percent(view.percent))
    rows.append(Figure(formats.typography(earned), amount(view.accrued), _mode_words(view), strong=True))
    if view.next_from is not None and view.next_percent is not None and view.missing is not None:
        step = translate("Meter", "Next step, {0}, from").format(formats.percent(view.next_percent))
        rows.append(Figure(formats.typography(step), amount(view.next_from)))
        rows.append(Figure(translate("Meter", "Still missing"), amount(view.missing), strong=True))
        gain = formats.signed_amount(view.gain or ZERO)
        rows.append(Figure(translate("Meter", "Worth, once it is reached"), gain, strong=True, tone="green"))
    return tuple(rows)


def warning_words(view: MeterView, formats: Formats) -> str:
    """What keeps the back-margin from being due as things are; empty where nothing does."""
    return " ".join(gate_words(gate, formats) for gate in view.gates if gate.state is GateState.SHUT)


def spoken(view: MeterView, formats: Formats) -> str:
    """The agreement and the way to its next step in one sentence, for screen readers."""
    return f"{name_words(view)}: {tier_words(view, formats)}"


def _mode_words(view: MeterView) -> str:
    if view.mode is TierMode.TOTAL:
        return translate("Meter", "the rate reached holds for all turnover")
    return translate("Meter", "each rate holds for its own slice")


def _paid(gate: GateView, formats: Formats) -> str:
    if gate.state is GateState.OPEN:
        return translate("Meter", "Invoices paid: no payment is overdue.")
    if gate.state is GateState.SHUT:
        overdue = formats.amount(gate.reached or ZERO)
        return translate("Meter", "{0} overdue: nothing is due until that is paid.").format(overdue)
    return translate("Meter", "Due only while no invoice is overdue.")


def _growth(gate: GateView, formats: Formats) -> str:
    needed = formats.percent(gate.needed or ZERO)
    if gate.state is GateState.UNKNOWN or gate.reached is None:
        return translate("Meter", "Due from {0} of growth on.").format(needed)
    reached = formats.percent(gate.reached)
    if gate.state is GateState.OPEN:
        return translate("Meter", "Growth of {0}, {1} are needed.").format(reached, needed)
    return translate("Meter", "Growth of {0}: nothing is due below {1}.").format(reached, needed)
