"""The person's choices: each one declared once with its key, type, default and label; kept as JSON in the profile."""

import json
import logging
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct

from desktop_app.errors import StorageFailed
from desktop_app.whole_file import write_whole

T = TypeVar("T")
_logger = logging.getLogger(__name__)


class Setting(Struct, Generic[T], frozen=True):
    """One choice. `label` is its English name; `choices` the allowed values, `lowest` and `highest` bound numbers."""

    key: str
    default: T
    label: str
    choices: tuple[T, ...] = ()
    lowest: int | None = None
    highest: int | None = None

    def accepts(self, value: object) -> bool:
        """Whether `value` is of the right type and within the choices or the range."""
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.lowest is None or value >= self.lowest) and (self.highest is None or value <= self.highest)
        return True


LANGUAGE = Setting("language", "", "Language", choices=("", "fr", "en"))
THEME = Setting("theme", "system", "Appearance", choices=("system", "light", "dark"))
TEXT_SIZE = Setting("text_size", 100, "Text size in per cent", lowest=80, highest=200)
AUTHOR = Setting("author", "", "Your name on orders")
POLL_MINUTES = Setting("poll_minutes", 5, "Minutes between two looks at the server", lowest=1, highest=60)
WINDOW = Setting("window", "", "Place and size of the window")
ROOM = Setting(
    "room", "home", "Room the window was left in", choices=("home", "catalogue", "conditions", "orders", "sync")
)
TERMS_POLICY = Setting(
    "terms_policy", "better", "What to do with terms the manufacturer changed", choices=("ask", "better", "tolerance")
)
TOLERANCE_PERCENT = Setting("tolerance_percent", 1, "Most a unit price may rise, in per cent", lowest=0, highest=10)
TOLERANCE_EUR = Setting("tolerance_eur", 5, "Most an order may rise before VAT, in euros", lowest=0, highest=1000)
SECOND_FOLDER = Setting("second_folder", "", "Second folder for the copy of unsent orders")
DECLARED: tuple[Setting[Any], ...] = (
    LANGUAGE, THEME, TEXT_SIZE, AUTHOR, POLL_MINUTES, WINDOW, ROOM, TERMS_POLICY, TOLERANCE_PERCENT, TOLERANCE_EUR,
    SECOND_FOLDER,
)  # fmt: skip


class Settings:
    """The choices of one profile. Nothing is written before the first `set`; unknown keys in the file are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = _read(path)
        self._assumed: dict[str, Any] = {}

    def get(self, setting: Setting[T]) -> T:
        """The chosen value, or the default where none (or none that fits) was chosen."""
        value: Any = self._assumed.get(setting.key, self._values.get(setting.key))
        return value if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a choice. Raises ValueError for a value that does not fit, StorageFailed if it cannot be kept."""
        if not setting.accepts(value):
            raise ValueError(f"{value!r} is not possible for {setting.key}")
        if self._values.get(setting.key) == value:
            return
        values = {**self._values, setting.key: value}
        _write(self._path, values)
        self._values = values

    def assume(self, setting: Setting[T], value: T) -> None:
        """As if `value` had been chosen, in this program only: nothing is kept. Raises ValueError as `set`."""
        if not setting.accepts(value):
            raise ValueError(f"{value!r} is not possible for {setting.key}")
        self._assumed[setting.key] = value


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        # Choices are convenience: a damaged file must not keep the desk from taking orders.
        _logger.warning("settings not read: %s", error)
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(values, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise StorageFailed(
            f"The settings could not be kept in {path} ({error}).", reason="read-only", path=str(path)
        ) from error
