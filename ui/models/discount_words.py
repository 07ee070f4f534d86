"""A price's way from list to net in a few characters, for one cell: `30 % + 5 %`, or one token such as `promo 35 %`."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.condition import Combine, Step, Unit
from desktop_app.domain.order import PricedLine, TraceStep
from ui.formats import Formats

translate = QCoreApplication.translate


class DiscountWords(Struct, frozen=True):
    """What the discount cell shows; `token` True: drawn as a rounded token, because it replaced what came before."""

    text: str
    token: bool = False


def discount_words(priced: PricedLine | None, formats: Formats) -> DiscountWords:
    """The discount of a priced line; empty where there is none or no price."""
    if priced is None:
        return DiscountWords("")
    steps = [step for step in priced.trace if step.applied and step.step is not Step.LIST]
    if not steps:
        return DiscountWords("")
    last = steps[-1]
    if last.step is Step.BID:
        return DiscountWords(translate("DiscountWords", "special bid"), token=True)
    if last.step is Step.PROMO and _replaces(last):
        words = (
            translate("DiscountWords", "promo {0}").format(_value(last, formats))
            if last.unit != Unit.NET
            else translate("DiscountWords", "promo")
        )
        return DiscountWords(words, token=True)
    if steps[0].step is Step.NET and len(steps) == 1:
        return DiscountWords(translate("DiscountWords", "net price"), token=True)
    return DiscountWords(" + ".join(_value(step, formats) for step in steps))


def _replaces(step: TraceStep) -> bool:
    return step.unit == Unit.NET or step.combine in (Combine.BEST, Combine.REPLACE)


def _value(step: TraceStep, formats: Formats) -> str:
    if step.unit == Unit.PERCENT:
        return formats.percent(step.value)
    if step.unit == Unit.EUR:
        return formats.amount(-step.value)
    return translate("DiscountWords", "net price")
