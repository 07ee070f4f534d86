"""What the packaged `comptoir` runs."""

import os
import sys

from ui.main import main

# PyInstaller's starter tells the system's loader to look into our folder first. We are loaded; a file manager opened
# from the desk must find its own libraries, not ours.
LIBRARIES = "LD_LIBRARY_PATH"
before = os.environ.pop(f"{LIBRARIES}_ORIG", None)
os.environ.pop(LIBRARIES, None)
if before is not None:
    os.environ[LIBRARIES] = before

sys.exit(main())
