"""Settings: language and colours at once, the name on orders, text size, the connection, the data folder, about."""

from decimal import Decimal

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from desktop_app.application import Application
from desktop_app.services.people import LONGEST_NAME
from desktop_app.settings import LANGUAGE, TEXT_SIZE, THEME
from ui.async_bridge import Tasks
from ui.formats import server_text
from ui.page import Crumb, Page, UiContext, WindowActions
from ui.settings.about import credits
from ui.settings.recovery_card import RecoveryCard
from ui.settings.second_folder_card import SecondFolderCard
from ui.settings.sign_in_again import SignInAgain
from ui.settings.terms_rule import TermsRuleCard
from ui.settings.unreadable_rows import UnreadableRowsPart
from ui.theme.look import Look
from ui.theme.tokens import BODY, MEDIUM, PAGE_MARGIN
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card, scrolling
from ui.widgets.choices import SegmentedChoice
from ui.widgets.fields import LineField
from ui.widgets.text import Text, body, column, row, section, small

_SIZES = ("100", "125", "150", "200")


class SettingsPage(Page):
    """Every choice is kept the moment it is made."""

    def __init__(self, context: UiContext, application: Application, tasks: Tasks, actions: WindowActions) -> None:
        super().__init__(context)
        self._application, self._tasks, self._actions = application, tasks, actions
        settings, look = application.settings, context.look
        self.language = SegmentedChoice(
            look,
            (("", self.tr("As the system")), ("fr", "Français"), ("en", "English")),
            settings.get(LANGUAGE),
            self.tr("Language"),
        )
        self.theme = SegmentedChoice(
            look,
            (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            settings.get(THEME),
            self.tr("Colours"),
        )
        sizes = tuple((size, context.formats.percent(Decimal(size))) for size in _SIZES)
        self.text_size = SegmentedChoice(look, sizes, str(settings.get(TEXT_SIZE)), self.tr("Text size"))
        self.author = LineField(look, self.tr("First name and name"), application.people.here, LONGEST_NAME)
        self.author.setFixedWidth(280)
        self.author.setAccessibleName(self.tr("Your name on orders"))
        self.language.chosen.connect(self._actions.use_language)
        self.theme.chosen.connect(self._actions.use_theme)
        self.text_size.chosen.connect(self._on_size_chosen)
        self.author.editingFinished.connect(self._on_author_finished)
        context.signals.person_changed.connect(self.author.setText)
        self.terms_rule = TermsRuleCard(context, settings)
        self._lay_out()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Settings")),)

    def on_shown(self) -> None:
        """The name as it is kept; the first field has the focus."""
        self.author.setText(self._application.people.here)
        self.author.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.context.practice:
            self.second_folder.show_state()

    def _lay_out(self) -> None:
        look = self.context.look
        choices = Card(
            section(look, self.tr("This desk")),
            _line(look, self.tr("Your name on orders"), self.author),
            _line(look, self.tr("Language"), self.language),
            _line(look, self.tr("Colours"), self.theme),
            _line(look, self.tr("Text size"), self.text_size, self.tr("From the next start on.")),
            spacing=14,
            margin=20,
        )
        content = QWidget()
        content.setMaximumWidth(920)
        content.setLayout(
            column(
                choices, self.terms_rule, self._connection(), *self._recovery(), self._data(), self._about(), None,
                spacing=16, margins=(PAGE_MARGIN, 24, PAGE_MARGIN, 24),
            )
        )  # fmt: skip
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _connection(self) -> Card:
        look, identity = self.context.look, self._application.identity
        assert identity is not None
        manufacturer = server_text(identity.manufacturer)
        if identity.practice:
            manufacturer = self.tr("Practice manufacturer on this computer")
        self.sign_in = SignInAgain(self.context, self._application, self._tasks)
        if identity.practice:
            # The practice manufacturer lets its own desk in without a code.
            self.sign_in.hide()
        return Card(
            section(look, self.tr("Connection")),
            _fact(look, self.tr("Manufacturer"), manufacturer),
            _fact(look, self.tr("Account"), server_text(f"{identity.dealer} ({identity.account})")),
            _fact(look, self.tr("Address"), server_text(identity.server_url)),
            self.sign_in,
            spacing=8,
            margin=20,
        )

    def _recovery(self) -> tuple[QWidget, ...]:
        """Nothing in practice: there is nothing to lose."""
        if self.context.practice:
            return ()
        self.recovery = RecoveryCard(self.context, self._application)
        self.second_folder = SecondFolderCard(self.context, self._application)
        return (self.recovery, self.second_folder)

    def _data(self) -> Card:
        look, path = self.context.look, str(self._application.paths.root)
        self._open_folder = KeyButton(look, self.tr("Open the folder"), kind="secondary", icon="folder-open")
        self._open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        copy = KeyButton(look, self.tr("Copy the path"), kind="secondary", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(path))
        where = body(look, path, wrap=True)
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words = self.tr("Orders and conditions lie in desk.db, encrypted; the catalogue can be read again at any time.")
        if self.context.practice:
            words = self.tr("Practice data only: nothing in this folder is confidential.")
        return Card(
            section(look, self.tr("Data folder")),
            where,
            small(look, words, wrap=True),
            row(self._open_folder, copy, None),
            UnreadableRowsPart(self.context, self._application),
            spacing=8,
            margin=20,
        )

    def _about(self) -> Card:
        look = self.context.look
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, (part, source) in enumerate(credits()):
            grid.addWidget(Text(look, part, BODY, MEDIUM), place, 0)
            grid.addWidget(body(look, source, wrap=True), place, 1)
        return Card(section(look, self.tr("About")), grid, spacing=12, margin=20)

    def _on_size_chosen(self, size: str) -> None:
        self.context.navigator.run(lambda: self._application.settings.set(TEXT_SIZE, int(size)))
        self.context.navigator.notify(self.tr("The new text size holds from the next start on."), "info", "size")

    def _on_author_finished(self) -> None:
        name = " ".join(self.author.text().split())
        people = self._application.people
        if name != people.here:
            self.context.navigator.run(lambda: people.sit_down(name))
        self.context.signals.sync_status_changed.emit()


def _line(look: Look, label: str, field: QWidget, note: str = "") -> QLayout:
    """A label at the left, its field at the right."""
    words = Text(look, label, BODY, MEDIUM)
    words.setFixedWidth(200)
    words.setBuddy(field)
    layout = row(words, field, spacing=16)
    if note:
        layout.addWidget(small(look, note))
    layout.addStretch(1)
    return layout


def _fact(look: Look, label: str, value: str) -> QLayout:
    words = Text(look, label, BODY, MEDIUM)
    words.setFixedWidth(200)
    fact = body(look, value, tone="ink", wrap=True)
    layout = QHBoxLayout()
    layout.setSpacing(16)
    layout.addWidget(words)
    layout.addWidget(fact, 1)
    return layout
