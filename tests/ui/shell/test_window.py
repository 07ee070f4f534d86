"""The window: every room by its key, language and colours live, palette, keys, quitting."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application import Application
from desktop_app.events import Notice, SyncStatusChanged
from desktop_app.settings import LANGUAGE, THEME, WINDOW
from tests.support.desks import TestDesk
from ui.async_bridge import Tasks
from ui.catalogue.catalogue_page import CataloguePage
from ui.conditions.conditions_page import ConditionsPage
from ui.page import Room
from ui.pick_sheet import PickSheet
from ui.shell import notice_area
from ui.shell.dialogs import QuitDialog
from ui.shell.keys_overlay import KeysOverlay
from ui.shell.palette import Palette
from ui.shell.window import ShellWindow
from ui.theme.look import Look
from ui.theme.tokens import DARK
from ui.translation import Translation
from ui.why.what_if_sheet import WhatIfSheet
from ui.widgets.notices import NoticeLine

SIZES = [(1280, 800), (1440, 900)]


@pytest.fixture
def window(
    application: Application, look: Look, translation: Translation, now: Callable[[], datetime], qtbot: QtBot
) -> Iterator[ShellWindow]:
    translation.use("en")
    made = ShellWindow(application, look, translation, Tasks(), now, practise=lambda: None)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.leave()


def press(window: ShellWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def title(window: ShellWindow) -> str:
    return window.page.crumbs()[-1].text


@pytest.mark.parametrize(
    ("digit", "words"),
    [
        (Qt.Key.Key_1, "Home"),
        (Qt.Key.Key_2, "Catalogue"),
        (Qt.Key.Key_3, "Orders"),
        (Qt.Key.Key_7, "Conditions"),
        (Qt.Key.Key_8, "Sync centre"),
        (Qt.Key.Key_9, "Settings"),
    ],
)
def test_alt_and_a_digit_open_a_room(window: ShellWindow, digit: Qt.Key, words: str) -> None:
    press(window, digit, Qt.KeyboardModifier.AltModifier)
    assert title(window) == words


def test_the_training_room_is_for_practice_only(window: ShellWindow) -> None:
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert title(window) == "Home"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_room_cuts_its_words(window: ShellWindow, look: Look, language: str, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.use_language(language)
    for room in (Room.HOME, Room.CATALOGUE, Room.CONDITIONS, Room.ORDERS, Room.SYNC, Room.SETTINGS):
        window.open_room(room)
        QApplication.processEvents()
        window.grab()
        assert (room, look.elisions) == (room, [])


class WindowsShown(QObject):
    """Notes each window that is shown: a widget shown before it has its place is one for a moment, and takes the keys
    with it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_rooms_and_a_new_order_open_no_window_beside(window: ShellWindow) -> None:
    watch = WindowsShown()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    for room in (Room.HOME, Room.CATALOGUE, Room.CONDITIONS, Room.ORDERS, Room.SYNC, Room.SETTINGS):
        window.open_room(room)
        QApplication.processEvents()
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert watch.shown == []
    assert QApplication.activeWindow() is window


def test_ctrl_n_begins_a_draft_that_is_on_disk(window: ShellWindow, application: Application, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    (draft,) = application.orders.drafts()
    assert draft.desk_no in title(window) or title(window) == "New order"


def test_the_language_is_switched_live_and_kept(window: ShellWindow, application: Application) -> None:
    window.open_room(Room.SETTINGS)
    window.use_language("fr")
    assert title(window) == "Réglages"
    assert application.settings.get(LANGUAGE) == "fr"
    window.use_language("en")
    assert title(window) == "Settings"


def test_the_colours_are_switched_live_and_kept(window: ShellWindow, application: Application, look: Look) -> None:
    window.open_room(Room.CATALOGUE)
    window.use_theme("dark")
    assert look.tokens is DARK
    assert title(window) == "Catalogue"
    assert application.settings.get(THEME) == "dark"


def test_f1_shows_the_keys_and_any_key_closes_them(window: ShellWindow) -> None:
    press(window, Qt.Key.Key_F1)
    (overlay,) = window.findChildren(KeysOverlay)
    assert overlay.isVisible()
    QTest.keyClick(overlay, Qt.Key.Key_A)
    assert not overlay.isVisible()


def test_the_palette_goes_to_rooms_orders_and_products(window: ShellWindow, application: Application) -> None:
    draft = application.orders.new_draft("Mairie")
    for text, words in (("catal", "Catalogue"), (draft.desk_no, "New order"), ("toner", "Catalogue")):
        press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        palette = next(found for found in window.findChildren(Palette) if found.isVisible())
        palette.edit.setText(text)
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
        assert words in title(window)


def run_from_palette(window: ShellWindow, text: str) -> None:
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = next(found for found in window.findChildren(Palette) if found.isVisible())
    palette.edit.setText(text)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)


