"""The main job step by step: found, search, order, send with the cable out, plug it in, accepted, shipped, invoiced."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from desktop_app.application import Application
from desktop_app.domain.order import Status
from desktop_app.domain.plans import PlanKind
from desktop_app.services.views import OrderView
from ui.demo.hand import Hand, Stuck
from ui.formats import Formats
from ui.order_wizard.wizard_page import WizardPage
from ui.page import Room
from ui.shell.window import ShellWindow
from ui.widgets.counts import deliveries_words

translate = QCoreApplication.translate

REFERENCE = "BC-2026-118"
# What is typed and how many are taken: words in any order, a part number, a pack multiple that rounds up.
WANTED = (("27 asus proart", 4), ("logitech mx keys", 12), ("crucial ddr5 32", 6))
# The practice manufacturer's clock stands still but for these steps, so that no state of the order is missed.
_ADVANCE_MINUTES = 0.2
_ADVANCES = 200


class Stage(Struct, frozen=True):
    """What the play needs: the window, the application behind it, and somebody to tell."""

    window: ShellWindow
    application: Application
    hand: Hand
    say: Callable[[str], None]
    formats: Formats


async def play_main_job(stage: Stage) -> str:
    """Play the whole main job; returns the accepted order's number. Raises Stuck where a step does not come about."""
    await _begin_practice(stage)
    await _search(stage)
    order_id = await _write_order(stage)
    await _send_with_the_cable_out(stage, order_id)
    number = await _plug_in(stage, order_id)
    await _follow(stage, order_id)
    return number


async def _begin_practice(stage: Stage) -> None:
    hand, application = stage.hand, stage.application
    await hand.rest()
    if not application.connected:
        hand.picture("first-start")
        stage.say(translate("Demo", "A fresh desk asks: practise, or connect to a manufacturer. Practise."))
        await hand.press("Return")
    await hand.until(lambda: application.connected and application.sync.status().last_success, "the first sync")
    await hand.until(lambda: stage.window.page is not None, "the first room")
    await application.practice.set_speed(0)
    rows = {age.collection: age.rows for age in application.sync.status().collections}
    words = translate("Demo", "Synchronised: {0} products, {1} stock figures, {2} conditions of your own.")
    numbers = (stage.formats.number(rows.get(name, 0)) for name in ("products", "stock", "terms"))
    stage.say(words.format(*numbers))
    await hand.press("Alt+1")
    hand.picture("home")


async def _search(stage: Stage) -> None:
    hand = stage.hand
    await hand.press("Alt+2")
    await hand.type(WANTED[0][0])
    page = stage.application.catalog.search(WANTED[0][0])
    first = page.rows[0]
    words = translate("Demo", "Search “{0}”: {1} products in {2} ms; the first is {3}, my price {4}.")
    price = stage.formats.unit(first.unit_net) if first.unit_net is not None else "-"
    elapsed = f"{page.elapsed_ms:.1f}"
    stage.say(words.format(WANTED[0][0], stage.formats.number(page.total), elapsed, first.name, price))
    hand.picture("search")


async def _write_order(stage: Stage) -> str:
    hand, application = stage.hand, stage.application
    before = {order.order_id for order in application.orders.list()}
    await hand.press("Ctrl+N")
    await hand.until(lambda: len(application.orders.list()) > len(before), "the new draft")
    (order_id,) = {order.order_id for order in application.orders.list()} - before
    await hand.type(REFERENCE)
    hand.picture("for-whom")
    await hand.press("Alt+Right")
    for place, (text, quantity) in enumerate(WANTED, start=1):
        await hand.type(text)
        if place == 2:
            hand.picture("live-search-in-the-cell")
        await hand.press("Return")
        await hand.type(str(quantity))
        await hand.press("Return")
        await hand.until(partial(_has_lines, stage, order_id, place), f"line {place}")
    hand.picture("lines")
    await hand.press("Up")
    await hand.press("Alt+P")
    hand.picture("why-this-price")
    await hand.press("Escape")
    await hand.press("Alt+Right")
    await _take_cheapest_plan(stage)
    await hand.press("Alt+Right")
    order = _order(stage, order_id)
    words = translate(
        "Demo", "Order {0} is written: {1} lines, {2} with VAT, from {3} wholesalers. Each change was saved at once."
    )
    total = stage.formats.amount(order.totals.total)
    stage.say(words.format(order.summary.desk_no, order.summary.lines, total, len(order.sub_orders)))
    return order_id


