"""A line added to an order of 1,000 lines, on screen in the wizard: saved, priced, painted."""

from collections.abc import Iterable, Iterator

from desktop_app.application import Application
from tests.bench.figure import Figure, percentile, time_ms
from tests.bench.practice_desk import own_copy
from ui.async_bridge import Tasks
from ui.formats import utc_now
from ui.order_wizard.wizard_page import LINES, WizardPage
from ui.qt_application import qt_application
from ui.shell.window import ShellWindow
from ui.theme.look import Look
from ui.translation import Translation

BEFORE, ADDED, WARM_UP = 1_000, 60, 10
GOAL_MS = 16.0
WORDS = ("asus", "logitech", "corsair", "kingston", "samsung", "msi", "seagate", "dell")


def measure() -> Iterable[Figure]:
    """The median over 50 lines, with everything on screen that follows from the change, summary included."""
    app = qt_application()
    application = Application.open(own_copy("add_line"))
    try:
        skus = wanted(application)
        draft = application.orders.new_draft()
        draft.add_many((next(skus), 10, "") for _ in range(BEFORE))
        look, translation = Look(), Translation()
        translation.use("fr")
        look.use("light")
        window = ShellWindow(application, look, translation, Tasks(), utc_now, practise=lambda: None)
        window.resize(1440, 900)
        window.show()
        window.open_wizard(draft.order_id)
        page = window.page
        assert isinstance(page, WizardPage)
        page.go_to(LINES)
        app.processEvents()

        def add() -> None:
            assert page.lines.add(next(skus), 10)
            app.processEvents()

        times = [time_ms(add) for _ in range(WARM_UP + ADDED)][WARM_UP:]
        window.leave()
    finally:
        application.close_files()
    yield Figure("line added at line 1,000", percentile(times, 50), goal=GOAL_MS, note="with repaint")
    yield Figure("line added at line 1,000, p95", percentile(times, 95))


def wanted(application: Application) -> Iterator[str]:
    """Products that can be ordered, each once."""
    seen: set[str] = set()
    for word in WORDS:
        for offset in range(0, 400, 100):
            for row in application.catalog.search(word, limit=100, offset=offset, in_stock=True).rows:
                if row.unit_net is not None and row.sku not in seen:
                    seen.add(row.sku)
                    yield row.sku
