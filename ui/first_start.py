"""The first start of a profile: practise, or connect to a manufacturer and keep the recovery code. Progress in numbers,
refusals in words.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.application import Application
from desktop_app.errors import CodeInvalid, ComptoirError
from desktop_app.events import SyncProgress
from ui.async_bridge import Tasks
from ui.page import Crumb, Page, UiContext, WindowActions
from ui.progress_words import progress_words
from ui.theme import painting
from ui.theme.look import Look
from ui.theme.tokens import FIGURE, SECTION, SEMIBOLD
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.fields import LineField, labelled
from ui.widgets.logo import Logo
from ui.widgets.notices import NoticeLine, ProgressLine
from ui.widgets.text import Text, body, clear, column, row, section
from ui.wording import error_words

_WIDTH = 760


class BigChoice(QAbstractButton):
    """A large card with icon, words, an explanation and its key."""

    def __init__(self, look: Look, icon: str, words: str, detail: tuple[str, ...], key: str) -> None:
        super().__init__()
        self._look, self._icon, self._detail, self._key = look, icon, detail, key
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(" ".join(detail))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setShortcut(key)

    def sizeHint(self) -> QSize:
        """Half the width."""
        return QSize(_WIDTH // 2 - 12, 196)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover shows."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover ends."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, icon, words, explanation, cap."""
        painter = QPainter(self)
        painting.smooth(painter)
        look, tokens, rect = self._look, self._look.tokens, QRectF(self.rect())
        strong = self.hasFocus() or self.underMouse()
        painting.box(painter, rect, 8, tokens.surface, tokens.accent if strong else tokens.line2, 2 if strong else 1)
        look.icons.paint(painter, 24, 24, self._icon, 36, tokens.accent)
        painting.caps(painter, look, rect.width() - 44, 40, (self._key,))
        words = QRectF(24, 72, rect.width() - 48, 24)
        painting.text(painter, look, words, self.text(), tokens.ink, SECTION, SEMIBOLD)
        for place, line in enumerate(self._detail):
            painting.text(painter, look, QRectF(24, 104 + 22 * place, rect.width() - 48, 20), line, tokens.ink2)
        painter.end()


