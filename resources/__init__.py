"""The files that ship with the program (fonts, icons, translations, practice set) and where they lie."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The file or folder `parts` below resources/, in a checkout as in an installed package."""
    return _ROOT.joinpath(*parts)