async def _take_cheapest_plan(stage: Stage) -> None:
    hand, page = stage.hand, stage.window.page
    if not isinstance(page, WizardPage):
        raise Stuck("the order wizard")
    panel = page.sourcing.plans
    await hand.until(lambda: panel.ready, "the plans")
    await hand.press("1")
    await hand.until(lambda: panel.ready, "the plans")
    hand.picture("sourcing")
    if panel.found is not None:
        plan = panel.found.plan(PlanKind.CHEAPEST)
        words = translate("Demo", "Three plans over the wholesalers; the cheapest, {0} without VAT in {1}, is taken.")
        count = deliveries_words(len(plan.deliveries), stage.formats)
        stage.say(words.format(stage.formats.amount(plan.total), count))


async def _send_with_the_cable_out(stage: Stage, order_id: str) -> None:
    hand, application = stage.hand, stage.application
    application.practice.go_offline()
    await hand.press("F5")
    await hand.until(lambda: not application.sync.status().online, "the cable to be out")
    hand.picture("read-and-send-offline")
    await hand.press("Ctrl+Return")
    await hand.until(lambda: _order(stage, order_id).summary.status is Status.SUBMITTED, "the order to be queued")
    stage.say(translate("Demo", "The cable is out. Sent all the same: saved on this desk, it leaves by itself."))
    hand.picture("queued-offline")
    stage.window.open_room(Room.SYNC)
    await hand.rest()
    hand.picture("sync-centre-offline")


async def _plug_in(stage: Stage, order_id: str) -> str:
    hand, application = stage.hand, stage.application
    application.practice.go_online()
    await hand.press("F5")
    await hand.until(lambda: _order(stage, order_id).summary.order_no, "the manufacturer's number")
    order = _order(stage, order_id)
    stage.say(
        translate("Demo", "The cable is back. The manufacturer accepted the order as {0}.").format(
            order.summary.order_no
        )
    )
    stage.window.open_order(order_id)
    await hand.rest()
    hand.picture("accepted")
    return order.summary.order_no


async def _follow(stage: Stage, order_id: str) -> None:
    hand, application = stage.hand, stage.application
    told = {Status.ACCEPTED}
    words = {
        Status.CONFIRMED: translate("Demo", "The wholesalers confirmed it."),
        Status.PARTLY_SHIPPED: translate("Demo", "A first part is shipped."),
        Status.SHIPPED: translate("Demo", "Everything is shipped."),
        Status.INVOICED: translate("Demo", "It is invoiced. The main job is done."),
    }
    for _ in range(_ADVANCES):
        await application.practice.advance(_ADVANCE_MINUTES)
        await application.sync.round()
        status = _order(stage, order_id).summary.status
        if status in told:
            continue
        told.add(status)
        stage.say(words.get(status, status.value))
        stage.window.open_order(order_id)
        await hand.rest()
        hand.picture(status.value.replace("_", "-"))
        if status is Status.INVOICED:
            break
    await hand.until(lambda: _order(stage, order_id).summary.status is Status.INVOICED, "the invoice", 1.0)
    stage.window.open_room(Room.ORDERS)
    await hand.rest()
    hand.picture("orders")


def _has_lines(stage: Stage, order_id: str, count: int) -> bool:
    return _order(stage, order_id).summary.lines == count


def _order(stage: Stage, order_id: str) -> OrderView:
    return stage.application.orders.get(order_id)
