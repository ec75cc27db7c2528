"""`python -m backend.cli` is the command `loopi`."""

import sys

from backend.cli import main

sys.exit(main())
