"""The three lights of one order in words: on this desk, with the manufacturer, in their system."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.order import DeliveryState, Status
from desktop_app.services.views import OrderView
from ui.formats import Formats, server_text
from ui.orders.milestones import moment_of
from ui.widgets.lights_card import Light

translate = QCoreApplication.translate


def lights_words(order: OrderView, formats: Formats, now: datetime) -> tuple[Light, Light, Light]:
    """Desk, manufacturer, their system."""
    lights = order.summary.lights
    return (
        Light(lights.desk, translate("Lights", "On this desk"), _desk(order, formats, now)),
        Light(lights.manufacturer, translate("Lights", "With the manufacturer"), _manufacturer(order, formats, now)),
        Light(lights.their_system, translate("Lights", "In their system"), _their_system(order, formats, now)),
    )


def _desk(order: OrderView, formats: Formats, now: datetime) -> str:
    summary = order.summary
    if summary.status is Status.DRAFT:
        return translate("Lights", "draft, saved {0}").format(formats.at(summary.updated_at, now))
    saved = moment_of(order, "submitted") or summary.created_at
    return translate("Lights", "saved {0}").format(formats.at(saved, now))


def _manufacturer(order: OrderView, formats: Formats, now: datetime) -> str:
    summary = order.summary
    match summary.status:
        case Status.DRAFT:
            return translate("Lights", "not sent")
        case Status.SUBMITTED:
            return _on_its_way(summary.delivery_state)
        case Status.TO_CONFIRM:
            return translate("Lights", "waits for your answer")
        case Status.REFUSED:
            return translate("Lights", "refused")
        case Status.CANCELLED if not summary.order_no:
            return translate("Lights", "never sent")
        case _ if order.asked_again:
            return translate("Lights", "being confirmed again")
        case _:
            received = moment_of(order, "received", "accepted")
            when = formats.at(received, now) if received is not None else ""
            return translate("Lights", "received {0}").format(when).strip()


def _on_its_way(state: DeliveryState) -> str:
    match state:
        case DeliveryState.HELD:
            return translate("Lights", "held back by you")
        case DeliveryState.IN_FLIGHT:
            return translate("Lights", "being sent")
        case DeliveryState.IN_DOUBT:
            return translate("Lights", "sent, answer being looked up")
        case DeliveryState.ATTENTION:
            return translate("Lights", "stuck, needs you")
        case _:
            return translate("Lights", "leaves by itself")


def _their_system(order: OrderView, formats: Formats, now: datetime) -> str:
    number = order.summary.order_no
    if not number:
        return translate("Lights", "no number yet")
    return formats.typography(translate("Lights", "no. {0}").format(server_text(number)))
