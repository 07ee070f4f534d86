"""The training room: the practice manufacturer's clock, a cable to pull out, and beginning anew."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from ui.async_bridge import Tasks
from ui.page import Crumb, KeyEntry, Page, Room, UiContext
from ui.theme.tokens import BODY, MEDIUM, PAGE_MARGIN
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, scrolling
from ui.widgets.choices import SegmentedChoice
from ui.widgets.states import StateBadge
from ui.widgets.text import Text, body, column, row, section
from ui.wording import error_words


class TrainingPage(Page):
    """What a trainer needs beside the real rooms."""

    def __init__(self, context: UiContext, application: Application, tasks: Tasks, rebuild: Callable[[], None]) -> None:
        super().__init__(context)
        self._application, self._tasks, self._rebuild = application, tasks, rebuild
        look = context.look
        names = (
            ("1", self.tr("real time")),
            ("60", self.tr("1 min = 1 h")),
            ("600", self.tr("1 min = 10 h")),
            ("3600", self.tr("1 s = 1 h")),
        )
        self.speed = SegmentedChoice(look, names, "", self.tr("Speed of the practice manufacturer"))
        self.speed.chosen.connect(self._on_speed_chosen)
        self.clock = Text(look, "", BODY, MEDIUM)
        self.ahead = KeyButton(look, self.tr("One day ahead"), icon="fast-forward")
        self.ahead.clicked.connect(self._on_ahead_clicked)
        cable = (("in", self.tr("plugged in")), ("out", self.tr("pulled out")))
        self.cable = SegmentedChoice(look, cable, "in", self.tr("Network cable"))
        self.cable.chosen.connect(self._on_cable_chosen)
        self.cable_state = StateBadge(look, "done", "")
        self.reset = KeyButton(look, self.tr("Begin anew"), icon="arrow-counter-clockwise")
        self.reset.clicked.connect(self._on_reset_clicked)
        self._sure = KeyButton(look, self.tr("Yes, throw the practice away"), kind="primary")
        self._sure.clicked.connect(self._on_sure_clicked)
        self._sure.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(2_000)
        self._timer.timeout.connect(self._read_clock)
        self._lay_out()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Training")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """No keys of its own."""
        return ()

    def on_shown(self) -> None:
        """The clock runs while it is seen."""
        self._show_cable()
        self._read_clock()
        self._timer.start()

    def on_hidden(self) -> None:
        """Nobody looks at the clock."""
        self._timer.stop()

    def _lay_out(self) -> None:
        look = self.context.look
        first = Card(
            section(look, self.tr("A first order, in five steps")),
            *(body(look, step, wrap=True) for step in self._steps()),
            row(self._begin_button(), None),
            spacing=8,
            margin=20,
        )
        clock = Card(
            section(look, self.tr("Time at the practice manufacturer")),
            body(
                look,
                self.tr("Accepted orders are confirmed, shipped and invoiced by themselves on this clock."),
                wrap=True,
            ),
            row(Text(look, self.tr("Speed"), BODY, MEDIUM), self.speed, self.ahead, None, spacing=16),
            self.clock,
            spacing=12,
            margin=20,
        )
        cable = Card(
            section(look, self.tr("Network cable")),
            body(look, self.tr("Pull it out, send an order, plug it back in: the order leaves by itself."), wrap=True),
            row(self.cable, self.cable_state, None, spacing=16),
            spacing=12,
            margin=20,
        )
        anew = Card(
            section(look, self.tr("Begin anew")),
            body(
                look, self.tr("All practice orders go; manufacturer and catalogue are as on the first day."), wrap=True
            ),
            row(self.reset, self._sure, None),
            spacing=12,
            margin=20,
        )
        content = QWidget()
        content.setMaximumWidth(920)
        content.setLayout(
            column(
                body(look, self.tr("Real screens, invented prices, nobody at the other end.")),
                4, first, clock, cable, anew, None, spacing=12, margins=(PAGE_MARGIN, 24, PAGE_MARGIN, 24),
            )
        )  # fmt: skip
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _steps(self) -> tuple[str, ...]:
        return (
            self.tr("1. Ctrl+N begins an order; type a product, Enter, a quantity, Enter."),
            self.tr("2. Look at the price: Alt+P says why it is what it is."),
            self.tr("3. Pull the cable out below, then send the order with Ctrl+Enter: it waits here."),
            self.tr("4. Plug the cable back in: the order leaves and comes back with its number."),
            self.tr("5. Speed up the clock: confirmed, shipped, invoiced, seen under Orders."),
        )

    def _begin_button(self) -> KeyButton:
        begin = KeyButton(self.context.look, self.tr("New order"), kind="primary", keys="Ctrl+N", bind=False)
        begin.clicked.connect(lambda: self.context.navigator.new_order())
        return begin

    def _read_clock(self) -> None:
        self._tasks.start(self._application.practice.clock(), self._on_clock_read, self._on_clock_failed)

    def _on_clock_read(self, clock: dict[str, object]) -> None:
        formats = self.context.formats
        speed = str(round(float(str(clock.get("speed", 1)))))
        self.speed.set_value(speed)
        try:
            moment = datetime.fromisoformat(str(clock.get("now", "")))
        except ValueError:
            return
        local = formats.local(moment).date()
        day = f"{formats.weekday(local)} {formats.day(local, year=True)}"
        self.clock.setText(formats.typography(self.tr("There it is {0}, {1}.").format(day, formats.time(moment))))

    def _on_clock_failed(self, error: ComptoirError) -> None:
        self.clock.setText(self.tr("The practice manufacturer does not answer just now."))

    def _on_speed_chosen(self, speed: str) -> None:
        self._tasks.start(
            self._application.practice.set_speed(float(speed)), lambda _: self._read_clock(), self._on_failed
        )

    def _on_ahead_clicked(self) -> None:
        self._tasks.start(self._application.practice.advance(24 * 60), self._on_advanced, self._on_failed)

    def _on_advanced(self, _: object) -> None:
        self._read_clock()
        self.context.navigator.try_now()

    def _on_cable_chosen(self, value: str) -> None:
        practice = self._application.practice

        def change() -> bool:
            if value == "out":
                practice.go_offline()
            else:
                practice.go_online()
            return True

        self.context.navigator.run(change)
        self._show_cable()
        self.context.navigator.try_now()

    def _show_cable(self) -> None:
        out = self._application.practice.offline
        self.cable.set_value("out" if out else "in")
        words = self.tr("nothing reaches the manufacturer") if out else self.tr("connected")
        self.cable_state.set_state("look" if out else "done", words)

    def _on_reset_clicked(self) -> None:
        self._sure.show()
        self._sure.setFocus()

    def _on_sure_clicked(self) -> None:
        self._timer.stop()
        self.reset.setEnabled(False)
        self._sure.setEnabled(False)
        self.context.navigator.notify(
            self.tr("The practice begins anew; this takes a few seconds."), "warning", "reset"
        )
        self._tasks.start(self._application.practice.reset(), self._on_reset_done, self._on_reset_failed)

    def _on_reset_done(self, _: object) -> None:
        self._rebuild()
        self.context.navigator.open_room(Room.HOME)

    def _on_reset_failed(self, error: ComptoirError) -> None:
        self.reset.setEnabled(True)
        self._sure.setEnabled(True)
        self._on_failed(error)

    def _on_failed(self, error: ComptoirError) -> None:
        words, detail = error_words(error, self.context.formats)
        self.context.navigator.notify(f"{words}. {detail}".strip(), "error", error.code)
