"""The one Qt application of this process."""

import sys

from PySide6.QtWidgets import QApplication


def qt_application() -> QApplication:
    """The application, made if need be. Colours and style sheet are the look's; they stand on Fusion everywhere."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # Asking for the style by name here costs nothing; `setStyle` makes all of QStyle known to Python.
    made = QApplication([sys.argv[0], "-style", "Fusion"])
    made.setApplicationName("Comptoir")
    made.setDesktopFileName("comptoir")
    return made
