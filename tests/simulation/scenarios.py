"""Short stories in which each kind of request to the server is made: what faults are tried in, one by one and in pairs.

Random schedules begin with one of them, too, now and then: what needs several acts in their order is rare by chance.
"""

from collections.abc import Mapping

# Lists with an odd number have dearer toner and less discount than those with an even one.
_DEARER = 3
_SETTLED = 400.0


SCENARIOS: Mapping[str, tuple[tuple[float, str, str, int], ...]] = {
    "an order": ((1.0, "D42", "order", 5), (_SETTLED, "D42", "try", 1)),
    "changed terms": (
        (0.5, "manufacturer", "prices", _DEARER),
        (1.0, "D42", "order", 5),
        (60.0, "D42", "confirm", 2),
        (_SETTLED, "D42", "try", 1),
    ),
    "a cancellation": (
        (1.0, "D42", "order", 5),
        (60.0, "D42", "cancel", 1),
        (61.0, "D42", "order", 8),
        (61.5, "D42", "cancel", 2),
        (_SETTLED, "D42", "try", 1),
    ),
    "a correction while in doubt": (
        (1.0, "D42", "order", 5),
        (1.4, "D42", "correct", 9),
        (32.0, "D42", "correct", 11),
        (34.0, "D42", "withdraw", 11),
        (_SETTLED, "D42", "try", 1),
    ),
    "the first synchronisation": (
        (1.0, "manufacturer", "prices", _DEARER),
        (30.0, "D42", "order", 5),
        (90.0, "D42", "confirm", 5),
        (_SETTLED, "D42", "try", 1),
    ),
    "a server put back": (
        (1.0, "D42", "order", 5),
        (40.0, "manufacturer", "backup", 1),
        (41.0, "D42", "order", 8),
        (80.0, "manufacturer", "export", 1),
        (81.0, "manufacturer", "restore-by-hand", 2),
        (82.0, "D42", "order", 9),
        (_SETTLED, "D42", "try", 1),
    ),
    # What the server refused must stay refused, also after it has forgotten that it did.
    "a refusal put back": (
        (0.5, "manufacturer", "backup", 1),
        (0.7, "manufacturer", "prices", _DEARER),
        (1.0, "D42", "order", 5),
        (60.0, "manufacturer", "restore", 2),
        (61.0, "D42", "try", 1),
        (90.0, "D42", "confirm", 2),
        (_SETTLED, "D42", "try", 1),
    ),
    "orders held back while others leave": (
        (1.0, "D42", "order", 9),
        (1.1, "D42", "order", 19),
        (1.2, "D42", "order", 30),
        (1.3, "D42", "order", 31),
        (2.0, "D42", "hold", 1),
        (3.0, "D42", "hold", 2),
        (4.0, "D42", "hold", 1),
        (20.0, "D42", "try", 1),
        (90.0, "D42", "release", 1),
        (_SETTLED, "D42", "try", 1),
    ),
    "orders corrected while others leave": (
        (1.0, "D42", "order", 9),
        (1.1, "D42", "order", 19),
        (1.2, "D42", "order", 30),
        (2.0, "D42", "correct", 2),
        (2.5, "D42", "correct", 4),
        (3.0, "D42", "correct", 6),
        (4.0, "D42", "correct", 3),
        (_SETTLED, "D42", "try", 1),
    ),
    # The feed may tell how far an order is before its answer has come.
    "progress while in doubt": (
        (1.0, "D42", "order", 9),
        (2.0, "manufacturer", "progress", 3),
        (4.0, "manufacturer", "progress", 3),
        (6.0, "manufacturer", "progress", 3),
        (9.0, "manufacturer", "progress", 4),
        (_SETTLED, "D42", "try", 1),
    ),
    # Right before the statements that queue an order, take one back, or queue it corrected.
    "crashes in the middle of acts": (
        (1.0, "D42", "crash-soon", 41),
        (1.01, "D42", "order", 5),
        (60.0, "D42", "crash-soon", 41),
        (60.01, "D42", "order", 8),
        (100.0, "D42", "offline", 10),
        (101.0, "D42", "order", 9),
        (120.0, "D42", "crash-soon", 10),
        (120.01, "D42", "cancel", 1),
        (180.0, "D42", "crash-soon", 54),
        (180.01, "D42", "correct", 7),
        (900.0, "D42", "try", 1),
    ),
}
FIRST_SYNCHRONISATION = "the first synchronisation"
