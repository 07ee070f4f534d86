"""The desktop as a process of its own, driven by keys through its real screens. Each phase is one start of the program.

Run as `python -m tests.e2e.desktop_phases PHASE PROFILE OUT [ARGUMENT ...]`; prints one JSON object.
"""

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from desktop_app.application import Application
from desktop_app.domain.order import Status
from desktop_app.services.views import OrderView
from ui.async_bridge import run_until_complete
from ui.demo.hand import Hand
from ui.desktop import Desktop, DesktopOptions
from ui.qt_application import qt_application

LIMIT_S = 60.0
Result = dict[str, object]


class Driver:
    """One running desktop and the hand at its keyboard."""

    def __init__(self, desktop: Desktop, out: Path, arguments: list[str]) -> None:
        assert desktop.window is not None
        assert desktop.application is not None
        self.window, self.application, self.arguments = desktop.window, desktop.application, arguments
        self.hand = Hand(desktop.window, out)


async def connect_and_send_offline(driver: Driver) -> Result:
    """First start, address and code typed; then, the server being stopped by then, an order by keyboard alone."""
    hand, application = driver.hand, driver.application
    url, code, gate = driver.arguments
    await hand.rest()
    await hand.press("2")
    await hand.type(url)
    await hand.press("Tab")
    await hand.type(code)
    await hand.press("Return")
    await hand.until(lambda: application.connected and application.sync.status().last_success, "the first sync")
    _say(gate, "connected")
    await hand.until(lambda: _said(gate) == "server stopped", "the server to be stopped")
    await hand.press("Alt+2")
    await hand.type("noir toner")
    found = [row.sku for row in application.catalog.search("noir toner").rows]
    hand.picture("search")
    await hand.press("Ctrl+N")
    await hand.rest()
    await hand.type("BC-7")
    await hand.press("Alt+Right")
    for text, quantity in (("toner noir", "12"), ("xa mf9", "2"), ("guide imprimeur", "3")):
        await hand.type(text)
        await hand.press("Return")
        await hand.type(quantity)
        await hand.press("Return")
    hand.picture("lines")
    await hand.press("Ctrl+Return")
    await hand.until(lambda: _only(application).summary.status is Status.SUBMITTED, "the order to be queued")
    await hand.press("F5")
    await hand.until(lambda: not application.sync.status().online, "the status to say offline")
    hand.picture("queued")
    return {"found": found, **_facts(application)}


async def reconnect(driver: Driver) -> Result:
    """Started again: what waited leaves by itself, no key pressed."""
    application = driver.application
    await driver.hand.until(lambda: _only(application).summary.order_no, "the manufacturer's number", LIMIT_S)
    driver.hand.picture("accepted")
    return _facts(application)


async def follow(driver: Driver) -> Result:
    """The manufacturer's progress arrives; the dossier shows it."""
    application, wanted = driver.application, driver.arguments[0]
    await driver.hand.until(lambda: _only(application).summary.status.value == wanted, wanted, LIMIT_S)
    driver.window.open_order(_only(application).summary.order_id)
    await driver.hand.rest()
    driver.hand.picture(wanted)
    return _facts(application)


PHASES: dict[str, Callable[[Driver], Awaitable[Result]]] = {
    phase.__name__: phase for phase in (connect_and_send_offline, reconnect, follow)
}


def _say(gate: str, words: str) -> None:
    Path(gate).write_text(words, encoding="utf-8")


def _said(gate: str) -> str:
    return Path(gate).read_text(encoding="utf-8")


def _only(application: Application) -> OrderView:
    (summary,) = application.orders.list()
    return application.orders.get(summary.order_id)


def _facts(application: Application) -> Result:
    order = _only(application)
    return {
        "status": order.summary.status.value,
        "delivery_state": order.summary.delivery_state.value,
        "order_no": order.summary.order_no,
        "desk_no": order.summary.desk_no,
        "reference": order.summary.reference,
        "total": str(order.totals.total),
        "goods": str(order.totals.goods),
        "unit_nets": {line.sku: str(line.unit_net) for part in order.sub_orders for line in part.lines},
    }


async def _perform(desktop: Desktop, options: DesktopOptions, phase: str, out: Path, arguments: list[str]) -> int:
    assert desktop.open(options.root, practice=False)
    try:
        result = await PHASES[phase](Driver(desktop, out, arguments))
    finally:
        await desktop.close()
    print(json.dumps(result))
    return 0


def main() -> int:
    """Run the phase named on the command line."""
    phase, profile, out, *arguments = sys.argv[1:]
    app = qt_application()
    options = DesktopOptions(root=Path(profile), own_folder=True, language="fr", theme="light")
    return run_until_complete(app, lambda: _perform(Desktop(options), options, phase, Path(out), arguments))


if __name__ == "__main__":
    sys.exit(main())
