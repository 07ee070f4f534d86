"""The demonstration plays the whole job, as `make run` does where there is no display."""

import os
import subprocess
import sys
from pathlib import Path

from ui import main

PICTURES = 17


def test_the_demonstration_plays_the_whole_job(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.main", "demo", "--out", str(tmp_path / "pictures")],
        cwd=Path(main.__file__).parents[1],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "pictures").glob("*.png"))) == PICTURES
