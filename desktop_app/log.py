"""The log file of a profile. Records carry ids and counts; secrets are taken out before anything is written."""

import logging
import re
from pathlib import Path

LOGGER = "desktop_app"
MAX_BYTES = 1_000_000
KEPT_FILES = 5

_SECRETS = re.compile(
    r"(?P<name>authorization|bearer|token|desk[_-]?key|code|password|secret|receipt)"
    r"(?P<between>[\"']?\s*[:= ]\s*[\"']?(?:bearer\s+)?)(?P<value>[^\s\"',;}]{6,})",
    re.IGNORECASE,
)
_LONG_HEX = re.compile(r"\b[0-9a-fA-F]{64}\b")


def without_secrets(text: str) -> str:
    """`text` with everything that looks like a token, a key or a joining code blanked."""
    return _LONG_HEX.sub("[removed]", _SECRETS.sub(r"\g<name>\g<between>[removed]", text))


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class _LogFile(logging.Handler):
    """Opens the file, and imports what that takes, when there is something to write."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
            )
            self._file.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start(folder: Path, *, level: int = logging.INFO) -> logging.Handler | None:
    """Write the program's log into `folder`/comptoir.log, rotated; None where the folder cannot be written.

    A desk that cannot log still takes orders: whether orders can be saved is told elsewhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    handler = _LogFile(folder / "comptoir.log")
    logger = logging.getLogger(LOGGER)
    logger.setLevel(level)
    logger.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """Close the log file."""
    logging.getLogger(LOGGER).removeHandler(handler)
    handler.close()
