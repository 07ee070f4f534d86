"""The request for a special price that leaves with the lines asked about: its words, to copy or to mail."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlencode

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop_app.services.price_request import fitted
from desktop_app.services.views import OrderView
from ui.formats import Formats, server_text
from ui.models.differences_model import ChangedLine
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.text import Text, body, row, small, strong

translate = QCoreApplication.translate


class RequestCard(Card):
    """Hidden while no line is asked about. `note` is what the draft of these lines will say."""

    def __init__(self, context: UiContext) -> None:
        self._context = context
        look = context.look
        self.note = ""
        self._subject = ""
        self._words: Text = body(look, "", "ink", wrap=True)
        self._title = strong(look)
        self._hint = small(look, "", "ink2", wrap=True)
        self.copy = KeyButton(look, "", kind="secondary", icon="copy", keys="Ctrl+Shift+C")
        self.mail = KeyButton(look, "", kind="secondary", icon="paper-plane-tilt", keys="Ctrl+Shift+M")
        super().__init__(row(self._title, None, self.copy, self.mail), self._words, self._hint, margin=12)
        self._title.setText(self.tr("Request for a special price"))
        self.copy.setText(self.tr("Copy"))
        self.mail.setText(self.tr("By mail"))
        self._hint.setText(self.tr("It becomes the note of a new draft with these lines; nothing is sent by itself."))
        self.copy.clicked.connect(self._on_copy)
        self.mail.clicked.connect(self._on_mail)
        self.hide()

    def show_request(self, order: OrderView, lines: Sequence[ChangedLine]) -> None:
        """The words for these lines of an order; none hides the card."""
        formats = self._context.formats
        today = formats.local(self._context.now()).date()
        self.note = request_text(order, lines, formats, today) if lines else ""
        self._subject = translate("Request", "Special price, order {0}").format(order.summary.desk_no)
        self._words.setText(self.note)
        self.setVisible(bool(lines))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.note)
        self._context.navigator.notify(self.tr("The request is in the clipboard."), "done", "copied")

    def _on_mail(self) -> None:
        if not QDesktopServices.openUrl(mail_address(self._subject, self.note)):
            words = self.tr("No mail program opened. Copy the request instead.")
            self._context.navigator.notify(words, "warning", "mail")


def request_text(order: OrderView, lines: Sequence[ChangedLine], formats: Formats, day: date) -> str:
    """The request in the user's language: product, quantity, the price ordered at, the price offered, the date."""
    sent = {line.sku: line.unit_net for part in order.sub_orders for line in part.lines}
    head = translate("Request", "Special price asked for on {0} (order {1}):").format(
        formats.day(day, year=True), order.summary.desk_no
    )
    return formats.typography(fitted(head, [_sentence(line, sent.get(line.sku), formats) for line in lines]))


def mail_address(subject: str, words: str) -> QUrl:
    """The address that opens a new mail with these words; the person names who gets it."""
    return QUrl(f"mailto:?{urlencode({'subject': subject, 'body': words}, quote_via=quote)}")


def _sentence(line: ChangedLine, sent: Decimal | None, formats: Formats) -> str:
    name = server_text(line.name)
    what = f"{formats.number(line.quantity)} × {name} ({line.sku})" if name else f"{line.quantity} × {line.sku}"
    yours = "" if sent is None else formats.unit_price(sent)
    if line.price is None or not line.can_accept:
        return translate("Request", "{0}: ordered at {1}, not offered any more.").format(what, yours)
    theirs = formats.unit_price(Decimal(line.price.ours))
    return translate("Request", "{0}: ordered at {1}, offered at {2}.").format(what, yours, theirs)
