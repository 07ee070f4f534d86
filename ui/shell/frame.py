"""What stands round the pages: practice band, rail, top bar, notices, status bar. It shows; the window decides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shell.notice_area import NoticeArea
from ui.shell.practice_band import PracticeBand
from ui.shell.rail import Rail
from ui.shell.rooms import rail_entries
from ui.shell.status_bar import StatusBar
from ui.shell.top_bar import TopBar
from ui.theme.look import Look
from ui.widgets.practice_frame import FRAME


class Frame(QWidget):
    """The parts of the window. Before a desk is connected only the page itself is seen."""

    def __init__(self, look: Look, dealer: str, *, practice: bool, connected: bool) -> None:
        super().__init__()
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.band = PracticeBand(look) if practice else None
        self.rail = Rail(look, dealer, rail_entries(practice), self.tr("+ digit: go to"))
        self.top = TopBar(look)
        self.notices = NoticeArea(look)
        self.stack = QStackedWidget()
        self.status = StatusBar(look)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.notices)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(self)
        margin = FRAME if practice else 0
        outer.setContentsMargins(margin, 0, margin, margin)
        outer.setSpacing(0)
        if self.band is not None:
            outer.addWidget(self.band)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)
        self.rail.setVisible(connected)
        self.top.setVisible(connected)
        self.status.setVisible(connected)
