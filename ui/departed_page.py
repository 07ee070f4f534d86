"""Shown in place of a desk that the manufacturer has shut out for good: what happened, what is where, what to do."""

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.errors import ComptoirError
from desktop_app.services.departed_desk import DepartedDesk, DepartureView
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, ground
from ui.widgets.logo import Logo, window_icon
from ui.widgets.notices import NoticeLine
from ui.widgets.states import Icon
from ui.widgets.text import Text, body, clear, column, row, section, small
from ui.wording import error_words

_WIDTH, _HEIGHT = 760, 520


class DepartedPage(QDialog):
    """A window of its own, because there is no desk behind it. Accepted: the folder is free for another desk."""

    def __init__(self, look: Look, formats: Formats, desk: DepartedDesk, view: DepartureView) -> None:
        super().__init__()
        self._look, self._formats, self._desk, self._view = look, formats, desk, view
        self.setWindowTitle("Comptoir")
        self.setWindowIcon(window_icon(practice=False))
        self.setMinimumSize(_WIDTH, _HEIGHT)
        ground(self, "paper")
        self._trouble = QVBoxLayout()
        head = row(Logo(look, 40), Text(look, "Comptoir", FIGURE, SEMIBOLD), None, spacing=14)
        self.setLayout(column(head, self._trouble, self._card(), None, spacing=16, margins=(32, 28, 32, 28)))
        self.close_button.setFocus()

    def begin_anew(self) -> None:
        """Put the files of the earlier desk aside; a refusal is said and leaves everything as it was."""
        clear(self._trouble)
        try:
            self._desk.begin_anew()
        except ComptoirError as error:
            self._trouble.addWidget(NoticeLine(self._look, "error", *error_words(error, self._formats)))
            return
        self.accept()

    def _card(self) -> Card:
        look = self._look
        self.anew_button = KeyButton(look, self.tr("Connect a new desk"), kind="main", icon="plus")
        self.anew_button.clicked.connect(self.begin_anew)
        self.close_button = KeyButton(look, self.tr("Close"), kind="primary", keys="Esc", bind=False)
        self.close_button.clicked.connect(self.reject)
        folder = KeyButton(look, self.tr("Open the folder"), kind="main", icon="folder-open")
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.folder))))
        return Card(
            section(look, self.tr("{0} has shut out this desk").format(server_text(self._view.manufacturer))),
            *(self._fact(*fact) for fact in self._facts()),
            4,
            *(small(look, self._formats.typography(words), "ink2", wrap=True) for words in self._what_to_do()),
            8,
            row(self.close_button, self.anew_button, None, folder),
            spacing=12,
            margin=24,
        )

    def _fact(self, icon: str, tone: str, words: str) -> QWidget:
        holder = QWidget()
        layout = row(Icon(self._look, icon, 20, tone), spacing=12)
        layout.addWidget(body(self._look, self._formats.typography(words), tone="ink", wrap=True), 1)
        holder.setLayout(layout)
        return holder

    def _facts(self) -> list[tuple[str, str, str]]:
        """What happened: icon, tone, words."""
        view, formats = self._view, self._formats
        local = formats.local(view.at)
        when = self.tr("{0} at {1}").format(formats.day(local.date(), year=True), formats.time(view.at))
        facts = [("prohibit", "red", self.tr("This happened on {0}.").format(when))]
        if view.reason:
            facts.append(("info", "ink2", self.tr("The reason given: {0}").format(server_text(view.reason))))
        facts.append(("check-circle", "green", _handed_over(view.messages)))
        if view.key_deleted:
            words = self.tr("The data of this desk can no longer be opened on this computer, not with a code either.")
            facts.append(("key", "ink2", words))
        else:
            words = self.tr(
                "The key of this desk is set in the environment of this program. It cannot be deleted from here: take "
                "it out there."
            )
            facts.append(("warning", "amber", words))
        return facts

    def _what_to_do(self) -> tuple[str, str, str]:
        """For who found the computer, for who works there, and how he begins anew."""
        return (
            self.tr("You found this computer? Give it back to {0}.").format(server_text(self._view.dealer)),
            self.tr(
                "You work there, and this is a mistake? Call the manufacturer: he has the orders that had not left, "
                "all others come back with a new desk. Drafts that were never sent are lost."
            ),
            self.tr("Ask for a new code, then connect a new desk: the files of this one are put aside."),
        )


def _handed_over(count: int) -> str:
    if count == 0:
        return QCoreApplication.translate("DepartedPage", "No order was waiting: nothing had to be handed over.")
    if count == 1:
        return QCoreApplication.translate(
            "DepartedPage", "1 order that had not left was handed over to the manufacturer, sealed."
        )
    words = QCoreApplication.translate(
        "DepartedPage", "{0} orders that had not left were handed over to the manufacturer, sealed."
    )
    return words.format(count)
