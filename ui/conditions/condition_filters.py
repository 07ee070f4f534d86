"""The ways to narrow the conditions: family, document, product, and the day they are looked at. Each with its key."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.services.condition_views import DocumentView
from desktop_app.services.views import FamilyView
from ui.formats import Formats, server_text
from ui.pick_sheet import Choice, PickSheet, among
from ui.theme.look import Look
from ui.widgets.buttons import KeyButton
from ui.widgets.day_field import DayField
from ui.widgets.text import caption, column, row

# A longer name stands whole in the tool tip and in the list.
_LONGEST = 22


class ConditionFilters(QWidget):
    """`changed` once a person chose. `families` and `documents` are asked when their list is opened."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        formats: Formats,
        today: Callable[[], date],
        families: Callable[[], Sequence[FamilyView]],
        documents: Callable[[], Sequence[DocumentView]],
    ) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._families, self._documents = families, documents
        self.family = self.document = self.sku = ""
        self._family = KeyButton(look, "", keys="Alt+F")
        self._document = KeyButton(look, "", keys="Alt+D")
        self._product = KeyButton(look, "", kind="chip", icon="x")
        self.day = DayField(look, formats, today, self.tr("today"), past=True)
        self.day.setFixedWidth(132)
        self.day.setAccessibleName(self.tr("As the conditions stood on"))
        self.day.setToolTip(self.tr("A day as you write it: 15/06, 1 June, -7"))
        label = caption(look, self.tr("As of"))
        label.setBuddy(self.day)
        self._family.clicked.connect(self._on_family_clicked)
        self._document.clicked.connect(self._on_document_clicked)
        self._product.clicked.connect(self._on_product_clicked)
        self.day.changed.connect(self._on_day_changed)
        # The product never stands beside the others: its name would have no room.
        day = QWidget()
        day.setLayout(row(label, self.day, spacing=8))
        self._day_part = day
        self._first = row(self._family, self._document, day, None, spacing=8)
        self._second = row(self._product, None, spacing=8)
        self.setLayout(column(self._first, self._second, spacing=8))
        self._show()

    def choose_family(self, code: str, name: str = "") -> None:
        """Take a family, empty for all."""
        self.family = code
        self._say(self._family, self.tr("Family: {0}"), self.tr("Family: all"), name or code)

    def choose_document(self, ref: str) -> None:
        """Take a document, empty for all."""
        self.document = ref
        self._say(self._document, self.tr("Document: {0}"), self.tr("Document: all"), ref)

    def choose_product(self, sku: str, name: str = "") -> None:
        """Only what touches a product, empty for all."""
        self.sku = sku
        self._product.setVisible(bool(sku))
        words = self._cut(server_text(name or sku))
        self._product.setText(words)
        self._product.setAccessibleName(self.tr("Give up the filter {0}").format(words))
        self._product.updateGeometry()

    def reset(self) -> None:
        """Narrow by nothing."""
        self._show()
        self.day.set_day(None)

    def focus_day(self) -> None:
        """Put the focus into the day."""
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def active(self) -> bool:
        """Whether something is chosen."""
        return bool(self.family or self.document or self.sku or self.day.day)

    def minimumSizeHint(self) -> QSize:
        """The day goes to the second line before anything is cut."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The day has its place on the second line where the first is full."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        parts = (self._family, self._document, self._day_part)
        wanted = sum(part.sizeHint().width() + self._first.spacing() for part in parts)
        crowded = wanted > self.width()
        if crowded != (self._second.indexOf(self._day_part) >= 0):
            old, new = (self._first, self._second) if crowded else (self._second, self._first)
            old.removeWidget(self._day_part)
            new.insertWidget(0 if crowded else 2, self._day_part)

    def _show(self) -> None:
        self.choose_family("")
        self.choose_document("")
        self.choose_product("")

    def _say(self, button: KeyButton, words: str, none: str, value: str) -> None:
        whole = self._formats.typography(words.format(server_text(value)) if value else none)
        button.setText(self._formats.typography(words.format(self._cut(server_text(value)))) if value else none)
        button.setAccessibleName(whole)
        button.updateGeometry()
        self._arrange()

    def _cut(self, name: str) -> str:
        """As many of its words as stay short."""
        if len(name) <= _LONGEST:
            return name
        kept = ""
        for word in name.split(" "):
            if kept and len(f"{kept} {word}") > _LONGEST:
                break
            kept = f"{kept} {word}".strip()
        return kept[:_LONGEST]

    def _on_family_clicked(self) -> None:
        formats = self._formats
        choices = [Choice("", self.tr("All families"))]
        for family in self._families():
            choices.append(Choice(family.code, server_text(family.name), formats.number(family.products)))
        self._pick(self.tr("Family"), self.tr("a part of its name"), choices, self.family, self._on_family_picked)

    def _on_document_clicked(self) -> None:
        choices = [Choice("", self.tr("All documents"))]
        choices += [self._document_choice(view) for view in self._documents()]
        title, words = self.tr("Document"), self.tr("its number or its name")
        self._pick(title, words, choices, self.document, self._on_document_picked)

    def _document_choice(self, view: DocumentView) -> Choice:
        count = self._formats.number(view.conditions)
        told = self.tr("1 condition") if view.conditions == 1 else self.tr("{0} conditions").format(count)
        words = " · ".join(server_text(part) for part in (view.ref, view.label) if part)
        return Choice(view.ref, words, told)

    def _pick(
        self, title: str, placeholder: str, choices: Sequence[Choice], value: str, picked: Callable[[str], None]
    ) -> None:
        sheet = PickSheet(self._look, self.window(), title, placeholder, among(choices))
        sheet.picked.connect(picked)
        sheet.open_pick(value)

    def _on_family_picked(self, code: str) -> None:
        name = next((family.name for family in self._families() if family.code == code), code)
        self.choose_family(code, name)
        self.changed.emit()

    def _on_document_picked(self, ref: str) -> None:
        self.choose_document(ref)
        self.changed.emit()

    def _on_product_clicked(self) -> None:
        self.choose_product("")
        self.changed.emit()

    def _on_day_changed(self, day: date | None) -> None:
        self.changed.emit()
