"""What a problem says in its row, and its two or three ways out. Doing what a way out says is the lines step's job."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain import validation
from desktop_app.domain.order import Problem
from desktop_app.services.views import LineView, StockView
from ui.formats import Formats
from ui.models.order_lines_model import ROUNDED

translate = QCoreApplication.translate


class ExitKind(StrEnum):
    """What a way out does to the line."""

    KEEP = "keep"
    QUANTITY = "quantity"
    WHOLESALER = "wholesaler"
    REPLACE = "replace"
    REMOVE = "remove"


class Exit(Struct, frozen=True):
    """One way out of a problem: the words of its button, and the quantity, wholesaler or sku it sets."""

    kind: ExitKind
    words: str
    value: str = ""


class ProblemWords(Struct, frozen=True):
    """A problem as its row tells it: what it is, more about it, what can be done."""

    headline: str
    detail: str
    exits: tuple[Exit, ...] = ()

    @property
    def text(self) -> str:
        """All of it in one line, for screen readers and lists."""
        return f"{self.headline} {self.detail}".strip()


def line_problem(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    """The words and ways out of one line's problem."""
    words = _LINE_WORDS.get(problem.code, _unknown)(problem, view, formats)
    return ProblemWords(formats.typography(words.headline), formats.typography(words.detail), words.exits)


def order_problem(problem: Problem, formats: Formats) -> ProblemWords:
    """The words of a problem of the whole order; its ways out are the steps of the wizard."""
    params = problem.params
    if problem.code == validation.BELOW_MINIMUM:
        headline = translate("ProblemWords", "Below the minimum of {0}.").format(
            params.get("name", params.get("wholesaler", ""))
        )
        detail = translate("ProblemWords", "Orders from {0} on; {1} are missing.").format(
            _money(params, "minimum", formats), _money(params, "missing", formats)
        )
    elif problem.code == validation.CREDIT_LIMIT:
        headline = translate("ProblemWords", "Credit exceeded by {0}.").format(_money(params, "over", formats))
        detail = translate("ProblemWords", "The order can leave; the manufacturer decides.")
        if problem.blocking:
            detail = translate("ProblemWords", "The manufacturer refuses orders over the limit.")
    elif problem.code == validation.CREDIT_HOLD:
        headline = translate("ProblemWords", "Credit exceeded by {0}.").format(_money(params, "over", formats))
        detail = translate("ProblemWords", "The order can leave; the manufacturer holds it until it releases it.")
    elif problem.code == validation.EXPRESS_UNAVAILABLE:
        headline = translate("ProblemWords", "{0} does not deliver express.").format(
            params.get("name", params.get("wholesaler", ""))
        )
        detail = translate("ProblemWords", "Choose another wholesaler, or the usual delivery.")
    elif problem.code == validation.VAT_ID_MISSING:
        headline = translate("ProblemWords", "Your VAT number is not known.")
        detail = translate("ProblemWords", "French VAT is charged; the manufacturer can enter your number.")
    else:
        headline, detail = problem.message, ""
    return ProblemWords(formats.typography(headline), formats.typography(detail))


def _money(params: Mapping[str, str], name: str, formats: Formats) -> str:
    return formats.amount(Decimal(params.get(name, "0")))


def _number(problem: Problem, name: str) -> int:
    return int(problem.params.get(name) or 0)


