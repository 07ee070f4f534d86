"""The sheet that changes an accepted order: less of its lines, another date, reference or note."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.validation import parse_quantity
from desktop_app.services.order_changes import Change, Less
from desktop_app.services.views import LineProgress, OrderView, SubOrderProgress
from ui.formats import server_text
from ui.page import UiContext
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM
from ui.widgets.buttons import KeyButton
from ui.widgets.card import scrolling
from ui.widgets.day_field import DayField
from ui.widgets.elided import ElidedText
from ui.widgets.fields import LineField, labelled
from ui.widgets.sheet import Sheet
from ui.widgets.text import Text, body, caption, clear, column, row, rule, section, small

_WIDTH, _LINES_HEIGHT, _LEFT_WIDTH, _OF_WIDTH, _STATE_WIDTH = 680, 260, 88, 64, 130
# More rows than anybody looks through; the others are found by their words.
_SHOWN = 40
_STEPS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}

_Key = tuple[str, str]


class LeftField(LineField):
    """What is left of one line. Up and Down step it between nothing and what is ordered, over what cannot be ordered.

    `fits` gives the smallest number that can be ordered and is not below another.
    """

    moved = Signal()

    def __init__(self, look: Look, ordered: int, left: int, fits: Callable[[int], int]) -> None:
        super().__init__(look, "", str(left), max_length=9)
        self._ordered, self._fits = ordered, fits
        self.setFixedWidth(_LEFT_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textChanged.connect(lambda _: self.moved.emit())

    def left(self) -> int | None:
        """The units left, None where what is typed is none that can be asked for."""
        text = self.text().strip()
        if not text.strip("0"):
            return 0 if text else None
        try:
            typed = parse_quantity(text)
        except ValueError:
            return None
        return typed if typed <= self._ordered else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step."""
        step = _STEPS.get(event.key())
        if step is None or event.modifiers():
            super().keyPressEvent(event)
            return
        begun = self.left()
        wanted = self._ordered if begun is None else min(max(begun + step, 0), self._ordered)
        while 0 < wanted < self._ordered and self._fits(wanted) != wanted:
            wanted += step
        self.setText(str(wanted))
        self.selectAll()


