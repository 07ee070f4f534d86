"""What the answer to a "what if" says besides its waterfall: who sells it, what is in the way, how it compares."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.services.condition_views import PriceAnswer
from ui.formats import Formats, server_text
from ui.wording import problem_words

translate = QCoreApplication.translate


class Compared(Struct, frozen=True):
    """Two unit nets: what it is today, what it would differ by each, in euros and per cent."""

    now: Decimal
    each: Decimal
    percent: Decimal


def compared(base: PriceAnswer, answer: PriceAnswer) -> Compared | None:
    """How an answer compares with today's; None where one of the two has no price."""
    if base.priced is None or answer.priced is None:
        return None
    now, then = base.priced.unit_net, answer.priced.unit_net
    percent = (then - now) * 100 / now if now else Decimal(0)
    return Compared(now, then - now, percent)


def where_words(answer: PriceAnswer, today: date, formats: Formats) -> str:
    """Who sells it on which day, and what that wholesaler has today."""
    priced = answer.priced
    if priced is None:
        return ""
    view = next((one for one in answer.stock if one.wholesaler == priced.wholesaler), None)
    name = server_text(view.name if view is not None and view.name else priced.wholesaler)
    parts = [translate("WhatIf", "my net unit price excl. VAT"), name]
    if answer.day != today:
        parts.append(translate("WhatIf", "on {0}").format(formats.day(answer.day, year=True)))
    if view is not None:
        parts.append(translate("WhatIf", "{0} in stock today").format(formats.number(view.available)))
    return formats.typography(" · ".join(parts))


def price_problems(answer: PriceAnswer, formats: Formats) -> Iterator[tuple[str, str]]:
    """What is in the way, as (words, tone)."""
    if answer.product is None:
        yield translate("WhatIf", "The catalogue has no such product."), "red"
    for problem in answer.problems:
        yield problem_words(problem, formats), "red" if problem.blocking else "amber"