def _exhausted(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    """More than is left at a price with a quota, over all lines that got it."""
    left, wanted = _number(problem, "left"), _number(problem, "wanted")
    headline = translate("ProblemWords", "Only {0} left at this price.").format(formats.number(left))
    label = problem.params.get("label", "")
    detail = translate("ProblemWords", "{0}: the lines of this order together want {1}.").format(
        label or problem.params.get("condition", ""), formats.number(wanted)
    )
    exits: list[Exit] = []
    fits = (view.quantity - (wanted - left)) // view.pack_multiple * view.pack_multiple
    if 0 < fits < view.quantity:
        exits.append(
            Exit(ExitKind.QUANTITY, translate("ProblemWords", "Reduce to {0}").format(formats.number(fits)), str(fits))
        )
    return ProblemWords(headline, detail, (*exits, _remove()))


def _rounded(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    asked, taken, pack = view.asked or view.quantity, view.quantity, view.pack_multiple
    headline = translate("ProblemWords", "Rounded from {0} to {1}.").format(
        formats.number(asked), formats.number(taken)
    )
    if pack > 1:
        detail = translate("ProblemWords", "Sold in packs of {0}.").format(formats.number(pack))
    else:
        detail = translate("ProblemWords", "Sold from {0} units on.").format(formats.number(taken))
    exits = [Exit(ExitKind.KEEP, translate("ProblemWords", "Keep {0}").format(formats.number(taken)))]
    lower = asked // pack * pack
    if pack > 1 and 0 < lower < taken:
        exits.append(
            Exit(ExitKind.QUANTITY, translate("ProblemWords", "Set {0}").format(formats.number(lower)), str(lower))
        )
    return ProblemWords(headline, detail, tuple(exits))


def _stock_short(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    missing, available = _number(problem, "missing"), _number(problem, "available")
    headline = translate("ProblemWords", "{0} missing.").format(formats.number(missing))
    exits = [
        Exit(
            ExitKind.KEEP,
            translate("ProblemWords", "Deliver in 2 parts") if available else translate("ProblemWords", "Wait for it"),
        )
    ]
    if (reduced := available // view.pack_multiple * view.pack_multiple) > 0:
        exits.append(
            Exit(
                ExitKind.QUANTITY,
                translate("ProblemWords", "Reduce to {0}").format(formats.number(reduced)),
                str(reduced),
            )
        )
    for stock in view.stock:
        if stock.listed and stock.wholesaler != view.wholesaler and stock.available >= view.quantity:
            words = translate("ProblemWords", "Take from {0}").format(stock.name or stock.wholesaler)
            exits.append(Exit(ExitKind.WHOLESALER, words, stock.wholesaler))
            break
    return ProblemWords(headline, _stock_text(view.stock, formats), tuple(exits))


def _stock_text(stock: tuple[StockView, ...], formats: Formats) -> str:
    """`N 3, S 2; O: 20 on 16 June.`: the letters are those of the stock marks in the row above."""
    here = [f"{one.letter} {formats.number(one.available)}" for one in stock if one.listed and one.available]
    later = [
        translate("ProblemWords", "{0}: {1} on {2}").format(
            one.letter, formats.number(one.next_qty or 0), formats.day(one.next_arrival)
        )
        for one in stock
        if one.listed and one.next_arrival is not None and not one.available
    ]
    parts = [", ".join(here)] if here else []
    if not parts and not later:
        return translate("ProblemWords", "No arrival date is known.")
    return formats.semicolons(parts + later) + "."


def _not_listed(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    listed = [stock for stock in view.stock if stock.listed]
    wholesaler = problem.params.get("wholesaler", "")
    if not listed:
        return ProblemWords(
            translate("ProblemWords", "Nobody carries it."),
            translate("ProblemWords", "No wholesaler lists this product."),
            (_remove(),),
        )
    exits = [
        Exit(
            ExitKind.WHOLESALER,
            translate("ProblemWords", "Take from {0}").format(stock.name or stock.wholesaler),
            stock.wholesaler,
        )
        for stock in listed[:2]
    ]
    headline = translate("ProblemWords", "{0} does not carry it.").format(_name_of(view, wholesaler))
    names = ", ".join(stock.name or stock.wholesaler for stock in listed)
    return ProblemWords(headline, translate("ProblemWords", "Carried by {0}.").format(names), (*exits, _remove()))


def _name_of(view: LineView, wholesaler: str) -> str:
    return next((stock.name for stock in view.stock if stock.wholesaler == wholesaler and stock.name), wholesaler)


def _unknown_wholesaler(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    headline = translate("ProblemWords", "Unknown wholesaler {0}.").format(problem.params.get("wholesaler", ""))
    exits = (Exit(ExitKind.WHOLESALER, translate("ProblemWords", "Choose for me"), ""), _remove())
    return ProblemWords(headline, translate("ProblemWords", "No wholesaler has that code."), exits)


def _unknown_product(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    return ProblemWords(
        translate("ProblemWords", "Unknown reference."),
        translate("ProblemWords", "The catalogue has no such product."),
        (_remove(),),
    )


def _discontinued(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    instead = problem.params.get("replaced_by", "")
    if not instead:
        return ProblemWords(
            translate("ProblemWords", "No longer sold."),
            translate("ProblemWords", "No replacement is named."),
            (_remove(),),
        )
    exits = (Exit(ExitKind.REPLACE, translate("ProblemWords", "Take {0}").format(instead), instead), _remove())
    return ProblemWords(
        translate("ProblemWords", "No longer sold."),
        translate("ProblemWords", "Replaced by {0}.").format(instead),
        exits,
    )


def _wrong_quantity(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    suggestion = problem.params.get("suggestion", "")
    if problem.code == validation.MIN_QUANTITY:
        minimum = formats.number(_number(problem, "minimum"))
        headline, detail = (
            translate("ProblemWords", "Too few."),
            translate("ProblemWords", "Sold from {0} units on.").format(minimum),
        )
    elif problem.code == validation.PACK_MULTIPLE:
        pack = formats.number(_number(problem, "multiple"))
        headline, detail = (
            translate("ProblemWords", "Not a full pack."),
            translate("ProblemWords", "Sold in packs of {0}.").format(pack),
        )
    else:
        maximum = formats.number(_number(problem, "maximum"))
        headline, detail = (
            translate("ProblemWords", "This quantity cannot be ordered."),
            translate("ProblemWords", "At most {0} per line.").format(maximum),
        )
    exits: tuple[Exit, ...] = (_remove(),)
    if suggestion.isdigit():
        exits = (
            Exit(
                ExitKind.QUANTITY,
                translate("ProblemWords", "Set {0}").format(formats.number(int(suggestion))),
                suggestion,
            ),
            *exits,
        )
    return ProblemWords(headline, detail, exits)


def _duplicate(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    return ProblemWords(
        translate("ProblemWords", "Twice in this order."),
        translate("ProblemWords", "The same product stands on another line."),
        (_remove(),),
    )


def _unknown(problem: Problem, view: LineView, formats: Formats) -> ProblemWords:
    exits = (_remove(),) if problem.blocking else (Exit(ExitKind.KEEP, translate("ProblemWords", "Keep")),)
    return ProblemWords(problem.message, "", exits)


def _remove() -> Exit:
    return Exit(ExitKind.REMOVE, translate("ProblemWords", "Remove"))


_LINE_WORDS = {
    ROUNDED: _rounded,
    validation.STOCK_SHORT: _stock_short,
    validation.NOT_LISTED: _not_listed,
    validation.UNKNOWN_WHOLESALER: _unknown_wholesaler,
    validation.UNKNOWN_PRODUCT: _unknown_product,
    validation.DISCONTINUED: _discontinued,
    validation.MIN_QUANTITY: _wrong_quantity,
    validation.PACK_MULTIPLE: _wrong_quantity,
    validation.INVALID_QUANTITY: _wrong_quantity,
    validation.DUPLICATE_LINE: _duplicate,
    validation.BID_EXHAUSTED: _exhausted,
}
