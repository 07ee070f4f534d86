"""Cuts the power of a recorded day of desk and server again and again, and starts both on what the disk kept.

python -m tests.powercut --n 100000 --seed 1     100,000 cuts more of seed 1
python -m tests.powercut --seed 1 --case 17      the 250 cuts of its 18th day again
"""

import sys

from tests.campaign.long_runs import LongRun
from tests.powercut.cuts import CUTS, day_of_cuts

POWERCUT = LongRun(
    "powercut",
    "cuts",
    "tests.powercut",
    day_of_cuts,
    (
        "desktop_app/*.py",
        "desktop_app/storage/*.py",
        "desktop_app/services/second_copy.py",
        "desktop_app/sync/snapshot.py",
        "manufacturer_server/*.py",
        "manufacturer_server/storage/*.py",
        "manufacturer_server/migrations/**/*.py",
        "tests/powercut/*.py",
    ),
    size=CUTS,
)

if __name__ == "__main__":
    sys.exit(POWERCUT.main())
