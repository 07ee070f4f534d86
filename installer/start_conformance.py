"""What the packaged `comptoir-conformance` runs."""

import sys

from conformance.main import main

sys.exit(main())
