"""Key sequences in words: `Ctrl+Return` as the caps `Ctrl` and the return sign, in the user's language."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

RETURN = "\u23ce"
_SIGNS = {"Return": RETURN, "Enter": RETURN, "Up": "\u2191", "Down": "\u2193", "Left": "\u2190", "Right": "\u2192"}


def key_labels(sequence: str) -> tuple[str, ...]:
    """The caps of a portable key sequence such as `Ctrl+N`, `F5` or `Alt+Right`."""
    if not sequence:
        return ()
    return tuple(_label(part) for part in sequence.split("+"))


def _label(part: str) -> str:
    if part in _SIGNS:
        return _SIGNS[part]
    if part == "Shift":
        return translate("Keys", "Shift")
    if part == "Del":
        return translate("Keys", "Del")
    if part == "Space":
        return translate("Keys", "Space")
    if part == "Esc":
        return translate("Keys", "Esc")
    return part


def keys_text(sequence: str) -> str:
    """The same as one text for screen readers and tool tips: `Ctrl + N`."""
    return " + ".join(_label(part) if part not in ("Return", "Enter") else part for part in sequence.split("+"))
