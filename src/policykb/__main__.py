"""``python -m policykb`` is the command line."""

import sys

from policykb.cli import main

sys.exit(main())
