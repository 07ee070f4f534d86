"""The language of the screens: which one, and its translations loaded into Qt."""

from importlib.resources import as_file, files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = ("fr", "en")


def system_language() -> str:
    """`fr` where the system speaks French, else `en`."""
    return "fr" if QLocale.system().language() == QLocale.Language.French else "en"


class Translation:
    """Puts one language in force at a time."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []
        self.language = "en"

    def use(self, language: str) -> None:
        """Take `fr` or `en`, or the system's language where empty. Texts already on screen stay: rebuild them."""
        self.language = language if language in LANGUAGES else system_language()
        self.close()
        if self.language == "fr":
            self._install_ours()
            self._install_qt()
        QLocale.setDefault(QLocale("fr_FR" if self.language == "fr" else "en_GB"))

    def close(self) -> None:
        """Take the translations away again; the sources are English."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()

    def _install_ours(self) -> None:
        with as_file(files("resources") / "translations" / "comptoir_fr.qm") as path:
            translator = QTranslator()
            if translator.load(str(path)):
                self._keep(translator)

    def _install_qt(self) -> None:
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(QLocale("fr_FR"), "qtbase", "_", folder):
            self._keep(translator)

    def _keep(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)