class ChangeSheet(Sheet):
    """`wanted` carries the `Change` that was asked for. `fits` says of a sku and a number what can be ordered."""

    wanted = Signal(object)

    def __init__(self, context: UiContext, window: QWidget, order: OrderView, fits: Callable[[str, int], int]) -> None:
        super().__init__(context.look, window, _WIDTH, top=56)
        self._context, self._order, self._fits = context, order, fits
        look, summary = context.look, order.summary
        self._ordered: dict[_Key, tuple[SubOrderProgress, LineProgress]] = {
            (part.wholesaler, line.sku): (part, line) for part in order.progress for line in part.lines
        }
        # What is wanted of the lines that were touched, None where it cannot be read; kept while others are looked at.
        self._left: dict[_Key, int | None] = {}
        self.reference = LineField(look, "", summary.reference)
        self.date = DayField(look, context.formats, self._today, self.tr("any day"))
        self.date.set_day(order.delivery.wanted_date)
        self.note = LineField(look, self.tr("for the manufacturer"), order.note, max_length=1000)
        self.search = LineField(look, self.tr("find a line: its name or number"), max_length=100)
        self.search.setAccessibleName(self.tr("Find a line"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._more = small(look, "", "ink2")
        self._told = body(look, "", "ink", wrap=True)
        self.go = KeyButton(look, self.tr("Ask the manufacturer"), kind="primary", keys="Ctrl+Return")
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._show_lines())
        for field in (self.reference, self.note, self.date):
            field.textChanged.connect(lambda _: self._tell())
        self.date.changed.connect(lambda _: self._tell())
        self.go.clicked.connect(self._on_go)
        self._show_lines()
        self._tell()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The first quantity has the focus."""
        first = self.findChild(LeftField)
        super().open_sheet(focus or first or self.reference)
        if first is not None and focus is None:
            first.selectAll()

    def change(self) -> Change:
        """What the fields ask for."""
        day, details = self.date.day, self._order.delivery
        return Change(
            wanted_date=day if day != details.wanted_date else None,
            no_date=day is None and details.wanted_date is not None,
            reference=_if_other(self.reference.text(), self._order.summary.reference),
            note=_if_other(self.note.text(), self._order.note),
            lines=tuple(Less(sku, left or 0, code) for (code, sku), left in self._less().items()),
        )

    # Inside

    def _lay_out(self) -> None:
        look, number = self._look, self._order.summary.order_no or self._order.summary.desk_no
        keep = KeyButton(look, self.tr("Keep it as it is"), kind="main", keys="Esc", bind=False)
        keep.clicked.connect(self.close_sheet)
        holder = QWidget()
        holder.setLayout(column(self._rows, self._more, None, spacing=6, margins=(0, 0, 12, 0)))
        lines = scrolling(holder)
        lines.setFixedHeight(min(_LINES_HEIGHT, 44 * max(len(self._ordered), 2)))
        self.date.setFixedWidth(170)
        fields = row(
            labelled(look, self.tr("Reference"), self.reference),
            labelled(look, self.tr("Wanted for"), self.date),
            spacing=12,
        )
        fields.setStretch(0, 1)
        hint = self.tr(
            "Lines can only become less. What is left keeps its price; carriage is worked out anew. "
            "The manufacturer decides."
        )
        self.search.setVisible(len(self._ordered) > _SHOWN)
        self.panel.setLayout(
            column(
                section(look, self.tr("Change {0}").format(server_text(number))),
                body(look, self._context.formats.typography(hint), wrap=True),
                8,
                fields,
                labelled(look, self.tr("Note"), self.note),
                8,
                row(caption(look, self.tr("Lines")), None, self.search),
                lines,
                rule(),
                self._told,
                row(None, keep, self.go, spacing=10),
                spacing=8,
                margins=(24, 20, 24, 20),
            )
        )

    def _show_lines(self) -> None:
        clear(self._rows)
        words = self.search.text().casefold().split()
        found = [key for key in self._ordered if all(word in self._searched(key) for word in words)]
        for key in found[:_SHOWN]:
            self._rows.addLayout(self._row(key))
        more = len(found) - _SHOWN
        one, many = self.tr("1 more line: find it by its words."), self.tr("{0} more lines: find them by their words.")
        told = one if more == 1 else many.format(self._context.formats.number(more))
        self._more.setText(self._context.formats.typography(told) if more > 0 else "")
        self._more.setVisible(more > 0)

    def _searched(self, key: _Key) -> str:
        _, line = self._ordered[key]
        return f"{line.name} {line.sku}".casefold()

    def _row(self, key: _Key) -> QHBoxLayout:
        look, formats = self._look, self._context.formats
        part, line = self._ordered[key]
        name = server_text(line.name) or line.sku
        left = self._left.get(key, line.quantity)
        shown = line.quantity if left is None else left
        field = LeftField(look, line.quantity, shown, lambda units: self._fits(line.sku, units))
        field.setAccessibleName(self.tr("Left of {0}, {1} ordered").format(name, formats.number(line.quantity)))
        title = ElidedText(look, BODY, MEDIUM)
        title.setText(name)
        about = small(look, " · ".join((line.sku, server_text(part.name))), "ink2")
        of = body(look, self.tr("of {0}").format(formats.number(line.quantity)))
        of.setFixedWidth(_OF_WIDTH)
        state = small(look, "", "ink2")
        state.setFixedWidth(_STATE_WIDTH)
        field.moved.connect(lambda: self._on_moved(key, field, state))
        self._show_state(state, line, self._left.get(key, line.quantity))
        made = row(column(title, about, spacing=0), field, of, state, spacing=12)
        made.setStretch(0, 1)
        return made

    def _on_moved(self, key: _Key, field: LeftField, state: Text) -> None:
        self._left[key] = field.left()
        self._show_state(state, self._ordered[key][1], self._left[key])
        self._tell()

    def _show_state(self, state: Text, line: LineProgress, left: int | None) -> None:
        """What becomes of one line."""
        number = self._context.formats.number
        if left is None:
            words, tone = self.tr("from 0 to {0}").format(number(line.quantity)), "red"
        elif not self._can_be(line, left):
            words, tone = self.tr("sold by the pack"), "red"
        elif left == 0:
            words, tone = self.tr("taken out"), "amber"
        elif left < line.quantity:
            words, tone = self.tr("{0} less").format(number(line.quantity - left)), "amber"
        else:
            words, tone = "", "ink2"
        state.setText(self._context.formats.typography(words))
        state.set_tone(tone)

    def _can_be(self, line: LineProgress, left: int) -> bool:
        return left in (0, line.quantity) or self._fits(line.sku, left) == left

    def _less(self) -> dict[_Key, int | None]:
        """The lines that shall be less, or whose number cannot be read."""
        return {key: left for key, left in self._left.items() if left != self._ordered[key][1].quantity}

    def _tell(self) -> None:
        """What would be asked, or why nothing can be; the button follows."""
        trouble = self._trouble()
        change = self.change()
        asked = [self.tr("nothing is changed yet")] if change == Change() else self._asked(change)
        told = trouble or " · ".join(asked)
        self._told.set_tone("red" if trouble else "ink")
        self._told.setText(self._context.formats.typography(told))
        self.go.setEnabled(not trouble and change != Change())
        self.place_panel()

    def _trouble(self) -> str:
        less = self._less()
        for key, left in less.items():
            line = self._ordered[key][1]
            if left is None or not self._can_be(line, left):
                return self.tr("{0}: this number cannot be asked for.").format(server_text(line.name) or line.sku)
        if less and all(less.get(key) == 0 for key in self._ordered):
            return self.tr("No line would be left: cancel the order instead.")
        return ""

    def _asked(self, change: Change) -> list[str]:
        number, found = self._context.formats.number, []
        out = sum(line.quantity == 0 for line in change.lines)
        less = len(change.lines) - out
        if less:
            words = self.tr("1 line becomes less") if less == 1 else self.tr("{0} lines become less")
            found.append(words.format(number(less)))
        if out:
            words = self.tr("1 line is taken out") if out == 1 else self.tr("{0} lines are taken out")
            found.append(words.format(number(out)))
        if change.wanted_date is not None:
            day = self._context.formats.day(change.wanted_date, year=True)
            found.append(self.tr("wanted for {0}").format(day))
        elif change.no_date:
            found.append(self.tr("no wanted date"))
        if change.reference is not None:
            found.append(self.tr("another reference"))
        if change.note is not None:
            found.append(self.tr("another note"))
        return found

    def _today(self) -> date:
        return self._context.formats.local(self._context.now()).date()

    def _on_go(self) -> None:
        change = self.change()
        self.close_sheet()
        self.wanted.emit(change)


def _if_other(typed: str, present: str) -> str | None:
    return None if typed.strip() == present else typed.strip()
