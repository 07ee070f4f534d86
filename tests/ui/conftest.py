"""What the tests of the screens stand on: a real desk on real files, filled by a real server, without a screen."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_app.application import Application
from desktop_app.errors import ComptoirError
from desktop_app.services.condition_views import PriceQuestion
from tests.support.desks import TestDesk, connected_desk
from tests.support.server import filled_server, start_server
from tests.support.worked_example import FILES
from ui.event_bridge import EventBridge
from ui.formats import Formats
from ui.page import Room, UiContext
from ui.theme.look import Look
from ui.translation import Translation

# Said by the offscreen platform whatever is shown; nobody can do anything about it.
_HARMLESS = ("This plugin does not support", "propagateSizeHints")
_HEADER, *_ROWS = FILES["products.csv"].splitlines()
# The small catalogue, and one product that is sold in packs of five.
PRODUCTS = "\n".join(
    [f"{_HEADER},pack_multiple", *(f"{row},1" for row in _ROWS), "PK5,Ramettes A4,4.00,20,PAPER,Editis,0,RAM-5,5", ""]
)
STOCK = FILES["stock.csv"] + "N,PK5,1000\nS,PK5,3\n"


@pytest.fixture(autouse=True)
def qt_warnings() -> Iterator[list[str]]:
    """A warning of Qt fails the test that caused it."""
    told: list[str] = []

    def keep(kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(words in message for words in _HARMLESS):
            told.append(message)

    before = qInstallMessageHandler(keep)
    yield told
    qInstallMessageHandler(before)
    assert told == []


@pytest.fixture(autouse=True, scope="module")
def widgets_end_in_their_thread() -> Iterator[None]:
    """No thread of a test, nor of a later module, ends widgets that are garbage: see `ui.collector`."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def filled_desk(tmp_path_factory: pytest.TempPathFactory) -> TestDesk:
    """A desk of D42, connected and synchronised once; tests work on copies of it."""
    data, files = tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("files")
    filled_server(data, files, products=PRODUCTS, stock=STOCK)
    root = tmp_path_factory.mktemp("profile")
    with start_server(data) as server:
        return connected_desk(root, server.url, data)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Qt as the program starts it."""
    return ["comptoir", "-style", "Fusion"]


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light look, in force."""
    made = Look("light")
    made.use("light")
    return made


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    """Switches the language and puts English back."""
    made = Translation()
    yield made
    made.use("en")


@pytest.fixture
def desk(filled_desk: TestDesk, tmp_path: Path) -> TestDesk:
    """A connected desk on files of its own; its server does not answer any more."""
    root = tmp_path / "profile"
    shutil.copytree(filled_desk.root, root)
    copy = TestDesk(root)
    copy.store.entries.update(filled_desk.store.entries)
    return copy


@pytest.fixture
def application(desk: TestDesk) -> Iterator[Application]:
    """The open application of `desk`."""
    opened = desk.open()
    yield opened
    opened.close_files()


class Recorder:
    """A navigator that writes down what pages ask for."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def open_room(self, room: Room) -> None:
        self.asked.append(("room", room))

    def open_order(self, order_id: str) -> None:
        self.asked.append(("order", order_id))

    def new_order(self, sku: str = "", quantity: int = 1) -> None:
        self.asked.append(("new", sku, quantity))

    def open_wizard(self, order_id: str) -> None:
        self.asked.append(("wizard", order_id))

    def open_changed_terms(self, order_id: str) -> None:
        self.asked.append(("terms", order_id))

    def open_product(self, sku: str) -> None:
        self.asked.append(("product", sku))

    def open_products(self, family: str = "", brand: str = "") -> None:
        self.asked.append(("products", family, brand))

    def open_conditions(self, sku: str = "", view: str = "") -> None:
        self.asked.append(("conditions", sku, view))

    def ask_price(self, question: PriceQuestion, apply: Callable[[int, str], None] | None = None) -> None:
        self.asked.append(("price", question, apply))

    def notify(self, text: str, severity: str = "info", key: str = "") -> None:
        self.asked.append(("notice", severity, text))

    def run(self, work: Callable[[], object]) -> object:
        """A refusal becomes a line among what was asked, as the window makes it a notice."""
        try:
            return work()
        except ComptoirError as error:
            self.asked.append(("refused", error.code))
            return None

    def try_now(self) -> None:
        self.asked.append(("try",))


@pytest.fixture
def navigator() -> Recorder:
    """Where pages ask to go."""
    return Recorder()


@pytest.fixture
def now() -> Callable[[], datetime]:
    """The real moment: figures were read a moment ago."""
    return lambda: datetime.now(UTC) + timedelta(minutes=5)


@pytest.fixture
def context(
    look: Look, application: Application, navigator: Recorder, now: Callable[[], datetime]
) -> Iterator[UiContext]:
    """What every page is given, in English."""
    bridge = EventBridge(application.events)
    yield UiContext(look, Formats("en", UTC), bridge, navigator, now)
    bridge.close()


@pytest.fixture
def make_order(application: Application) -> Callable[..., str]:
    """An order of the worked example, submitted unless asked otherwise; returns its id."""

    def make(reference: str = "", *, send: bool = True) -> str:
        lines = [("TN1", 12, ""), ("MF9", 2, ""), ("BK1", 3, "")]
        session = application.orders.new_order(lines, reference=reference, round_up=False)
        if send:
            session.submit()
        return session.order_id

    return make
