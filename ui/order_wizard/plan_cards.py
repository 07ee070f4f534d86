"""The plans over the wholesalers side by side: a card each, chosen like a radio button. The words: `plan_words`."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.plan_views import PlanView
from ui.order_wizard.plan_words import Fact, PlanWords
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, RADIUS_PANEL, REGULAR, SECTION, SEMIBOLD, SMALL
from ui.widgets.text import clear, small
from ui.widgets.tips import plain_tip

HEAD, ROW, CALENDAR = 52, 30, 54
_LABELS = 104
_INSET = 12
_LONGEST = 60
# The sign of the best figure and the gap to its words.
_MARK = 16
# From here a great sum and what it is worth have room side by side.
_WIDE = 175


class PlanCard(QAbstractButton):
    """One plan: its name, its facts row by row, when the wholesalers deliver. Checked: the draft says the same."""

    def __init__(self, look: Look, key: str) -> None:
        super().__init__()
        self._look = look
        self._key = key
        self._facts: tuple[Fact, ...] = ()
        self._head = ("", "")
        self._plan: PlanView | None = None
        self._days: tuple[date, date] | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def plan(self) -> PlanView | None:
        """The plan shown."""
        return self._plan

    def show_plan(self, plan: PlanView, words: PlanWords, facts: tuple[Fact, ...], days: tuple[date, date]) -> None:
        """Show a plan; `days` are the first and the last of every calendar, so that they compare."""
        self._plan, self._facts, self._days = plan, facts, days
        self._head = words.head(plan)
        self.setText(self._head[0])
        told = [". ".join(part for part in self._head if part)]
        told += [f"{fact.label}: {' '.join(part for part in (fact.figure, fact.note) if part)}" for fact in facts]
        self.setAccessibleName("; ".join(told))
        self.setToolTip(plain_tip(words.proof(plan)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The head, a row for each fact, and the calendar."""
        return QSize(190, HEAD + ROW * len(self._facts) + CALENDAR)

    def minimumSizeHint(self) -> QSize:
        """As narrow as figures stay whole."""
        return QSize(150, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, head with the radio mark, facts, calendar."""
        painter = QPainter(self)
        painting.smooth(painter)
        tokens = self._look.tokens
        rect = QRectF(self.rect())
        chosen, focused = self.isChecked(), self.hasFocus()
        fill = tokens.hover if self.underMouse() and not chosen else tokens.surface
        painting.box(painter, rect, RADIUS_PANEL, fill, tokens.accent if chosen else tokens.line, 2 if chosen else 1)
        if chosen:
            head = rect.adjusted(2, 2, -2, 0)
            head.setHeight(HEAD - 2)
            painter.fillRect(head, QColor(tokens.accent_soft))
        self._paint_head(painter, rect)
        top = rect.top() + HEAD
        for fact in self._facts:
            painter.setPen(painting.pen(tokens.line))
            painter.drawLine(int(rect.left()) + 1, int(top), int(rect.right()) - 1, int(top))
            self._paint_fact(painter, fact, QRectF(rect.left() + _INSET, top, rect.width() - 2 * _INSET, ROW))
            top += ROW
        painter.setPen(painting.pen(tokens.line))
        painter.drawLine(int(rect.left()) + 1, int(top), int(rect.right()) - 1, int(top))
        self._paint_calendar(painter, QRectF(rect.left() + _INSET, top, rect.width() - 2 * _INSET, CALENDAR))
        if focused:
            painting.box(painter, rect.adjusted(3, 3, -3, -3), RADIUS_PANEL - 2, "", tokens.accent, 2)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRectF) -> None:
        tokens, look = self._look.tokens, self._look
        middle = rect.top() + HEAD / 2
        ring = QRectF(rect.left() + _INSET - 2, middle - 8, 16, 16)
        painting.box(painter, ring, 8, tokens.surface, tokens.accent if self.isChecked() else tokens.line2, 1.5)
        if self.isChecked():
            painting.box(painter, ring.adjusted(4, 4, -4, -4), 4, tokens.accent)
        cap = painting.cap_width(look, self._key)
        name, note = self._head
        left = ring.right() + 8
        width = rect.right() - _INSET - cap - 2 - left
        size = BODY if look.width(name, BODY, SEMIBOLD) <= width else SMALL
        top = middle - (18 if note else 9)
        painting.text(painter, look, QRectF(left, top, width, 18), name, tokens.ink, size, SEMIBOLD)
        warned = self._plan is not None and (self._plan.refused or self._plan.backordered > 0)
        note_color = tokens.amber if warned else tokens.ink2
        painting.text(painter, look, QRectF(left, middle, width, 16), note, note_color, SMALL)
        painting.caps(painter, look, rect.right() - _INSET - cap, middle, (self._key,))

    def _paint_fact(self, painter: QPainter, fact: Fact, rect: QRectF) -> None:
        tokens, look = self._look.tokens, self._look
        size, weight = (
            (SECTION if rect.width() >= _WIDE else BODY, SEMIBOLD)
            if fact.strong
            else (BODY, MEDIUM if fact.best else REGULAR)
        )
        used = painting.text(painter, look, rect, fact.figure, tokens.tone(fact.tone), size, weight)
        left = rect.adjusted(used + 8, 0, 0, 0)
        if fact.share is not None:
            bar = QRectF(left.left(), rect.center().y() - 2.5, max(left.width(), 0), 5)
            painting.box(painter, bar, 2.5, tokens.bar_soft)
            done = QRectF(bar.left(), bar.top(), bar.width() * fact.share, 5)
            painting.box(painter, done, 2.5, tokens.accent if self.isChecked() else tokens.bar)
            return
        if fact.letters:
            # Each delivery its letter; where that is too much, each wholesaler.
            letters = fact.letters
            if 24 * len(letters) > left.width():
                letters = tuple(dict.fromkeys(letters))
            x = rect.right() - 24 * len(letters) + 4
            for letter in letters if x >= left.left() else ():
                painting.stock_mark(painter, look, x, rect.center().y() - 10, letter, "enough")
                x += 24
            return
        self._paint_note(painter, fact, left)

    def _paint_note(self, painter: QPainter, fact: Fact, rect: QRectF) -> None:
        """What the figure is worth among the others; the accessible name says what has no room here."""
        tokens, look = self._look.tokens, self._look
        words = look.width(fact.note, SMALL) if fact.note else 0.0
        mark = _MARK if fact.best and fact.note else 0
        if words + mark > rect.width():
            words = 0.0
        if words:
            color = tokens.green if fact.best else tokens.ink3
            painting.text(painter, look, rect, fact.note, color, SMALL, align=painting.RIGHT)
        if mark and mark <= rect.width():
            x, y = round(rect.right() - words - mark), round(rect.center().y() - 6)
            look.icons.paint(painter, x, y, "check-bold", 12, tokens.green)

    def _paint_calendar(self, painter: QPainter, rect: QRectF) -> None:
        """Each delivery on its day, to scale, the week-ends shaded."""
        if self._plan is None or self._days is None:
            return
        tokens, look = self._look.tokens, self._look
        first, last = self._days
        count = max((last - first).days, 1)
        line = rect.bottom() - 18
        width = rect.width() - 20

        def place(day: date) -> float:
            return rect.left() + 10 + width * (day - first).days / count

        for offset in range(count + 1):
            day = first + timedelta(days=offset)
            if day.weekday() == 5:
                shade = QRectF(place(day) - width / count / 2, line - 20, 2 * width / count, 20)
                painter.fillRect(shade & rect, QColor(tokens.sunk))
        painter.setPen(painting.pen(tokens.line2))
        painter.drawLine(int(rect.left()), int(line), int(rect.right()), int(line))
        marks: dict[date, list[str]] = {}
        for delivery in self._plan.deliveries:
            if delivery.day is not None and delivery.day <= last:
                marks.setdefault(delivery.day, []).append(delivery.letter)
        free = rect.left()
        for day in sorted(marks):
            letters = marks[day]
            # Neighbours stand side by side; the line tells the day that each belongs to.
            width_here = 22 * len(letters)
            x = min(max(place(day) - width_here / 2, free), rect.right() - width_here)
            painter.setPen(painting.pen(tokens.ink3, 1.5))
            painter.drawLine(QPointF(place(day), line - 3), QPointF(place(day), line + 3))
            for at, letter in enumerate(letters):
                painting.stock_mark(painter, look, x + 22 * at + 1, line - 26, letter, "enough")
            spot = QRectF(x, line + 2, width_here, 16)
            painting.text(painter, look, spot, str(day.day), tokens.ink2, SMALL, MEDIUM, painting.CENTER)
            free = x + width_here


class PlanCards(QWidget):
    """The labels of the rows and a card per plan; `taken` carries the plan a person chose."""

    taken = Signal(object)

    def __init__(self, look: Look, words: PlanWords) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._group = QButtonGroup(self)
        self._labels = QVBoxLayout()
        self._labels.setContentsMargins(0, HEAD, 0, 0)
        self._labels.setSpacing(0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        holder = QWidget()
        holder.setLayout(self._labels)
        holder.setFixedWidth(_LABELS)
        self._row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        self.cards: list[PlanCard] = []
        for key in ("1", "2", "3"):
            card = PlanCard(look, key)
            card.clicked.connect(self._on_clicked)
            self._group.addButton(card)
            self.cards.append(card)
            self._row.addWidget(card, 1)

    def show_plans(self, plans: Sequence[PlanView], current: PlanView, today: date) -> PlanView | None:
        """Show three plans and check the first that places the lines as `current` does; None where none does."""
        days = today, _last_day(plans, today)
        tables = [self._words.facts(plan, plans) for plan in plans]
        self._show_labels([fact.label for fact in tables[0]])
        placed = _placements(current)
        same = next((plan for plan in plans if _placements(plan) == placed), None)
        self._group.setExclusive(False)
        for card, plan, facts in zip(self.cards, plans, tables, strict=True):
            card.show_plan(plan, self._words, facts, days)
            card.setChecked(plan is same)
        self._group.setExclusive(True)
        return same

    def _show_labels(self, labels: Sequence[str]) -> None:
        clear(self._labels)
        for label in labels:
            text = small(self._look, label, "ink2")
            text.setFixedHeight(ROW)
            self._labels.addWidget(text)
        calendar = small(self._look, self._words.calendar, "ink2")
        calendar.setFixedHeight(CALENDAR)
        self._labels.addWidget(calendar)

    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, PlanCard) and card.plan is not None:
            self.taken.emit(card.plan)


def _placements(plan: PlanView) -> frozenset[tuple[str, str, int]]:
    units: dict[tuple[str, str], int] = {}
    for one in plan.allocations:
        units[one.sku, one.wholesaler] = units.get((one.sku, one.wholesaler), 0) + one.quantity
    return frozenset((sku, wholesaler, quantity) for (sku, wholesaler), quantity in units.items())


def _last_day(plans: Sequence[PlanView], today: date) -> date:
    days = [delivery.day for plan in plans for delivery in plan.deliveries if delivery.day is not None]
    last = max(days, default=today) + timedelta(days=1)
    return min(last, today + timedelta(days=_LONGEST))
