"""Where the parts of the program come from, as the About section says it."""

from PySide6.QtCore import QCoreApplication

from desktop_app.version import program_version

translate = QCoreApplication.translate


def credits() -> tuple[tuple[str, str], ...]:
    """Each part with its licence or source."""
    return (
        (translate("About", "Comptoir {0}").format(program_version()), "Apache-2.0"),
        (
            translate("About", "Practice catalogue"),
            translate("About", "Contains data from BuildCores OpenDB, licence ODC-By 1.0; prices are invented."),
        ),
        (translate("About", "Typeface Inter"), "SIL Open Font License 1.1"),
        (translate("About", "Icons Phosphor, through QtAwesome"), "MIT"),
        (translate("About", "Qt and PySide6"), "LGPL-3.0"),
        (translate("About", "SQLCipher and SQLite"), "BSD-3-Clause, public domain"),
        (
            translate("About", "Other packages"),
            translate("About", "listed with their licences in docs/third_party.md"),
        ),
    )
