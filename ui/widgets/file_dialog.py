"""What a file dialog says where the system has none of its own: the words that Qt leaves in English."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog


def say_labels(dialog: QFileDialog) -> None:
    """Name the fields of the dialog."""
    translate, labels = QCoreApplication.translate, QFileDialog.DialogLabel
    dialog.setLabelText(labels.LookIn, translate("BringIn", "Look in:"))
    dialog.setLabelText(labels.FileName, translate("BringIn", "File name:"))
    dialog.setLabelText(labels.FileType, translate("BringIn", "Kind of file:"))
