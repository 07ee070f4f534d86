"""What only the start of the desktop does to be quick; nothing here changes what the program does."""

import builtins
import gc


def import_plainly() -> None:
    """Import Qt's bindings, then give Python its own `import` back.

    They replace it to find `from __feature__ import ...`, which nobody here uses, and read the source of every module
    that is imported after them: a tenth of the program's start.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain


def pause_collector() -> None:
    """Look for no garbage while everything is made for the first time: there is none."""
    gc.disable()


def freeze_what_is_made() -> None:
    """After the first picture: look once, then leave alone what the program is made of."""
    gc.collect()
    gc.freeze()
