"""Step 2: the grid, the search under its open cell, paste and import, the ways out of problems.

The page round it owns steps, summary and sending; this step tells it `draft_changed` after each saved change.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.domain.order import Problem
from desktop_app.errors import ComptoirError
from desktop_app.services.catalog_service import CatalogService
from desktop_app.services.condition_views import PriceQuestion
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.order_import import OrderImport
from desktop_app.services.views import SearchPage
from ui.models.order_lines_model import OrderLinesModel
from ui.order_wizard.bring_in import BringIn, file_dialog
from ui.order_wizard.lines_columns import NUMBER_WIDTH
from ui.order_wizard.lines_grid import LinesGrid
from ui.order_wizard.lines_header import LinesHeader
from ui.order_wizard.offers_card import OffersCard
from ui.order_wizard.problem_words import Exit, ExitKind
from ui.order_wizard.search_popup import SearchPopup
from ui.page import UiContext
from ui.theme.tokens import PAGE_MARGIN
from ui.why.price_sheet import PriceSheet
from ui.widgets.text import column
from ui.wording import problem_words

_SEARCH_LIMIT = 50


class LinesStep(QWidget):
    """Type, Return, quantity, Return: the next line is open."""

    draft_changed = Signal()
    recipient_wanted = Signal()

    def __init__(
        self, context: UiContext, session: DraftSession, catalog: CatalogService, imports: OrderImport
    ) -> None:
        super().__init__()
        self._context = context
        self._session = session
        self._catalog = catalog
        self.model = OrderLinesModel(session, context.formats, self._problem_text, self)
        self._bring_in = BringIn(context, imports, self.model, self)
        self.header = LinesHeader(context.look)
        self.grid = LinesGrid(context.look, context.formats, self.model, self._wholesaler_count())
        self._offers = OffersCard(context.look, self)
        self._popup = SearchPopup(context.look, context.formats, context.practice, self)
        self._page: SearchPage | None = None
        self.setLayout(column(self.header, self.grid, spacing=4, margins=(PAGE_MARGIN, 6, PAGE_MARGIN, 8)))
        self._placing = QTimer(self)
        self._placing.setSingleShot(True)
        self._placing.timeout.connect(self._place_offers)
        self._connect()
        self._after_change()

    # What the page calls

    def take_focus(self) -> None:
        """The open cell waits for the next line."""
        self.grid.open_search()

    def commit_open_cell(self) -> bool:
        """Take a quantity that is still being typed; False where it is none."""
        return self.grid.commit_quantity()

    def add(self, sku: str, quantity: int = 1) -> int:
        """Add a product and return its line's key; 0 where it was refused (said in a notice)."""
        try:
            return self.model.add(sku, quantity)
        except ComptoirError as error:
            self._refused(error)
            return 0

    # Search under the open cell

    def _on_text_edited(self, text: str) -> None:
        if not text.strip():
            self._hide_popup()
            return
        self._page = self._catalog.search(text, limit=_SEARCH_LIMIT, language=self._context.formats.language)
        cell = self.grid.search_cell
        place = QRect(cell.mapToGlobal(QPoint(0, 0)), cell.size())
        window = self.window()
        within = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        self._popup.show_page(self._page, place, self.grid.viewport().width() - NUMBER_WIDTH, within)
        self._offers.hide()
        self._tell_choice()

    def _on_moved(self, step: int) -> None:
        self._popup.move_choice(step)
        self._tell_choice()

    def _on_taken(self) -> None:
        """Return: the chosen match becomes a line and its quantity opens."""
        cell = self.grid.search_cell
        text = cell.text().strip()
        if not text:
            return
        if self._page is None or self._page.text.strip() != text:
            self._on_text_edited(cell.text())
        chosen = self._popup.chosen()
        if chosen is not None:
            self._take(chosen.sku)

    def _take(self, sku: str) -> None:
        key = self.add(sku)
        self._empty_cell()
        if key:
            self.grid.open_quantity(key)

    def _on_scanned(self, code: str) -> None:
        """A code read while a quantity was open: the line keeps its quantity, the code is a product."""
        QTimer.singleShot(0, lambda: self._take_code(code))

    def _take_code(self, code: str) -> None:
        page = self._catalog.search(code, limit=1, language=self._context.formats.language)
        if page.rows:
            self._take(page.rows[0].sku)
        else:
            self.grid.open_search(code)

    def _on_details_asked(self) -> None:
        chosen = self._popup.chosen()
        if chosen is not None:
            self._hide_popup()
            self._context.navigator.open_product(chosen.sku)

    def _tell_choice(self) -> None:
        self.grid.search_cell.setAccessibleDescription(self._popup.choice_words())

    def _hide_popup(self) -> None:
        self._popup.hide()
        self._page = None
        self._placing.start(0)

    def _empty_cell(self) -> None:
        self.grid.search_cell.clear()
        self._hide_popup()

    def _on_search_focused(self, focused: bool) -> None:
        if not focused:
            self._hide_popup()

    def hideEvent(self, event: QHideEvent) -> None:
        """The results never stay behind."""
        super().hideEvent(event)
        self._popup.hide()

    # Lines

    def _on_removal_asked(self, key: int) -> None:
        if not key:
            return
        in_cell = self.grid.search_cell.hasFocus()
        place = self.grid.currentIndex().row()
        self._run(lambda: self.model.remove(key))
        if in_cell or not self.model.line_count:
            self.take_focus()
        else:
            self.grid.setFocus()
            self.grid.select_row(min(place, self.model.entry_row - 1))

    def _on_undo_asked(self) -> None:
        self._run(self.model.undo)

    def _on_redo_asked(self) -> None:
        self._run(self.model.redo)

    def _on_exit_chosen(self, key: int, code: str, way_out: Exit) -> None:
        match way_out.kind:
            case ExitKind.KEEP:
                self._run(lambda: self.model.keep(key, code))
            case ExitKind.QUANTITY:
                self._run(lambda: self.model.set_quantity(key, int(way_out.value)))
            case ExitKind.WHOLESALER:
                self._run(lambda: self.model.set_wholesaler(key, way_out.value))
            case ExitKind.REPLACE:
                self._replace(key, way_out.value)
            case ExitKind.REMOVE:
                self._run(lambda: self.model.remove(key))
        self.take_focus()

    def _replace(self, key: int, sku: str) -> None:
        quantity = self.model.view(key).quantity
        if self.add(sku, quantity):
            self._run(lambda: self.model.remove(key))

    def show_price(self) -> None:
        """Alt+P: why this price, for the line at work."""
        key = self.grid.current_key()
        view = self.model.view(key) if key else None
        if view is not None and view.priced is not None:
            name = next((one.name for one in view.stock if one.wholesaler == view.wholesaler and one.name), "")
            PriceSheet(self._context, self.window(), view.priced, view.name, name or view.wholesaler).open_sheet()

    def ask_price(self) -> None:
        """F7: what if, for the line at work; the answer may be put into it."""
        key = self.grid.current_key()
        if not key:
            return
        view = self.model.view(key)
        wholesaler = view.wholesaler if view.chosen else ""
        question = PriceQuestion(view.sku, view.quantity, wholesaler, None, self._session.details.end_client)
        self._context.navigator.ask_price(question, partial(self._take_answer, key))

    def _take_answer(self, key: int, quantity: int, wholesaler: str) -> None:
        view = self.model.view(key)
        if quantity != view.quantity:
            self._run(lambda: self.model.set_quantity(key, quantity))
        if wholesaler != (view.wholesaler if view.chosen else ""):
            self._run(lambda: self.model.set_wholesaler(key, wholesaler))

    def _on_next_problem(self) -> None:
        self.grid.go_to_next_problem()

    # Paste and import

    def paste(self) -> None:
        """Ctrl+V outside a text: rows of the clipboard."""
        self._bring_in.take_text(QGuiApplication.clipboard().text())

    def import_file(self) -> None:
        """Ctrl+I: a file of lines, chosen by the person."""
        dialog = file_dialog(self.window())
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        self._bring_in.take_file(Path(path))

    # Inside

    def _connect(self) -> None:
        cell, grid, header = self.grid.search_cell, self.grid, self.header
        cell.textEdited.connect(self._on_text_edited)
        cell.taken.connect(self._on_taken)
        cell.moved.connect(self._on_moved)
        cell.emptied.connect(self._hide_popup)
        cell.details_asked.connect(self._on_details_asked)
        cell.focused.connect(self._on_search_focused)
        cell.table_pasted.connect(self._bring_in.take_text)
        cell.undo_asked.connect(self._on_undo_asked)
        cell.redo_asked.connect(self._on_redo_asked)
        self._popup.taken.connect(self._take)
        grid.exit_chosen.connect(self._on_exit_chosen)
        grid.removal_asked.connect(self._on_removal_asked)
        grid.typed.connect(grid.open_search)
        grid.scanned.connect(self._on_scanned)
        grid.undo_asked.connect(self._on_undo_asked)
        grid.redo_asked.connect(self._on_redo_asked)
        grid.table_pasted.connect(self.paste)
        header.problems_wanted.connect(self._on_next_problem)
        header.undo_wanted.connect(self._on_undo_asked)
        header.price_wanted.connect(self.show_price)
        header.recipient_wanted.connect(self.recipient_wanted)
        self._offers.paste_wanted.connect(self.paste)
        self._offers.import_wanted.connect(self.import_file)
        self.model.lines_changed.connect(self._after_change)
        self.model.quantity_refused.connect(self._on_quantity_refused)
        grid.verticalHeader().sectionResized.connect(self._on_heights_changed)
        for keys, action in (
            ("F8", self._on_next_problem),
            ("Alt+P", self.show_price),
            ("F7", self.ask_price),
            ("Ctrl+I", self.import_file),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        QShortcut(QKeySequence("Ctrl+Del"), self).activated.connect(self._on_remove_current)

    def _on_remove_current(self) -> None:
        self._on_removal_asked(self.grid.current_key())

    def _after_change(self) -> None:
        self.header.show_state(len(self.model.problem_rows()), self._session.can_undo, self.model.line_count)
        self._placing.start(0)
        self.draft_changed.emit()

    def _on_heights_changed(self, place: int, before: int, height: int) -> None:
        self._placing.start(0)

    def _on_quantity_refused(self, text: str) -> None:
        words = self.tr("“{0}” is not a quantity: a whole number from 1 to {1}.")
        maximum = self._context.formats.number(999_999)
        self._context.navigator.notify(words.format(text[:20], maximum), "warning", "quantity")

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ComptoirError as error:
            self._refused(error)

    def _refused(self, error: ComptoirError) -> None:
        def again() -> None:
            raise error

        self._context.navigator.run(again)

    def _problem_text(self, problem: Problem) -> str:
        return problem_words(problem, self._context.formats)

    def _wholesaler_count(self) -> int:
        first = next(iter(self._session.lines()), None)
        return len(first.stock) if first is not None else 3

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The offers stay in the corner."""
        super().resizeEvent(event)
        self._placing.start(0)

    def _place_offers(self) -> None:
        """Paste and import are offered where the lines leave room for it."""
        height = self._offers.sizeHint().height()
        top = self.grid.viewport().mapTo(self, QPoint(0, self.grid.content_bottom())).y() + 12
        fits = top + height <= self.height() - 8 and not self._popup.isVisible()
        self._offers.setVisible(fits)
        if fits:
            width = self._offers.width()
            self._offers.setGeometry(self.grid.geometry().right() - width, top, width, height)
