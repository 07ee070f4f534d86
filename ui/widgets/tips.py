"""Tool tips that say letter by letter what they were given.

Qt takes a tip that looks like markup for markup, and fetches the pictures it names, be they on another computer.
"""

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """`text` as a tool tip shows it as it stands, whatever it looks like."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<span>{escape(text, quote=False)}</span>".replace("\n", "<br>")
