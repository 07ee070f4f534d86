"""Qt's binding stays alive under many signals: one release dropped a reference at each emit and died after 550."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

class Source(QObject):
    told = Signal(bool, object)

application = QCoreApplication([])
source = Source()
heard = []
source.told.connect(lambda yes, nothing: heard.append(yes))
timer = QTimer()
timer.timeout.connect(lambda: None)
for number in range(20_000):
    source.told.emit(number % 2 == 0, None)
    timer.setSingleShot(True)
    QTimer.singleShot(0, lambda: None) if number % 20 == 0 else None
QTimer.singleShot(0, application.quit)
application.exec()
print(len(heard), heard.count(True))
"""


def test_twenty_thousand_emits_in_one_process() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["20000", "10000"], "")
