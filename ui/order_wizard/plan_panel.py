"""Above the cards of the wholesalers: the plans side by side, what the draft says by hand, old stock left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.plans import PlanKind
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.plan_views import PlansView, PlanView
from desktop_app.services.sourcing_service import Planning, SourcingService
from ui.beside import Beside
from ui.formats import server_text
from ui.order_wizard.plan_cards import PlanCards
from ui.order_wizard.plan_words import PlanWords
from ui.page import UiContext
from ui.widgets.buttons import CheckBox, KeyButton
from ui.widgets.counts import lines_words
from ui.widgets.text import column, row, section, small
from ui.widgets.tips import plain_tip

_NOTE_FROM = 800


class PlanPanel(QWidget):
    """Plans for the draft, made again when its lines, its delivery or its prices are others.

    They do not depend on where the lines go now: a line moved by hand is told against the plans that stand there.
    `taken` carries the plan a person chose, `shown` says that other plans are shown; `by_hand_wanted` asks for the
    lines below.
    """

    taken = Signal(object)
    shown = Signal()
    by_hand_wanted = Signal()

    def __init__(self, context: UiContext, session: DraftSession, sourcing: SourcingService) -> None:
        super().__init__()
        self._context = context
        self._session = session
        self._sourcing = sourcing
        self._words = PlanWords(context.formats)
        self._asked: object = None
        self._found: PlansView | None = None
        self._wished: PlanKind | None = None
        self._beside = Beside(self)
        self._beside.done.connect(self._on_searched)
        look = context.look
        self._note = small(look, "", "ink2")
        self.by_hand = KeyButton(look, self._words.by_hand, kind="link", keys="4", bind=False)
        self.by_hand.clicked.connect(self.by_hand_wanted)
        self.without_stale = CheckBox(look, "")
        self.without_stale.toggled.connect(self._on_stale_toggled)
        self.without_stale.hide()
        self.cards = PlanCards(look, self._words)
        self.cards.taken.connect(self._on_taken)
        self._title = section(look, self.tr("Possible plans"))
        head = row(self._title, self._note, None, self.without_stale, self.by_hand, spacing=10)
        self.setLayout(column(head, self.cards, spacing=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window figures go before the note."""
        super().resizeEvent(event)
        self._note.setVisible(event.size().width() >= _NOTE_FROM)

    def bind_keys(self, owner: QWidget) -> None:
        """1 to 3 take a plan and 4 goes to the lines, wherever the focus is within `owner`."""
        for place in range(len(self.cards.cards)):
            self._bind(owner, str(place + 1)).activated.connect(self.cards.cards[place].click)
        self._bind(owner, "4").activated.connect(self.by_hand.click)

    @property
    def ready(self) -> bool:
        """Whether the plans shown are those of the draft as it is."""
        return not self._beside.busy and self._found is not None

    @property
    def found(self) -> PlansView | None:
        """The plans shown, None before the first."""
        return self._found

    def refresh(self, now: PlanView) -> None:
        """Show the draft as it is; `now` is what it says by hand."""
        wanted = self._wanted()
        if wanted != self._asked:
            self._asked = wanted
            self._search()
        self._show(now)

    # Inside

    def _wanted(self) -> object:
        """What plans follow from."""
        details = self._session.details
        drawn = tuple((line.key, line.sku, line.quantity) for line in self._session.priced.all())
        stamp = self._session.priced.basis.stamp
        return drawn, details.delivery, details.end_client, stamp, self.without_stale.isChecked()

    def _search(self) -> None:
        self.setVisible(bool(self._session.line_count))
        self._beside.forget()
        if not self._session.line_count:
            self._found = None
            return
        self._note.setText(self.tr("being computed …"))
        planning = self._sourcing.begin(self._session, without_stale=self.without_stale.isChecked())
        self._beside.ask((self._asked, planning), planning.search)

    def _on_searched(self, answer: tuple[object, Planning]) -> None:
        asked, planning = answer
        if asked != self._wanted():
            # The draft went on meanwhile: its new state is asked about when it is shown.
            return
        found = planning.finish()
        self._found = found
        self._note.setText(self.tr("carriage and minimums included"))
        self._note.setToolTip(plain_tip(self._made_words(found)))
        self.without_stale.setVisible(bool(found.stale))
        letters = ", ".join(one.letter for one in found.stale)
        self.without_stale.setText(self.tr("Leave out old stock: {0}").format(letters))
        self.without_stale.setToolTip(plain_tip(", ".join(server_text(one.name) for one in found.stale)))
        self.without_stale.updateGeometry()
        # A line may have been moved during the search.
        self._show(self._sourcing.by_hand(self._session))
        self.shown.emit()
        wished, self._wished = self._wished, None
        if wished is not None and found.plans[0].kind is not PlanKind.BY_HAND:
            self.taken.emit(found.plan(wished))

    def _show(self, now: PlanView) -> None:
        if self._found is None:
            return
        plans = [plan for plan in self._found.plans if plan.kind is not PlanKind.BY_HAND]
        self.cards.setVisible(bool(plans))
        if not plans:
            return
        same = self.cards.show_plans(plans, now, self._context.now().date())
        self.by_hand.setText(self._words.by_hand if same else self._words.by_hand_costs(now, plans))
        self.by_hand.updateGeometry()

    def _made_words(self, found: PlansView) -> str:
        formats = self._context.formats
        words = self.tr("Found for {0} in {1} ms.")
        took = formats.number(max(round(found.elapsed_ms), 1))
        return formats.typography(words.format(lines_words(self._session.line_count, formats), took))

    def _on_taken(self, plan: PlanView) -> None:
        """The plan of that kind; where its search is not over yet, as soon as it is."""
        if self.ready:
            self.taken.emit(plan)
        else:
            self._wished = plan.kind

    def _on_stale_toggled(self) -> None:
        self.refresh(self._sourcing.by_hand(self._session))

    @staticmethod
    def _bind(owner: QWidget, key: str) -> QShortcut:
        return QShortcut(QKeySequence(key), owner, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
