"""The list of the room as a CSV file: asks where to, writes it in the screen's language, says how much it wrote."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.condition import CONDITION_STEPS
from desktop_app.services.condition_export import TableWords, export_conditions, export_dearer
from desktop_app.services.condition_views import ConditionQuery, DearerRow
from ui.conditions.condition_words import buyer_words, sentence
from ui.page import UiContext
from ui.widgets.file_dialog import say_labels
from ui.widgets.trace_words import step_name

if TYPE_CHECKING:
    from desktop_app.services.condition_service import ConditionService

translate = QCoreApplication.translate


class ConditionExport:
    """`ask` opens the dialog; what was listed when it was opened is what is written."""

    def __init__(self, context: UiContext, conditions: "ConditionService") -> None:
        self._context, self._conditions = context, conditions

    def ask(self, window: QWidget, query: ConditionQuery, rising: Sequence[DearerRow] | None) -> None:
        """Ask for a file for what `query` lists, or for the products that become dearer."""
        folder = Path.home()
        name = translate("ConditionExport", "conditions") if rising is None else translate("ConditionExport", "rises")
        proposed = folder / f"{name}-{self._today().isoformat()}.csv"
        title = translate("ConditionExport", "Export the list")
        dialog = QFileDialog(window, title, str(folder), translate("ConditionExport", "Table (CSV)") + " (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(proposed.name)
        say_labels(dialog)
        dialog.fileSelected.connect(partial(self._write, query, rising))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, query: ConditionQuery, rising: Sequence[DearerRow] | None, file: str) -> None:
        path, formats = Path(file), self._context.formats
        words = TableWords(_headings(), _cells(), "," if formats.french else ".")

        def write() -> int:
            if rising is not None:
                return export_dearer(path, rising, words)
            rows = self._conditions.rows(query, formats.language)
            return export_conditions(path, rows, words, lambda row: sentence(row, formats))

        count = self._context.navigator.run(write)
        if isinstance(count, int):
            told = translate("ConditionExport", "1 row written to {1}.")
            if count != 1:
                told = translate("ConditionExport", "{0} rows written to {1}.")
            self._context.navigator.notify(told.format(formats.number(count), path.name), "done", "export")

    def _today(self) -> date:
        return self._context.formats.local(self._context.now()).date()


def _headings() -> Mapping[str, str]:
    return {
        "id": translate("ConditionExport", "Number"),
        "step": translate("ConditionExport", "Kind"),
        "value": translate("ConditionExport", "Value"),
        "unit": translate("ConditionExport", "Unit"),
        "buyer": translate("ConditionExport", "For whom"),
        "product": translate("ConditionExport", "On"),
        "product_name": translate("ConditionExport", "Name of what it holds on"),
        "wholesaler": translate("ConditionExport", "Wholesaler"),
        "channel": translate("ConditionExport", "Channel"),
        "start": translate("ConditionExport", "From day"),
        "end": translate("ConditionExport", "To day"),
        "qty_min": translate("ConditionExport", "From quantity"),
        "qty_scope": translate("ConditionExport", "Quantity counted on"),
        "amount_min": translate("ConditionExport", "From amount"),
        "end_client": translate("ConditionExport", "End client"),
        "combine": translate("ConditionExport", "With other discounts"),
        "quota": translate("ConditionExport", "Quota"),
        "quota_left": translate("ConditionExport", "Quota left"),
        "contract_ref": translate("ConditionExport", "Document"),
        "label": translate("ConditionExport", "Label"),
        "version": translate("ConditionExport", "Version"),
        "state": translate("ConditionExport", "State"),
        "change": translate("ConditionExport", "Change"),
        "value_before": translate("ConditionExport", "Value before"),
        "sentence": translate("ConditionExport", "In one sentence"),
        "sku": translate("ConditionExport", "Reference"),
        "name": translate("ConditionExport", "Product"),
        "day": translate("ConditionExport", "From day"),
        "list_now": translate("ConditionExport", "List price today"),
        "list_then": translate("ConditionExport", "List price then"),
        "net_now": translate("ConditionExport", "My net today"),
        "net_then": translate("ConditionExport", "My net then"),
        "reason": translate("ConditionExport", "Reason"),
    }


def _cells() -> Mapping[tuple[str, str], str]:
    """The codes of the columns, in words."""
    steps = {("step", step.value): step_name(step) for step in CONDITION_STEPS}
    buyers = {("buyer", kind): buyer_words(kind) for kind in ("all", "group", "dealer")}
    return {
        **steps,
        **buyers,
        ("unit", "EUR"): translate("ConditionExport", "euros"),
        ("unit", "NET"): translate("ConditionExport", "net price"),
        ("channel", "online"): translate("ConditionExport", "online"),
        ("qty_scope", "line"): translate("ConditionExport", "line"),
        ("qty_scope", "match"): translate("ConditionExport", "assortment"),
        ("combine", "cascade"): translate("ConditionExport", "on top"),
        ("combine", "best"): translate("ConditionExport", "the better one"),
        ("combine", "replace"): translate("ConditionExport", "in place"),
        ("state", "now"): translate("ConditionExport", "in force"),
        ("state", "ahead"): translate("ConditionExport", "ahead"),
        ("state", "over"): translate("ConditionExport", "over"),
        ("state", "conflict"): translate("ConditionExport", "contradictory"),
        ("change", "new"): translate("ConditionExport", "new"),
        ("change", "changed"): translate("ConditionExport", "changed"),
        ("change", "gone"): translate("ConditionExport", "withdrawn"),
        ("reason", "list-price"): translate("ConditionExport", "new list price"),
        ("reason", "condition-ends"): translate("ConditionExport", "a discount ends"),
        ("reason", "condition-starts"): translate("ConditionExport", "a condition begins"),
    }
