"""Shown in place of the desk when it does not open any more: what is lost, what there is to put it back with, and the
button that does it.
"""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.errors import ComptoirError
from desktop_app.services.recovery_service import Findings, Recovered, RecoveryService
from ui.formats import Formats
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, ground
from ui.widgets.fields import LineField, labelled
from ui.widgets.logo import Logo, window_icon
from ui.widgets.notices import NoticeLine
from ui.widgets.states import Icon
from ui.widgets.text import Item, Text, body, clear, column, row, section, small
from ui.wording import error_words

_WIDTH, _HEIGHT, _CODE_WIDTH = 760, 520, 480


class RecoveryPage(QDialog):
    """A window of its own, because there is no desk behind it. Accepted: the desk opens again."""

    def __init__(self, look: Look, formats: Formats, service: RecoveryService, findings: Findings) -> None:
        super().__init__()
        self._look, self._formats, self._service, self._findings = look, formats, service, findings
        self.setWindowTitle("Comptoir")
        self.setWindowIcon(window_icon(practice=False))
        self.setMinimumSize(_WIDTH, _HEIGHT)
        ground(self, "paper")
        self._trouble = QVBoxLayout()
        self._steps = QStackedWidget()
        self._steps.addWidget(self._question())
        head = row(Logo(look, 40), Text(look, "Comptoir", FIGURE, SEMIBOLD), None, spacing=14)
        self.setLayout(column(head, self._trouble, self._steps, None, spacing=16, margins=(32, 28, 32, 28)))
        (self.code if findings.needs_code else self.put_back_button).setFocus()

    def put_back(self) -> None:
        """Do it; a refusal is said and leaves everything as it was."""
        clear(self._trouble)
        code = self.code.text().strip()
        if self._findings.needs_code and not code:
            self._trouble.addWidget(NoticeLine(self._look, "error", self.tr("The recovery code is missing.")))
            self.code.setFocus()
            return
        try:
            recovered = self._service.recover(code=code)
        except ComptoirError as error:
            self._trouble.addWidget(NoticeLine(self._look, "error", *error_words(error, self._formats)))
            self.code.setFocus()
            return
        self._steps.setCurrentIndex(self._steps.addWidget(self._answer(recovered)))
        self.open_button.setFocus()

    def _question(self) -> QWidget:
        look = self._look
        self.code = LineField(look, "0000-0000-0000-0000-0000-0000-0000", max_length=60)
        self.code.setFixedWidth(_CODE_WIDTH)
        self.code.returnPressed.connect(self.put_back)
        code = labelled(look, self.tr("Recovery code, as it was printed"), self.code)
        code.setVisible(self._findings.needs_code)
        self.put_back_button = KeyButton(look, self.tr("Put back"), kind="primary", keys="Return", bind=False)
        self.put_back_button.clicked.connect(self.put_back)
        leave = KeyButton(look, self.tr("Close"), kind="main", keys="Esc", bind=False)
        leave.clicked.connect(self.reject)
        folder = KeyButton(look, self.tr("Open the folder"), kind="main", icon="folder-open")
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._service.folder))))
        return _at_the_top(
            section(look, self._heading()),
            *(self._fact(*fact) for fact in self._facts()),
            code,
            small(look, self._promise(), wrap=True),
            8,
            row(self.put_back_button, leave, None, folder),
        )

    def _answer(self, recovered: Recovered) -> QWidget:
        look = self._look
        self.open_button = KeyButton(look, self.tr("Open Comptoir"), kind="primary", keys="Return", bind=False)
        self.open_button.clicked.connect(self.accept)
        return _at_the_top(
            section(look, self.tr("This desk is put back")),
            *(self._fact(icon, tone, words) for icon, tone, words in self._done(recovered)),
            8,
            row(self.open_button, None),
        )

    def _fact(self, icon: str, tone: str, words: str) -> QWidget:
        holder = QWidget()
        layout = row(Icon(self._look, icon, 20, tone), spacing=12)
        layout.addWidget(body(self._look, words, tone="ink", wrap=True), 1)
        holder.setLayout(layout)
        return holder

    # --- words ----------------------------------------------------------------------------------------------------

    def _heading(self) -> str:
        if self._findings.needs_code:
            return self.tr("This computer has lost the key of this desk")
        trouble = self._findings.trouble
        if trouble is not None and trouble.params.get("reason") == "desk-missing":
            return self.tr("The file with the orders of this desk is gone")
        return self.tr("The file with the orders of this desk cannot be read any more")

    def _facts(self) -> list[tuple[str, str, str]]:
        """What there is to put the desk back with: icon, tone, words."""
        found = self._findings
        facts = []
        if found.needs_code:
            words = self.tr(
                "Your recovery code opens it again. After that, sign in with a new code of the manufacturer."
            )
            facts.append(("key", "accent", words))
        if found.backups:
            words = self.tr("There is a backup of {0}.").format(self._moment(found.backups[0][1]))
            facts.append(("check-circle", "green", words))
        elif not found.needs_code:
            words = self.tr(
                "There is no backup: an empty file is begun. Drafts are lost; what the manufacturer has comes back."
            )
            facts.append(("warning", "amber", words))
        if found.copies:
            facts.append(("check-circle", "green", _copies(found.copies)))
        return facts

    def _promise(self) -> str:
        if self._findings.needs_code:
            return self.tr(
                "Nothing is deleted. An order that comes back is looked up before it is sent: none leaves twice."
            )
        return self.tr(
            "Nothing is deleted: the present file is kept in the folder. An order that comes back is looked up before "
            "it is sent: none leaves twice."
        )

    def _done(self, recovered: Recovered) -> list[tuple[str, str, str]]:
        done = []
        if recovered.key:
            done.append(("key", "green", self.tr("The key is back. Sign in again in the settings, with a new code.")))
        if recovered.backup:
            done.append(("check-circle", "green", self.tr("The backup is in place.")))
        if recovered.anew:
            done.append(
                ("check-circle", "green", self.tr("An empty file is begun; the first synchronisation fills it."))
            )
        if looked_up := recovered.orders - recovered.elsewhere:
            done.append(("check-circle", "green", _orders_back(looked_up)))
        if recovered.held:
            done.append(("warning", "amber", _held(recovered.held)))
        if recovered.elsewhere:
            done.append(("warning", "amber", _elsewhere(recovered.elsewhere)))
        if recovered.unreadable:
            words = self.tr("{0} copies are sealed to another key and stay where they are.").format(
                recovered.unreadable
            )
            done.append(("warning", "amber", words))
        return done

    def _moment(self, moment: datetime) -> str:
        local = self._formats.local(moment)
        return self.tr("{0} at {1}").format(self._formats.day(local.date(), year=True), self._formats.time(moment))


def _at_the_top(*items: Item) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(Card(*items, spacing=12, margin=24), None))
    return holder


def _copies(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("RecoveryPage", "1 order that had not left is in the second copy.")
    words = QCoreApplication.translate("RecoveryPage", "{0} orders that had not left are in the second copy.")
    return words.format(count)


def _orders_back(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("RecoveryPage", "1 order that had not left is back.")
    return QCoreApplication.translate("RecoveryPage", "{0} orders that had not left are back.").format(count)


def _elsewhere(count: int) -> str:
    translate = QCoreApplication.translate
    if count == 1:
        return translate(
            "RecoveryPage", "1 order was in the second folder only and is held: look at it, then let it go."
        )
    return translate(
        "RecoveryPage", "{0} orders were in the second folder only and are held: look at them, then let them go."
    ).format(count)


def _held(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate(
            "RecoveryPage", "1 order of the backup is held: it was answered or taken back since. Look at it."
        )
    words = QCoreApplication.translate(
        "RecoveryPage", "{0} orders of the backup are held: they were answered or taken back since. Look at them."
    )
    return words.format(count)
