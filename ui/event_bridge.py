"""The one adapter between the core's event bus and Qt signals."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.events import (
    CatalogChanged,
    Event,
    EventBus,
    Notice,
    OrderChanged,
    PersonChanged,
    SyncProgress,
    SyncStatusChanged,
    TermsChanged,
)


class EventBridge(QObject):
    """Signals for every kind of event, always in the thread this object lives in."""

    orders_changed = Signal(object)
    catalog_changed = Signal(int)
    terms_changed = Signal()
    sync_status_changed = Signal()
    person_changed = Signal(str)
    sync_progress = Signal(object)
    notice_arrived = Signal(object)
    _arrived = Signal(object)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._on_arrived)
        self._unsubscribe = bus.subscribe(self._arrived.emit)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    @Slot(object)
    def _on_arrived(self, event: Event) -> None:
        match event:
            case OrderChanged(order_ids):
                self.orders_changed.emit(order_ids)
            case CatalogChanged(generation):
                self.catalog_changed.emit(generation)
            case TermsChanged():
                self.terms_changed.emit()
            case SyncStatusChanged():
                self.sync_status_changed.emit()
            case PersonChanged(name):
                self.person_changed.emit(name)
            case SyncProgress():
                self.sync_progress.emit(event)
            case Notice():
                self.notice_arrived.emit(event)
