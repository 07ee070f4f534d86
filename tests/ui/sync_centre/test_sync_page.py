"""The sync centre by keyboard: what waits and why, acts on it, and the answer to changed terms."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.application import Application
from desktop_app.domain.order import DeliveryState, Status
from tests.support.desks import TestDesk, connected_desk
from tests.support.keyboard import focus, press, settle, shown
from tests.support.server import filled_server, import_files, small_catalogue, start_server
from tests.support.worked_example import FILES
from ui.event_bridge import EventBridge
from ui.models.differences_model import DIFFERENCE, EFFECT, LINE, THEIRS, YOURS
from ui.page import UiContext
from ui.sync_centre import sync_page
from ui.sync_centre.effect_bar import EffectBar
from ui.sync_centre.request_card import mail_address
from ui.sync_centre.sync_page import SyncPage
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine

DEARER = FILES["products.csv"].replace("148.37", "158.37").replace("19.99", "18.99")


@contextmanager
def opened(context: UiContext, application: Application) -> Iterator[SyncPage]:
    page = SyncPage(context, application.sync, application.orders, application.second_copy.view)
    with shown(page):
        page.on_shown()
        settle()
        yield page


def queue(page: SyncPage) -> list[str]:
    return [str(page.model.index(place).data()) for place in range(page.model.rowCount())]


def acts(page: SyncPage) -> dict[str, KeyButton]:
    """The buttons beside the order that is shown, by their words."""
    return {button.text(): button for button in page._right.findChildren(KeyButton) if button.isVisible()}


def banner(page: SyncPage) -> str:
    (line,) = page.banner.findChildren(NoticeLine)
    return line.accessibleName()


def test_what_waits_stands_in_parts_and_can_be_held_and_let_go(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    first = make_order("Lycée Bonaparte")
    application.orders.hold(make_order("Étude Vannier"))
    with opened(context, application) as page:
        assert [words.rpartition(" ")[0] for words in queue(page) if "," not in words] == [
            "Leaving",
            "Held back by you",
        ]
        assert focus() is page.queue
        assert page.queue.current_id() == first
        page._on_act_wanted(first, "hold")
        settle()
        assert application.orders.get(first).summary.delivery_state is DeliveryState.HELD
        assert len([words for words in queue(page) if "," not in words]) == 1


def test_one_order_can_be_tried_now_while_the_others_keep_their_time(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    first, second = make_order(), make_order()
    later = context.now() + timedelta(hours=1)
    connection = application._connected().database.connection
    connection.execute("UPDATE outbox SET state = 'waiting', next_try = ?", (later.isoformat(),))
    with opened(context, application) as page:
        assert page.queue.choose(second)
        settle()
        acts(page)["Try this one"].click()
        settle()
        tries = {row.order_id: row.next_try for row in application.sync.queue()}
        assert tries[first] is not None
        assert tries[second] is None
        application.orders.hold(second)
        page.show_order(second)
        settle()
        assert "Hold back" not in acts(page)
        assert "Try this one" not in acts(page)


def test_many_changes_at_once_are_read_once_and_the_last_is_not_missed(
    context: UiContext, application: Application, make_order: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_page, "_REST_MS", 40)
    with opened(context, application) as page:
        status = Mock(wraps=application.sync.status)
        monkeypatch.setattr(application.sync, "status", status)
        for number in range(30):
            make_order(f"BC-{number}")
        assert status.call_count < 15
        QTest.qWait(100)
        assert len(queue(page)) == 31


def test_of_a_very_long_queue_the_first_are_listed_and_the_rest_counted(
    context: UiContext, application: Application, make_order: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_page, "_LISTED", 2)
    for _ in range(4):
        last = make_order()
    application.orders.hold(last)
    with opened(context, application) as page:
        assert [words for words in queue(page) if "," not in words] == [
            "Leaving 3",
            "and 2 more",
            "Held back by you 1",
        ]


def test_where_nothing_waits_the_way_to_try_now_has_the_focus(context: UiContext, application: Application) -> None:
    with opened(context, application) as page:
        button = focus()
        assert isinstance(button, KeyButton)
        assert button.text() == "Try now"
        assert page.banner.isAncestorOf(button)


def test_return_opens_the_order_that_waits(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order()
    with opened(context, application):
        press("Return")
    assert navigator.asked[-1] == ("order", order_id)


def test_the_banner_offers_a_try_and_the_report(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order("BC-7")
    number = application.orders.get(order_id).summary.desk_no
    with opened(context, application) as page:
        copy, again = page.banner.findChildren(KeyButton)
        copy.click()
        assert number in QGuiApplication.clipboard().text()
        again.click()
        assert ("try",) in navigator.asked
        assert "1 order is leaving" in banner(page)


def test_a_much_smaller_catalogue_can_be_taken_from_the_banner(
    context: UiContext, application: Application, navigator: Any
) -> None:
    status = replace(application.sync.status(), reason="catalogue-shrinks")
    with opened(context, application) as page:
        page.banner.show_status(status)
        settle()
        take, *others = page.banner.findChildren(KeyButton)
        assert "much smaller" in banner(page)
        assert len(others) == 2
        take.click()
        assert application._connected().state.get("catalogue-consent") == "yes"
        assert navigator.asked[-1] == ("try",)


def test_a_desk_that_must_sign_in_again_is_told_so_and_what_to_do(context: UiContext, application: Application) -> None:
    status = replace(application.sync.status(), online=False, reason="unauthorized")
    with opened(context, application) as page:
        page.banner.show_status(status)
        settle()
        assert "sign in again" in banner(page)
        assert "new code" in banner(page)


def test_a_program_that_is_too_old_names_the_version_to_install_and_keeps_the_orders(
    context: UiContext, application: Application
) -> None:
    told = application.sync.status()
    with opened(context, application) as page:
        for minimum, words in (("0.3<b>", "Install version 0.3<b> or later"), ("", "Install a newer version")):
            status = replace(told, online=False, reason="client-too-old", params={"minimum": minimum})
            page.banner.show_status(status)
            settle()
            assert "too old for the manufacturer's server" in banner(page)
            assert words in banner(page)
            assert "Your orders are kept here" in banner(page)


def test_an_empty_queue_says_so_and_the_ages_stay(context: UiContext, application: Application) -> None:
    with opened(context, application) as page:
        assert queue(page) == []
        assert page._right.currentIndex() == 0
        names = {line.accessibleName().partition(":")[0] for line in page.ages.findChildren(QWidget)}
        assert {"Products and prices", "Your conditions", "Stock"} <= names


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[tuple[TestDesk, str, Path]]:
    """A desk whose order met other prices: one dearer, one cheaper."""
    data = filled_server(tmp_path / "server", tmp_path / "files")
    with start_server(data) as server:
        desk = connected_desk(tmp_path / "desk", server.url, data)
        order_id = desk.order(reference="Clinique Saint-Lazare").summary.order_id
        report = import_files(data, small_catalogue(tmp_path / "dearer", products=DEARER))
        assert report.exit_code == 0
        desk.round()
        yield desk, order_id, data


@pytest.fixture
def at_terms(changed: tuple[TestDesk, str, Path], context: UiContext) -> Iterator[tuple[SyncPage, Application, str]]:
    """The sync centre at that order."""
    desk, order_id, _ = changed
    with desk.opened() as application:
        bridge = EventBridge(application.events)
        own = UiContext(context.look, context.formats, bridge, context.navigator, context.now)
        with opened(own, application) as page:
            page.show_order(order_id)
            settle()
            yield page, application, order_id


def test_each_difference_stands_in_its_row_and_nothing_is_decided(
    at_terms: tuple[SyncPage, Application, str],
) -> None:
    page, _, _ = at_terms
    model = page.terms.model
    cells = (LINE, YOURS, THEIRS, DIFFERENCE, EFFECT)
    assert [[str(model.index(row, column).data()) for column in cells] for row in range(model.rowCount())] == [
        ["Toner noir 12k", "91.6185", "97.7935", "+6.1750", "+€74.10"],
        ["Guide de l'imprimeur", "13.9930", "13.2930", "−0.7000", "−€2.10"],
    ]
    assert model.undecided == 2
    assert not page.terms._answer.isEnabled()
    assert focus() is page.terms.grid


def test_escape_goes_back_to_the_orders_and_return_to_the_lines(
    at_terms: tuple[SyncPage, Application, str],
) -> None:
    page, _, _ = at_terms
    press("Escape")
    assert focus() is page.queue
    press("Return")
    assert focus() is page.terms.grid


def test_letters_decide_and_the_answer_becomes_a_new_revision(
    at_terms: tuple[SyncPage, Application, str], navigator: Any
) -> None:
    page, application, order_id = at_terms
    press("T", "Down", "R", "Ctrl+Return")
    order = application.orders.get(order_id)
    assert (order.summary.status, order.summary.revision) == (Status.SUBMITTED, 2)
    assert sorted(line.sku for part in order.sub_orders for line in part.lines) == ["MF9", "TN1"]
    assert navigator.asked[-1][:2] == ("notice", "done")
    assert page.queue.hasFocus()


def test_a_line_asked_about_waits_in_a_draft_whose_note_is_the_request(
    at_terms: tuple[SyncPage, Application, str], navigator: Any
) -> None:
    page, application, order_id = at_terms
    press("T", "Down", "A")
    card = page.terms.request
    assert card.isVisible()
    number = application.orders.get(order_id).summary.desk_no
    assert card.note.endswith(
        f"(order {number}): 3 × Guide de l'imprimeur (BK1): ordered at €13.9930, offered at €13.2930."
    )
    press("Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == card.note
    press("Ctrl+Return")
    (draft,) = application.orders.drafts()
    session = application.orders.open_draft(draft.order_id)
    assert [line.sku for line in session.lines()] == ["BK1"]
    assert (session.details.reference, session.details.note) == ("Clinique Saint-Lazare", card.note)
    assert application.orders.get(order_id).summary.lines == 2
    assert draft.desk_no in navigator.asked[-1][2]


def test_the_request_is_there_only_while_a_line_is_asked_about(at_terms: tuple[SyncPage, Application, str]) -> None:
    page, _, _ = at_terms
    press("A")
    assert page.terms.request.isVisible()
    press("T")
    assert not page.terms.request.isVisible()
    assert page.terms.request.note == ""


def test_a_request_becomes_a_mail_with_the_same_words() -> None:
    url = mail_address("Special price, order B-1", "10 × A & B: 1,50 €?")
    assert url.scheme() == "mailto"
    query = parse_qs(bytes(url.toEncoded().data()).decode().partition("?")[2])
    assert query == {"subject": ["Special price, order B-1"], "body": ["10 × A & B: 1,50 €?"]}


def test_accept_all_takes_the_manufacturers_total(at_terms: tuple[SyncPage, Application, str]) -> None:
    page, application, order_id = at_terms
    terms = application.orders.get(order_id).changed_terms
    assert terms is not None
    press("Ctrl+Shift+A")
    assert page.terms._answer.isEnabled()
    (bar,) = page.terms.findChildren(EffectBar)
    theirs = page.context.formats.amount(terms.their_total)
    assert f"with your choices {theirs}, theirs {theirs}" in bar.accessibleName()
    press("Ctrl+Return")
    assert application.orders.get(order_id).totals.total == terms.their_total


def test_choices_survive_a_refresh_of_the_page(at_terms: tuple[SyncPage, Application, str]) -> None:
    page, _, _ = at_terms
    press("T")
    page._refresh()
    settle()
    assert page.terms.model.undecided == 1


def test_nothing_is_cut_in_a_small_window(at_terms: tuple[SyncPage, Application, str]) -> None:
    page, _, _ = at_terms
    for width in (1048, 1208):
        page.resize(width, 700)
        settle()
        page.grab()
    assert page.context.look.elisions == []


def test_correct_hold_let_go_and_try_have_their_keys(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    order_id = make_order("Lycée Bonaparte")
    with opened(context, application) as page:

        def state() -> DeliveryState:
            return application.orders.summary(order_id).delivery_state

        assert focus() is page.queue
        press("Ctrl+H")
        settle()
        assert state() is DeliveryState.HELD
        assert focus() is page.queue
        press("Ctrl+H")
        settle()
        assert state() is DeliveryState.PENDING
        application._desk.database.connection.execute(  # type: ignore[union-attr]
            "UPDATE outbox SET state = 'waiting', next_try = '2100-01-01T00:00:00.000000+00:00'"
        )
        page._refresh()
        settle()
        press("Alt+R")
        assert [row.next_try for row in application.sync.queue()] == [None]
        assert [words for words in acts(page) if words.startswith("Try")] == ["Try this one"]
        press("Ctrl+E")
        settle()
        assert application.orders.summary(order_id).status is Status.DRAFT
        assert navigator.asked[-1] == ("wizard", order_id)


@pytest.mark.parametrize("size", [(1044, 712), (1044, 682)], ids=["alone", "in practice"])
def test_eight_orders_at_least_are_seen_in_a_small_window(
    context: UiContext, application: Application, make_order: Callable[..., str], size: tuple[int, int]
) -> None:
    for number in range(12):
        make_order(f"Client {number}")
    with opened(context, application) as page:
        page.resize(*size)
        settle()
        shown_rows = [
            place
            for place in range(page.model.rowCount())
            if page.model.message(place) is not None
            and page.queue.viewport().rect().contains(page.queue.visualRect(page.model.index(place)))
        ]
        assert len(shown_rows) >= 8
        heading = page.ages.heading
        assert page.ages.ages.isHidden()
        assert "ago" in heading.accessibleName()
        heading.setFocus()
        press("Return")
        assert not page.ages.ages.isHidden()
        press("Space")
        assert page.ages.ages.isHidden()


def test_a_copy_that_fails_and_a_stick_that_is_away_have_their_lines(
    context: UiContext, application: Application, make_order: Callable[..., str], tmp_path: Path
) -> None:
    with opened(context, application) as page:
        assert page.copies.isHidden()
        (stick := tmp_path / "stick").mkdir()
        application.second_copy.use_folder(str(stick))
        stick.rename(tmp_path / "drawer")
        shutil.rmtree(application.paths.unsent, ignore_errors=True)
        application.paths.unsent.write_bytes(b"")
        make_order()
        application._desk.second_copy._folder.copy()  # type: ignore[union-attr]
        page._refresh()
        told = [line.accessibleName() for line in page.copies.findChildren(QWidget) if line.accessibleName()]
        assert any(words.startswith("Second copy not written since") for words in told)
        assert any(words.startswith("Second folder not there since") for words in told)
        assert page.copies.isVisible()
