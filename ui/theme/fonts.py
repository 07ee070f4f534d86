"""Inter as shipped in `resources/fonts`, else the system's sans. Tabular figures everywhere."""

from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.tokens import BODY, REGULAR

FAMILY = "Inter"


def load_fonts() -> str:
    """Make the shipped fonts known to Qt and return the family to use: `Inter`, or the system's default."""
    folder = files("resources") / "fonts"
    if folder.is_dir():
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith((".ttf", ".otf")):
                with as_file(entry) as path:
                    QFontDatabase.addApplicationFont(str(path))
    if QFontDatabase.hasFamily(FAMILY):
        return FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def make_font(family: str, size: int = BODY, weight: int = REGULAR) -> QFont:
    """A font of `size` pixels with tabular figures and no hinting."""
    font = QFont(family)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
