"""Who sits at the desk: shown in the top bar, changed from a list over the window where a new name can be typed too."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.application import Application
from desktop_app.services.people import LONGEST_NAME, Person
from ui.formats import server_text
from ui.page import UiContext
from ui.pick_sheet import Choice, PickSheet, among
from ui.shell.frame import Frame
from ui.shell.keys_overlay import PERSON_KEYS


class PersonSwitch(QObject):
    """Keeps the name in the top bar of `frame`, and opens the list."""

    def __init__(self, application: Application, context: UiContext, frame: Frame) -> None:
        super().__init__(frame)
        self._application, self._context, self._frame = application, context, frame
        if application.connected:
            frame.top.person.show_person(application.people.here)
            frame.top.person_wanted.connect(self.choose)
            context.signals.person_changed.connect(frame.top.person.show_person)
            QShortcut(QKeySequence(PERSON_KEYS), frame).activated.connect(self.choose)

    def choose(self) -> None:
        """Let somebody else sit down: one of those known, or whoever types a new name."""
        if not self._application.connected:
            return
        people = self._application.people.everybody()
        title = self.tr("Who enters orders now?")
        sheet = PickSheet(self._context.look, self._frame, title, self.tr("A name, known or new"), self._source(people))
        sheet.edit.setMaxLength(LONGEST_NAME)
        sheet.picked.connect(self._on_picked)
        sheet.open_pick(self._application.people.here)

    def _source(self, people: Sequence[Person]) -> "_Names":
        here, new = self.tr("at this desk now"), self.tr("new at this desk")
        return _Names([Choice(one.name, server_text(one.name), here if one.here else "") for one in people], new)

    def _on_picked(self, name: str) -> None:
        self._context.navigator.run(lambda: self._application.people.sit_down(name))


class _Names:
    """Those known whose name has the typed words; a name that nobody has stands under them."""

    def __init__(self, known: Sequence[Choice], new: str) -> None:
        self._known, self._new = known, new
        self._among = among(known)

    def __call__(self, text: str) -> Sequence[Choice]:
        found, name = list(self._among(text)), " ".join(text.split())
        if name and all(one.key.casefold() != name.casefold() for one in self._known):
            found.append(Choice(name, server_text(name), self._new))
        return found