class FirstStartPage(Page):
    """Choose, type address and code, watch the first synchronisation, keep the recovery code.

    Nothing is written before the desk is connected; from then on the code can be put off.
    """

    def __init__(self, context: UiContext, application: Application, tasks: Tasks, actions: WindowActions) -> None:
        super().__init__(context)
        self._application, self._tasks, self._actions = application, tasks, actions
        look = context.look
        self._steps = QStackedWidget()
        self._steps.addWidget(self._choose())
        self._steps.addWidget(self._connect_form())
        self._steps.addWidget(self._progress_view())
        self._trouble = QVBoxLayout()
        self._languages = self._language_links()
        head = row(Logo(look, 40), Text(look, "Comptoir", FIGURE, SEMIBOLD), None, self._languages, spacing=14)
        centre = QWidget()
        centre.setFixedWidth(_WIDTH)
        centre.setLayout(column(None, head, 8, self._trouble, self._steps, None, None, spacing=16))
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(centre)
        layout.addStretch(1)
        context.signals.sync_progress.connect(self._on_sync_progress)

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Welcome")),)

    def on_shown(self) -> None:
        """The first choice has the focus."""
        self.practise.setFocus()

    def start_practice(self) -> None:
        """Found the practice manufacturer and join it."""
        self._begin(self.tr("The practice manufacturer is being set up"))
        self._tasks.start(self._application.practice.start(), self._on_joined, self._on_failed)

    def connect_desk(self) -> None:
        """Join the manufacturer at the typed address."""
        url, code = self.address.text().strip(), self.code.text().strip()
        missing = (
            (self.address, url, self.tr("The address of the manufacturer's server is missing.")),
            (self.code, code, self.tr("The one-time code is missing.")),
        )
        for field, text, words in missing:
            if not text:
                self._complain(words, "", field)
                return
        if "://" not in url:
            url = f"https://{url}"
        self._begin(self.tr("Connecting"))
        author = " ".join(self.author.text().split())
        self._tasks.start(self._application.connection.connect(url, code, author), self._on_joined, self._on_failed)

    def _choose(self) -> QWidget:
        look = self.context.look
        self.practise = BigChoice(
            look,
            "graduation-cap",
            self.tr("Practise"),
            (
                self.tr("47,551 real products, invented prices."),
                self.tr("A manufacturer of your own on this computer:"),
                self.tr("nothing you do here reaches anybody."),
            ),
            "1",
        )
        self.practise.clicked.connect(self._actions.practise)
        self.join = BigChoice(
            look,
            "handshake",
            self.tr("Connect to a manufacturer"),
            (
                self.tr("You need the address and the one-time code"),
                self.tr("that the manufacturer gave you."),
                self.tr("Your conditions and the catalogue come by themselves."),
            ),
            "2",
        )
        self.join.clicked.connect(lambda: self._show_step(1, self.address))
        words = body(look, self.tr("The order desk that works with the network cable out. How do you want to begin?"))
        choices = row(self.practise, self.join, spacing=24)
        holder = QWidget()
        holder.setLayout(column(words, 4, choices, None, spacing=12))
        return holder

    def _connect_form(self) -> QWidget:
        look = self.context.look
        self.address = LineField(look, "https://", max_length=300)
        self.code = LineField(look, self.tr("as the manufacturer wrote it"), max_length=100)
        self.author = LineField(look, self.tr("First name and name"), max_length=80)
        go = KeyButton(look, self.tr("Connect"), kind="primary", keys="Return", bind=False)
        back = KeyButton(look, self.tr("Back"), kind="main", keys="Esc")
        go.clicked.connect(self.connect_desk)
        back.clicked.connect(lambda: self._show_step(0, self.join))
        for field in (self.address, self.code, self.author):
            field.returnPressed.connect(self.connect_desk)
        return Card(
            section(look, self.tr("Connect to a manufacturer")),
            labelled(look, self.tr("Address of the manufacturer's server"), self.address),
            labelled(look, self.tr("One-time code"), self.code),
            labelled(look, self.tr("Your name, as it stands on orders (may stay empty)"), self.author),
            8,
            row(go, back, None),
            spacing=12,
            margin=24,
        )

    def _progress_view(self) -> QWidget:
        look = self.context.look
        self.progress = ProgressLine(look)
        note = body(look, self.tr("After this everything works without a network too."))
        holder = QWidget()
        holder.setLayout(column(Card(self.progress, note, spacing=12, margin=24), None))
        return holder

    def _language_links(self) -> QWidget:
        look, links, holder = self.context.look, QWidget(), QHBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        for code, name in (("fr", "Français"), ("en", "English")):
            link = KeyButton(look, name, kind="link")
            link.setEnabled(code != self.context.formats.language)
            link.clicked.connect(lambda _checked=False, code=code: self._use_language(code))
            holder.addWidget(link)
        links.setLayout(holder)
        return links

    def _use_language(self, language: str) -> None:
        self._actions.use_language(language)

    def _show_step(self, step: int, focus: QWidget) -> None:
        clear(self._trouble)
        self._steps.setCurrentIndex(step)
        focus.setFocus()

    def _begin(self, words: str) -> None:
        clear(self._trouble)
        self._came_from = self._steps.currentIndex()
        self.progress.show_progress(words, "", 0, 0)
        self._steps.setCurrentIndex(2)

    def _on_sync_progress(self, progress: SyncProgress) -> None:
        words, numbers = progress_words(progress, self.context.formats)
        self.progress.show_progress(words, numbers, progress.done, progress.total)

    def _on_joined(self, _: object) -> None:
        if not self._application.recovery.possible:
            self._enter()
            return
        # Printing is loaded by whoever makes a code.
        from ui.recovery_code import RecoveryCodeView

        # Another language makes the window anew, and the code would be gone.
        self._languages.hide()
        self.recovery = RecoveryCodeView(self.context, self._application)
        self.recovery.kept.connect(self._enter)
        self.recovery.put_off.connect(self._enter)
        self._show_step(self._steps.addWidget(self.recovery), self.recovery.last_group)

    def _enter(self) -> None:
        """The desk opens, and begins to synchronise by itself."""
        self._actions.rebuild()
        self._tasks.start(self._application.start())

    def _on_failed(self, error: ComptoirError) -> None:
        words, detail = error_words(error, self.context.formats)
        self._steps.setCurrentIndex(self._came_from)
        at_code = isinstance(error, CodeInvalid)
        field = self.code if at_code else self.address
        self._complain(words, detail, field if self._came_from == 1 else self.practise)

    def _complain(self, words: str, detail: str, focus: QWidget) -> None:
        clear(self._trouble)
        self._trouble.addWidget(NoticeLine(self.context.look, "error", words, detail))
        focus.setFocus()