def test_the_palette_opens_what_becomes_dearer_and_what_if(window: ShellWindow) -> None:
    run_from_palette(window, "becomes dearer")
    assert title(window) == "Conditions"
    assert isinstance(window.page, ConditionsPage)
    assert window.page.list.view == "dearer"
    run_from_palette(window, "what if")
    (pick,) = [found for found in window.findChildren(PickSheet) if found.isVisible()]
    pick.edit.setText("toner")
    QTest.keyClick(pick.edit, Qt.Key.Key_Return)
    (sheet,) = [found for found in window.findChildren(WhatIfSheet) if found.isVisible()]
    assert sheet.fields.question.sku == "TN1"


def test_a_product_s_conditions_and_a_condition_s_products_lead_to_each_other(window: ShellWindow) -> None:
    window.open_conditions("MF9")
    assert title(window) == "Conditions"
    window.open_products("TONER", "")
    assert isinstance(window.page, CataloguePage)
    assert window.page.facets.family == "TONER"
    assert window.page.model.total == 1


def test_the_palette_says_when_it_finds_nothing(window: ShellWindow) -> None:
    window.open_palette()
    palette = next(found for found in window.findChildren(Palette) if found.isVisible())
    palette.edit.setText("zzzzqqqq")
    assert palette.model.rowCount() == 0
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_refusal_becomes_one_notice_line(window: ShellWindow, application: Application) -> None:
    assert window.run(lambda: application.catalog.price("NO SUCH SKU")) is None
    (line,) = window.findChildren(NoticeLine)
    assert "Unknown product" in line.accessibleName()


def test_a_notice_of_the_core_replaces_the_one_before(window: ShellWindow, application: Application) -> None:
    for code in ("data-defects", "backup-failed"):
        application.events.publish(Notice(code, code, "warning"))
    QApplication.processEvents()
    (line,) = [found for found in window.findChildren(NoticeLine) if found.isVisible()]
    assert "backup" in line.accessibleName()


def test_the_status_bar_follows_the_connection(window: ShellWindow, application: Application) -> None:
    application.events.publish(SyncStatusChanged())
    assert "everything has left" in window._frame.status.words()


def queue_an_order(application: Application) -> None:
    draft = application.orders.new_draft()
    draft.add("TN1", 2)
    draft.submit()


def test_quitting_with_nothing_unsent_asks_nothing(window: ShellWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ended):
        window.close()


def test_quitting_with_an_unsent_order_says_how_many(
    window: ShellWindow, application: Application, qtbot: QtBot
) -> None:
    queue_an_order(application)
    with qtbot.assertNotEmitted(window.ended, wait=20):
        window.close()
    (dialog,) = window.findChildren(QuitDialog)
    with qtbot.waitSignal(window.ended):
        dialog.accept()


def test_staying_keeps_the_window(window: ShellWindow, application: Application) -> None:
    queue_an_order(application)
    window.close()
    (dialog,) = window.findChildren(QuitDialog)
    dialog.reject()
    assert window.isVisible()


