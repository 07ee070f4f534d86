"""The style sheet and the palette made from tokens: colours and borders only, fonts are set by QFont."""

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens

_TONES = (
    "ink", "ink2", "ink3", "accent", "accent_ink", "on_accent", "amber", "green", "red", "on_violet",
)  # fmt: skip

_SHEET = """
QWidget {{ color: {ink}; background: transparent; }}
QMainWindow, QDialog, QWidget[ground="paper"] {{ background: {paper}; }}
QWidget[ground="surface"] {{ background: {surface}; }}
QWidget[ground="rail"] {{ background: {rail}; }}
QWidget[ground="sunk"] {{ background: {sunk}; }}
QWidget[ground="amber"] {{ background: {amber_soft}; }}
QWidget[ground="accent"] {{ background: {accent_soft}; }}
QWidget[ground="violet"] {{ background: {violet}; }}
QFrame[panel="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[panel="amber"] {{ background: {amber_soft}; border: 1px solid {amber_mark}; border-radius: 8px; }}
QFrame[panel="dashed"] {{ background: transparent; border: 1px dashed {line2}; border-radius: 8px; }}
QFrame[panel="side"] {{ background: {surface}; border: none; border-left: 1px solid {line}; }}
QFrame[panel="popup"] {{ background: {surface}; border: 1px solid {line2}; border-radius: 8px; }}
QFrame[rule="true"] {{ background: {line}; border: none; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QComboBox {{
  background: {surface}; color: {ink}; border: 1px solid {line2}; border-radius: 6px; padding: 0 10px;
  min-height: 30px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 0 9px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 5px 7px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {ink3}; background: {sunk}; }}
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus {{ border: none; background: transparent; padding: 0; }}
QLineEdit[bad="true"] {{ border: 2px solid {amber_mark}; }}
QLineEdit[cell="true"] {{ border: 2px solid {accent}; border-radius: 6px; min-height: 0; padding: 0 7px; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{
  background: {surface}; color: {ink}; border: 1px solid {line2}; outline: 0;
  selection-background-color: {selected}; selection-color: {ink}; }}
QDateEdit::up-button, QDateEdit::down-button, QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}

QAbstractItemView {{
  background: transparent; border: none; outline: 0; gridline-color: {line};
  selection-background-color: {selected}; selection-color: {ink}; }}
QHeaderView, QHeaderView::section {{ background: transparent; color: {ink3}; border: none; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
QScrollArea, QAbstractScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle {{ background: {bar}; border-radius: 3px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 40px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; }}
QScrollBar::handle:hover {{ background: {line2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QMenu {{ background: {surface}; color: {ink}; border: 1px solid {line2}; border-radius: 8px; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::item:disabled {{ color: {ink3}; }}
QToolTip {{ background: {ink}; color: {surface}; border: none; padding: 6px 8px; }}
QProgressBar {{ background: {bar_soft}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QCalendarWidget QWidget {{ background: {surface}; color: {ink}; alternate-background-color: {sunk}; }}
QCalendarWidget QToolButton {{ color: {ink}; background: transparent; border: none; padding: 4px 8px; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {accent}; selection-color: {on_accent}; }}
"""


def stylesheet(tokens: Tokens) -> str:
    """The application's style sheet."""
    values = {name: getattr(tokens, name) for name in Tokens.__struct_fields__}
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {values[tone]}; }}' for tone in _TONES)
    return _SHEET.format(**values) + tones


def palette(tokens: Tokens) -> QPalette:
    """The palette, for what style sheets do not reach: selections, placeholders, links."""
    made = QPalette()
    roles = QPalette.ColorRole
    pairs = (
        (roles.Window, tokens.paper),
        (roles.WindowText, tokens.ink),
        (roles.Base, tokens.surface),
        (roles.AlternateBase, tokens.sunk),
        (roles.Text, tokens.ink),
        (roles.Button, tokens.surface),
        (roles.ButtonText, tokens.ink),
        (roles.Highlight, tokens.selected),
        (roles.HighlightedText, tokens.ink),
        (roles.PlaceholderText, tokens.ink3),
        (roles.Link, tokens.accent_ink),
        (roles.Accent, tokens.accent),
    )
    for role, color in pairs:
        made.setColor(role, QColor(color))
    return made
