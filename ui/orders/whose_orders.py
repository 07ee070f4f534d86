"""Whose orders the list shows: everybody's, or those that whoever sits at the desk entered."""

from PySide6.QtCore import Signal

from desktop_app.services.people import People
from ui.page import UiContext
from ui.widgets.choices import SegmentedChoice

_ALL, _MINE = "all", "mine"


class WhoseOrders(SegmentedChoice):
    """`author_chosen` carries the name to show, empty for everybody. Hidden while one person is alone at the desk."""

    author_chosen = Signal(str)

    def __init__(self, context: UiContext, people: People) -> None:
        options = ((_ALL, self.tr("Everybody’s")), (_MINE, self.tr("Mine")))
        super().__init__(context.look, options, _ALL, self.tr("Whose orders"))
        self._people = people
        self._shown = ""
        self.chosen.connect(self._on_chosen)
        context.signals.person_changed.connect(self.refresh)
        self.hide()

    def refresh(self, _name: str = "") -> None:
        """As it is with the people of now."""
        here = self._people.here
        several = bool(here) and len(self._people.everybody()) > 1
        self.setVisible(several)
        if not several:
            self.set_value(_ALL)
        self._on_chosen()

    def _on_chosen(self, _key: str = "") -> None:
        wanted = self._people.here if self.value() == _MINE else ""
        if wanted != self._shown:
            self._shown = wanted
            self.author_chosen.emit(wanted)