def test_an_order_opens_as_dossier_a_draft_in_the_wizard(window: ShellWindow, application: Application) -> None:
    queue_an_order(application)
    (order,) = application.orders.list()
    window.open_order(order.order_id)
    assert title(window) == order.desk_no
    assert window.page.crumbs()[0].open is not None


def test_the_window_remembers_its_place(window: ShellWindow, desk: TestDesk, application: Application) -> None:
    window.resize(1100, 700)
    window.close()
    assert application.settings.get(WINDOW)
    restored = ShellWindow(application, window._look, window._translation, Tasks(), window._now, practise=lambda: None)
    assert restored.size().height() == 700
    restored.leave()


@pytest.mark.parametrize(
    ("left", "found"), [(Room.CATALOGUE, "Catalogue"), (Room.SETTINGS, "Home"), (Room.SYNC, "Sync centre")]
)
def test_the_window_opens_in_the_room_it_was_left_in(
    window: ShellWindow, application: Application, left: Room, found: str
) -> None:
    window.open_room(left)
    window.close()
    again = ShellWindow(application, window._look, window._translation, Tasks(), window._now, practise=lambda: None)
    assert title(again) == found
    again.leave()


def said(window: ShellWindow) -> list[str]:
    return [line.accessibleName() for line in window.findChildren(NoticeLine) if line.isVisible()]


@pytest.mark.parametrize("severity", ["done", "warning", "error"])
def test_what_was_said_about_a_page_goes_with_it(window: ShellWindow, severity: str) -> None:
    window.notify("Order B-2026-0001 is saved.", severity)
    assert said(window) == ["Order B-2026-0001 is saved."]
    window.open_room(Room.CATALOGUE)
    assert said(window) == []


def test_what_the_core_says_stays_on_every_page(window: ShellWindow, application: Application) -> None:
    application.events.publish(Notice("auth", "unauthorized", "error"))
    window.open_room(Room.CATALOGUE)
    assert len(said(window)) == 1


def test_good_news_goes_away_by_itself(window: ShellWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_area, "_SHORT_MS", 20)
    window.notify("Order B-2026-0001 is saved.", "done")
    qtbot.waitUntil(lambda: said(window) == [])


def test_the_focus_stays_where_it_was_when_the_language_changes(window: ShellWindow) -> None:
    window.open_room(Room.SETTINGS)
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    assert title(window) == "Settings"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "English"


def test_somebody_else_sits_down_by_the_keyboard_alone(window: ShellWindow, application: Application) -> None:
    application.people.sit_down("Nadia Perrot")
    button = window._frame.top.person
    assert (button.text(), button.accessibleName()) == ("Nadia Perrot", "At this desk: Nadia Perrot")
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(pick_sheet(window).edit, "Paul Leroy")
    assert choices(window) == [("Paul Leroy", "new at this desk")]
    press(window, Qt.Key.Key_Return)
    assert (application.people.here, button.text()) == ("Paul Leroy", "Paul Leroy")
    assert application.orders.get(application.orders.new_draft().order_id).author == "Paul Leroy"
    assert "Paul Leroy" in window._frame.status.accessibleName()


def test_the_list_of_people_begins_with_who_is_here_and_the_palette_opens_it(
    window: ShellWindow, application: Application
) -> None:
    for name in ("Paul Leroy", "Nadia Perrot"):
        application.people.sit_down(name)
    window.open_palette()
    palette = window.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.edit, "somebody")
    press(window, Qt.Key.Key_Return)
    assert choices(window) == [("Nadia Perrot", "at this desk now"), ("Paul Leroy", "")]
    assert pick_sheet(window).grid.currentIndex().row() == 0
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert application.people.here == "Paul Leroy"


def pick_sheet(window: ShellWindow) -> PickSheet:
    sheet = window.findChild(PickSheet)
    assert sheet is not None
    return sheet


def choices(window: ShellWindow) -> list[tuple[str, str]]:
    model = pick_sheet(window).model
    found = [model.row(place) for place in range(model.rowCount())]
    return [(one.words, one.note) for one in found if one is not None]
