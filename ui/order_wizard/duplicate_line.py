"""The warning that this order may have been entered already, with the way to the first one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.views import DuplicateWarning
from ui.formats import server_text
from ui.page import UiContext
from ui.widgets.buttons import KeyButton
from ui.widgets.notices import NoticeLine
from ui.widgets.text import clear


class DuplicateLine(QWidget):
    """At most one line: the first warning, which the person can put away for this draft."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._put_away: set[str] = set()
        self._shown: tuple[DuplicateWarning, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_warnings(self, warnings: tuple[DuplicateWarning, ...]) -> None:
        """Show the first of these that was not put away."""
        wanted = tuple(one for one in warnings if one.order_id not in self._put_away)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._layout)
        self.setVisible(bool(wanted))
        if wanted:
            self._layout.addWidget(self._line(wanted[0]))

    def _line(self, warning: DuplicateWarning) -> NoticeLine:
        look, formats = self._context.look, self._context.formats
        when = formats.moment(warning.created_at, self._context.now())
        if warning.code == "same-reference":
            words = self.tr("Reference {0} is already on order {1}, {2}.").format(
                server_text(warning.reference), warning.desk_no, when
            )
        else:
            words = self.tr("Order {0}, {1}, has the same lines.").format(warning.desk_no, when)
        see = KeyButton(look, self.tr("See {0}").format(warning.desk_no), kind="secondary")
        see.clicked.connect(lambda: self._context.navigator.open_order(warning.order_id))
        line = NoticeLine(
            look,
            "warning",
            formats.typography(words),
            self.tr("You may be entering it twice."),
            (see,),
            self.tr("Ignore"),
        )
        line.closed.connect(lambda: self._ignore(warning))
        return line

    def _ignore(self, warning: DuplicateWarning) -> None:
        self._put_away.add(warning.order_id)
        self.show_warnings(self._shown)
