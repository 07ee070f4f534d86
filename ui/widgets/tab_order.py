"""Tab goes as one reads: down the layouts. Qt itself goes by when a widget was made, the newest last."""

import itertools
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLayout, QScrollArea, QWidget


def tab_as_read(*parts: QWidget | QLayout) -> None:
    """Put what takes the focus in `parts` one after the other in the order of their layouts."""
    for before, after in itertools.pairwise(stop for part in parts for stop in _stops(part)):
        QWidget.setTabOrder(before, after)


def stop_at_chosen(group: QButtonGroup) -> None:
    """Tab stops at the chosen button of the group alone, at the first where none is: arrows go to the others.

    To be called after each change: where a program chooses, Qt leaves the stop at the button chosen before.
    """
    buttons = group.buttons()
    stop = group.checkedButton() or next(iter(buttons), None)
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)


def _stops(part: QWidget | QLayout) -> Iterator[QWidget]:
    if isinstance(part, QWidget):
        if part.focusPolicy() is not Qt.FocusPolicy.NoFocus and part.focusProxy() is None:
            yield part
        inner = part.widget() if isinstance(part, QScrollArea) else part.layout()
        if inner is not None:
            yield from _stops(inner)
        return
    for place in range(part.count()):
        item = part.itemAt(place)
        held = (item.widget() or item.layout()) if item is not None else None
        if held is not None:
            yield from _stops(held)
