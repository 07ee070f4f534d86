"""The line over the sync centre: online or offline in words, what that means for the orders, what can be done."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.views import LossView, SyncStatus
from ui.formats import Formats, server_text
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine
from ui.widgets.text import clear
from ui.wording import reason_words, trouble_words

translate = QCoreApplication.translate


def loss_words(loss: LossView, formats: Formats) -> str:
    """`3 orders were sent again with their prices and numbers. 1 order needs you.`"""
    told = []
    if loss.again == 1:
        told.append(translate("Banner", "1 order was sent again with its price and number."))
    elif loss.again:
        words = translate("Banner", "{0} orders were sent again with their prices and numbers.")
        told.append(words.format(formats.number(loss.again)))
    if loss.leaving == 1:
        told.append(translate("Banner", "1 order is about to be sent again."))
    elif loss.leaving:
        words = translate("Banner", "{0} orders are about to be sent again.")
        told.append(words.format(formats.number(loss.leaving)))
    if loss.person == 1:
        told.append(translate("Banner", "1 order needs you."))
    elif loss.person:
        told.append(translate("Banner", "{0} orders need you.").format(formats.number(loss.person)))
    if not told:
        told.append(translate("Banner", "Some of its answers changed; the history of each order tells which."))
    return formats.typography(" ".join(told))


class Banner(QWidget):
    """A signal per button; `smaller_taken` where a much smaller catalogue waits. F5 itself is the window's key."""

    try_wanted = Signal()
    smaller_taken = Signal()
    report_wanted = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[str, ...] = ()
        self._again: QWidget = self
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_status(self, status: SyncStatus) -> None:
        """Say how things stand."""
        params = {name: server_text(text) for name, text in status.params.items()}
        trouble = trouble_words(status.reason, params, self._context.formats) if status.since is None else None
        severity = "warning" if trouble else "done" if status.online else "offline"
        loss = "" if status.loss is None else loss_words(status.loss, self._context.formats)
        said = (severity, trouble[0] if trouble else self._headline(status), self._detail(status, trouble), loss)
        if said == self._shown:
            return
        self._shown = said
        focused = self._again.hasFocus()
        clear(self._layout)
        look = self._context.look
        copy = KeyButton(look, self.tr("Copy the report"), kind="secondary")
        again = KeyButton(look, self.tr("Try now"), kind="secondary", keys="F5", bind=False)
        copy.clicked.connect(self.report_wanted)
        again.clicked.connect(self.try_wanted)
        buttons: tuple[KeyButton, ...] = (copy, again)
        if status.reason == "catalogue-shrinks":
            take = KeyButton(look, self.tr("Take the smaller catalogue"), kind="secondary")
            take.clicked.connect(self.smaller_taken)
            buttons = (take, *buttons)
        self._layout.addWidget(NoticeLine(look, severity, said[1], said[2], buttons))
        if loss:
            headline = self.tr("The manufacturer's server was put back to an earlier state.")
            self._layout.addWidget(NoticeLine(look, "warning", headline, loss))
        self._again = again
        if focused:
            again.setFocus()

    def first_button(self) -> QWidget:
        """What has the focus while no order waits."""
        return self._again

    def _headline(self, status: SyncStatus) -> str:
        formats, now = self._context.formats, self._context.now()
        if status.online:
            return self.tr("Online. Orders leave as soon as you send them.")
        if status.since is None:
            return self.tr("Offline. You can go on working.")
        since, span = formats.since(status.since, now), now - status.since
        if span < timedelta(minutes=1):
            return self.tr("Offline since {0}. You can go on working.").format(since)
        return self.tr("Offline since {0}, for {1}. You can go on working.").format(since, formats.duration(span))

    def _detail(self, status: SyncStatus, trouble: tuple[str, str] | None) -> str:
        formats = self._context.formats
        if trouble is not None:
            return trouble[1]
        parts = [self._queue_words(status.waiting, status.online)]
        if not status.online:
            reason = reason_words(status.reason, formats)
            if reason:
                parts.append(self.tr("Reason: {0}.").format(reason))
            if status.next_try is not None and status.next_try > self._context.now():
                parts.append(self.tr("Next try at {0}.").format(formats.time(status.next_try)))
        elif status.last_success is not None:
            last = formats.at(status.last_success, self._context.now())
            parts.append(self.tr("Last synchronised {0}.").format(last))
        return formats.typography(" ".join(part for part in parts if part))

    def _queue_words(self, waiting: int, online: bool) -> str:
        if not waiting:
            return self.tr("Nothing waits.") if online else self.tr("Nothing waits; what you send is kept here.")
        if online:
            return (
                self.tr("1 order is leaving.") if waiting == 1 else self.tr("{0} orders are leaving.").format(waiting)
            )
        if waiting == 1:
            return self.tr("1 order is kept on this desk and leaves by itself when the network returns.")
        words = self.tr("{0} orders are kept on this desk and leave by themselves when the network returns.")
        return words.format(waiting)
