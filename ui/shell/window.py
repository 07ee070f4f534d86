"""The main window: frame, rooms, navigation. It knows pages only as `Page` and makes them through `Rooms`."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from desktop_app.application import Application
from desktop_app.errors import ComptoirError, Offline
from desktop_app.events import Notice
from desktop_app.services.condition_views import PriceQuestion
from desktop_app.settings import LANGUAGE, ROOM, THEME
from ui.async_bridge import Tasks
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.page import (
    BeginsPractice,
    Page,
    Room,
    ShowsConditions,
    ShowsOrder,
    ShowsProduct,
    ShowsProducts,
    UiContext,
    WindowActions,
)
from ui.shell.frame import Frame
from ui.shell.page_stack import PageStack
from ui.shell.person_switch import PersonSwitch
from ui.shell.place import keep_place, restore_place
from ui.shell.rooms import Rooms, rail_entries
from ui.theme.look import Look
from ui.translation import Translation
from ui.widgets.logo import window_icon
from ui.widgets.practice_frame import PracticeFrame

_TICK_MS = 20_000
# What synchronisation has to say comes after the first picture of the room: its parts are imported for it.
_STATUS_AFTER_MS = 50


class ShellWindow(QMainWindow):
    """The window and the `Navigator` of its pages. `ended` once the person has decided to quit."""

    ended = Signal()

    def __init__(
        self,
        application: Application,
        look: Look,
        translation: Translation,
        tasks: Tasks,
        now: Callable[[], datetime],
        practise: Callable[[], None],
    ) -> None:
        super().__init__()
        self._application = application
        self._look = look
        self._translation = translation
        self._tasks = tasks
        self._now = now
        self._practise = practise
        self._bridge = EventBridge(application.events, self)
        self._room = Room(application.settings.get(ROOM))
        self._pages = PageStack(QStackedWidget())
        self._quitting = False
        self.setWindowTitle("Comptoir")
        self.setMinimumSize(1080, 680)
        self._watermark: PracticeFrame | None = None
        _bind_keys(self)
        self._bridge.sync_status_changed.connect(self._on_sync_status_changed)
        self._bridge.orders_changed.connect(self._on_sync_status_changed)
        self._bridge.person_changed.connect(self._on_sync_status_changed)
        self._bridge.notice_arrived.connect(self._on_notice_arrived)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_sync_status_changed)
        self._timer.start(_TICK_MS)
        self._soon = QTimer(self, singleShot=True, interval=_STATUS_AFTER_MS)
        self._soon.timeout.connect(self._on_sync_status_changed)
        restore_place(self, application.settings)
        self.rebuild()

    # What pages ask: see Navigator.

    def open_room(self, room: Room) -> None:
        """Show a room; on a fresh profile there is only the first start."""
        if not self._application.connected:
            return
        self._room = room
        self._show(room.value, room, lambda: self._rooms.room(room))

    def open_order(self, order_id: str) -> None:
        """Show the dossier of one order, made anew."""
        self._pages.forget("order")
        self._show("order", Room.ORDERS, lambda: self._rooms.order(order_id))

    def new_order(self, sku: str = "", quantity: int = 1) -> None:
        """Open the wizard on a new draft, with one line where a sku is given."""
        if not self._application.connected:
            return

        def begin() -> str:
            draft = self._application.orders.new_draft()
            if sku:
                draft.add(sku, quantity)
            return draft.order_id

        order_id = self.run(begin)
        if isinstance(order_id, str):
            self.open_wizard(order_id)

    def open_wizard(self, order_id: str) -> None:
        """Open the wizard on a draft."""
        self._pages.forget("wizard")
        self._show("wizard", Room.ORDERS, lambda: self._rooms.wizard(order_id))

    def open_changed_terms(self, order_id: str) -> None:
        """Show the sync centre at an order whose terms changed."""
        self.open_room(Room.SYNC)
        if isinstance(self.page, ShowsOrder):
            self.page.show_order(order_id)

    def open_product(self, sku: str) -> None:
        """Show a product in the catalogue."""
        self.open_room(Room.CATALOGUE)
        if isinstance(self.page, ShowsProduct):
            self.page.show_product(sku)

    def open_products(self, family: str = "", brand: str = "") -> None:
        """Show the catalogue narrowed to a family or a brand."""
        self.open_room(Room.CATALOGUE)
        if isinstance(self.page, ShowsProducts):
            self.page.show_products(family, brand)

    def open_conditions(self, sku: str = "", view: str = "") -> None:
        """Show what touches a product, or a view of the conditions."""
        self.open_room(Room.CONDITIONS)
        if isinstance(self.page, ShowsConditions):
            self.page.show_conditions(sku, view)

    def ask_price(self, question: PriceQuestion, apply: Callable[[int, str], None] | None = None) -> None:
        """Open "what if" over whatever is shown."""
        if self._application.connected:
            self._rooms.what_if(self._frame, question, apply).open_sheet()

    def notify(self, text: str, severity: str = "info", key: str = "") -> None:
        """One line under the top bar."""
        self._frame.notices.say(text, severity, key)

    def run(self, work: Callable[[], object]) -> object:
        """Call `work`; a refusal becomes a notice line and None."""
        try:
            return work()
        except ComptoirError as error:
            self.say_error(error)
            return None

    def try_now(self) -> None:
        """A sync round at once; the status bar tells what came of it."""
        if self._application.connected:
            self._tasks.start(self._application.sync.try_now(), failed=self.say_error)

    # The frame.

    def rebuild(self) -> None:
        """Make everything anew: at start, after connecting, and when language or colours change."""
        place = self._pages.focus_place()
        identity = self._application.identity
        self._practice = identity is not None and identity.practice
        self._formats = Formats(self._translation.language)
        self._context = UiContext(self._look, self._formats, self._bridge, self, self._now, self._practice)
        actions = WindowActions(self.use_language, self.use_theme, self.rebuild, self._practise)
        self._rooms = Rooms(self._application, self._context, self._tasks, actions)
        self.setWindowIcon(window_icon(self._practice))
        self.setWindowTitle(f"Comptoir · {identity.dealer}" if identity is not None else "Comptoir")
        self._build_frame(identity.dealer if identity is not None else "")
        if self._application.connected:
            self.open_room(self._room)
            self._soon.start()
        else:
            self._show("first-start", None, self._rooms.first_start)
        self._pages.restore_focus(place)

    def ask_any_price(self) -> None:
        """Choose a product, then "what if"."""
        self._rooms.pick_product(self._frame, lambda sku: self.ask_price(PriceQuestion(sku, 1)))

    def use_language(self, language: str) -> None:
        """Switch the language at once and keep the choice."""
        self.run(lambda: self._application.settings.set(LANGUAGE, language))
        self._translation.use(language)
        self.rebuild()

    def use_theme(self, theme: str) -> None:
        """Switch the colours at once and keep the choice."""
        self.run(lambda: self._application.settings.set(THEME, theme))
        self._look.use(theme)
        self.rebuild()

    def begin_practice(self) -> None:
        """Found the practice manufacturer of this very profile, seen from the first start page."""
        if isinstance(self.page, BeginsPractice):
            self.page.start_practice()

    def say_error(self, error: ComptoirError) -> None:
        """A refusal as a notice line."""
        from ui.wording import error_words

        title, message = error_words(error, self._formats)
        self._frame.notices.say(title, "offline" if error.code == "offline" else "error", error.code, message)

    def leave(self) -> None:
        """Go for good: the profile is being closed."""
        self._timer.stop()
        self._soon.stop()
        self._bridge.close()
        self._pages.close()
        self.hide()
        self.deleteLater()

    def come_to_front(self) -> None:
        """Another start on this profile asked for this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self._pages.current
        assert page is not None
        return page

    def closeEvent(self, event: QCloseEvent) -> None:
        """Unsent orders are named; nothing else is asked."""
        unsent = 0 if self._quitting else _unsent(self._application)
        if unsent:
            # Shown, not executed: a nested event loop inside a coroutine would kill the other tasks.
            event.ignore()
            from ui.shell.dialogs import QuitDialog

            dialog = QuitDialog(self._look, unsent, self, self._application.sync.status().held)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(self._on_quit_accepted)
            dialog.open()
            return
        self.run(lambda: keep_place(self, self._room, self._application.settings))
        self._timer.stop()
        event.accept()
        self.ended.emit()

    def _build_frame(self, dealer: str) -> None:
        frame = Frame(self._look, dealer, practice=self._practice, connected=self._application.connected)
        if frame.band is not None:
            frame.band.again.connect(lambda: self.open_room(Room.TRAINING))
            frame.band.left.connect(self.close)
        frame.rail.chosen.connect(self.open_room)
        frame.top.palette_wanted.connect(self.open_palette)
        frame.top.keys_wanted.connect(self.show_keys)
        self.person = PersonSwitch(self._application, self._context, frame)
        self._pages.close()
        self._frame, self._pages = frame, PageStack(frame.stack)
        self.setCentralWidget(frame)
        if self._watermark is not None:
            self._watermark.deleteLater()
            self._watermark = None
        if self._practice:
            self._watermark = PracticeFrame(self._look, self, self.tr("PRACTICE"))
            self._watermark.show()
            self._watermark.raise_()

    def _show(self, name: str, room: Room | None, make: Callable[[], Page]) -> Page:
        self._frame.notices.leave_page()
        page = self._pages.show(name, partial(self._made, make))
        if room is not None:
            self._frame.rail.set_current(room)
        self._frame.top.show_crumbs(page.crumbs())
        page.on_shown()
        if self._watermark is not None:
            self._watermark.raise_()
        return page

    def _made(self, make: Callable[[], Page]) -> Page:
        page = make()
        page.crumbs_changed.connect(self._on_crumbs_changed)
        return page

    def _quit(self) -> None:
        self.close()

    def _open_by_digit(self, room: Room) -> None:
        if room is not Room.TRAINING or self._practice:
            self.open_room(room)

    def open_palette(self) -> None:
        """Ctrl+K."""
        if self._application.connected:
            from ui.shell.palette import Palette
            from ui.shell.palette_entries import PaletteEntries

            entries = PaletteEntries(self._application, self._context, self)
            Palette(self._look, self._frame, entries.find).open_palette()

    def show_keys(self) -> None:
        """F1: the keys of this page and of the program."""
        from ui.shell.keys_overlay import KeysOverlay, always

        title = self.page.crumbs()[-1].text if self.page.crumbs() else ""
        KeysOverlay(self._look, self._frame, title, self.page.keys(), always()).open_sheet()

    def _on_quit_accepted(self) -> None:
        self._quitting = True
        self.close()

    def _on_crumbs_changed(self) -> None:
        if self._pages.current is not None:
            self._frame.top.show_crumbs(self._pages.current.crumbs())

    def _on_sync_status_changed(self, *_: object) -> None:
        if not self._application.connected:
            return
        from ui.shell.status_words import status_words, who_words

        status = self._application.sync.status()
        if status.online:
            self._frame.notices.forget(Offline.code)
        if not status.reason:
            self._frame.notices.forget("connection")
        identity = self._application.identity
        words = status_words(status, self._formats, self._now(), practice=self._practice)
        self._frame.status.show_words(words, who_words(identity) if identity is not None else "")
        self._frame.rail.set_count(Room.ORDERS, status.attention)
        self._frame.rail.set_count(Room.SYNC, status.attention + (0 if status.online else status.waiting))

    def _on_notice_arrived(self, notice: Notice) -> None:
        from ui.wording import notice_words

        words = notice_words(notice, self._formats)
        if words is not None:
            self._frame.notices.say(words[0], notice.severity, notice.key, words[1], lasting=True)


def _unsent(application: Application) -> int:
    if not application.connected:
        return 0
    status = application.sync.status()
    return status.waiting + status.held


def _bind_keys(window: ShellWindow) -> None:
    bindings: list[tuple[str, Callable[[], None]]] = [
        ("Ctrl+N", window.new_order),
        ("Ctrl+K", window.open_palette),
        ("F1", window.show_keys),
        ("F5", window.try_now),
        ("Ctrl+Q", window._quit),
    ]
    for entry in rail_entries(practice=True):
        bindings.append((f"Alt+{entry.digit}", partial(window._open_by_digit, entry.room)))
    for keys, action in bindings:
        QShortcut(QKeySequence(keys), window).activated.connect(action)
