"""The ways to narrow a search: in stock, family, brand. One family and one brand at a time, with counts where known."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.views import FacetsView
from ui.formats import Formats, server_text
from ui.theme.look import Look
from ui.widgets.buttons import CheckBox, KeyButton
from ui.widgets.text import caption, clear
from ui.widgets.tips import plain_tip

SHOWN = 7


class Facet(Struct, frozen=True):
    """One value to narrow by; `count` None where it is not known exactly."""

    key: str
    name: str
    count: int | None


class FacetsPanel(QWidget):
    """The column of check boxes at the left of the results; `changed` when a person chose."""

    changed = Signal()

    def __init__(self, look: Look, formats: Formats, width: int) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self.setFixedWidth(width)
        self._in_stock = CheckBox(look, self.tr("In stock"))
        self._in_stock.toggled.connect(self._on_in_stock_toggled)
        self._families = _FacetGroup(look, formats, self.tr("Family"))
        self._brands = _FacetGroup(look, formats, self.tr("Brand"))
        for group in (self._families, self._brands):
            group.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(0)
        layout.addWidget(caption(look, self.tr("Availability")))
        layout.addSpacing(4)
        layout.addWidget(self._in_stock)
        layout.addWidget(self._families)
        layout.addWidget(self._brands)
        layout.addStretch(1)

    @property
    def in_stock(self) -> bool:
        """Only what some wholesaler has."""
        return self._in_stock.isChecked()

    @property
    def family(self) -> str:
        """The chosen family's code, empty for all."""
        return self._families.value

    @property
    def brand(self) -> str:
        """The chosen brand, empty for all."""
        return self._brands.value

    def show_facets(self, facets: FacetsView) -> None:
        """The values of the present search; a chosen one stays even if it is not among them."""
        exact = facets.exact
        families = [Facet(one.code, one.name, one.products if exact else None) for one in facets.families]
        brands = [Facet(one.name, one.name, one.products if exact else None) for one in facets.brands]
        self._families.show_facets(families)
        self._brands.show_facets(brands)

    def take_focus(self) -> None:
        """F6."""
        self._in_stock.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        """Whether the keys go to one of the boxes."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def reset(self) -> None:
        """Narrow by nothing."""
        blocked = self.blockSignals(True)
        self._in_stock.setChecked(False)
        self._families.value = self._brands.value = ""
        self.blockSignals(blocked)

    def narrow(self, family: str, brand: str) -> None:
        """Narrow by a family and a brand, telling nobody."""
        blocked = self.blockSignals(True)
        self._families.choose(family)
        self._brands.choose(brand)
        self.blockSignals(blocked)

    def active(self) -> list[tuple[str, str]]:
        """What is chosen, as (kind, words)."""
        chosen = [("family", self._families.name()), ("brand", self._brands.name())]
        if self.in_stock:
            chosen.insert(0, ("stock", self.tr("In stock")))
        return [(kind, words) for kind, words in chosen if words]

    def drop(self, kind: str) -> None:
        """Give up one choice."""
        if kind == "stock":
            self._in_stock.setChecked(False)
            return
        (self._families if kind == "family" else self._brands).choose("")

    def _on_in_stock_toggled(self, checked: bool) -> None:
        self.changed.emit()


class _FacetGroup(QWidget):
    """One heading with its check boxes, of which at most one is on."""

    changed = Signal()

    def __init__(self, look: Look, formats: Formats, heading: str) -> None:
        super().__init__()
        self._look, self._formats, self._heading = look, formats, heading
        self.value = ""
        self._facets: tuple[Facet, ...] = ()
        self._all = False
        self._boxes: dict[str, CheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 14, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    def name(self) -> str:
        """The words of the chosen value."""
        return next((facet.name for facet in self._facets if facet.key == self.value), self.value)

    def show_facets(self, facets: Sequence[Facet]) -> None:
        """Replace the values, if they differ."""
        wanted = tuple(facets)
        if self.value and all(facet.key != self.value for facet in wanted):
            wanted = (Facet(self.value, self.name(), None), *wanted)
        if wanted != self._facets:
            self._facets = wanted
            self._build()

    def choose(self, value: str) -> None:
        """Take one value, or none."""
        if value != self.value:
            self.value = value
            self._build()
            self.changed.emit()

    def _build(self) -> None:
        focused = next((key for key, box in self._boxes.items() if box.hasFocus()), None)
        self._boxes = {}
        clear(self._layout)
        self.setVisible(len(self._facets) > 1 or bool(self.value))
        self._layout.addWidget(caption(self._look, self._heading))
        self._layout.addSpacing(4)
        shown = self._facets if self._all else self._facets[:SHOWN]
        for facet in shown:
            count = "" if facet.count is None else self._formats.number(facet.count)
            box = CheckBox(self._look, server_text(facet.name), count)
            box.setToolTip(plain_tip(server_text(facet.name)))
            box.setChecked(facet.key == self.value)
            box.clicked.connect(lambda checked, key=facet.key: self.choose(key if checked else ""))
            self._layout.addWidget(box)
            self._boxes[facet.key] = box
        if focused in self._boxes:
            # The same value made anew: the keys stay with it.
            self._boxes[focused].show()
            self._boxes[focused].setFocus()
        if len(self._facets) > len(shown):
            words = self.tr("{0} others").format(len(self._facets) - len(shown))
            more = KeyButton(self._look, words, kind="link")
            more.clicked.connect(self._on_more_clicked)
            self._layout.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_more_clicked(self) -> None:
        self._all = True
        self._build()
