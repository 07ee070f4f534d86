"""The conditions: a search with the focus, views as chips, a list of any length, the chosen one beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.condition_views import (
    ConditionPage,
    ConditionQuery,
    ConditionRow,
    DearerPage,
    DearerRow,
    PriceQuestion,
)
from desktop_app.services.views import FamilyView
from ui.conditions.condition_panel import ConditionPanel
from ui.conditions.conditions_list import ConditionsList
from ui.conditions.conditions_model import PAGE, ConditionsModel
from ui.conditions.dearer_grid import DearerModel, bounds_words
from ui.conditions.dearer_panel import DearerPanel
from ui.conditions.export import ConditionExport
from ui.conditions.history_sheet import HistorySheet
from ui.conditions.touched import Touched, touched_by
from ui.conditions.view_words import DEARER
from ui.page import Crumb, KeyEntry, Page, UiContext
from ui.theme.tokens import PRODUCT_PANEL_WIDTH

if TYPE_CHECKING:
    from desktop_app.services.condition_service import ConditionService

_WIDE, _NARROW_PANEL = 1180, 344
_COUNTS_DELAY_MS = 60
# How far ahead dearer prices are looked for, and how many are listed.
_AHEAD = timedelta(days=366)
_DEARER_LIMIT = 500


class ConditionsPage(Page):
    """All my conditions. The services are asked directly: a page of rows takes a few milliseconds."""

    def __init__(self, context: UiContext, conditions: "ConditionService", catalog: CatalogService) -> None:
        super().__init__(context)
        self._conditions, self._catalog = conditions, catalog
        self._dearer_known = False
        self._rising = DearerPage((), 0, 0, complete=True)
        look, formats = context.look, context.formats
        self.model = ConditionsModel(self._read_page, self._letters, self._today, formats, self)
        self.dearer = DearerModel(formats, self._today, self)
        self.list = ConditionsList(context, self.model, self.dearer, self._today, self._families, conditions.documents)
        self.panel = ConditionPanel(look, formats, self._touched)
        self.dearer_panel = DearerPanel(look, formats, self._today)
        self._load_timer = self._single_shot(0, self.run_search)
        self._counts_timer = self._single_shot(_COUNTS_DELAY_MS, self._refresh_counts)
        self._export = ConditionExport(context, conditions)
        self._panels = QStackedWidget()
        self._panels.addWidget(self.panel)
        self._panels.addWidget(self.dearer_panel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._panels)
        self._connect()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Conditions")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of this room."""
        acts: tuple[KeyEntry, ...] = (KeyEntry("Return", self.tr("Open what it touches")),)
        if self.list.view == DEARER:
            acts = (
                KeyEntry("Return", self.tr("Order before")),
                KeyEntry("Shift+Return", self.tr("Open the product")),
                KeyEntry("F4", self.tr("Quantity")),
            )
        return (
            KeyEntry("Up", self.tr("Row above")),
            KeyEntry("Down", self.tr("Row below")),
            *acts,
            KeyEntry("F7", self.tr("What if")),
            KeyEntry("Alt+H", self.tr("History of the condition")),
            KeyEntry("Ctrl+E", self.tr("Export the list as a CSV file")),
            KeyEntry("F6", self.tr("Views")),
            KeyEntry("Alt+F", self.tr("Family")),
            KeyEntry("Alt+D", self.tr("Document")),
            KeyEntry("Alt+A", self.tr("As of another day")),
            KeyEntry("F3", self.tr("Back to the search")),
            KeyEntry("Esc", self.tr("Back to the search, then clear it")),
        )

    def on_shown(self) -> None:
        """Fresh rows, focus in the search."""
        self._reload()
        self._take_focus()

    def on_hidden(self) -> None:
        """Nobody waits for rows or counts any more."""
        for timer in (self._load_timer, self._counts_timer):
            timer.stop()

    def show_conditions(self, sku: str, view: str) -> None:
        """Show what touches one product, or one of the views, asked for by another room."""
        filters = self.list.filters
        filters.reset()
        if sku:
            detail = self._catalog.product(sku, 1, self.context.formats.language)
            filters.choose_product(sku, detail.product.name if detail is not None else "")
        self.list.search.edit.clear()
        self.show_view(view or "all")
        self._take_focus()

    def show_view(self, view: str) -> None:
        """Show one of the views."""
        self.list.choose_view(view)
        self.run_search()

    def run_search(self) -> None:
        """Show what the field, the view and the filters say, and choose the first row."""
        self._load_timer.stop()
        if self.list.view == DEARER:
            self._read_dearer()
            self.dearer.set_text(self.list.text)
            count = self.dearer.rowCount()
        else:
            self.panel.about = self.list.filters.sku
            self.model.load(self._query())
            count = self.model.total
        self.list.show_found(count)
        self._panels.setCurrentIndex(1 if self.list.view == DEARER else 0)
        self.list.shown_grid().select_row(0)
        if not count:
            self.panel.show_condition(None)
            self.dearer_panel.show_dearer(None)
        self._say_age()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, the panel gives some of its own."""
        super().resizeEvent(event)
        width = PRODUCT_PANEL_WIDTH if self.width() >= _WIDE else _NARROW_PANEL
        # The stack as well: it would be as wide as the widest words ask for.
        for panel in (self._panels, self.panel, self.dearer_panel):
            panel.setFixedWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the search."""
        if event.key() == Qt.Key.Key_Escape and not self.list.search.edit.hasFocus():
            self._take_focus()
            return
        super().keyPressEvent(event)

    # Inside: reading

    def _today(self) -> date:
        return self.context.formats.local(self.context.now()).date()

    def _query(self) -> ConditionQuery:
        chosen, filters = self.list, self.list.filters
        return ConditionQuery(chosen.text, filters.family, filters.document, filters.sku, filters.day.day, chosen.view)

    def _read_page(self, query: ConditionQuery, offset: int) -> ConditionPage:
        return self._conditions.page(query, self.context.formats.language, limit=PAGE, offset=offset)

    def _families(self) -> tuple[FamilyView, ...]:
        return self._conditions.families(self.context.formats.language)

    def _letters(self) -> dict[str, str]:
        return {view.wholesaler: view.letter for view in self._catalog.wholesalers()}

    def _touched(self, condition: ConditionRow) -> Touched:
        return touched_by(self._catalog, condition, self.context.formats.language)

    def _read_dearer(self) -> None:
        """Once per state of terms and catalogue: what rises does not depend on what is typed."""
        if not self._dearer_known:
            self._rising = self._conditions.dearer(self._today() + _AHEAD, _DEARER_LIMIT)
            self.dearer.load(self._rising.rows, self._letters())
            self._dearer_known = True
            self.list.chips.set_count(DEARER, self.context.formats.number(self._rising.found))

    def _refresh_counts(self) -> None:
        for view, count in self._conditions.counts().items():
            self.list.chips.set_count(view, self.context.formats.number(count))
        self._read_dearer()

    def _say_age(self) -> None:
        """How old the conditions are, on which day they are looked at, and what a long list leaves out."""
        formats, now = self.context.formats, self.context.now()
        self.list.say_age(formats.typography(formats.read_words(self.model.as_of, now)))
        day, since = self.model.query.day, self.model.known_since
        words = bounds_words(self._rising, formats) if self.list.view == DEARER else ""
        if day is not None and self.list.view != DEARER:
            words = self.tr("As they stood on {0}.").format(formats.day(day, year=True))
            if since is not None and day < since:
                known = self.tr("This desk knows its conditions since {0}.").format(formats.day(since, year=True))
                words = f"{words} {known}"
        self.list.say_note(formats.typography(words))

    def _reload(self) -> None:
        """The same rows read anew; the chosen one stays."""
        self._dearer_known = False
        chosen, rising = self.panel.condition, self.dearer_panel.dearer
        self.run_search()
        if self.list.view == DEARER and rising is not None:
            self.list.dearer_grid.select_row(self.dearer.place_of(rising))
        elif self.list.view != DEARER and chosen is not None:
            self.list.grid.select_row(self.model.place_of(chosen.id))
        self._counts_timer.start()

    # Inside: what a person does

    def _connect(self) -> None:
        navigator, shown = self.context.navigator, self.list
        shown.search.changed.connect(self._on_text_changed)
        shown.search.moved.connect(self._on_moved)
        shown.search.accepted.connect(self._on_accepted)
        shown.chips.chosen.connect(self.show_view)
        shown.filters.changed.connect(self.run_search)
        shown.grid.row_chosen.connect(self._on_row_chosen)
        shown.dearer_grid.row_chosen.connect(self._on_dearer_chosen)
        for grid in (shown.grid, shown.dearer_grid):
            grid.row_activated.connect(self._on_activated)
        self.panel.product_wanted.connect(navigator.open_product)
        self.panel.all_wanted.connect(navigator.open_products)
        self.panel.ask_wanted.connect(self._on_ask_wanted)
        self.panel.history_wanted.connect(self._on_history_wanted)
        shown.export.clicked.connect(self._on_export)
        self.dearer_panel.order_wanted.connect(navigator.new_order)
        self.dearer_panel.product_wanted.connect(navigator.open_product)
        self.dearer_panel.ask_wanted.connect(self._on_dearer_ask_wanted)
        for keys, action in (
            ("F3", self._take_focus),
            ("F4", self.dearer_panel.focus_quantity),
            ("F6", shown.chips.take_focus),
            ("F7", self._on_ask),
            ("Alt+A", shown.filters.focus_day),
            ("Alt+H", self._on_history),
            ("Shift+Return", self._on_open_product),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        signals = self.context.signals
        signals.terms_changed.connect(self._on_figures_changed)
        signals.catalog_changed.connect(self._on_catalog_changed)
        signals.sync_status_changed.connect(self._say_age)

    def _single_shot(self, milliseconds: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(action)
        return timer

    def _take_focus(self) -> None:
        self.list.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.search.edit.selectAll()

    def _on_text_changed(self, text: str) -> None:
        self._load_timer.start()

    def _catch_up(self) -> None:
        """Search for what was typed just now, before a key acts on the rows."""
        if self._load_timer.isActive():
            self.run_search()

    def _on_moved(self, rows: int) -> None:
        self._catch_up()
        grid = self.list.shown_grid()
        last = (self.dearer.rowCount() if self.list.view == DEARER else self.model.total) - 1
        grid.select_row(min(max(grid.currentIndex().row() + rows, 0), last))

    def _on_accepted(self) -> None:
        self._catch_up()
        if self.list.view == DEARER:
            self.dearer_panel.order_before()
        else:
            self.panel.open_products()

    def _on_activated(self, index: QModelIndex) -> None:
        self._on_accepted()

    def _on_open_product(self) -> None:
        if self.list.view == DEARER:
            self.dearer_panel.open_product()

    def _on_row_chosen(self, index: QModelIndex) -> None:
        self.panel.show_condition(self.model.row(index.row()))

    def _on_dearer_chosen(self, index: QModelIndex) -> None:
        self.dearer_panel.show_dearer(self.dearer.row(index.row()))

    def _on_ask(self) -> None:
        self._catch_up()
        if self.list.view == DEARER:
            self.dearer_panel.ask()
        else:
            self.panel.ask()

    def _on_history(self) -> None:
        self._catch_up()
        if self.list.view != DEARER:
            self.panel.tell_history()

    def _on_history_wanted(self, condition: ConditionRow) -> None:
        history = self._conditions.history(condition.id)
        HistorySheet(self.context, self.window(), condition, history).open_sheet()

    def _on_export(self) -> None:
        self._catch_up()
        rising = self.dearer.rows() if self.list.view == DEARER else None
        self._export.ask(self.window(), self._query(), rising)

    def _on_ask_wanted(self, condition: ConditionRow, sku: str) -> None:
        if not sku:
            words = self.tr("This condition touches several products: open one of them, then F7.")
            self.context.navigator.notify(words, "info", "what-if")
            return
        quantity = max(condition.qty_min, 1)
        day = condition.start if condition.start is not None and condition.start > self._today() else None
        question = PriceQuestion(sku, quantity, condition.wholesaler, day, condition.end_client)
        self.context.navigator.ask_price(question)

    def _on_dearer_ask_wanted(self, dearer: DearerRow) -> None:
        self.context.navigator.ask_price(PriceQuestion(dearer.sku, 1, dearer.wholesaler, dearer.day))

    def _on_figures_changed(self) -> None:
        self._dearer_known = False
        if self.isVisible():
            self._reload()

    def _on_catalog_changed(self, generation: int) -> None:
        self._on_figures_changed()
