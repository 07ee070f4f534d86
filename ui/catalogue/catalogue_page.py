"""The catalogue: a search box with the focus, results while typing, the product at the right. Enter orders it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.condition_views import PriceQuestion
from desktop_app.services.views import ProductDetail, SearchPage, StockView, SyncStatus
from ui.catalogue.facets import FacetsPanel
from ui.catalogue.filter_line import FilterLine
from ui.catalogue.open_draft import OpenDraft
from ui.catalogue.product_panel import ProductPanel
from ui.catalogue.results_grid import ResultsGrid
from ui.catalogue.results_model import PAGE, ResultsModel, ResultsQuery
from ui.page import Crumb, KeyEntry, Page, UiContext
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.buttons import KeyHint
from ui.widgets.fields import SearchField
from ui.widgets.notices import EmptyState
from ui.widgets.stock_legend import StockLegend
from ui.widgets.text import column, row

if TYPE_CHECKING:
    from desktop_app.services.order_service import OrderService

_FACETS_WIDTH = 184
_FACETS_DELAY_MS = 120
# Results come first; how old they are and which draft is open a moment later, the first time.
_LATER_MS = 40
_WIDE = 1180


class CataloguePage(Page):
    """Search, results, product. The services are asked directly: a search takes a few milliseconds.

    Letters that arrive together are one search. `orders` and `status` are not asked before the first results.
    """

    def __init__(
        self,
        context: UiContext,
        catalog: CatalogService,
        orders: "Callable[[], OrderService]",
        status: Callable[[], SyncStatus],
    ) -> None:
        super().__init__(context)
        self._catalog, self._status = catalog, status
        self._draft = OpenDraft(orders, context.navigator)
        self._facets_shown = False
        look, formats = context.look, context.formats
        self.search = SearchField(
            look,
            self.tr("Words in any order, reference, EAN"),
            self.tr("Search the catalogue"),
            self.tr("Clear the search"),
        )
        self.facets = FacetsPanel(look, formats, _FACETS_WIDTH)
        self.model = ResultsModel(self._read_page, self._wholesalers(), formats, self)
        self.grid = ResultsGrid(look, formats, self.model.wholesalers)
        self.grid.setModel(self.model)
        self.panel = ProductPanel(look, formats, context.now, self._read_product)
        self._filters = FilterLine(look)
        self._search_timer = self._single_shot(0, self.run_search)
        self._facets_timer = self._single_shot(_FACETS_DELAY_MS, self._refresh_facets)
        self._later_timer = self._single_shot(_LATER_MS, self._refresh_surroundings)
        self._lay_out()
        self._connect()

    def crumbs(self) -> tuple[Crumb, ...]:
        """The title."""
        return (Crumb(self.tr("Catalogue")),)

    def keys(self) -> tuple[KeyEntry, ...]:
        """The keys of this room."""
        return (
            KeyEntry("Up", self.tr("Result above")),
            KeyEntry("Down", self.tr("Result below")),
            KeyEntry("Return", self.tr("Order the product")),
            KeyEntry("Shift+Return", self.tr("Add it to the open draft")),
            KeyEntry("F4", self.tr("Quantity")),
            KeyEntry("F6", self.tr("Filters")),
            KeyEntry("F3", self.tr("Back to the search")),
            KeyEntry("F7", self.tr("What if")),
            KeyEntry("Alt+P", self.tr("Copy the calculation")),
            KeyEntry("Esc", self.tr("Clear the search")),
        )

    def on_shown(self) -> None:
        """Fresh figures, focus in the search."""
        if self.model.rowCount() and self.model.query.text == self.search.edit.text().strip():
            self._refresh_surroundings()
            self._facets_timer.start()
        else:
            self._search_timer.start()
            self._later_timer.start()
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

    def on_hidden(self) -> None:
        """Nobody looks at the facets any more."""
        for timer in (self._search_timer, self._facets_timer, self._later_timer):
            timer.stop()

    def show_product(self, sku: str) -> None:
        """Show one product, asked for by another room."""
        self.facets.reset()
        self.search.edit.setText(sku)
        self._catch_up()
        self.panel.show_product(sku)

    def show_products(self, family: str, brand: str) -> None:
        """Show a family or a brand, asked for by another room."""
        self.facets.reset()
        self.facets.narrow(family, brand)
        self.search.edit.clear()
        self.run_search()

    def run_search(self) -> None:
        """Search for what the field and the facets say, and choose the first row."""
        self._search_timer.stop()
        query = ResultsQuery(
            self.search.edit.text().strip(), self.facets.family, self.facets.brand, self.facets.in_stock
        )
        self.model.load(query)
        number = self.context.formats.number(self.model.total)
        if self.model.capped:
            words = self.tr("more than {0} products").format(number)
        elif self.model.total == 1:
            words = self.tr("1 product")
        else:
            words = self.tr("{0} products").format(number)
        self.search.set_count(words)
        self._results.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.grid.scrollToTop()
        self.grid.select_row(0)
        if not self.model.rowCount():
            self.panel.show_product("")
        self._filters.show_filters(self.facets.active(), corrected=self.model.corrected)
        self._facets_timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, the facets give way."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Facets and product beside the results; where width lacks, the one or the other."""
        wide = self.width() >= _WIDE
        self.facets.setVisible(wide or self._facets_shown)
        self.panel.setVisible(wide or not self._facets_shown)

    def _lay_out(self) -> None:
        look = self.context.look
        empty = EmptyState(
            look,
            "magnifying-glass",
            self.tr("Nothing found"),
            self.tr("Try fewer words, a part of the reference, or give up a filter."),
        )
        self._results = QStackedWidget()
        self._results.addWidget(self.grid)
        self._results.addWidget(empty)
        hints = row(
            KeyHint(look, ("\u2191", "\u2193"), self.tr("browse")),
            KeyHint(look, "Return", self.tr("order")),
            KeyHint(look, "F6", self.tr("filters")),
            None,
            StockLegend(look, self._legend_letter()),
            spacing=16,
        )
        results = QVBoxLayout()
        results.setSpacing(8)
        results.addWidget(self._results, 1)
        results.addLayout(hints)
        body = row(self.facets, results, spacing=16)
        left = QWidget()
        left.setLayout(column(self.search, self._filters, body, spacing=12, margins=(PAGE_MARGIN, 16, 16, 8)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left, 1)
        layout.addWidget(self.panel)

    def _connect(self) -> None:
        self.search.changed.connect(self._on_search_changed)
        self.search.changed.connect(self._put_facets_away)
        self.grid.clicked.connect(self._put_facets_away)
        self.search.moved.connect(self._on_search_moved)
        self.search.accepted.connect(self._on_accepted)
        self.facets.changed.connect(self.run_search)
        self._filters.dropped.connect(self.facets.drop)
        self.grid.row_chosen.connect(self._on_row_chosen)
        self.grid.row_activated.connect(self._on_row_activated)
        self.panel.order_wanted.connect(self.context.navigator.new_order)
        self.panel.add_wanted.connect(self._draft.add)
        self.panel.ask_wanted.connect(self._on_ask_wanted)
        self.panel.conditions_wanted.connect(self.context.navigator.open_conditions)
        for keys, action in (
            ("F6", self._on_facets_wanted),
            ("F3", self._on_search_wanted),
            ("F4", self._on_quantity_wanted),
            ("F7", self._on_ask),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        signals = self.context.signals
        signals.catalog_changed.connect(self._on_catalog_changed)
        signals.terms_changed.connect(self._on_figures_changed)
        signals.sync_status_changed.connect(self._refresh_age)
        signals.orders_changed.connect(self._on_orders_changed)

    def _single_shot(self, milliseconds: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(action)
        return timer

    def _wholesalers(self) -> tuple[StockView, ...]:
        return self._catalog.wholesalers()

    def _legend_letter(self) -> str:
        return self.model.wholesalers[0].letter if self.model.wholesalers else "N"

    def _read_page(self, query: ResultsQuery, offset: int) -> SearchPage:
        return self._catalog.search(
            query.text,
            limit=PAGE,
            offset=offset,
            language=self.context.formats.language,
            family=query.family,
            brand=query.brand,
            in_stock=query.in_stock,
        )

    def _read_product(self, sku: str, quantity: int) -> ProductDetail | None:
        return self._catalog.product(sku, quantity, self.context.formats.language)

    def _refresh_facets(self) -> None:
        query = self.model.query
        language = self.context.formats.language
        self.facets.show_facets(self._catalog.facets(query.text, language=language, in_stock=query.in_stock))

    def _refresh_surroundings(self) -> None:
        self._refresh_age()
        self._refresh_draft()

    def _refresh_age(self) -> None:
        read_at, stale = stock_age(self._status())
        formats = self.context.formats
        self.grid.set_age(formats.ago_words(read_at, self.context.now()), stale)
        self.panel.set_age(read_at, stale)

    def _refresh_draft(self) -> None:
        self.panel.set_draft(self._draft.words())

    def _on_search_changed(self, text: str) -> None:
        self._search_timer.start()

    def _catch_up(self) -> None:
        """Search for what was typed just now, before a key acts on the results."""
        if self._search_timer.isActive():
            self.run_search()

    def _on_search_moved(self, rows: int) -> None:
        self._catch_up()
        row = max(self.grid.currentIndex().row(), 0) + rows
        self.grid.select_row(min(max(row, 0), self.model.rowCount() - 1))

    def _on_accepted(self) -> None:
        self._catch_up()
        if self.panel.sku:
            self.context.navigator.new_order(self.panel.sku, self.panel.quantity)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        found = self.model.row(index.row())
        self.panel.show_product(found.sku if found is not None else "")

    def _on_row_activated(self, index: QModelIndex) -> None:
        self._on_accepted()

    def _on_ask(self) -> None:
        self._catch_up()
        self.panel.ask()

    def _on_ask_wanted(self, sku: str, quantity: int) -> None:
        self.context.navigator.ask_price(PriceQuestion(sku, quantity))

    def _on_facets_wanted(self) -> None:
        if self.facets.has_focus():
            self._on_search_wanted()
            return
        self._facets_shown = True
        self._arrange()
        self.facets.take_focus()

    def _put_facets_away(self, *_: object) -> None:
        self._facets_shown = False
        self._arrange()

    def _on_quantity_wanted(self) -> None:
        self._put_facets_away()
        self.panel.focus_quantity()

    def _on_search_wanted(self) -> None:
        self._put_facets_away()
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def _on_catalog_changed(self, generation: int) -> None:
        self._on_figures_changed()

    def _on_figures_changed(self) -> None:
        """New prices or stock: the same search again, the chosen product stays."""
        sku = self.panel.sku
        self.model.load(self.model.query)
        self._refresh_age()
        if sku:
            for place in range(self.model.rowCount()):
                found = self.model.row(place)
                if found is not None and found.sku == sku:
                    self.grid.select_row(place)
                    return
            self.panel.show_product(sku)

    def _on_orders_changed(self, order_ids: object) -> None:
        if self.isVisible():
            self._refresh_draft()


def stock_age(status: SyncStatus) -> tuple[datetime | None, bool]:
    """When prices and stock were read last, and whether that is too long ago."""
    ages = [age for age in status.collections if age.collection in ("products", "stock")]
    dated = [age.synced_at for age in ages if age.synced_at is not None]
    return (min(dated) if dated else None), any(age.stale for age in ages)
