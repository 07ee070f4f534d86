"""A name is shown letter by letter, in a list, a dossier, a history, a notice and a tool tip; nothing is fetched."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from desktop_app.application import Application
from desktop_app.storage.journal import Journal
from tests.bad_inputs.hostile import HOSTILE, IDS, PICTURE_FILE, PICTURE_PORT
from tests.bad_inputs.watching import Fetched, watched
from tests.support.keyboard import settle, shown
from ui.catalogue.catalogue_page import CataloguePage
from ui.formats import server_text
from ui.models.orders_model import REFERENCE
from ui.orders.order_page import OrderPage
from ui.orders.orders_page import OrdersPage
from ui.page import UiContext
from ui.shell.notice_area import NoticeArea
from ui.sync_centre.sync_page import SyncPage
from ui.theme.look import Look
from ui.widgets.elided import ElidedText
from ui.widgets.tips import plain_tip

ROOT = Path(__file__).resolve().parents[2]
_TIP = Qt.ItemDataRole.ToolTipRole
# Their tips are words of the program, or digits, and nothing else.
OWN_WORDS = {
    "ui/conditions/condition_filters.py",
    "ui/order_wizard/earnings_card.py",
    "ui/sync_centre/ages_list.py",
    "ui/sync_centre/queue_file_panel.py",
    "ui/widgets/buttons.py",
    "ui/widgets/fields.py",
    "ui/widgets/filter_chips.py",
    "ui/widgets/name_link.py",
}


@pytest.fixture
def fetched(look: Look) -> Iterator[Fetched]:
    with watched(Path(PICTURE_FILE), PICTURE_PORT) as found:
        yield found


def look_at(page: QWidget) -> str:
    """Everything the page says; fails where a label takes text for markup or could be clicked."""
    settle()
    page.grab()
    labels = [label for label in page.findChildren(QLabel) if label.objectName() != "qtooltip_label"]
    for label in labels:
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        assert not label.openExternalLinks()
    elided = page.findChildren(ElidedText)
    tips = [widget.toolTip() for widget in page.findChildren(QWidget) if widget.toolTip()]
    for tip in tips:
        hover(page, tip)
    return "\n".join([label.text() for label in labels] + [line.text() for line in elided])


def hover(page: QWidget, tip: str) -> None:
    """Show a tool tip as Qt does."""
    QToolTip.showText(page.mapToGlobal(QPoint(5, 5)), tip, page)
    QApplication.processEvents()
    QToolTip.hideText()
    QApplication.processEvents()


def said(tip: str) -> str:
    """What a tool tip reads as."""
    if not tip.startswith("<span>"):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def nothing_was_fetched(found: Fetched) -> None:
    assert (found.connections(), found.openings()) == (0, 0)


def test_the_watch_sees_what_a_tool_tip_with_markup_fetches(look: Look, fetched: Fetched) -> None:
    """Without this, a watch that sees nothing would prove nothing."""
    holder = QWidget()
    holder.show()
    hover(holder, f'<img src="{PICTURE_FILE}">')
    assert fetched.openings() > 0


def test_names_in_the_catalogue(context: UiContext, application: Application, fetched: Fetched) -> None:
    page = CataloguePage(context, application.catalog, lambda: application.orders, application.sync.status)
    with shown(page):
        page.on_shown()
        settle()
        model = page.grid.model()
        names = {str(model.index(row, 0).data()): model.index(row, 0).data(_TIP) for row in range(model.rowCount())}
        assert {server_text(text) for text in HOSTILE} <= set(names)
        for name, tip in names.items():
            assert said(tip) == name
            hover(page, tip)
        heights = {page.grid.rowHeight(row) for row in range(model.rowCount())}
        assert len(heights) == 1
        for number, text in enumerate(HOSTILE):
            page.show_product(f"H{number:02}")
            assert server_text(text).replace(" ", "") in look_at(page).replace("\n", "").replace(" ", "")
        page.on_hidden()
    nothing_was_fetched(fetched)


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_what_is_said_of_an_order_and_what_happened_to_it(
    context: UiContext, application: Application, text: str, fetched: Fetched
) -> None:
    orders = application.orders
    session = orders.new_order([("H00", 1, "")], reference=text, round_up=False)
    session.set_details(end_client=text, note=text)
    session.submit()
    assert application._desk is not None
    connection = application._desk.database.connection
    Journal(connection).add(session.order_id, context.now(), "refused", {"detail": text}, source="manufacturer")
    listed = OrdersPage(context, orders, application.people)
    with shown(listed):
        listed.on_shown()
        look_at(listed)
        cell = listed.model.index(0, REFERENCE)
        assert str(cell.data()) == server_text(text)
        assert said(cell.data(_TIP)) == server_text(text)
        hover(listed, cell.data(_TIP))
    for page in (
        OrderPage(context, orders, session.order_id),
        SyncPage(context, application.sync, orders, application.second_copy.view),
    ):
        with shown(page):
            page.on_shown()
            assert server_text(text) in look_at(page)
    nothing_was_fetched(fetched)


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_a_notice(context: UiContext, look: Look, text: str, fetched: Fetched) -> None:
    holder = NoticeArea(look)
    with shown(holder):
        holder.say(server_text(text), "error", "k", server_text(text))
        assert look_at(holder).count(server_text(text)) == 2
    nothing_was_fetched(fetched)


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_direction_and_invisible_signs_stay_inside_their_text(text: str) -> None:
    shown_text = server_text(text)
    assert not set(shown_text.strip("\u2068\u2069")) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\u200f")
    if any("\u0590" <= letter <= "\u08ff" for letter in text):
        assert shown_text.startswith("\u2068")
        assert shown_text.endswith("\u2069")


@pytest.mark.parametrize(
    "text", ["a < b\nc", '<img src="x">\n<b>two</b>', "R&D", "", *HOSTILE], ids=["less", "lines", "and", "empty", *IDS]
)
def test_a_tool_tip_reads_as_it_was_given(text: str) -> None:
    assert said(plain_tip(text)).split() == text.split()


def test_every_tool_tip_with_words_from_outside_is_plain() -> None:
    raw = set()
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place = {"setToolTip": 0, "showText": 1}.get(node.func.attr)
                if place is not None and "plain_tip" not in ast.unparse(node.args[place]):
                    raw.add(path.relative_to(ROOT).as_posix())
    assert raw <= OWN_WORDS
