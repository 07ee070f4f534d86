"""What the packaged `comptoir-server` runs."""

import sys

from manufacturer_server.cli import main

sys.exit(main())
