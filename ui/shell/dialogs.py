"""The two questions of the window: quitting with unsent orders, and a defect of ours with its report."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop_app.log import without_secrets
from ui.theme.look import Look
from ui.theme.tokens import SMALL
from ui.widgets.buttons import KeyButton
from ui.widgets.states import Icon
from ui.widgets.text import body, column, row, section

_logger = logging.getLogger("desktop_app.ui")


class QuitDialog(QDialog):
    """How many orders have not left, `held` of them held back; they leave at the next start. Accepted: quit."""

    def __init__(self, look: Look, unsent: int, parent: QWidget, held: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle("Comptoir")
        self.setMinimumWidth(440)
        if unsent == 1:
            heading = self.tr("1 order has not left this desk yet")
        else:
            heading = self.tr("{0} orders have not left this desk yet").format(unsent)
        detail = self.tr("Everything is saved here and leaves by itself the next time Comptoir runs.")
        if held == unsent:
            detail = self.tr("Everything is saved here. What you hold back leaves when you let it go.")
        elif held:
            detail = " ".join((detail, self.tr("What you hold back stays here.")))
        leave = KeyButton(look, self.tr("Quit"), kind="primary", keys="Return", bind=False)
        stay = KeyButton(look, self.tr("Stay"), kind="main", keys="Esc", bind=False)
        leave.clicked.connect(self.accept)
        stay.clicked.connect(self.reject)
        self.setLayout(
            column(
                row(Icon(look, "hourglass", 24, "amber"), section(look, heading), None, spacing=12),
                body(look, detail, wrap=True),
                12,
                row(None, stay, leave),
                spacing=8,
                margins=(24, 24, 24, 20),
            )
        )
        leave.setFocus()


def crash_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None, version: str) -> str:
    """What support needs, without secrets."""
    lines = "".join(traceback.format_exception(kind, error, trace))
    system = f"Comptoir {version} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    return without_secrets(f"{system}\n\n{lines}")


class CrashDialog(QDialog):
    """A defect of ours: what was kept, and the report to copy."""

    def __init__(self, look: Look, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Comptoir")
        self.resize(640, 420)
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setFont(look.font(SMALL))
        text.setAccessibleName(self.tr("Report"))
        copy = KeyButton(look, self.tr("Copy the report"), kind="primary", icon="copy")
        close = KeyButton(look, self.tr("Go on working"), kind="main", keys="Esc", bind=False)
        copy.clicked.connect(self._on_copy_clicked)
        close.clicked.connect(self.reject)
        heading = section(look, self.tr("Something went wrong in Comptoir"))
        kept = self.tr(
            "Your orders and drafts are saved on this computer. You can go on working; "
            "send this report to support, so that it does not happen again."
        )
        self.setLayout(
            column(
                row(Icon(look, "warning-octagon", 24, "red"), heading, None, spacing=12),
                body(look, kept, wrap=True),
                text,
                row(None, close, copy),
                spacing=12,
                margins=(24, 24, 24, 20),
            )
        )

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


class CrashHandler:
    """`sys.excepthook` for both worlds: Qt slots and tasks. One dialog at a time."""

    def __init__(self, look: Look, version: Callable[[], str]) -> None:
        self._look = look
        self._version = version
        self._open: CrashDialog | None = None
        self.window: QWidget | None = None

    def install(self) -> None:
        """From now on every uncaught exception comes here."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it, tell the person, go on."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _logger.critical("uncaught", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if self._open is not None or QGuiApplication.instance() is None:
            return
        self._open = CrashDialog(self._look, crash_report(kind, error, trace, self._version()), self.window)
        self._open.finished.connect(self._on_dialog_finished)
        self._open.open()

    def _on_dialog_finished(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
            self._open = None
