"""A plan in words and figures: what each row of its card says, and which plan is best at it."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.domain.money import ZERO
from desktop_app.services.plan_views import PlanView
from ui.formats import Formats
from ui.widgets.counts import deliveries_words

translate = QCoreApplication.translate


class Fact(Struct, frozen=True):
    """One row of a card: a figure, and at its right a note, letters or a bar. `best`: no other plan is better at it."""

    label: str
    figure: str
    note: str = ""
    best: bool = False
    strong: bool = False
    tone: str = "ink"
    letters: tuple[str, ...] = ()
    share: float | None = None


class PlanWords:
    """The words of plans in the language of `formats`."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self.calendar = translate("PlanWords", "Calendar")
        self.by_hand = translate("PlanWords", "By hand")

    def by_hand_costs(self, now: PlanView, plans: Sequence[PlanView]) -> str:
        """What the draft costs as it is, how far that is from the cheapest plan, and what is later by that."""
        cheapest = min(plan.total for plan in plans)
        amount, more = self._formats.amount(now.total), self._formats.signed_amount(now.total - cheapest)
        words = translate("PlanWords", "By hand: {0} ({1})").format(amount, more)
        if now.backordered > min(plan.backordered for plan in plans):
            return f"{words}, {self._backorder(now)}"
        return words

    def proof(self, plan: PlanView) -> str:
        """How sure it is that nothing is better."""
        if plan.proven:
            return translate("PlanWords", "No other split is better: this was proven.")
        words = translate("PlanWords", "The best split found. None costs less than {0}.")
        return words.format(self._formats.amount(plan.bound))

    def head(self, plan: PlanView) -> tuple[str, str]:
        """The plan's name and what is to be known of it at once."""
        names = {
            "cheapest": translate("PlanWords", "Cheapest"),
            "fewest": translate("PlanWords", "Fewest deliveries"),
            "earliest": translate("PlanWords", "Earliest"),
        }
        note = ""
        if plan.refused:
            note = translate("PlanWords", "cannot be sent like this")
        elif plan.backordered:
            note = self._backorder(plan)
        elif not plan.proven:
            note = translate("PlanWords", "best plan found")
        return names.get(plan.kind, plan.kind), note

    def facts(self, plan: PlanView, plans: Sequence[PlanView]) -> tuple[Fact, ...]:
        """The rows of a card, best values marked among `plans`."""
        return (
            self._total(plan, plans),
            self._carriage(plan),
            self._deliveries(plan, plans),
            self._first_day(plan),
            self._complete(plan, plans),
        )

    def _backorder(self, plan: PlanView) -> str:
        return translate("PlanWords", "{0} on backorder").format(self._formats.number(plan.backordered))

    def _total(self, plan: PlanView, plans: Sequence[PlanView]) -> Fact:
        lowest = min(one.total for one in plans)
        best = plan.total == lowest
        label = translate("PlanWords", "Total excl. VAT")
        note = translate("PlanWords", "lowest") if best else self._formats.signed_amount(plan.total - lowest)
        return Fact(label, self._formats.amount(plan.total), note, best, strong=True)

    def _carriage(self, plan: PlanView) -> Fact:
        whole = sum((view.carriage for view in plan.carriage), plan.fees)
        charging = [view for view in plan.carriage if view.carriage]
        note = ""
        if plan.fees > ZERO:
            note = translate("PlanWords", "small-order fee included")
        elif whole == ZERO:
            note = translate("PlanWords", "free")
        elif len(charging) == 1 and charging[0].missing:
            note = translate("PlanWords", "{0} below free carriage").format(charging[0].name)
        return Fact(translate("PlanWords", "Carriage"), self._formats.amount(whole), note)

    def _deliveries(self, plan: PlanView, plans: Sequence[PlanView]) -> Fact:
        count = len(plan.deliveries)
        best = count == min(len(one.deliveries) for one in plans)
        letters = tuple(delivery.letter for delivery in plan.deliveries)
        figure = deliveries_words(count, self._formats)
        return Fact(translate("PlanWords", "Deliveries"), figure, "", best, letters=letters)

    def _first_day(self, plan: PlanView) -> Fact:
        day = plan.first_day
        label = translate("PlanWords", "First pieces")
        if day is not None:
            label = translate("PlanWords", "By {0}").format(self._formats.short_day(day))
        figure = translate("PlanWords", "{0} of {1} pieces").format(
            self._formats.number(plan.pieces_by_first_day), self._formats.number(plan.pieces)
        )
        share = float(Decimal(plan.pieces_by_first_day) / plan.pieces) if plan.pieces else 0.0
        return Fact(label, figure, share=share)

    def _complete(self, plan: PlanView, plans: Sequence[PlanView]) -> Fact:
        label = translate("PlanWords", "All there")
        if plan.complete_on is None:
            return Fact(label, translate("PlanWords", "unknown"), tone="amber")
        best = all(one.complete_on is None or plan.complete_on <= one.complete_on for one in plans)
        note = translate("PlanWords", "earliest") if best else ""
        return Fact(label, self._formats.named_day(plan.complete_on), note, best)
