"""Keeps Qt's bindings out of the imports of everybody else."""

import builtins


def import_plainly() -> None:
    """Import Qt's bindings, then give Python its own `import` back.

    They replace it to find `from __feature__ import ...`, which nobody here uses, and read the source of every module
    that is imported after them: a tenth of the program's start.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain
