"""A queue file before it is sent, and what became of its orders after."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.errors import ComptoirError
from desktop_app.services.queue_file import QueueFileView, SentQueue
from desktop_app.services.sync_service import SyncService
from ui.async_bridge import Tasks
from ui.page import UiContext
from ui.widgets.buttons import CheckBox, KeyButton
from ui.widgets.notices import NoticeLine
from ui.widgets.sheet import Sheet
from ui.widgets.states import Icon
from ui.widgets.text import body, clear, column, row, section
from ui.wording import error_words

_WIDTH = 600


class QueueFileSheet(Sheet):
    """Held orders leave only where their box is ticked. Sent twice, a file does no harm."""

    def __init__(
        self,
        context: UiContext,
        window: QWidget,
        sync: SyncService,
        tasks: Tasks,
        path: Path,
        view: QueueFileView,
    ) -> None:
        super().__init__(context.look, window, _WIDTH)
        self._context, self._sync, self._tasks, self._path, self._view = context, sync, tasks, path, view
        look = context.look
        self._told = QVBoxLayout()
        self._told.setSpacing(10)
        self.with_held = CheckBox(look, self._held_words())
        if not view.held:
            self.with_held.hide()
        self.send_button = KeyButton(look, self.tr("Send"), kind="primary", icon="paper-plane-tilt")
        self.send_button.clicked.connect(self.send)
        self.send_button.setEnabled(view.messages > 0)
        self.close_button = KeyButton(look, self.tr("Close"), kind="main", keys="Esc", bind=False)
        self.close_button.clicked.connect(self.close_sheet)
        self.panel.setLayout(
            column(
                section(look, self.tr("Send the orders of another desk")),
                self._told,
                self.with_held,
                8,
                row(None, self.close_button, self.send_button),
                margins=(24, 20, 24, 20),
            )
        )
        for words in self._facts():
            self._tell("info", "ink2", words)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """The button that sends has the focus; where there is a choice to make before, that."""
        super().open_sheet(focus or (self.with_held if self._view.held else self.send_button))

    def send(self) -> None:
        """Send it; the sheet then says what became of each order."""
        if not self.send_button.isEnabled():
            return
        self.send_button.setEnabled(False)
        self.with_held.setEnabled(False)
        clear(self._told)
        self._tell("hourglass", "ink2", self.tr("Sending…"))
        work = self._sync.queue_file.send(self._path, with_held=self.with_held.isChecked())
        self._tasks.start(work, done=self._on_sent, failed=self._on_failed)

    def _on_sent(self, sent: SentQueue) -> None:
        clear(self._told)
        for icon, tone, words in self._outcome(sent):
            self._tell(icon, tone, words)
        self.with_held.hide()
        self.send_button.hide()
        self.close_button.setFocus()
        self.place_panel()
        # What was entered comes back in the feed.
        self._context.navigator.try_now()

    def _on_failed(self, error: ComptoirError) -> None:
        clear(self._told)
        self._add(NoticeLine(self._context.look, "error", *error_words(error, self._context.formats)))
        again = self.tr(
            "What had been sent by then counts; send the file again at any time: no order is entered twice."
        )
        self._tell("info", "ink2", again)
        self.with_held.setEnabled(True)
        self.send_button.setEnabled(True)
        self.send_button.setFocus()

    def _tell(self, icon: str, tone: str, words: str) -> None:
        holder = QWidget()
        line = row(Icon(self._context.look, icon, 20, tone), spacing=12)
        line.addWidget(body(self._context.look, self._context.formats.typography(words), tone="ink", wrap=True), 1)
        holder.setLayout(line)
        self._add(holder)

    def _add(self, widget: QWidget) -> None:
        self._told.addWidget(widget)
        # At once, not when Qt comes to it: the panel is fitted to what is shown.
        widget.show()
        self.place_panel()

    # --- words ----------------------------------------------------------------------------------------------------

    def _facts(self) -> list[str]:
        view, formats = self._view, self._context.formats
        local = formats.local(view.made_at)
        day, time = formats.day(local.date(), year=True), formats.time(view.made_at)
        if view.messages == 1:
            told = [self.tr("The file holds 1 order, exported on {0} at {1}.").format(day, time)]
        else:
            words = self.tr("The file holds {0} orders, exported on {1} at {2}.")
            told = [words.format(formats.number(view.messages), day, time)]
        if view.own:
            told.append(self.tr("This very desk has exported it: its orders also leave from here by themselves."))
        told.append(self.tr("Only the manufacturer can read them. Each is entered once, and keeps its author."))
        return told

    def _held_words(self) -> str:
        if self._view.held == 1:
            return self.tr("Send the order too that was held back")
        words = self.tr("Send the {0} orders too that were held back")
        return words.format(self._context.formats.number(self._view.held))

    def _outcome(self, sent: SentQueue) -> list[tuple[str, str, str]]:
        """What became of them: icon, tone, words; only what there is."""
        number = self._context.formats.number
        one_or_more = (
            (
                sent.accepted,
                ("check-circle", "green"),
                self.tr("1 order was entered."),
                self.tr("{0} orders were entered."),
            ),
            (
                sent.known,
                ("check-circle", "green"),
                self.tr("1 order had been entered before."),
                self.tr("{0} orders had been entered before."),
            ),
            (
                sent.to_confirm,
                ("warning", "amber"),
                self.tr("Terms have changed for 1 order: it is decided at the desk it is of."),
                self.tr("Terms have changed for {0} orders: they are decided at the desk they are of."),
            ),
            (
                sent.refused,
                ("x-circle", "red"),
                self.tr("1 order was refused; its desk is told why."),
                self.tr("{0} orders were refused; their desk is told why."),
            ),
            (
                sent.held,
                ("pause-circle", "ink2"),
                self.tr("1 order is held back and was not sent."),
                self.tr("{0} orders are held back and were not sent."),
            ),
            (
                sent.not_taken,
                ("warning", "amber"),
                self.tr("1 order was not taken: it is dealt with at its desk, or send the file again later."),
                self.tr("{0} orders were not taken: they are dealt with at their desk, or send the file again later."),
            ),
        )
        return [
            (icon, tone, one if count == 1 else more.format(number(count)))
            for count, (icon, tone), one, more in one_or_more
            if count
        ]
