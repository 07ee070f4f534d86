"""Step 1: for whom and where to. Each field is saved when it is left; nothing here is asked twice."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QWidget

from desktop_app.domain.order import Delivery, DeliveryMode
from desktop_app.domain.party import Address
from desktop_app.services.draft_session import DraftSession
from desktop_app.services.views import CarriageView
from ui.delivery_words import address_text
from ui.page import UiContext
from ui.theme.tokens import BODY, CONTROL, PAGE_MARGIN
from ui.widgets.buttons import CheckBox
from ui.widgets.card import scrolling
from ui.widgets.choices import SegmentedChoice
from ui.widgets.fields import LineField, labelled
from ui.widgets.text import caption, column, row, section, small

OWN, OTHER = "own", "other"
_WIDTH = 640


class RecipientStep(QWidget):
    """Reference, end client, address, wanted date, delivery in one or in parts, express."""

    details_changed = Signal()

    def __init__(self, context: UiContext, session: DraftSession) -> None:
        super().__init__()
        self._context = context
        self._session = session
        look, details = context.look, session.details
        delivery, address = details.delivery, details.delivery.address
        self.reference = LineField(look, self.tr("order number of your client, or yours"), details.reference)
        self.end_client = LineField(look, self.tr("only where the goods are for one client"), details.end_client)
        self.note = LineField(look, self.tr("for the manufacturer"), details.note, max_length=1000)
        options = ((OWN, self.tr("To our address")), (OTHER, self.tr("To another address")))
        self.where = SegmentedChoice(look, options, OTHER if address else OWN, self.tr("Where to"))
        shown = address or Address()
        self.name = LineField(look, "", shown.name)
        self.street = LineField(look, "", shown.street)
        self.postcode = LineField(look, "", shown.postcode, max_length=12)
        self.city = LineField(look, "", shown.city)
        self.country = LineField(look, "", shown.country, max_length=2)
        self.dated = CheckBox(look, self.tr("Wanted for a date"))
        self.dated.setChecked(delivery.wanted_date is not None)
        self.date = self._date_field(delivery)
        modes = (
            (DeliveryMode.PARTIAL.value, self.tr("Each part as soon as it is there")),
            (DeliveryMode.COMPLETE.value, self.tr("All at once")),
        )
        self.mode = SegmentedChoice(look, modes, delivery.mode.value, self.tr("How to deliver"))
        self.express = CheckBox(look, self.tr("Express delivery"))
        self.express.setChecked(delivery.express)
        self._surcharges = small(look, "", "ink2", wrap=True)
        self._address = self._address_block()
        self._own = small(look, address_text(session.priced.basis.dealer.address), "ink2", wrap=True)
        self._lay_out()
        self._connect()
        self._show_address()

    def take_focus(self) -> None:
        """The reference comes first."""
        self.reference.setFocus()

    def show_express(self, carriage: Sequence[CarriageView]) -> None:
        """What express costs at each wholesaler of the order, and who has none."""
        formats = self._context.formats
        told = []
        for view in carriage:
            if view.express_fee is None:
                told.append(self.tr("{0}: no express").format(view.name))
            else:
                told.append(self.tr("{0}: {1}").format(view.name, formats.signed_amount(view.express_fee)))
        words = " · ".join(told) or self.tr("What it costs shows here once there are lines.")
        if self._surcharges.text() != words:
            self._surcharges.setText(formats.typography(words))

    def commit(self) -> None:
        """Save what is in the fields, where it differs."""
        before = self._session.details
        self._context.navigator.run(self._save)
        if self._session.details != before:
            self.details_changed.emit()

    @property
    def complete(self) -> bool:
        """False where another address is wanted and lacks what a carrier needs."""
        address = self._typed_address()
        return address is None or all((address.street, address.postcode, address.city))

    def _save(self) -> None:
        self._session.set_details(
            reference=self.reference.text().strip(),
            end_client=self.end_client.text().strip(),
            note=self.note.text().strip(),
            delivery=Delivery(
                self._typed_address(), self._typed_date(), DeliveryMode(self.mode.value()), self.express.isChecked()
            ),
        )

    def _typed_address(self) -> Address | None:
        if self.where.value() != OTHER:
            return None
        country = self.country.text().strip().upper() or "FR"
        name, street = self.name.text().strip(), self.street.text().strip()
        return Address(name, street, self.postcode.text().strip(), self.city.text().strip(), country)

    def _typed_date(self) -> date | None:
        if not self.dated.isChecked():
            return None
        chosen = self.date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _date_field(self, delivery: Delivery) -> QDateEdit:
        field = QDateEdit()
        field.setCalendarPopup(True)
        field.setDisplayFormat("dd/MM/yyyy")
        field.setFont(self._context.look.font(BODY))
        field.setFixedHeight(CONTROL)
        field.setFixedWidth(150)
        today = self._context.formats.local(self._context.now()).date()
        field.setMinimumDate(QDate(today.year, today.month, today.day))
        wanted = delivery.wanted_date or today
        field.setDate(QDate(wanted.year, wanted.month, wanted.day))
        field.setEnabled(delivery.wanted_date is not None)
        field.setAccessibleName(self.tr("Wanted date"))
        return field

    def _address_block(self) -> QWidget:
        look, holder = self._context.look, QWidget()
        self.postcode.setFixedWidth(110)
        self.country.setFixedWidth(70)
        places = row(
            labelled(look, self.tr("Postcode"), self.postcode),
            labelled(look, self.tr("City"), self.city),
            labelled(look, self.tr("Country"), self.country),
            spacing=12,
        )
        places.setStretch(1, 1)
        holder.setLayout(
            column(
                labelled(look, self.tr("Name"), self.name),
                labelled(look, self.tr("Street"), self.street),
                places,
                spacing=12,
            )
        )
        return holder

    def _lay_out(self) -> None:
        look, form = self._context.look, QWidget()
        form.setMaximumWidth(_WIDTH + 2 * PAGE_MARGIN)
        form.setLayout(
            column(
                section(look, self.tr("For whom")),
                row(
                    labelled(look, self.tr("Customer reference"), self.reference),
                    labelled(look, self.tr("End client"), self.end_client),
                    spacing=12,
                ),
                12,
                section(look, self.tr("Where to")),
                row(self.where, None),
                self._own,
                self._address,
                12,
                section(look, self.tr("When and how")),
                row(self.dated, self.date, None, spacing=16),
                caption(look, self.tr("Delivery")),
                row(self.mode, None),
                row(self.express, None),
                self._surcharges,
                12,
                labelled(look, self.tr("Note"), self.note),
                small(look, self.tr("Everything is saved at once; you can come back here at any time."), wrap=True),
                None,
                spacing=10,
                margins=(PAGE_MARGIN, 20, PAGE_MARGIN, 20),
            )
        )
        holder = QWidget()
        beside = row(form, None, spacing=0)
        beside.setStretch(0, 100)
        holder.setLayout(beside)
        self.setLayout(column(scrolling(holder), spacing=0))

    def _connect(self) -> None:
        fields = (
            self.reference, self.end_client, self.note, self.name, self.street, self.postcode, self.city, self.country,
        )  # fmt: skip
        for field in fields:
            field.editingFinished.connect(self.commit)
        self.where.chosen.connect(self._on_where_chosen)
        self.mode.chosen.connect(self._on_mode_chosen)
        self.dated.toggled.connect(self._on_dated)
        self.date.dateChanged.connect(self._on_date_changed)
        self.express.toggled.connect(self._on_express)

    def _on_where_chosen(self, value: str) -> None:
        self._show_address()
        self.commit()
        if value == OTHER:
            self.name.setFocus()

    def _on_mode_chosen(self, value: str) -> None:
        self.commit()

    def _on_express(self, express: bool) -> None:
        self.commit()

    def _on_dated(self, dated: bool) -> None:
        self.date.setEnabled(dated)
        self.commit()

    def _on_date_changed(self, chosen: QDate) -> None:
        self.commit()

    def _show_address(self) -> None:
        other = self.where.value() == OTHER
        self._address.setVisible(other)
        self._own.setVisible(not other)
